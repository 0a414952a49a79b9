#include "check/impact.h"

#include "check/aside.h"
#include "check/prepare.h"
#include "lexer/language.h"

#include "base/banned.h"

/* Does a script hold a word of DDL or of the session? */
static bool script_may_declare(Str text)
{
    static const Str words[] = {STR("create"), STR("alter"),       STR("drop"), STR("into"),
                                STR("schema"), STR("search_path"), STR("\\i"),  STR("{{")};
    bool may = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && !may; i++) {
        may = str_holds_nocase(text, words[i]);
    }
    return may;
}

/* Its elements declare by what their attributes name. */
static bool is_changelog(Str path, Str text)
{
    const Language *language = language_of_file(path, text);
    return language && str_equal(language->name, STR("liquibase"));
}

static bool may_declare(const Run *run, Arena *scratch, Str path, Str text)
{
    if (source_is_binary(text)) {
        return false;
    }
    bool script = aside_is_script(path) && run_is_wanted((void *)run, scratch, path);
    return script ? script_may_declare(text) : is_changelog(path, text) || aside_has_ddl(text);
}

/* Looks at one side of a changed file. A script that is not listed may be included by one that is.
 */
static bool look(const Run *run, const SourceRoot *root, Str path, Naming *naming)
{
    SourceText source;
    Str reason;
    Arena *scratch = arena_new();
    bool may = source_open(scratch, root, path, &source, &reason);
    if (may) {
        may = may_declare(run, scratch, path, source.text);
        if (may) {
            naming_collect(run->arena, naming, source.text, aside_is_script(path));
            if (is_changelog(path, source.text)) {
                naming_collect_attributes(run->arena, naming, source.text);
            }
        }
        source_close(&source);
    }
    arena_free(scratch);
    return may;
}

Impact impact_of(const Run *run, const SourceSnapshot *base, const SourceChanges *changes,
                 Naming *naming, Rebound *rebound)
{
    SourceRoot before = run->root;
    Impact impact = IMPACT_NONE;
    before.snapshot = base;
    for (size_t i = 0; i < changes->count; i++) {
        const SourceChange *change = &changes->at[i];
        Str old = change->before.len ? change->before : change->path;
        if (str_equal(change->path, run->manifest_path) ||
            str_equal(change->before, run->manifest_path)) {
            return IMPACT_EVERYWHERE;
        }
        bool is = look(run, &run->root, change->path, naming);
        bool was = look(run, &before, old, naming);
        rebound_compare(run->arena, rebound, &before, old, &run->root, change->path);
        if (is || was || rebound->any) {
            impact = IMPACT_NAMES;
        }
    }
    return impact;
}
