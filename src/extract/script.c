#include "extract/script.h"

#include <string.h>

#include "base/array.h"
#include "extract/command.h"
#include "extract/fixture.h"
#include "extract/script_data.h"

#include "base/banned.h"

/* How reading a draft ended. */
typedef enum { TEXT_ENDED, ENDED, SEPARATED, DISCARDED, COPY_COMMAND, INCLUDED } Ending;

Script script_open(Str text, PsqlVariables *variables)
{
    bool marked = str_starts_with(text, STR("\xef\xbb\xbf"));
    return (Script){.text = text,
                    .variables = variables,
                    .at = marked ? 3 : 0,
                    .fixtures = fixture_is_likely(text)};
}

Script script_open_embedded(const SqlFragment *from, PsqlVariables *variables, bool client)
{
    return (Script){.text = from->sql, .variables = variables, .origin = from, .client = client};
}

/* Where the draft stands in the file. */
static Range range_in_file(const Draft *draft)
{
    Range range = {draft->start, draft->end};
    return draft->origin ? (Range){fragment_offset(draft->origin, range.start),
                                   fragment_behind(draft->origin, range)}
                         : range;
}

static void statement_from_draft(Script *script, const Draft *draft, ScriptStatement *statement)
{
    Draft *kept = ARENA_NEW(draft->arena, Draft);
    *kept = *draft;
    *statement = (ScriptStatement){.sql = draft_render(draft->arena, draft, DRAFT_ALL_BRANCHES),
                                   .draft = kept,
                                   .in_text = range_in_file(draft),
                                   .fingerprint = draft->fingerprint,
                                   .connected = script->connected,
                                   .unterminated = draft->unterminated};
    statement->sql.plain = script->plain;
    script->connected = false;
}

/* Where the command at `backslash` ends: its line. What psql is given as an argument is one
 * command, whose query may have several. */
static size_t copy_command_end(const Script *script, uint32_t backslash)
{
    enum { LONGEST_COMMAND = 65536 };
    Str text = script->text;
    size_t line = str_find_byte(text, '\n', backslash);
    size_t end = line;
    uint32_t depth = 0;
    if (!script->origin || script->client) {
        return line;
    }
    for (Token token = token_next(text, backslash + 1); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token.start > backslash + LONGEST_COMMAND) {
            return line;
        }
        if (token.start > end && !depth) {
            return end;
        }
        end = token.start > end ? str_find_byte(text, '\n', token.start) : end;
        depth += token_is_symbol(text, token, '(');
        depth -= depth && token_is_symbol(text, token, ')');
    }
    return depth ? line : end;
}

/* `\copy table from file` as the COPY that psql sends for it. */
static bool statement_from_copy(Script *script, Draft *draft, uint32_t backslash,
                                ScriptStatement *statement)
{
    Str line = str_slice(script->text, 0, copy_command_end(script, backslash));
    bool to = false;
    for (Token token = token_next(line, backslash + 1); token.kind != TOKEN_END;
         token = token_next(line, token.end)) {
        draft_token(draft, line, token);
        to = token_is_word(line, token, STR("to"));
        if (draft->parentheses == 0 && (to || token_is_word(line, token, STR("from")))) {
            Token source = token_next(line, token.end);
            draft->from_stdin = !to && token_is_word(line, source, STR("stdin"));
            break;
        }
    }
    statement_from_draft(script, draft, statement);
    Str sql = statement->sql.sql;
    statement->sql.sql =
        arena_format(draft->arena, "%.*s %s", (int)sql.len, sql.at, to ? "stdout" : "stdin");
    script->at = script_next_line(script->text, (uint32_t)line.len);
    if (draft->from_stdin) {
        script->copies++;
        script_skip_copies(script, script->at);
    }
    return true;
}

static void statement_from_include(const Command *command, ScriptStatement *statement)
{
    Str path = command->argument.text;
    while (str_ends_with(path, STR(";"))) {
        path.len--;
    }
    *statement = (ScriptStatement){
        .kind = command->effect == COMMAND_INCLUDES ? SCRIPT_INCLUDE : SCRIPT_INCLUDE_RELATIVE,
        .in_text = command->argument.range,
        .path = path,
        .known = command->argument.known};
}

/* Reads the backslash command at `token`; script->at is behind it then. True when it ends the
 * draft. */
static bool read_command(Script *script, Draft *draft, Token token, ScriptStatement *statement,
                         Ending *ending)
{
    Str text = script->text;
    char next = token.end < text.len ? text.at[token.end] : '\0';
    if (next == ';' || next == ':') {
        script->at = token.end + (next == ';');
        array_push(draft->arena, &draft->blanks, (Range){token.start, token.end});
        *ending = SEPARATED;
        return next == ';';
    }
    Command command = command_read(draft->arena, script->variables, text, token.start);
    *ending = ENDED;
    if (command.effect >= COMMAND_COPIES) {
        bool copies = command.effect == COMMAND_COPIES;
        if (!draft->tokens) {
            *ending = copies ? COPY_COMMAND : INCLUDED;
            statement_from_include(&command, statement);
        }
        /* What is in the query buffer ends before it: it was meant to. */
        script->at = copies || draft->tokens ? token.start : command.end;
        return true;
    }
    if (str_equal(command.name, STR("c")) || str_equal(command.name, STR("connect"))) {
        Range arguments = {token.start + 1 + (uint32_t)command.name.len, command.end};
        script->connected = true;
        array_push(script->variables->arena, &script->connects, arguments);
    }
    script->at = command.end;
    script->command = command.name;
    array_push(draft->arena, &draft->blanks, (Range){token.start, script->at});
    if (command.tag) {
        draft_tag(draft, command.tag, token.start);
    }
    if (str_equal(command.name, STR("gset")) && draft->tokens) {
        psql_gset(script->variables, str_slice(text, draft->start, draft->end),
                  command.argument.text);
    }
    *ending = command.effect == COMMAND_DISCARDS ? DISCARDED : ENDED;
    return command.effect != COMMAND_GOES_ON;
}

static bool is_nested(const Script *script, const Draft *draft)
{
    return (draft->parentheses || draft->blocks) && !script->ignore_parentheses;
}

/* The value of a variable, or what is left of it, as if it stood in the script. True when it ends
 * the draft. */
static bool read_value(Script *script, Draft *draft, Range range, Str value)
{
    Str rest = {0};
    bool ended = draft_value(draft, range, value, is_nested(script, draft), &rest);
    bool kept = script->pending.len > 0; /* a part of what was copied before */
    script->pending = kept || !rest.len ? rest : arena_copy(script->variables->arena, rest);
    script->pending_at = range;
    return ended;
}

/* A variable that the script sets; `::` is a cast. */
static bool read_variable(Script *script, Draft *draft, Token token, bool *ended)
{
    Str text = script->text;
    if (!script->variables || !script->variables->count || script->origin ||
        (token.start && text.at[token.start - 1] == ':')) {
        return false;
    }
    PsqlReference reference = psql_reference(text, token.start);
    Str value;
    if (!reference.end || !psql_value(draft->arena, script->variables, reference, &value) ||
        !draft_takes_value(draft, value)) {
        return false;
    }
    script->at = (uint32_t)reference.end;
    *ended = read_value(script, draft, (Range){token.start, script->at}, value);
    return true;
}

/* Some are SQL's own, too: operators. */
static bool begins_mark(Str two)
{
    return two.at[0] == '{' || (two.len > 1 && memchr("{(%", two.at[1], 3));
}

/* Punctuation that is none of SQL's own. */
static bool read_special(Script *script, Draft *draft, Token token, bool *ended)
{
    switch (script->text.at[token.start]) {
    case ':':
        return read_variable(script, draft, token, ended);
    case '{':
    case '$':
    case '#':
    case '<': {
        script->marked |= begins_mark(str_slice(script->text, token.start, token.end + 1));
        Template found = template_at(draft->arena, &script->templates, script->text, token.start);
        script->dbt |= found.dbt;
        *ended = found.kind == TEMPLATE_CUT && draft->tokens && !is_nested(script, draft);
        if (found.kind != TEMPLATE_NONE) {
            script->at = draft_template(draft, &script->templates, &found, script->model, token);
        }
        return found.kind != TEMPLATE_NONE;
    }
    default:
        return false;
    }
}

/* Does a backslash at `token` begin a command? */
static bool is_command(const Script *script, Token token)
{
    Str text = script->text;
    uint32_t at = token.start;
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t')) {
        at--;
    }
    bool first = at == 0 || text.at[at - 1] == '\n';
    return !script->origin || script->client ||
           (first && token.end < text.len && char_is_alpha(text.at[token.end]));
}

/* Jumps over COPY data that begins before `token`. */
static bool skip_data(Script *script, Draft *draft, Token token)
{
    if (script->data.end <= script->data.start || token.start < script->data.start) {
        return false;
    }
    bool reached = script->at <= script->data.start; /* else a quote went over it */
    if (reached) {
        array_push(draft->arena, &draft->blanks, script->data);
        script->at = script->data.end;
    }
    script->data = (Range){0};
    return reached;
}

/* A line `--! include` between the last token and `token`, if one is there: an include by itself,
 * which ends what stands before it. */
static bool read_fixture(Script *script, Draft *draft, Token token, ScriptStatement *statement,
                         Ending *ending)
{
    Range path;
    Str gap = str_slice(script->text, 0, token.start);
    if (!script->fixtures || !fixture_find(gap, script->at, &path)) {
        return false;
    }
    if (draft->tokens) {
        *ending = ENDED;
        return true;
    }
    Str name = str_slice(script->text, path.start, path.end);
    *statement = (ScriptStatement){
        .kind = SCRIPT_INCLUDE,
        .in_text = path,
        .path = arena_format(draft->arena, "fixtures/%.*s", (int)name.len, name.at),
        .known = true};
    script->at = path.end;
    *ending = INCLUDED;
    return true;
}

/* Reads one draft up to its end. */
static Ending draft_read(Script *script, Draft *draft, ScriptStatement *statement)
{
    Str text = script->text;
    Ending ending;
    if (script->pending.len && read_value(script, draft, script->pending_at, script->pending)) {
        return ENDED;
    }
    for (;;) {
        Token token = token_next(text, script->at);
        bool ended = false;
        if (skip_data(script, draft, token)) {
            continue;
        }
        if (read_fixture(script, draft, token, statement, &ending)) {
            return ending;
        }
        script->at = token.end;
        if (token.kind == TOKEN_END) {
            return TEXT_ENDED;
        }
        if (token_is_symbol(text, token, ';') && !is_nested(script, draft)) {
            return ENDED;
        }
        if (script->plain) {
            draft_token(draft, text, token);
        } else if (token.kind == TOKEN_BACKSLASH && is_command(script, token)) {
            if (read_command(script, draft, token, statement, &ending)) {
                return ending;
            }
        } else if (token.kind == TOKEN_STRING) {
            script->at = draft_string(draft, token);
        } else if (token.kind != TOKEN_SYMBOL || !read_special(script, draft, token, &ended)) {
            draft_token(draft, text, token);
        }
        if (ended) {
            return ENDED;
        }
    }
}

bool script_next(Script *script, Arena *arena, ScriptStatement *statement)
{
    for (;;) {
        uint32_t start = script->at;
        Str pending = script->pending;
        Range data = script->data;
        Draft draft = draft_open(arena, script->text);
        draft.origin = script->origin;
        script->command = (Str){0};
        Ending ending = draft_read(script, &draft, statement);
        if (ending == COPY_COMMAND) {
            return statement_from_copy(script, &draft, script->at, statement);
        }
        if (ending == INCLUDED && !script->origin) {
            return true;
        }
        bool open = draft.parentheses || draft.blocks;
        if (ending == TEXT_ENDED && open && !draft.unterminated && !script->ignore_parentheses) {
            /* One forgotten parenthesis must not hide the rest of the script. */
            script->ignore_parentheses = true;
            script->at = start;
            script->pending = pending;
            script->data = data;
            continue;
        }
        if (draft.tokens && ending != DISCARDED) {
            statement_from_draft(script, &draft, statement);
            statement->executes = str_equal(script->command, STR("gexec"));
            script->copies += draft.from_stdin;
            if (ending != SEPARATED && script->copies && (!script->origin || script->client)) {
                script_skip_copies(script, script_next_line(script->text, script->at));
            }
            return true;
        }
        if (ending == TEXT_ENDED) {
            return false;
        }
    }
}
