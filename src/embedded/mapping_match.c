#include "embedded/mapping_match.h"

#include "base/array.h"
#include "embedded/expression.h"

#include "base/banned.h"

/* How far around a match its values are looked for, in tokens; and the longest pattern. */
enum { NEARBY = 2000, MOST_WORDS = 8, DEEPEST = 64, MOST_LINKS = 32 };

MatchCode match_code(HostNames *names)
{
    const LexFile *file = names->file;
    ARRAY(uint32_t) code = {0};
    for (uint32_t i = 0; i < file->count; i = lexer_next(file, i)) {
        array_push(names->arena, &code, i);
    }
    return (MatchCode){.file = file,
                       .names = names,
                       .code = code.at,
                       .count = code.count,
                       .only = ARENA_NEW(names->arena, MatchOnly)};
}

static bool is_kind(const MatchCode *code, uint32_t at, LexKind kind)
{
    return at < code->count && code->file->tokens[code->code[at]].kind == kind;
}

static bool is_word(const MatchCode *code, uint32_t at, Str word)
{
    return at < code->count && lexer_is(code->file, code->code[at], word);
}

static bool is_one_of(const MatchCode *code, uint32_t at, const char *words)
{
    return at < code->count && !is_kind(code, at, LEX_STRING) &&
           str_in_list(words, lexer_source(code->file, code->code[at]));
}

/* The words of `list`, which blanks separate. */
static size_t split(const char *list, Str *words)
{
    size_t count = 0;
    for (const char *at = list ? list : ""; *at && count < MOST_WORDS;) {
        words[count++] = str_next_word(&at);
    }
    return count;
}

static const Str any_name = STR("NAME");
static const Str any_token = STR("ANY");

/* The place before the path javax.persistence. that ends before `at`. */
static uint32_t skip_path(const MatchCode *code, uint32_t at)
{
    while (at >= 2 && is_one_of(code, at - 1, ". \\ ::") && is_kind(code, at - 2, LEX_NAME)) {
        at -= 2;
    }
    return at;
}

static bool match_before(const MatchCode *code, const char *before, uint32_t at, Match *match)
{
    Str words[MOST_WORDS];
    for (size_t i = split(before, words); i > 0; i--) {
        if (str_equal(words[i - 1], STR("PATH"))) {
            at = skip_path(code, at);
            continue;
        }
        if (at == 0) {
            return false;
        }
        at--;
        bool name = str_equal(words[i - 1], any_name);
        bool any = str_equal(words[i - 1], any_token);
        if (!any && (name ? !is_kind(code, at, LEX_NAME) : !is_word(code, at, words[i - 1]))) {
            return false;
        }
        match->captured = any ? at : match->captured;
    }
    return true;
}

/* The place behind a group in `brackets` that may begin at `at`. */
static uint32_t skip_group(const MatchCode *code, uint32_t at, Str brackets)
{
    if (!is_word(code, at, str_slice(brackets, 0, 1))) {
        return at;
    }
    uint32_t depth = 0;
    for (uint32_t i = at; i < code->count && i < at + NEARBY; i++) {
        Str source = lexer_source(code->file, code->code[i]);
        for (size_t j = 0; is_kind(code, i, LEX_SYMBOL) && j < source.len; j++) {
            depth += source.at[j] == brackets.at[0];
            depth -= depth && source.at[j] == brackets.at[1];
        }
        if (!depth) {
            return i + 1;
        }
    }
    return at;
}

bool match_row(const MatchCode *code, const MappingRow *row, uint32_t anchor, Match *match)
{
    Str words[MOST_WORDS];
    size_t count = split(row->behind, words);
    uint32_t at = anchor + 1;
    *match = (Match){.anchor = anchor};
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], STR("[]")) || str_equal(words[i], STR("<>"))) {
            at = skip_group(code, at, words[i]);
            continue;
        }
        bool name = str_equal(words[i], any_name);
        bool any = name || str_equal(words[i], any_token);
        if (name  ? !is_kind(code, at, LEX_NAME)
            : any ? at >= code->count
                  : !is_word(code, at, words[i])) {
            return false;
        }
        match->captured = any ? at : match->captured;
        at++;
    }
    match->end = at;
    return match_before(code, row->before, anchor, match);
}

/* Is `at` the key `key` of an argument, a name or a string? Every key for an empty one. */
static bool is_key(const MatchCode *code, uint32_t at, Str key)
{
    bool string = is_kind(code, at, LEX_STRING);
    if ((!string && !is_kind(code, at, LEX_NAME)) || !is_one_of(code, at + 1, "= : =>")) {
        return false;
    }
    uint32_t first = 0;
    uint32_t behind = 0;
    Range range = {0};
    if (string) {
        range = lexer_contents(code->file, code->code[at], &first, &behind);
    }
    Str name = string ? str_slice(code->file->text, range.start, range.end)
                      : lexer_source(code->file, code->code[at]);
    return !key.len || str_equal(name, key);
}

/* Can an argument without a key begin there that is a text? */
static bool is_textual(const MatchCode *code, uint32_t at)
{
    bool symbol = is_one_of(code, at, ":") && is_kind(code, at + 1, LEX_NAME) &&
                  code->file->tokens[code->code[at + 1]].joined; /* :orders */
    return symbol || ((is_kind(code, at, LEX_STRING) || is_kind(code, at, LEX_NAME)) &&
                      !is_key(code, at, (Str){0}));
}

/* Finds argument number `position`, or that called `key`, in the list whose first token is at
 * `from`. Keys count in the list itself, and in an object that is an argument. */
static bool find_argument(const MatchCode *code, uint32_t from, int64_t position, Str key,
                          uint32_t *at)
{
    int64_t argument = 0;
    uint32_t depth = 0;
    bool object = false; /* what is open at depth 1 is one that is an argument */
    bool starts = true;
    for (uint32_t i = from; i < code->count && i < from + NEARBY; i++) {
        if (starts && key.len && is_key(code, i, key)) {
            *at = i + 2;
            return true;
        }
        if (starts && depth == 0 && argument == position && is_textual(code, i)) {
            *at = i;
            return true;
        }
        if (is_one_of(code, i, "( [ {")) {
            object = depth++ == 0 ? starts && is_one_of(code, i, "{ [") : object;
            starts = depth == 1 && object;
        } else if (is_one_of(code, i, ") ] }")) {
            if (depth-- == 0) {
                return false;
            }
            starts = false;
        } else {
            starts = is_one_of(code, i, ",") && (depth == 0 || (depth == 1 && object));
            argument += starts && depth == 0;
        }
    }
    return false;
}

/* A class's or its like's beginning. */
static bool is_border(const MatchCode *code, uint32_t at)
{
    return is_kind(code, at, LEX_NAME) && code->file->tokens[code->code[at]].first &&
           is_one_of(code, at, "class defmodule model view enum struct object trait interface");
}

bool match_shares_class(const MatchCode *code, uint32_t from, uint32_t to)
{
    bool shares = to - from < NEARBY;
    for (uint32_t i = from; i < to && shares; i++) {
        shares = !is_border(code, i);
    }
    return shares;
}

/* Does the text up to the end of name token `at` end in `word`, which may have signs before it? */
static bool ends_in(const MatchCode *code, uint32_t at, Str word)
{
    LexToken token = code->file->tokens[code->code[at]];
    return token.kind == LEX_NAME && token.end - token.start <= word.len &&
           str_ends_with(str_slice(code->file->text, 0, token.end), word) &&
           (token.end == word.len || word.at[0] == '@' || token.end - token.start == word.len);
}

/* What is said of a word at `at`: word = "…", word("…"), word "…"; or the key of it. */
static bool find_said(const MatchCode *code, uint32_t at, Str key, uint32_t *value)
{
    uint32_t next = at + 1;
    if (!key.len) {
        bool typed = is_one_of(code, next, ":") && !is_kind(code, next + 1, LEX_STRING);
        for (uint32_t i = 0; typed && i < MOST_WORDS && !is_one_of(code, next, "="); i++) {
            next++;
        }
        next += is_one_of(code, next, "= : (");
        *value = next;
        return next > at + 1 || is_kind(code, next, LEX_STRING);
    }
    for (; next < code->count && next < at + NEARBY && !is_border(code, next); next++) {
        if (is_key(code, next, key)) {
            *value = next + 2;
            return true;
        }
        if (is_kind(code, next, LEX_NAME) && code->file->tokens[code->code[next]].first &&
            is_one_of(code, next + 1, "=")) {
            return false;
        }
    }
    return false;
}

static bool find_nearby(const MatchCode *code, const Match *match, Str where, uint32_t *value)
{
    size_t slash = str_find_byte(where, '/', 0);
    Str word = str_slice(where, 0, slash);
    Str key = str_slice(where, slash + 1, where.len);
    uint32_t low = match->anchor;
    uint32_t high = match->end;
    while (low > 0 && match->anchor - low < NEARBY && !is_border(code, low)) {
        low--;
    }
    while (high < code->count && high - match->end < NEARBY && !is_border(code, high)) {
        high++;
    }
    for (uint32_t i = low; i < high; i++) {
        if (ends_in(code, i, word) && find_said(code, i, key, value)) {
            return true;
        }
    }
    return false;
}

/* A neighbour of the match in its braces. */
static bool find_neighbour(const MatchCode *code, const Match *match, Str key, uint32_t *value)
{
    uint32_t depth = 0;
    for (uint32_t i = match->anchor; i > 0 && match->anchor - i < NEARBY; i--) {
        if (is_one_of(code, i - 1, ") ] }")) {
            depth++;
        } else if (is_one_of(code, i - 1, "( [ {") && depth-- == 0) {
            return find_argument(code, i, -1, key, value);
        }
    }
    return false;
}

/* What the object before the anchor's dot was made with. */
static bool find_made(const MatchCode *code, const Match *match, Str make, uint32_t *value)
{
    uint32_t made = 0;
    if (match->anchor < 2 || !names_value(code->names, code->code[match->anchor - 2], &made) ||
        !lexer_is(code->file, made, make) || !lexer_is(code->file, made + 1, STR("("))) {
        return false;
    }
    uint32_t low = 0;
    uint32_t high = code->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (code->code[middle] < made + 2) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *value = low;
    return low < code->count;
}

/* The name of the call whose list ends at `close`, or 0. */
static uint32_t call_of(const MatchCode *code, uint32_t close)
{
    uint32_t depth = 0;
    for (uint32_t i = close + 1; i > 0 && close + 1 - i < NEARBY; i--) {
        depth += is_one_of(code, i - 1, ") ] }");
        depth -= is_one_of(code, i - 1, "( [ {");
        if (!depth) {
            return i > 1 && is_kind(code, i - 2, LEX_NAME) ? i - 2 : 0;
        }
    }
    return 0;
}

/* What the call `word` in the chain that the match is a part of is given. */
static bool find_in_chain(const MatchCode *code, const Match *match, Str word, uint32_t *value)
{
    uint32_t at = match->anchor;
    for (int i = 0;
         i < MOST_LINKS && at >= 2 && is_one_of(code, at - 1, ".") && is_one_of(code, at - 2, ")");
         i++) {
        at = call_of(code, at - 2);
        if (at && is_word(code, at, word)) {
            *value = at + 2;
            return true;
        }
    }
    at = skip_group(code, match->end - 1, STR("()"));
    for (int i = 0; i < MOST_LINKS && is_one_of(code, at, ".") && is_kind(code, at + 1, LEX_NAME) &&
                    is_one_of(code, at + 2, "(");
         i++) {
        if (is_word(code, at + 1, word)) {
            *value = at + 3;
            return true;
        }
        uint32_t behind = skip_group(code, at + 2, STR("()"));
        at = behind > at + 2 ? behind : code->count;
    }
    return false;
}

/* The only call of `make` in the file: its first argument; 0: there is none, or more than one. */
static uint32_t find_only(const MatchCode *code, Str make)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i + 1 < code->count; i++) {
        if (is_word(code, i, make) && is_one_of(code, i + 1, "(")) {
            if (found) {
                return 0;
            }
            found = i + 2;
        }
    }
    return found;
}

/* The argument of the only call in the file: Make/key. */
static bool find_anywhere(const MatchCode *code, Str where, uint32_t *value)
{
    size_t slash = str_find_byte(where, '/', 0);
    MatchOnly *only = code->only;
    if (!str_equal(only->where, where)) {
        Str key = str_slice(where, slash + 1, where.len);
        bool position = char_is_digit(key.at[0]);
        uint32_t from = find_only(code, str_slice(where, 0, slash));
        *only = (MatchOnly){.where = where};
        only->found = from && find_argument(code, from, position ? key.at[0] - '0' : -1,
                                            position ? (Str){0} : key, &only->at);
    }
    *value = only->at;
    return only->found;
}

/* Some("…") as argument `position`. */
static bool find_some(const MatchCode *code, const Match *match, int64_t position, uint32_t *value)
{
    if (!find_argument(code, match->end, position, (Str){0}, value) ||
        !is_word(code, *value, STR("Some"))) {
        return false;
    }
    *value += 2;
    return true;
}

static bool find(const MatchCode *code, const Match *match, Str where, uint32_t *at)
{
    static const Str some = STR("Some");
    Str rest = str_slice(where, 1, where.len);
    switch (where.at[0]) {
    case '=':
    case '#':
    case ':':
        *at = match->end;
        return match->end < code->count;
    case '^':
        return find_nearby(code, match, rest, at);
    case ',':
        return find_neighbour(code, match, rest, at);
    case '$':
        return find_made(code, match, rest, at);
    case '~':
        return find_in_chain(code, match, rest, at);
    case '*':
        return find_anywhere(code, rest, at);
    default:
        break;
    }
    if (str_equal(where, any_name)) {
        *at = match->captured;
        return true;
    }
    if (str_starts_with(where, some)) {
        return find_some(code, match, where.at[some.len] - '0', at);
    }
    bool position = char_is_digit(where.at[0]);
    return find_argument(code, match->end, position ? where.at[0] - '0' : -1,
                         position ? (Str){0} : where, at);
}

bool match_value(const MatchCode *code, const Match *match, const char *where, uint32_t *at)
{
    Str words[MOST_WORDS];
    size_t count = split(where, words);
    for (size_t i = 0; i < count; i++) {
        if (find(code, match, words[i], at)) {
            return true;
        }
    }
    return false;
}
