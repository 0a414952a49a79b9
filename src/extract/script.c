#include "extract/script.h"

#include <string.h>

#include "base/array.h"
#include "sql/token.h"

#include "base/banned.h"

/* How a statement began, as far as it matters to where it ends. */
typedef enum { HEAD_OTHER, HEAD_CREATE, HEAD_ROUTINE, HEAD_COPY } Head;

/* What was read of the current statement. */
typedef struct {
    Arena *arena;
    ARRAY(Range) blanks; /* comments and backslash commands inside it */
    size_t tokens;
    uint32_t start, end; /* of its first and behind its last token */
    uint64_t fingerprint;
    bool unterminated;

    /* As psqlscan.l: semicolons inside parentheses or a BEGIN ATOMIC body end nothing. */
    size_t parentheses, blocks;
    Head head;
    bool begin;            /* the last word was BEGIN */
    bool from, from_stdin; /* of a COPY: the last word was FROM; it was FROM STDIN */
} Draft;

typedef enum {
    GOES_ON,
    ENDS_BEFORE,
    ENDS_BEHIND,
    SEPARATED,
    DISCARDED,
    COPY_COMMAND
} CommandEffect;

/* psql's commands that send or drop the query buffer; every other one leaves it alone. */
static const struct {
    Str name;
    CommandEffect effect;
} commands[] = {
    {STR("g"), ENDS_BEHIND},     {STR("gx"), ENDS_BEHIND},    {STR("gset"), ENDS_BEHIND},
    {STR("gexec"), ENDS_BEHIND}, {STR("gdesc"), ENDS_BEHIND}, {STR("crosstabview"), ENDS_BEHIND},
    {STR("watch"), ENDS_BEHIND}, {STR("bind"), GOES_ON},      {STR("r"), DISCARDED},
    {STR("reset"), DISCARDED},   {STR("copy"), COPY_COMMAND},
};

Script script_open(Str text)
{
    bool marked = str_starts_with(text, STR("\xef\xbb\xbf"));
    return (Script){.text = text, .at = marked ? 3 : 0};
}

/* Does the statement begin CREATE [OR REPLACE] FUNCTION or PROCEDURE? */
static Head head_next(Head head, bool first, Str sql, Token token)
{
    if (first) {
        return token_is_word(sql, token, STR("create")) ? HEAD_CREATE
               : token_is_word(sql, token, STR("copy")) ? HEAD_COPY
                                                        : HEAD_OTHER;
    }
    if (head != HEAD_CREATE || token_is_word(sql, token, STR("or")) ||
        token_is_word(sql, token, STR("replace"))) {
        return head;
    }
    bool routine =
        token_is_word(sql, token, STR("function")) || token_is_word(sql, token, STR("procedure"));
    return routine ? HEAD_ROUTINE : HEAD_OTHER;
}

static void draft_word(Draft *draft, Str sql, Token token)
{
    draft->head = head_next(draft->head, draft->tokens == 0, sql, token);
    if (draft->head == HEAD_COPY && draft->parentheses == 0) {
        /* PostgreSQL takes either word for either direction. */
        draft->from_stdin |= draft->from && (token_is_word(sql, token, STR("stdin")) ||
                                             token_is_word(sql, token, STR("stdout")));
        draft->from = token_is_word(sql, token, STR("from"));
    }
    if (draft->head != HEAD_ROUTINE || draft->parentheses) {
        return;
    }
    if (draft->blocks == 0) {
        draft->blocks = draft->begin && token_is_word(sql, token, STR("atomic"));
        draft->begin = token_is_word(sql, token, STR("begin"));
    } else if (token_is_word(sql, token, STR("case")) || token_is_word(sql, token, STR("begin"))) {
        draft->blocks++;
    } else if (token_is_word(sql, token, STR("end"))) {
        draft->blocks--;
    }
}

/* Feeds a token into the fingerprint: words in lower case, every constant alike. */
static void draft_hash(Draft *draft, Str sql, Token token)
{
    uint64_t hash = draft->fingerprint;
    if (token.kind == TOKEN_STRING || token.kind == TOKEN_NUMBER || token.kind == TOKEN_PARAMETER) {
        hash = (hash ^ '?') * 1099511628211u;
    } else {
        for (uint32_t i = token.start; i < token.end; i++) {
            hash = (hash ^ (unsigned char)char_to_lower(sql.at[i])) * 1099511628211u;
        }
    }
    draft->fingerprint = (hash ^ ' ') * 1099511628211u;
}

static void draft_token(Draft *draft, Str sql, Token token)
{
    if (draft->tokens == 0) {
        draft->start = token.start;
    } else if (token.start - draft->end > 1) {
        array_push(draft->arena, &draft->blanks, (Range){draft->end, token.start});
    }
    if (token.kind == TOKEN_WORD) {
        draft_word(draft, sql, token);
    } else if (token_is_symbol(sql, token, '(')) {
        draft->parentheses++;
    } else if (token_is_symbol(sql, token, ')') && draft->parentheses) {
        draft->parentheses--;
    }
    draft_hash(draft, sql, token);
    draft->end = token.end;
    draft->unterminated |= token.unterminated;
    draft->tokens++;
}

/* Where the backslash command at `at` ends: its line, or a `\\` outside quotes. */
static uint32_t command_end(Str text, uint32_t at)
{
    char quote = '\0';
    for (; at < text.len && text.at[at] != '\n'; at++) {
        char c = text.at[at];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '\\') {
            return text.at[at + 1 < text.len ? at + 1 : at] == '\\' ? at + 2 : at;
        }
    }
    return at;
}

static CommandEffect command_effect(Str name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (str_equal(name, commands[i].name)) {
            return commands[i].effect;
        }
    }
    return GOES_ON;
}

static Str command_name(Str text, uint32_t backslash)
{
    uint32_t end = backslash + 1;
    while (end < text.len && char_is_alpha(text.at[end])) {
        end++;
    }
    return str_slice(text, backslash + 1, end);
}

/* The offset behind the line that `at` is in. */
static uint32_t next_line(Str text, uint32_t at)
{
    size_t end = str_find_byte(text, '\n', at);
    return (uint32_t)(end < text.len ? end + 1 : end);
}

/* The offset of the first line "\." at or after the start of line `at`, or text.len. */
static uint32_t find_copy_end(Script *script, uint32_t at)
{
    if (script->copy_end_known && script->copy_end >= at) {
        return script->copy_end;
    }
    Str text = script->text;
    while (at < text.len) {
        Str rest = str_slice(text, at, text.len);
        if (str_starts_with(rest, STR("\\.\n")) || str_starts_with(rest, STR("\\.\r\n")) ||
            str_equal(str_trim(rest), STR("\\."))) {
            break;
        }
        at += (uint32_t)str_find(rest, STR("\n\\."));
        at += at < text.len;
    }
    script->copy_end = at;
    script->copy_end_known = true;
    return at;
}

/* Skips the data lines of a COPY … FROM STDIN, which begin at `start`. A script may hold such a
 * statement without data (it was meant to fail): then the next COPY or the end comes before any
 * "\.", and nothing is skipped. */
static void skip_copy_data(Script *script, uint32_t start)
{
    uint32_t end = find_copy_end(script, start);
    Str data = str_slice(script->text, start ? start - 1 : 0, end);
    if (end >= script->text.len || str_find(data, STR("\nCOPY ")) < data.len ||
        str_find(data, STR("\ncopy ")) < data.len || str_find(data, STR("\n\\copy ")) < data.len) {
        return;
    }
    script->data.end = next_line(script->text, end);
}

/* The data of all COPYs of a line, one behind the other from `start` on. What else the line holds
 * comes first. */
static void skip_copies(Script *script, uint32_t start)
{
    script->data = (Range){.start = start, .end = start};
    for (; script->copies; script->copies--) {
        skip_copy_data(script, script->data.end);
    }
}

/* All but the line ends, which still separate strings that are one ('a' and 'b' on two lines). */
static void blank_bytes(char *sql, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        sql[i] = sql[i] == '\n' ? '\n' : ' ';
    }
}

static void statement_from_draft(Script *script, Draft *draft, ScriptStatement *statement)
{
    Str sql = arena_copy(draft->arena, str_slice(script->text, draft->start, draft->end));
    for (size_t i = 0; i < draft->blanks.count; i++) {
        Range blank = draft->blanks.at[i];
        if (blank.start >= draft->start && blank.start < draft->end) {
            uint32_t end = blank.end < draft->end ? blank.end : draft->end;
            blank_bytes((char *)sql.at, blank.start - draft->start, end - draft->start);
        }
    }
    *statement = (ScriptStatement){.sql = sql,
                                   .in_text = {.start = draft->start, .end = draft->end},
                                   .fingerprint = draft->fingerprint,
                                   .connected = script->connected,
                                   .unterminated = draft->unterminated};
    script->connected = false;
}

/* `\copy table from file` as the COPY that psql sends for it. */
static bool statement_from_copy(Script *script, Draft *draft, uint32_t backslash,
                                ScriptStatement *statement)
{
    Str line = str_slice(script->text, 0, str_find_byte(script->text, '\n', backslash));
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
    statement->sql = arena_format(draft->arena, "%.*s %s", (int)statement->sql.len,
                                  statement->sql.at, to ? "stdout" : "stdin");
    script->at = next_line(script->text, (uint32_t)line.len);
    if (draft->from_stdin) {
        script->copies++;
        skip_copies(script, script->at);
    }
    return true;
}

/* Reads the backslash command at `token`; script->at is behind it then. */
static CommandEffect draft_command(Script *script, Draft *draft, Token token)
{
    Str text = script->text;
    char next = token.end < text.len ? text.at[token.end] : '\0';
    if (next == ';' || next == ':') {
        script->at = token.end + (next == ';');
        array_push(draft->arena, &draft->blanks, (Range){token.start, token.end});
        return next == ';' ? SEPARATED : GOES_ON;
    }
    Str name = command_name(text, token.start);
    CommandEffect effect = command_effect(name);
    if (effect == COPY_COMMAND) {
        script->at = token.start;
        return draft->tokens ? ENDS_BEFORE : COPY_COMMAND;
    }
    script->connected |= str_equal(name, STR("c")) || str_equal(name, STR("connect"));
    script->at = command_end(text, token.end);
    array_push(draft->arena, &draft->blanks, (Range){token.start, script->at});
    return effect;
}

/* Reads one draft up to its end; false when the text ended first. */
static bool draft_read(Script *script, Draft *draft, CommandEffect *effect)
{
    Str text = script->text;
    for (;;) {
        Token token = token_next(text, script->at);
        *effect = ENDS_BEHIND;
        if (script->data.end > script->data.start && token.start >= script->data.start) {
            array_push(draft->arena, &draft->blanks, script->data);
            script->at = script->data.end;
            script->data = (Range){0};
            continue;
        }
        script->at = token.end;
        if (token.kind == TOKEN_END) {
            return false;
        }
        bool nested = (draft->parentheses || draft->blocks) && !script->ignore_parentheses;
        if (token_is_symbol(text, token, ';') && !nested) {
            return true;
        }
        if (token.kind != TOKEN_BACKSLASH) {
            draft_token(draft, text, token);
            continue;
        }
        *effect = draft_command(script, draft, token);
        if (*effect != GOES_ON) {
            return true;
        }
    }
}

bool script_next(Script *script, Arena *arena, ScriptStatement *statement)
{
    for (;;) {
        uint32_t start = script->at;
        Draft draft = {.arena = arena, .fingerprint = str_hash(STR(""))};
        CommandEffect effect;
        bool ended = draft_read(script, &draft, &effect);
        if (effect == COPY_COMMAND) {
            return statement_from_copy(script, &draft, script->at, statement);
        }
        bool open = draft.parentheses || draft.blocks;
        if (!ended && open && !draft.unterminated && !script->ignore_parentheses) {
            /* One forgotten parenthesis must not hide the rest of the script. */
            script->ignore_parentheses = true;
            script->at = start;
            continue;
        }
        if (draft.tokens && effect != DISCARDED) {
            statement_from_draft(script, &draft, statement);
            script->copies += draft.from_stdin;
            if (effect != SEPARATED && script->copies) {
                skip_copies(script, next_line(script->text, script->at));
            }
            return true;
        }
        if (!ended) {
            return false;
        }
    }
}
