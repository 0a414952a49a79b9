#include "extract/sieve.h"

#include "extract/marker.h"

#include "base/banned.h"

/* So often a long statement may hold "stdin" before the file is read whole. */
enum { MOST_AGAIN = 64 * 1024 * 1024 };

static bool is_plain_text(Str text)
{
    static const Str others[] = {STR("\xff\xfe"), STR("\xfe\xff"), STR("#!")};
    bool plain = !source_is_binary(text) && !marker_is_on(text);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        plain &= !str_starts_with(text, others[i]);
    }
    return plain;
}

/* Is it still certain that the whole script is cut like its beginning? */
static bool is_certain(const Sieve *sieve)
{
    const Script *script = &sieve->script;
    return !script->marked && !script->ignore_parentheses && !script->dbt && !script->pending.len &&
           !sieve->variables.count && !sieve->variables.branches.count && sieve->again < MOST_AGAIN;
}

/* Lines `--! include` are asked about only where the script holds one. */
static bool may_include(const Script *script)
{
    Str rest = str_slice(script->text, script->at, script->text.len);
    return str_find(rest, STR("--!")) < rest.len;
}

/* Does nothing stand behind the statement that was cut last? */
static bool at_line_end(const Script *script)
{
    Str rest = str_slice(script->text, script->at, script->text.len);
    return rest.len && !str_trim(rest).len;
}

/* Cuts what can be. True when data begin at the end of the text. */
static bool cut(Sieve *sieve)
{
    Script *script = &sieve->script;
    ScriptStatement part;
    for (;;) {
        Script before = *script;
        arena_reset(sieve->scratch);
        bool more = script_next(script, sieve->scratch, &part);
        sieve->off |= !is_certain(sieve) || (more && part.kind != SCRIPT_SQL);
        if (sieve->off) {
            return false;
        }
        if (!more || script->at >= script->text.len) { /* it may go on */
            *script = before;
            sieve->again += script->text.len - before.at;
            return false;
        }
        if (part.draft->from_stdin && script->data.end <= script->data.start) {
            sieve->off = script->copies_at != script->text.len;
            return !sieve->off && at_line_end(script);
        }
    }
}

static bool begins(void *context, Str text)
{
    Sieve *sieve = context;
    if (!sieve->begun) {
        sieve->begun = true;
        sieve->off = !is_plain_text(text);
        sieve->script = script_open((Str){0}, &sieve->variables);
        sieve->script.at = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    }
    if (sieve->off) {
        return false;
    }
    script_extend(&sieve->script, text);
    sieve->off = may_include(&sieve->script);
    return !sieve->off && cut(sieve);
}

SourceSieve sieve_for(Sieve *sieve, Arena *arena, Arena *scratch)
{
    *sieve = (Sieve){.variables = {.arena = arena}, .scratch = scratch};
    return (SourceSieve){.begins = begins, .context = sieve};
}
