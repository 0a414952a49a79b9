#include "extract/name_pattern.h"

#include "base/array.h"

#include "base/banned.h"

enum { MOST_GLOBS = 64, MOST_STEPS = 4096, DEEPEST = 16 };

typedef ARRAY(Str) Globs;

typedef struct {
    Arena *arena;
    Str text;
    size_t at;
    size_t depth, steps;
    bool failed;
} Reader;

static Globs read_alternatives(Reader *reader);

static bool at_end(const Reader *reader)
{
    return reader->at >= reader->text.len;
}

static char peek(const Reader *reader)
{
    return at_end(reader) ? '\0' : reader->text.at[reader->at];
}

static void add(Reader *reader, Globs *globs, Str glob)
{
    if (globs->count == MOST_GLOBS || ++reader->steps > MOST_STEPS) {
        reader->failed = true;
        return;
    }
    array_push(reader->arena, globs, glob);
}

static Globs one(Reader *reader, Str glob)
{
    Globs globs = {0};
    add(reader, &globs, glob);
    return globs;
}

/* Every glob of `left` followed by every one of `right`. */
static Globs product(Reader *reader, const Globs *left, const Globs *right)
{
    Globs globs = {0};
    for (size_t i = 0; i < left->count && !reader->failed; i++) {
        for (size_t j = 0; j < right->count && !reader->failed; j++) {
            Str a = left->at[i], b = right->at[j];
            add(reader, &globs,
                arena_format(reader->arena, "%.*s%.*s", (int)a.len, a.at, (int)b.len, b.at));
        }
    }
    return globs;
}

static void skip_class(Reader *reader)
{
    reader->at++;
    if (peek(reader) == '^') {
        reader->at++;
    }
    do { /* a bracket that comes first is a member */
        reader->at += peek(reader) == '\\' ? 2 : 1;
    } while (!at_end(reader) && peek(reader) != ']');
    reader->at++;
}

/* Behind "(": what "?:", "?i)" and the like mean. True for a look-around, which takes no room. */
static bool skip_group_head(Reader *reader)
{
    if (peek(reader) != '?') {
        return false;
    }
    reader->at++;
    bool around = peek(reader) == '=' || peek(reader) == '!' || peek(reader) == '<';
    while (!at_end(reader) && peek(reader) != ':' && peek(reader) != ')' && !around) {
        reader->at++;
    }
    reader->at += peek(reader) == ':';
    return around;
}

static Globs read_group(Reader *reader)
{
    reader->at++;
    if (++reader->depth > DEEPEST) {
        reader->failed = true;
    }
    bool around = skip_group_head(reader);
    Globs globs = read_alternatives(reader);
    reader->at += peek(reader) == ')';
    reader->depth--;
    return around ? one(reader, STR("")) : globs;
}

static Globs read_escape(Reader *reader)
{
    reader->at++;
    char c = peek(reader);
    reader->at++;
    bool named = char_is_alpha(c) || char_is_digit(c);
    Str self = str_slice(reader->text, reader->at - 1, reader->at);
    return one(reader, c == 'b' || c == 'B' ? STR("") : named ? STR("?") : self);
}

static bool is_plain(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_';
}

static bool is_quantifier(char c)
{
    return c == '*' || c == '+' || c == '?' || c == '{';
}

/* As many plain characters as stand together; the last one is left to a quantifier behind it. */
static Globs read_plain(Reader *reader)
{
    size_t start = reader->at++;
    while (is_plain(reader->text.at[start]) && is_plain(peek(reader))) {
        reader->at++;
    }
    if (is_quantifier(peek(reader)) && reader->at - start > 1) {
        reader->at--;
    }
    return one(reader, str_slice(reader->text, start, reader->at));
}

static Globs read_atom(Reader *reader)
{
    switch (peek(reader)) {
    case '(':
        return read_group(reader);
    case '[':
        skip_class(reader);
        return one(reader, STR("?"));
    case '\\':
        return read_escape(reader);
    case '^':
    case '$':
        reader->at++;
        return one(reader, STR(""));
    default:
        return read_plain(reader);
    }
}

/* What follows an atom: `?` makes it optional, the rest repeats it. */
static Globs read_quantifier(Reader *reader, Globs atom)
{
    char c = peek(reader);
    if (!is_quantifier(c)) {
        return atom;
    }
    while (c == '{' && !at_end(reader) && peek(reader) != '}') {
        reader->at++;
    }
    reader->at++;
    if (peek(reader) == '?' || peek(reader) == '+') { /* reluctant, possessive */
        reader->at++;
    }
    if (c != '?') {
        return one(reader, STR("*"));
    }
    add(reader, &atom, STR(""));
    return atom;
}

static Globs read_sequence(Reader *reader)
{
    Globs globs = one(reader, STR(""));
    while (!at_end(reader) && peek(reader) != '|' && peek(reader) != ')' && !reader->failed) {
        Globs atom = read_atom(reader);
        atom = read_quantifier(reader, atom);
        globs = product(reader, &globs, &atom);
    }
    return globs;
}

static Globs read_alternatives(Reader *reader)
{
    Globs globs = {0};
    for (;;) {
        Globs sequence = read_sequence(reader);
        for (size_t i = 0; i < sequence.count; i++) {
            add(reader, &globs, sequence.at[i]);
        }
        if (peek(reader) != '|' || reader->failed) {
            return globs;
        }
        reader->at++;
    }
}

/* `\Q…\E` written with a backslash before each character that might mean something, as Java's own
 * compiler does first. Without `\E` the rest is quoted; one outside of it means nothing. */
static Str without_quotes(Arena *arena, Str pattern)
{
    ARRAY(char) text = {0};
    bool quoted = false;
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.at[i];
        char next = c == '\\' && i + 1 < pattern.len ? pattern.at[i + 1] : '\0';
        if (next == 'E' || (!quoted && next == 'Q')) {
            quoted = next == 'Q';
            i++;
            continue;
        }
        if (quoted && !is_plain(c)) {
            array_push(arena, &text, '\\');
        }
        array_push(arena, &text, c);
        if (!quoted && next) { /* an escape: what it stands before opens nothing */
            array_push(arena, &text, next);
            i++;
        }
    }
    return (Str){.at = text.at, .len = text.count};
}

bool name_pattern_globs(Arena *arena, Str pattern, PatternGlobs *globs)
{
    Reader reader = {.arena = arena, .text = without_quotes(arena, pattern)};
    Globs read = read_alternatives(&reader);
    *globs = (PatternGlobs){.at = read.at, .count = read.count};
    return !reader.failed && at_end(&reader);
}
