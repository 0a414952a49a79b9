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

/* The rule whose name is nearest, or NULL when none is near. */
static const Rule *nearest(Str id)
{
    const Rule *best = NULL;
    unsigned least = 6;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        unsigned distance = str_distance(id, rules_all[i]->id, least);
        if (distance < least) {
            least = distance;
            best = rules_all[i];
        }
    }
    return best;
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
            const Rule *near = nearest(id);
            Error error;
            error_set(&error, STR(""), (Position){0}, "no rule is called \"%.*s\"%s%s%s; `ringfence "
                      "explain` lists all", STR_ARGS(id), near ? " (did you mean " : "",
                      near ? near->id.at : "", near ? "?)" : "");
            error_print(&error);
            return EXIT_TROUBLE;
        }
        Str page = rules_page(rules_all[rule]);
        fwrite(page.at, 1, page.len, stdout);
    }
    return EXIT_CLEAN;
}
