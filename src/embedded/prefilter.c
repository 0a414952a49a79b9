#include "embedded/prefilter.h"

#include <assert.h>
#include <string.h>

#include "base/needles.h"
#include "embedded/call_escape.h"
#include "embedded/credentials.h"
#include "embedded/glance.h"
#include "embedded/likely.h"

#include "base/banned.h"

/* A word that is looked for in any case. */
typedef struct {
    Str word;
    enum {
        WORD_VERB,  /* begins a statement */
        WORD_SHAPE, /* the same, but common in code: the rest of the statement must be there, too */
        WORD_CALL,  /* … and what it works on must be called: f( */
        WORD_COPY,  /* … and be copied from or to something */
        WORD_ALL,   /* its shape is enough: what it works on need not be a relation */
        WORD_NAMES, /* a relation's name with its schema follows, in a piece of a statement */
        WORD_TEXT,  /* begins a statement that it is enough of */
        WORD_MARK,  /* tells by itself */
    } kind;
} Word;

static const Word words[] = {
    {STR("alter"), WORD_ALL},
    {STR("call"), WORD_CALL},
    {STR("comment"), WORD_ALL},
    {STR("copy"), WORD_COPY},
    {STR("create"), WORD_ALL},
    {STR("delete"), WORD_VERB},
    {STR("drop"), WORD_ALL},
    {STR("explain"), WORD_ALL},
    {STR("foreign schema"), WORD_MARK},
    {STR("from"), WORD_NAMES},
    {STR("grant"), WORD_ALL},
    {STR("insert"), WORD_VERB},
    {STR("join"), WORD_NAMES},
    {STR("lock table"), WORD_TEXT},
    {STR("merge"), WORD_VERB},
    {STR("reassign"), WORD_ALL},
    {STR("refresh"), WORD_ALL},
    {STR("revoke"), WORD_ALL},
    {STR("ringfence:"), WORD_MARK},
    {STR("security label"), WORD_TEXT},
    {STR("select"), WORD_VERB},
    {STR("set local "), WORD_TEXT},
    {STR("set role"), WORD_TEXT},
    {STR("set search_path"), WORD_TEXT},
    {STR("set session"), WORD_TEXT},
    {STR("truncate"), WORD_SHAPE},
    {STR("update"), WORD_VERB},
};

enum { WORDS = sizeof words / sizeof *words, NEAR = 1024, LONGEST_RESULT = 40, MOST_ROWS = 70 };

/* Does a literal, or a line or statement in one, begin at `at`? So every statement's verb stands,
 * and seldom a word of English. */
static bool begins_text(Str text, size_t at)
{
    static const char openers[] = "\"'`({[<>|;}$!~^";
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t')) {
        at--;
    }
    char c = at > 0 ? text.at[at - 1] : '\n';
    char before = at > 1 ? text.at[at - 2] : '\0';
    bool escape = before == '\\' && (c == 'n' || c == 't' || c == 'r');
    bool comment = before == '*' && c == '/';
    return c == '\n' || c == '\r' || escape || comment || strchr(openers, c);
}

/* Is the byte before `at` no part of the same word? */
static bool begins_word(Str text, size_t at)
{
    return at == 0 || !char_is_name(text.at[at - 1]) || (at > 1 && text.at[at - 2] == '\\');
}

/* Does white space, as such or escaped, stand at `at`? Behind capitals, other bytes may. */
static bool ends_word(Str text, size_t at, bool capital)
{
    char c = at < text.len ? text.at[at] : '\0';
    char next = at + 1 < text.len ? text.at[at + 1] : '\0';
    return char_is_space(c) || (c == '\\' && (next == 'n' || next == 't' || next == 'r')) ||
           (capital && c && strchr("*(/-$", c));
}

/* Do `a.b` and no import follow? */
static bool names_follow(Str text, size_t at)
{
    size_t dot = 0;
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    if (at + 1 < text.len && text.at[at] == '"' && text.at[at + 1] == '.') {
        return false; /* the literal ends there */
    }
    for (; at < text.len && (char_is_name(text.at[at]) || text.at[at] == '.' || text.at[at] == '"');
         at++) {
        dot = text.at[at] == '.' ? at : dot;
    }
    return dot && dot + 1 < at &&
           !str_starts_with(str_trim(str_slice(text, at, at + 16)), STR("import"));
}

/* May what is at `at` follow a verb in SQL? Small letters are a name of the code's, too. */
static bool may_follow(Str text, size_t at, bool capital)
{
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    char c = at < text.len ? text.at[at] : '\0';
    return capital || char_is_name(c) || (c && strchr("*(\"'`$%?\\", c));
}

/* The literal from `at` on, where its quote is right before that (*closed: its end was found); else
 * what is near. */
static Str literal_from(Str text, size_t at, bool *closed)
{
    Str near = str_slice(text, at, at + NEAR);
    char quote = at > 0 ? text.at[at - 1] : '\0';
    bool plain = (quote == '"' || quote == '\'') && (at < 2 || text.at[at - 2] != quote);
    size_t end = plain ? str_find_byte(near, quote, 0) : near.len;
    *closed = end < near.len;
    return str_slice(near, 0, end);
}

/* Does it call anything: a name, and a parenthesis right behind it? */
static bool has_call(Str text)
{
    size_t at = str_find_byte(text, '(', 0);
    while (at < text.len && (at == 0 || !char_is_name(text.at[at - 1]))) {
        at = str_find_byte(text, '(', at + 1);
    }
    return at < text.len;
}

/* Is it the verb of a statement that touches anything? Its rest may stand in another literal: then
 * there is a blank before the quote. */
static bool is_statement(const Word *word, Str text, size_t at, size_t behind)
{
    bool closed;
    Str literal = literal_from(text, at, &closed);
    Likely likely = likely_sql(literal);
    char last = literal.len ? literal.at[literal.len - 1] : '\0';
    char quote = behind + 1 < text.len ? text.at[behind + 1] : '\0';
    bool ends = closed && (char_is_space(last) || last == '\\' || last == ',');
    bool cut = word->kind == WORD_VERB &&
               (ends || quote == '"' || quote == '\'' || quote == '`' || quote == '\\');
    if (!may_follow(text, behind, text.at[at + 1] < 'a')) {
        return false;
    }
    return (likely == LIKELY_STATEMENT && (likely_names_known(literal) || has_call(literal))) ||
           (likely >= LIKELY_VERB && cut) || (likely == LIKELY_STATEMENT && word->kind == WORD_ALL);
}

/* Behind a name of one or more parts, and the white space behind it. What stands in for a part of
 * it is a part of it. */
static size_t skip_path(Str text, size_t at)
{
    while (at < text.len && (char_is_name(text.at[at]) || strchr(".\"`[]", text.at[at]))) {
        at++;
    }
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* Does something at `at` stand for what only the run time knows, or can a comment begin there? */
static bool is_open(Str text, size_t at)
{
    return at < text.len && strchr("$%{#?:\\/-+&", text.at[at]);
}

static bool word_is(Str text, size_t at, const char *word)
{
    size_t end = at + strlen(word);
    return str_equal_nocase(str_slice(text, at, end), str_from(word)) &&
           (end >= text.len || !char_is_name(text.at[end]));
}

/* JOIN a [[AS] b] ON c.d, JOIN a USING (…): its condition follows. */
static bool is_joined(Str text, size_t at)
{
    at = skip_path(text, skip_path(text, at)); /* the blank, and the name */
    if (word_is(text, at, "as")) {
        at = skip_path(text, at);
    }
    if (!word_is(text, at, "on") && !word_is(text, at, "using")) {
        at = skip_path(text, at);
    }
    bool on = word_is(text, at, "on");
    if (!on && !word_is(text, at, "using")) {
        return false;
    }
    at = skip_path(text, at);
    return (at < text.len && text.at[at] == '(') || (on && names_follow(text, at));
}

/* CALL a.b(…): a name, and a parenthesis behind it. */
static bool is_called(Str text, size_t at)
{
    at = skip_path(text, at);
    return is_open(text, at) || (at < text.len && text.at[at] == '(');
}

/* COPY a.b [(…)] FROM 'x', TO STDOUT: not just any word stands behind FROM and TO. */
static bool is_copied(Str text, size_t at)
{
    static const char *const ends[] = {"stdin", "stdout", "program", "binary"};
    at = skip_path(text, at);
    if (is_open(text, at) || (at < text.len && text.at[at] == '(')) {
        return true;
    }
    size_t length = word_is(text, at, "from") ? 4 : word_is(text, at, "to") ? 2 : 0;
    if (!length) {
        return false;
    }
    at += length;
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (word_is(text, at, ends[i])) {
            return true;
        }
    }
    return at < text.len && (is_open(text, at) || strchr("'\"`", text.at[at]));
}

/* Is it on a line that begins with two slashes? That is a comment in most languages, and in none it
 * is SQL. */
static bool in_comment(Str text, size_t at)
{
    enum { LONGEST_LINE = 200 };
    size_t start = at;
    while (start > 0 && at - start < LONGEST_LINE && text.at[start - 1] != '\n') {
        start--;
    }
    return str_starts_with(str_trim(str_slice(text, start, at)), STR("//"));
}

/* In front of the backslash of psql's \copy, which may be escaped. */
static size_t before_backslashes(Str text, size_t at)
{
    for (unsigned i = 0; i < 2 && at > 0 && text.at[at - 1] == '\\'; i++) {
        at--;
    }
    return at;
}

/* Behind the brace of {? = call …}, whose verb is at `at`; else `at`. */
static size_t behind_brace(Str text, size_t at)
{
    static const char between[] = " \t=?$:@";
    size_t start = at;
    while (start > 0 && (strchr(between, text.at[start - 1]) || char_is_word(text.at[start - 1])) &&
           at - start < LONGEST_RESULT) {
        start--;
    }
    bool escape = start > 0 && text.at[start - 1] == '{' &&
                  call_escape_is(str_slice(text, start - 1, at + LONGEST_RESULT));
    return escape ? start : at;
}

static bool is_word(Str text, size_t at, const Word *word)
{
    size_t behind = at + word->word.len;
    if (word->kind >= WORD_TEXT) {
        return word->kind == WORD_MARK || begins_text(text, at);
    }
    bool capital = text.at[at + 1] < 'a'; /* a word of English has one, at most */
    if (!ends_word(text, behind, capital)) {
        return false;
    }
    if (word->kind == WORD_NAMES) {
        bool joins = *word->word.at == 'j' && is_joined(text, behind);
        return (capital ? begins_word(text, at) : begins_text(text, at)) &&
               (joins || names_follow(text, behind)) && !in_comment(text, at);
    }
    size_t next = behind;
    while (next < text.len && char_is_space(text.at[next])) {
        next++;
    }
    size_t start = word->kind == WORD_COPY   ? before_backslashes(text, at)
                   : word->kind == WORD_CALL ? behind_brace(text, at)
                                             : at;
    if (word->kind == WORD_CALL && start > 1 && text.at[start - 1] == '{' &&
        text.at[start - 2] == '"') {
        return true; /* "{call f}", which needs no parentheses */
    }
    return begins_text(text, start) && (word->kind != WORD_CALL || is_called(text, next)) &&
           (word->kind != WORD_COPY || is_copied(text, next)) &&
           is_statement(word, text, at, behind) && !in_comment(text, at);
}

/* What is looked for in one language: the words above, those of credentials, and the anchors of the
 * rows. */
typedef struct {
    Needles needles;
    size_t connections, rows; /* the first needle of these */
    const MappingRow *row[MOST_ROWS];
} Filter;

struct Prefilter {
    Arena *arena;
    Filter *filters[LANGUAGE_MOST]; /* each made when the first file of the language comes */
};

/* Annotations in PHP's comments are a language of their own. */
static bool is_of(const MappingRow *row, const Language *language)
{
    return str_in_list(row->languages, language->name) ||
           (str_equal(language->name, STR("php")) &&
            str_in_list(row->languages, STR("php-comment")));
}

static Filter *build(Arena *arena, const Language *language)
{
    Filter *filter = ARENA_NEW(arena, Filter);
    for (size_t i = 0; i < WORDS; i++) {
        bool inside = words[i].kind == WORD_MARK;
        needles_add(&filter->needles, words[i].word,
                    NEEDLE_ANY_CASE | (inside ? NEEDLE_EXACT : NEEDLE_BEGINS));
    }
    filter->connections = filter->needles.count;
    credentials_words(&filter->needles);
    filter->rows = filter->needles.count;
    for (unsigned i = 0; i < mapping_row_count; i++) {
        if (is_of(&mapping_rows[i], language)) {
            size_t at = filter->needles.count - filter->rows;
            assert(at < MOST_ROWS);
            filter->row[at] = &mapping_rows[i];
            needles_add(&filter->needles, mapping_rows[i].anchor, NEEDLE_BEGINS);
        }
    }
    return filter;
}

Prefilter *prefilter_new(Arena *arena)
{
    Prefilter *prefilter = ARENA_NEW(arena, Prefilter);
    prefilter->arena = arena;
    return prefilter;
}

static void add_place(Arena *arena, Prefiltered *found, uint32_t at)
{
    if (!found->places.count || found->places.at[found->places.count - 1] != at) {
        array_push(arena, &found->places, at);
    }
}

static const Filter *filter_for(Prefilter *prefilter, const Language *language)
{
    Filter **filter = &prefilter->filters[language_index(language)];
    if (!*filter) {
        *filter = build(prefilter->arena, language);
    }
    return *filter;
}

Prefiltered prefilter_read(Prefilter *prefilter, Arena *arena, const Language *language, Str text)
{
    const Filter *filter = filter_for(prefilter, language);
    NeedleHit hits[NEEDLE_HITS_LEAST];
    Prefiltered found = {0};
    Glance glance = {.text = text};
    for (size_t from = 0; from < text.len;) {
        size_t count = needles_find(&filter->needles, text, &from, hits, NEEDLE_HITS_LEAST);
        for (size_t i = 0; i < count; i++) {
            size_t needle = hits[i].needle;
            if (needle < filter->connections) {
                found.sql = found.sql || is_word(text, hits[i].at, &words[needle]);
            } else if (needle < filter->rows) {
                found.connections = true;
            } else if (glance_at(&glance, filter->row[needle - filter->rows], hits[i].at)) {
                add_place(arena, &found, hits[i].at);
            }
        }
    }
    return found;
}
