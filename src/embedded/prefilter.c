#include "embedded/prefilter.h"

#include <string.h>

#include "embedded/likely.h"

#include "base/banned.h"

/* Sixteen bytes at once, on any machine that has such registers; elsewhere the compiler splits it.
 */
typedef uint8_t Block __attribute__((vector_size(16)));

/* A word that is looked for in any case. Two of its bytes, seldom beside each other in code, make a
 * candidate. */
typedef struct {
    const char *word;
    uint8_t a, b;
    enum {
        WORD_VERB,  /* begins a statement */
        WORD_SHAPE, /* the same, but common in code: the rest of the statement must be there, too */
        WORD_NAMES, /* a relation's name with its schema follows, in a piece of a statement */
        WORD_MARK,  /* tells by itself */
    } kind;
} Word;

static const Word words[] = {
    {"select", 2, 4, WORD_VERB},   {"insert", 2, 4, WORD_VERB},    {"update", 1, 2, WORD_VERB},
    {"delete", 2, 4, WORD_VERB},   {"merge", 2, 3, WORD_VERB},     {"create", 0, 3, WORD_VERB},
    {"alter", 1, 2, WORD_VERB},    {"drop", 1, 3, WORD_VERB},      {"truncate", 2, 4, WORD_SHAPE},
    {"grant", 0, 3, WORD_SHAPE},   {"revoke", 2, 4, WORD_SHAPE},   {"copy", 2, 3, WORD_SHAPE},
    {"refresh", 2, 5, WORD_SHAPE}, {"comment", 2, 3, WORD_SHAPE},  {"lock", 2, 3, WORD_SHAPE},
    {"call", 2, 3, WORD_SHAPE},    {"set", 0, 2, WORD_SHAPE},      {"reassign", 2, 5, WORD_SHAPE},
    {"import", 1, 2, WORD_SHAPE},  {"security", 2, 5, WORD_SHAPE}, {"explain", 2, 5, WORD_SHAPE},
    {"join", 0, 3, WORD_NAMES},    {"from", 0, 3, WORD_NAMES},     {"ringfence:", 4, 5, WORD_MARK},
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

/* Does white space, as such or escaped, stand at `at`? Behind capitals anything may that is no
 * name. */
static bool ends_word(Str text, size_t at, bool capital)
{
    char c = at < text.len ? text.at[at] : '\0';
    char next = at + 1 < text.len ? text.at[at + 1] : '\0';
    return char_is_space(c) || (c == '\\' && (next == 'n' || next == 't' || next == 'r')) ||
           (capital && !in_name(c));
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

/* Is it the verb of a statement? Its rest may stand in another literal, behind a quote. */
static bool is_statement(const Word *word, Str text, size_t at, size_t behind)
{
    Likely likely = likely_sql(str_slice(text, at, at + NEAR));
    Str rest = str_trim(str_slice(text, behind, behind + 8));
    bool cut = word->kind == WORD_VERB && rest.len && strchr("\"'`\\${", *rest.at);
    return may_follow(text, behind, text.at[at + 1] < 'a') &&
           (likely == LIKELY_STATEMENT || (likely == LIKELY_VERB && cut));
}

static bool is_word(Str text, size_t at, const Word *word)
{
    size_t behind = at + strlen(word->word);
    if (!str_equal_nocase(str_slice(text, at, behind), str_from(word->word))) {
        return false;
    }
    if (word->kind == WORD_MARK) {
        return true;
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
    for (size_t i = 0; i < WORDS; i++) {
        if ((text.at[at] | 0x20) == *words[i].word && is_word(text, at, &words[i])) {
            return true;
        }
    }
    return false;
}

/* The bytes from `at` on, as small letters. */
static Block load(const char *at)
{
    Block block;
    memcpy(&block, at, sizeof block);
    return block | 0x20;
}

/* At which of sixteen places from `at` on a word may begin: all ones there. */
static Block candidates(const char *at)
{
    Block ahead[FARTHEST];
    Block found = {0};
    for (int i = 0; i < FARTHEST; i++) {
        ahead[i] = load(at + i);
    }
#pragma GCC unroll 32
    for (size_t i = 0; i < WORDS; i++) {
        found |= (Block)((ahead[words[i].a] == (uint8_t)words[i].word[words[i].a]) &
                         (ahead[words[i].b] == (uint8_t)words[i].word[words[i].b]));
    }
    return found;
}

static bool any(Block block)
{
    uint64_t halves[2];
    memcpy(halves, &block, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

bool prefilter_wants(Str text)
{
    size_t at = 0;
    for (; at + sizeof(Block) + FARTHEST <= text.len; at += sizeof(Block)) {
        Block found = candidates(text.at + at);
        if (!any(found)) {
            continue;
        }
        for (size_t i = 0; i < sizeof found; i++) {
            if (found[i] && is_any_word(text, at + i)) {
                return true;
            }
        }
    }
    for (; at < text.len; at++) {
        if (is_any_word(text, at)) {
            return true;
        }
    }
    return false;
}
