#include "embedded/call.h"

#include <stdio.h>

#include "embedded/call_lookup.h"
#include "embedded/call_mark.h"

#include "base/banned.h"

/* The way outwards from the expression, one level of brackets at a time. */
typedef struct {
    const LexFile *file;
    const StrList *extra;
    uint32_t first, behind;
    CallTokens before;
    int at;       /* the place from which on the level is looked at, backwards */
    int bracket;  /* found: the place of the bracket around; -1: none, the statement begins */
    bool earlier; /* there are strings in the arguments before */
    bool comma;
    bool assigned;
    Str key;         /* the argument's name, or empty */
    bool of_object;  /* …is a field's: x.key = */
    int shifted;     /* the place of the first << of the chain; -1: none */
    CallRow command; /* a call without brackets */
} Climb;

enum { CLIMB_LEVELS = 8 };

/* In these a statement ends with its line. */
static bool ends_with_line(const Climb *climb)
{
    return str_in_list("go python javascript typescript tsx vue svelte kotlin scala ruby elixir "
                       "swift",
                       climb->file->language->name);
}

/* In these a call needs no brackets. */
static bool has_commands(const Climb *climb)
{
    return str_in_list("ruby elixir perl", climb->file->language->name);
}

/* The token at `index`; the expression's first one behind the last. */
static LexToken token_at(const Climb *climb, int index)
{
    return index < climb->before.count ? call_token(&climb->before, index)
                                       : climb->file->tokens[climb->first];
}

/* Does a new statement begin with the token behind `index`, on a new line? */
static bool line_ends(const Climb *climb, int index)
{
    LexToken next = token_at(climb, index + 1);
    LexToken token = call_token(&climb->before, index);
    return next.first && next.kind != LEX_SYMBOL &&
           (token.kind != LEX_SYMBOL || call_closes(&climb->before, index)) &&
           ends_with_line(climb);
}

static bool is_separator(const CallTokens *tokens, int index)
{
    return index < 0 || call_opens(tokens, index) || call_is(tokens, index, STR(","));
}

/* The contents of the plain string at `index`. */
static Str plain_string(const Climb *climb, int index)
{
    uint32_t first, behind;
    Range contents = lexer_contents(climb->file, climb->before.at[index], &first, &behind);
    return str_slice(climb->file->text, contents.start, contents.end);
}

/* Notes the name that the symbol at `index` gives the argument behind it. */
static void note_key(Climb *climb, int index)
{
    const CallTokens *tokens = &climb->before;
    bool equals = call_is(tokens, index, STR("="));
    bool colon = call_is(tokens, index, STR(":")) || call_is(tokens, index, STR("=>"));
    climb->assigned |= equals || call_is(tokens, index, STR(":="));
    if (climb->key.len || climb->comma || (!equals && !colon) || index == 0) {
        return;
    }
    LexToken name = call_token(tokens, index - 1);
    bool separated = is_separator(tokens, index - 2) || token_at(climb, index - 1).first;
    if (name.kind == LEX_NAME && (equals || separated || has_commands(climb)) &&
        climb->file->text.at[name.start] != '$') {
        climb->key = call_source(tokens, index - 1);
        climb->of_object =
            call_is(tokens, index - 2, STR(".")) || call_is(tokens, index - 2, STR("->"));
    } else if (name.kind == LEX_STRING && separated) {
        climb->key = plain_string(climb, index - 1);
    }
}

/* Is the name at `index` a call whose arguments follow without brackets? */
static bool is_command(Climb *climb, int index)
{
    LexToken token = call_token(&climb->before, index);
    LexToken next = token_at(climb, index + 1);
    bool direct = index + 1 == climb->before.count;
    bool symbol = next.kind == LEX_SYMBOL && !call_is(&climb->before, index + 1, STR("["));
    if (token.kind != LEX_NAME || symbol || next.joined || climb->assigned ||
        !(direct || has_commands(climb))) {
        return false;
    }
    CallPath path = call_path(&climb->before, index);
    CallRow row = call_lookup(climb->file, &path, STR(""), false, climb->extra);
    if (row.kind == CALL_NONE || row.kind == CALL_THROUGH ||
        (!has_commands(climb) && row.kind != CALL_NOT)) {
        return false;
    }
    climb->command = row;
    return true;
}

/* One token back; false: the level's beginning is found. */
static bool climb_step(Climb *climb, int *index)
{
    const CallTokens *tokens = &climb->before;
    LexToken token = call_token(tokens, *index);
    bool comma = token.kind == LEX_SYMBOL && climb->file->text.at[token.start] == ',';
    if ((comma || token.kind == LEX_STRING) && !token_at(climb, *index + 1).first) {
        climb->earlier |= climb->comma && !comma; /* the way through long lists is short */
        climb->comma |= comma;
        --*index;
        return true;
    }
    if (call_opens(tokens, *index)) {
        climb->bracket = *index;
        return false;
    }
    if (call_is(tokens, *index, STR(";")) || line_ends(climb, *index) ||
        is_command(climb, *index)) {
        return false;
    }
    if (call_closes(tokens, *index)) {
        *index = call_opening(tokens, *index);
    } else if (call_is(tokens, *index, STR(","))) {
        climb->comma = true;
    } else if (call_token(tokens, *index).kind == LEX_STRING) {
        climb->earlier |= climb->comma;
    } else if (call_is(tokens, *index, STR("<<")) && !climb->comma) {
        climb->shifted = *index;
    } else {
        note_key(climb, *index);
    }
    --*index;
    return true;
}

static void climb_level(Climb *climb)
{
    int index = climb->at;
    climb->bracket = climb->shifted = -1;
    climb->earlier = climb->comma = climb->of_object = false;
    climb->key = STR("");
    climb->command.kind = CALL_NONE;
    while (index >= 0 && climb_step(climb, &index)) {
    }
}

/* The source from the bracket around to the one that closes it, as far as it is near. */
static Str arguments(const Climb *climb)
{
    enum { NEAR = 64 };
    const LexFile *file = climb->file;
    uint32_t i = climb->behind;
    int depth = 1;
    for (int n = 0; n < NEAR && i < file->count && depth > 0; n++, i = lexer_next(file, i)) {
        Str source = lexer_source(file, i);
        if (file->tokens[i].kind == LEX_SYMBOL && source.len == 1) {
            depth += *source.at == '(' || *source.at == '[' || *source.at == '{';
            depth -= *source.at == ')' || *source.at == ']' || *source.at == '}';
        }
    }
    uint32_t start = call_token(&climb->before, climb->bracket).start;
    return str_slice(file->text, start, i < file->count ? file->tokens[i].start : file->text.len);
}

/* What a row says about this argument. */
static CallKind kind_of_row(const Climb *climb, CallRow row)
{
    bool later = climb->earlier && !climb->key.len && !(row.flags & CALL_LATER);
    return later && row.kind != CALL_NOT ? CALL_NONE : (CallKind)row.kind;
}

/* Does { at the bracket begin a block of statements, rather than a value? */
static bool is_block(const Climb *climb)
{
    const CallTokens *tokens = &climb->before;
    int before = climb->bracket - 1;
    LexToken token = call_token(tokens, before);
    if (climb->assigned && str_in_list("go rust", climb->file->language->name)) {
        return true; /* func f() error { query := … */
    }
    if (token.kind == LEX_NAME) {
        return !str_in_list("go cpp c csharp rust", climb->file->language->name);
    }
    return before < 0 || call_is(tokens, before, STR(")")) || call_is(tokens, before, STR("->")) ||
           call_is(tokens, before, STR("=>")) || call_is(tokens, before, STR("{")) ||
           call_is(tokens, before, STR("}")) || call_is(tokens, before, STR(";"));
}

static CallKind settle_statement(const Climb *climb);

/* Looks at the bracket that was found: true when *kind is settled; else the next level decides. */
static bool settle_bracket(Climb *climb, CallKind *kind)
{
    const CallTokens *tokens = &climb->before;
    *kind = CALL_NONE;
    if (climb->key.len) {
        const CallField *field = call_field(climb->key);
        if (!field || field->kind != CALL_THROUGH) {
            *kind = field ? (CallKind)field->kind : CALL_NONE;
            return true;
        }
    }
    bool braces = call_is(tokens, climb->bracket, STR("{"));
    if (braces && !climb->key.len && is_block(climb)) {
        *kind = settle_statement(climb);
        return true;
    }
    bool index =
        call_is(tokens, climb->bracket, STR("[")) && !call_token(tokens, climb->bracket).joined;
    CallPath path = index ? (CallPath){.count = 0} : call_path(tokens, climb->bracket - 1);
    if (path.count == 0) {
        climb->at = climb->bracket - 1;
        return false;
    }
    CallRow row = call_lookup(climb->file, &path, arguments(climb), false, climb->extra);
    climb->at = path.start - 1;
    if (row.kind == CALL_NONE && str_in_list("cpp", climb->file->language->name) &&
        call_token(tokens, climb->at).kind == LEX_NAME) {
        path = call_path(tokens, climb->at); /* Type name("…") */
        row = call_lookup(climb->file, &path, STR(""), false, climb->extra);
    }
    *kind = kind_of_row(climb, row);
    return row.kind != CALL_THROUGH;
}

/* What `<<` hands it over to: sql << "…". */
static CallKind kind_of_stream(const Climb *climb)
{
    char name[64];
    CallPath path = call_path(&climb->before, climb->shifted - 1);
    if (path.count == 0 || !str_in_list("cpp", climb->file->language->name)) {
        return CALL_NONE;
    }
    Str last = str_slice(path.parts[0], 0, 60);
    snprintf(name, sizeof name, "<<%.*s", (int)last.len, last.at);
    path.parts[0] = str_from(name);
    return (CallKind)call_lookup(climb->file, &path, STR(""), false, climb->extra).kind;
}

/* A string that is a statement of its own. */
static bool is_docstring(const Climb *climb)
{
    const LexFile *file = climb->file;
    return str_in_list("python", file->language->name) && file->tokens[climb->first].first &&
           (climb->behind >= file->count || file->tokens[climb->behind].first);
}

/* The statement begins here: a call without brackets, a stream, x.CommandText = "…". */
static CallKind settle_statement(const Climb *climb)
{
    if (climb->command.kind != CALL_NONE) {
        const CallField *named = climb->key.len ? call_field(climb->key) : NULL;
        return named && named->kind != CALL_THROUGH ? (CallKind)named->kind
                                                    : kind_of_row(climb, climb->command);
    }
    if (climb->shifted >= 0) {
        return kind_of_stream(climb);
    }
    if (is_docstring(climb)) {
        return CALL_NOT;
    }
    const CallField *field = climb->key.len ? call_field(climb->key) : NULL;
    return field && field->anywhere && (climb->of_object || field->kind == CALL_NOT)
               ? (CallKind)field->kind
               : CALL_NONE;
}

/* "…" |> Repo.query() */
static CallKind kind_of_pipe(const Climb *climb)
{
    const LexFile *file = climb->file;
    CallPath path = {.count = 0};
    if (!lexer_is(file, climb->behind, STR("|>"))) {
        return CALL_NONE;
    }
    uint32_t i = climb->behind + 1;
    for (int n = 0; n < CALL_PARTS && i < file->count && file->tokens[i].kind == LEX_NAME;
         n++, i += 2) {
        for (int part = path.count++; part > 0; part--) {
            path.parts[part] = path.parts[part - 1];
        }
        path.parts[0] = lexer_source(file, i);
        if (!lexer_is(file, i + 1, STR("."))) {
            break;
        }
    }
    CallRow row = call_lookup(file, &path, STR(""), false, climb->extra);
    return row.kind == CALL_THROUGH ? CALL_NONE : (CallKind)row.kind;
}

static CallKind climb(Climb *climb)
{
    for (int level = 0; level < CLIMB_LEVELS; level++) {
        CallKind kind;
        climb_level(climb);
        if (climb->bracket < 0) {
            return settle_statement(climb);
        }
        if (settle_bracket(climb, &kind)) {
            return kind;
        }
    }
    return CALL_NONE;
}

CallKind call_kind(const LexFile *file, uint32_t first, uint32_t behind, const StrList *extra)
{
    Climb way = {.file = file, .extra = extra, .first = first, .behind = behind};
    if (first >= file->count) {
        return CALL_NONE;
    }
    call_tokens_read(&way.before, file, first);
    way.at = way.before.count - 1;
    CallKind kind = call_mark(&way.before, first, behind, extra);
    if (kind == CALL_NONE) {
        kind = kind_of_pipe(&way);
    }
    return kind == CALL_NONE ? climb(&way) : kind;
}
