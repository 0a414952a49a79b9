#include "embedded/likely.h"

#include <string.h>

#include "embedded/call_escape.h"

#include "base/banned.h"

/* The shape of a statement, by its first word. */
typedef struct {
    const char *verb;
    const char *second; /* one of these words or symbols is next; NULL: any */
    const char *later;  /* one of these stands further on; NULL: none need */
} Shape;

#define OBJECTS                                                                                 \
    "table temp temporary unlogged foreign or view materialized recursive index unique "        \
    "concurrently function procedure routine trigger constraint schema sequence type domain "   \
    "extension policy role user rule aggregate operator publication subscription server event " \
    "database collation conversion language trusted group tablespace statistics default cast "  \
    "access owned system large transform text global local"

static const Shape shapes[] = {
    {"select", NULL, "from into * ( ' $ : ? % 0 1 2 3 4 5 6 7 8 9"},
    {"insert", "into", NULL},
    {"update", NULL, "set"},
    {"delete", "from", NULL},
    {"merge", "into", "using"},
    {"with", NULL, "as"},
    {"values", "(", NULL},
    {"truncate", NULL, NULL},
    {"copy", NULL, "from to"},
    {"create", OBJECTS, NULL},
    {"alter", OBJECTS, NULL},
    {"drop", OBJECTS, NULL},
    {"comment", "on", "is"},
    {"grant", NULL, "to"},
    {"revoke", NULL, "from"},
    {"lock", "table", NULL},
    {"refresh", "materialized", NULL},
    {"call", NULL, "("},
    {"do", "$ ' language", NULL},
    {"set", "role session local search_path schema constraints", NULL},
    {"reset", "role session search_path", NULL},
    {"explain", "select insert update delete merge with analyze verbose (", NULL},
    {"declare", NULL, "cursor"},
    {"import", "foreign", NULL},
    {"reassign", "owned", NULL},
    {"security", "label", NULL},
    {"reindex", "table index schema database system (", NULL},
    {"prepare", NULL, "as"},
};

/* These begin statements, too, but few of them name a relation. */
static const char more_verbs[] =
    "abort analyze begin checkpoint close cluster commit deallocate discard end execute fetch "
    "listen load move notify release rollback savepoint show start table unlisten vacuum";

/* A piece of a statement begins with one of these… */
static const char clauses[] = "where from join left right inner full cross natural and or on order "
                              "group having set union except intersect into using exists not in";

/* …and has one of these in front of a relation. */
static const char leads[] = "from join into update using table select only";

/* The offset behind white space, comments, opening parentheses and stray semicolons. */
static size_t skip_blanks(Str text, size_t at)
{
    while (at < text.len) {
        char c = text.at[at];
        char next = at + 1 < text.len ? text.at[at + 1] : '\0';
        if (char_is_space(c) || c == '(' || c == ';') {
            at++;
        } else if (c == '-' && next == '-') {
            at = str_find_byte(text, '\n', at);
        } else if (c == '/' && next == '*') {
            size_t end = str_find(str_slice(text, at, text.len), STR("*/"));
            at = end < text.len - at ? at + end + 2 : text.len;
        } else {
            break;
        }
    }
    return at;
}

/* Behind psql's commands that `text` begins with, one a line. \copy is a statement: behind its
 * backslash. */
static Str skip_commands(Str text)
{
    static const Str copy = STR("copy");
    size_t at = skip_blanks(text, 0);
    while (at + 1 < text.len && text.at[at] == '\\' && char_is_alpha(text.at[at + 1])) {
        size_t word = at + 1;
        if (str_equal_nocase(str_slice(text, word, word + copy.len), copy)) {
            return str_slice(text, word, text.len);
        }
        at = skip_blanks(text, str_find_byte(text, '\n', at));
    }
    return str_slice(text, at, text.len);
}

/* The word at `at`, or the byte there where it begins none. */
static Str word_at(Str text, size_t at)
{
    size_t end = at;
    while (end < text.len && char_is_name(text.at[end])) {
        end++;
    }
    return str_slice(text, at, end > at ? end : at + 1);
}

/* Letters that shapes and more_verbs begin with. */
static bool may_begin(char letter)
{
    static const char first_letters[] = "abcdefgilmnprstuvw";
    return strchr(first_letters, char_to_lower(letter)) && char_is_alpha(letter);
}

/* Does a word or symbol of `list` stand at or behind `at`? Digits count where a word begins. */
static bool holds_one(const char *list, Str text, size_t at)
{
    while (at < text.len) {
        at += text.at[at] == '\\' ? 2 : 0; /* an escape's letter is no part of a word */
        if (at >= text.len) {
            break;
        }
        Str word = word_at(text, at);
        bool number = char_is_digit(*word.at);
        if (str_in_list_nocase(list, number ? str_slice(word, 0, 1) : word)) {
            return true;
        }
        at += word.len;
    }
    return false;
}

static bool has_shape(const Shape *shape, Str text, size_t at)
{
    size_t next = at;
    while (next < text.len && (char_is_space(text.at[next]) || text.at[next] == '\\')) {
        next += text.at[next] == '\\' ? 2 : 1;
    }
    return next < text.len &&
           (!shape->second || str_in_list_nocase(shape->second, word_at(text, next))) &&
           (!shape->later || holds_one(shape->later, text, next));
}

static Likely likely_statement(Str text, Str verb, size_t behind)
{
    enum { LONGEST = 10 };
    bool column = behind < text.len && text.at[behind] == '.'; /* release.id IN (… */
    if (!verb.len || verb.len > LONGEST || !may_begin(*verb.at) || column) {
        return LIKELY_NO;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (*shapes[i].verb == char_to_lower(*verb.at) &&
            str_equal_nocase(verb, str_from(shapes[i].verb))) {
            return has_shape(&shapes[i], text, behind) ? LIKELY_STATEMENT : LIKELY_VERB;
        }
    }
    return str_in_list_nocase(more_verbs, verb) ? LIKELY_VERB : LIKELY_NO;
}

/* Is the word of `length` bytes that ends before `at` one that a relation's name follows? */
static bool is_lead(Str text, size_t at, size_t length)
{
    enum { SHORTEST = 4, LONGEST = 6 };
    return length >= SHORTEST && length <= LONGEST &&
           str_in_list_nocase(leads, str_slice(text, at - length, at));
}

/* Does `text` hold a word that a relation's name follows? */
static bool leads_to_name(Str text)
{
    size_t length = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (char_is_name(text.at[at])) {
            length++;
        } else {
            bool blank = char_is_space(text.at[at]) || text.at[at] == '\\';
            if (blank && is_lead(text, at, length)) {
                return true;
            }
            length = 0;
            at += text.at[at] == '\\'; /* an escape's letter is no part of a word */
        }
    }
    return false;
}

/* Does it call a routine whose schema it names: a.b( ? */
static bool calls_by_path(Str text)
{
    for (size_t at = str_find_byte(text, '(', 0); at < text.len;
         at = str_find_byte(text, '(', at + 1)) {
        size_t start = at;
        while (start > 0 && (char_is_name(text.at[start - 1]) || text.at[start - 1] == '"')) {
            start--;
        }
        if (start < at && start > 1 && text.at[start - 1] == '.' &&
            (char_is_name(text.at[start - 2]) || text.at[start - 2] == '"')) {
            return true;
        }
    }
    return false;
}

bool likely_names_known(Str text)
{
    static const char verbs[] =
        "truncate copy comment create alter drop grant revoke refresh reindex set security";
    text = skip_commands(text);
    return call_escape_is(text) || leads_to_name(text) ||
           str_in_list_nocase(verbs, word_at(text, 0)) || calls_by_path(text);
}

Likely likely_sql(Str text)
{
    text = skip_commands(text);
    Str word = word_at(text, 0);
    if (call_escape_is(text)) {
        return LIKELY_STATEMENT;
    }
    Likely likely = likely_statement(text, word, word.len);
    if (likely != LIKELY_NO) {
        return likely;
    }
    return leads_to_name(text) ? LIKELY_PART : LIKELY_NO;
}

/* Does it begin with a backslash, as psql's commands do? */
static bool begins_command(Str source)
{
    size_t at = skip_blanks(source, 0);
    return at < source.len && source.at[at] == '\\';
}

bool likely_literal(Str source)
{
    enum { SHORTEST = 4 };
    size_t at = skip_blanks(source, 0);
    if (source.len < SHORTEST) {
        return false;
    }
    Str word = word_at(source, at);
    while (word.len == 1 && *word.at == '\\' && at + 2 < source.len) { /* \n */
        at = skip_blanks(source, at + 2);
        word = word_at(source, at);
    }
    return str_in_list_nocase(clauses, word) || call_escape_is(source) ||
           likely_statement(source, word, source.len) != LIKELY_NO || leads_to_name(source) ||
           (begins_command(source) && likely_sql(source) != LIKELY_NO);
}

bool likely_is_query_piece(Str text)
{
    bool query = str_find_byte(text, '(', 0) < text.len && holds_one("select", text, 0) &&
                 holds_one("from", text, 0);
    bool join = holds_one("join", text, 0) &&
                (holds_one("using", text, 0) || str_find_byte(text, '=', 0) < text.len);
    return query || (join && holds_one("on using", text, 0));
}

bool likely_goes_on(Str text)
{
    static const char words[] = "from where join left inner union having limit returning";
    Str word = word_at(text, 0);
    return word.len < text.len && char_is_space(text.at[word.len]) &&
           (str_in_list_nocase(words, word) ||
            likely_statement(text, word, word.len) == LIKELY_STATEMENT);
}

bool likely_name_next(Str text)
{
    Str before = str_trim(str_slice(text, text.len > 24 ? text.len - 24 : 0, text.len));
    size_t start = before.len;
    while (start > 0 && char_is_alpha(before.at[start - 1])) {
        start--;
    }
    static const char before_names[] = "from join into update only table truncate exists";
    return (before.len && before.at[before.len - 1] == '.') ||
           str_in_list_nocase(before_names, str_slice(before, start, before.len));
}

/* Is `text` nothing but blanks and parentheses up to its end, or up to what may begin a hole? */
static bool leaves_open(Str text)
{
    size_t at = 0;
    while (at < text.len && (char_is_space(text.at[at]) || text.at[at] == '(')) {
        at++;
    }
    return at == text.len || strchr("#${%\\", text.at[at]);
}

bool likely_condition(Str source)
{
    Str text = str_trim(source);
    bool first = true;
    for (size_t at = 0; at < text.len; first = false) {
        Str word = word_at(text, at);
        at += word.len;
        bool joins = str_equal_nocase(word, STR("and")) || str_equal_nocase(word, STR("or"));
        if (joins && (first || leaves_open(str_slice(text, at, text.len)))) {
            return true;
        }
    }
    return false;
}
