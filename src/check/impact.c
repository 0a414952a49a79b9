#include "check/impact.h"

#include "check/aside.h"
#include "check/prepare.h"

#include "base/banned.h"

/* Does the file, if there is one, hold a word of DDL or of the session? */
static bool may_declare(Arena *scratch, const SourceRoot *root, Str path)
{
    static const Str words[] = {STR("create"), STR("alter"),       STR("drop"), STR("into"),
                                STR("schema"), STR("search_path"), STR("\\i"),  STR("{{")};
    SourceText source;
    Str reason;
    bool may = false;
    if (!source_open(scratch, root, path, &source, &reason)) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words && !may; i++) {
        may = aside_has_word(source.text, words[i]);
    }
    source_close(&source);
    return may;
}

static bool is_wanted_script(const Run *run, Str path)
{
    return aside_is_script(path) && run_is_wanted((void *)run, path);
}

static bool may_matter(const Run *run, const SourceRoot *before, const SourceChange *change)
{
    Str old = change->before.len ? change->before : change->path;
    Arena *scratch = arena_new();
    bool may =
        (is_wanted_script(run, change->path) && may_declare(scratch, &run->root, change->path)) ||
        (is_wanted_script(run, old) && may_declare(scratch, before, old));
    arena_free(scratch);
    return may;
}

Impact impact_of(const Run *run, const SourceSnapshot *base, const SourceChanges *changes)
{
    SourceRoot before = run->root;
    Impact impact = IMPACT_NONE;
    before.snapshot = base;
    for (size_t i = 0; i < changes->count; i++) {
        const SourceChange *change = &changes->at[i];
        if (str_equal(change->path, run->manifest_path) ||
            str_equal(change->before, run->manifest_path)) {
            return IMPACT_EVERYWHERE;
        }
        if (impact == IMPACT_NONE && may_matter(run, &before, change)) {
            impact = IMPACT_SCRIPTS;
        }
    }
    return impact;
}
