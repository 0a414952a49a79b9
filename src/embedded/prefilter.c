#include "embedded/prefilter.h"

#include <string.h>

#include "embedded/likely.h"

#include "base/banned.h"

/* Many bytes at once: the compiler makes of it what the machine has. */
enum { BLOCK = 32 };
typedef uint8_t Block __attribute__((vector_size(BLOCK)));

/* A word that is looked for in any case. Three of its bytes, seldom so beside each other in code,
 * make a candidate. */
typedef struct {
    const char *word;
    uint8_t a, b, c;
    enum {
        WORD_VERB,  /* begins a statement */
        WORD_SHAPE, /* the same, but common in code: the rest of the statement must be there, too */
        WORD_ALL,   /* its shape is enough: what it works on need not be a relation */
        WORD_NAMES, /* a relation's name with its schema follows, in a piece of a statement */
        WORD_TEXT,  /* begins a statement that it is enough of */
        WORD_MARK,  /* tells by itself */
    } kind;
} Word;

static const Word words[] = {
    {"alter", 0, 1, 2, WORD_ALL},
    {"call", 0, 1, 3, WORD_SHAPE},
    {"comment", 0, 2, 4, WORD_ALL},
    {"copy", 0, 1, 3, WORD_SHAPE},
    {"create", 0, 1, 5, WORD_ALL},
    {"delete", 0, 2, 4, WORD_VERB},
    {"drop", 0, 1, 3, WORD_ALL},
    {"explain", 1, 3, 5, WORD_ALL},
    {"foreign schema", 0, 3, 5, WORD_MARK},
    {"from", 0, 1, 2, WORD_NAMES},
    {"grant", 0, 1, 3, WORD_ALL},
    {"insert", 0, 2, 3, WORD_VERB},
    {"join", 0, 1, 2, WORD_NAMES},
    {"lock table", 1, 2, 3, WORD_TEXT},
    {"merge", 1, 2, 3, WORD_VERB},
    {"reassign", 1, 3, 4, WORD_ALL},
    {"refresh", 2, 4, 5, WORD_ALL},
    {"revoke", 0, 2, 4, WORD_ALL},
    {"ringfence:", 3, 4, 5, WORD_MARK},
    {"security label", 3, 4, 5, WORD_TEXT},
    {"select", 0, 2, 4, WORD_VERB},
    {"set local ", 1, 3, 4, WORD_TEXT},
    {"set role", 1, 3, 4, WORD_TEXT},
    {"set search_path", 3, 4, 5, WORD_TEXT},
    {"set session", 3, 4, 5, WORD_TEXT},
    {"truncate", 1, 2, 4, WORD_SHAPE},
    {"update", 1, 2, 3, WORD_VERB},
};

enum { WORDS = sizeof words / sizeof *words, FARTHEST = 6, NEAR = 1024 };

static bool in_name(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

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
    return at == 0 || !in_name(text.at[at - 1]) || (at > 1 && text.at[at - 2] == '\\');
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
    for (; at < text.len && (in_name(text.at[at]) || text.at[at] == '.' || text.at[at] == '"');
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
    return capital || in_name(c) || (c && strchr("*(\"'`$%?\\", c));
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
    while (at < text.len && (at == 0 || !in_name(text.at[at - 1]))) {
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
    return (likely == LIKELY_STATEMENT && (likely_names_relation(literal) || has_call(literal))) ||
           (likely >= LIKELY_VERB && cut) || (likely == LIKELY_STATEMENT && word->kind == WORD_ALL);
}

static bool is_word(Str text, size_t at, const Word *word)
{
    size_t behind = at + strlen(word->word);
    if (!str_equal_nocase(str_slice(text, at, behind), str_from(word->word))) {
        return false;
    }
    if (word->kind >= WORD_TEXT) {
        return word->kind == WORD_MARK || begins_text(text, at);
    }
    bool capital = text.at[at + 1] < 'a'; /* a word of English has one, at most */
    if (!ends_word(text, behind, capital)) {
        return false;
    }
    if (word->kind == WORD_NAMES) {
        return (capital ? begins_word(text, at) : begins_text(text, at)) &&
               names_follow(text, behind);
    }
    return begins_text(text, at) && is_statement(word, text, at, behind);
}

static bool is_any_word(Str text, size_t at)
{
    char first = char_to_lower(text.at[at]);
    size_t i = 0;
    while (i < WORDS && *words[i].word < first) {
        i++;
    }
    for (; i < WORDS && *words[i].word == first; i++) {
        if (is_word(text, at, &words[i])) {
            return true;
        }
    }
    return false;
}

/* Sanitizers and the choice of a function at load time do not go together. */
#if defined(__x86_64__) && defined(__linux__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FOR_EACH_MACHINE __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_MACHINE
#endif

/* The offset of the first block from `at` on that holds a candidate, and in `found` where: not NUL
 * there. `last` when there is none before it. */
FOR_EACH_MACHINE
static size_t next_candidates(const char *text, size_t at, size_t last, uint8_t found[BLOCK])
{
    for (; at < last; at += BLOCK) {
        Block ahead[FARTHEST];
        Block hits = {0};
        uint64_t parts[BLOCK / 8];
        for (int i = 0; i < FARTHEST; i++) {
            memcpy(&ahead[i], text + at + i, BLOCK);
            ahead[i] |= 0x20;
        }
#pragma GCC unroll 32
        for (size_t i = 0; i < WORDS; i++) {
            const Word *w = &words[i];
            hits |= (Block)((ahead[w->a] == (uint8_t)w->word[w->a]) &
                            (ahead[w->b] == (uint8_t)w->word[w->b]) &
                            (ahead[w->c] == (uint8_t)w->word[w->c]));
        }
        memcpy(parts, &hits, BLOCK);
        if (parts[0] | parts[1] | parts[2] | parts[3]) {
            memcpy(found, &hits, BLOCK);
            return at;
        }
    }
    return at;
}

bool prefilter_wants(Str text)
{
    uint8_t found[BLOCK];
    size_t whole = BLOCK + FARTHEST;
    size_t last = text.len > whole ? text.len - whole : 0;
    size_t at = 0;
    while ((at = next_candidates(text.at, at, last, found)) < last) {
        for (size_t i = 0; i < BLOCK; i++) {
            if (found[i] && is_any_word(text, at + i)) {
                return true;
            }
        }
        at += BLOCK;
    }
    for (; at < text.len; at++) {
        if (is_any_word(text, at)) {
            return true;
        }
    }
    return false;
}
