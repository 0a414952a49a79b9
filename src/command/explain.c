#include "base/error.h"
#include "command/command.h"

#include "base/banned.h"

static int explain_all(void)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        printf("%-26s %-8s %s\n", rules_all[i]->id.at, level_name(rules_all[i]->level),
               rules_all[i]->summary.at);
    }
    return EXIT_CLEAN;
}

int command_explain(Arena *arena, const Options *options)
{
    (void)arena;
    if (!options->run.path_count) {
        return explain_all();
    }
    for (size_t i = 0; i < options->run.path_count; i++) {
        Str id = options->run.paths[i];
        size_t rule = rules_find(id);
        if (rule == RULE_COUNT) {
            const Rule *near = rules_nearest(id);
            Error error;
            error_set(&error, STR(""), (Position){0},
                      "no rule is called \"%.*s\"%s%s%s; `ringfence "
                      "explain` lists all",
                      STR_ARGS(id), near ? " (did you mean " : "", near ? near->id.at : "",
                      near ? "?)" : "");
            error_print(&error);
            return EXIT_TROUBLE;
        }
        Str page = rules_page(rules_all[rule]);
        fwrite(page.at, 1, page.len, stdout);
    }
    return EXIT_CLEAN;
}
