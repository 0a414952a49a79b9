#include "base/glob.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#include "base/banned.h"

/* A pattern is read as the states of a non-deterministic automaton, one a token. Every move goes
 * forward or stays, so both questions are answered by filling a table in one direction. */
typedef enum {
    TOKEN_BYTE,    /* this very byte */
    TOKEN_ONE,     /* any byte but the separator */
    TOKEN_STAR,    /* any number of those */
    TOKEN_SPAN,    /* any number of any bytes */
    TOKEN_FOLDERS, /* nothing, or what the next token matches */
    TOKEN_FOLDER,  /* any bytes up to a separator, and that separator */
    TOKEN_END
} TokenKind;

typedef struct {
    TokenKind kind;
    char byte;
} Token;

enum { FEW_TOKENS = 256 };

/* Which bytes a move consumes. */
typedef enum { BYTES_NONE, BYTES_THIS, BYTES_INSIDE, BYTES_SEPARATOR, BYTES_ANY } ByteSet;

/* The two moves that consume a byte: staying at a token, and going on to the next. */
typedef struct {
    ByteSet stay, leave;
} Moves;

static Moves moves_of(TokenKind kind)
{
    static const Moves moves[] = {
        [TOKEN_BYTE] = {.leave = BYTES_THIS},   [TOKEN_ONE] = {.leave = BYTES_INSIDE},
        [TOKEN_STAR] = {.stay = BYTES_INSIDE},  [TOKEN_SPAN] = {.stay = BYTES_ANY},
        [TOKEN_FOLDERS] = {.stay = BYTES_NONE}, [TOKEN_FOLDER] = {BYTES_ANY, BYTES_SEPARATOR},
        [TOKEN_END] = {.stay = BYTES_NONE},
    };
    return moves[kind];
}

/* How many tokens further one may stand without consuming anything. */
static size_t free_steps(TokenKind kind)
{
    return kind == TOKEN_FOLDERS ? 2 : kind == TOKEN_STAR || kind == TOKEN_SPAN;
}

static size_t count_stars(Str pattern, size_t from)
{
    size_t end = from;
    while (end < pattern.len && pattern.at[end] == '*') {
        end++;
    }
    return end - from;
}

/* Reads the run of `stars` at `at`; returns how many bytes of the pattern it covers. */
static size_t read_stars(Str pattern, size_t at, size_t stars, char separator, Token *tokens,
                         size_t *count)
{
    size_t end = at + stars;
    bool whole = separator && stars > 1 && (at == 0 || pattern.at[at - 1] == separator) &&
                 (end == pattern.len || pattern.at[end] == separator);
    if (!whole) {
        tokens[(*count)++] = (Token){.kind = TOKEN_STAR};
        return stars;
    }
    if (end == pattern.len) {
        tokens[(*count)++] = (Token){.kind = TOKEN_SPAN};
        return stars;
    }
    tokens[(*count)++] = (Token){.kind = TOKEN_FOLDERS};
    tokens[(*count)++] = (Token){.kind = TOKEN_FOLDER};
    return stars + 1;
}

/* Never more tokens than bytes, and the end. */
static size_t read_pattern(Str pattern, char separator, Token *tokens)
{
    size_t count = 0;
    for (size_t i = 0; i < pattern.len;) {
        size_t stars = count_stars(pattern, i);
        if (stars) {
            i += read_stars(pattern, i, stars, separator, tokens, &count);
            continue;
        }
        char byte = pattern.at[i++];
        tokens[count++] = (Token){.kind = byte == '?' ? TOKEN_ONE : TOKEN_BYTE, .byte = byte};
    }
    tokens[count] = (Token){.kind = TOKEN_END};
    return count;
}

static bool consumes(ByteSet set, Token token, char byte, char separator)
{
    switch (set) {
    case BYTES_THIS:
        return token.byte == byte;
    case BYTES_INSIDE:
        return !separator || byte != separator;
    case BYTES_SEPARATOR:
        return separator && byte == separator;
    case BYTES_ANY:
        return true;
    case BYTES_NONE:
        break;
    }
    return false;
}

/* The states one may be in: those marked, all of them between `low` and `high`. */
typedef struct {
    bool *marked;
    size_t low, high;
} States;

/* Marks what can be reached from marked states without consuming a byte. */
static void take_free_steps(const Token *tokens, States *states)
{
    for (size_t i = states->low; i <= states->high; i++) {
        size_t steps = states->marked[i] ? free_steps(tokens[i].kind) : 0;
        for (size_t step = 1; step <= steps; step++) {
            states->marked[i + step] = true;
            states->high = i + step > states->high ? i + step : states->high;
        }
    }
}

static bool stays(const Token *token, char byte, char separator)
{
    return consumes(moves_of(token->kind).stay, *token, byte, separator);
}

static bool leaves(const Token *token, char byte, char separator)
{
    return consumes(moves_of(token->kind).leave, *token, byte, separator);
}

/* Backwards, so that marked[i - 1] still tells the state before this byte. */
static bool consume_byte(const Token *tokens, States *states, char byte, char separator)
{
    bool *marked = states->marked;
    size_t low = SIZE_MAX;
    size_t high = 0;
    if (tokens[states->high].kind != TOKEN_END) {
        marked[++states->high] = false;
    }
    for (size_t i = states->high + 1; i-- > states->low;) {
        bool here = marked[i] && stays(&tokens[i], byte, separator);
        if (!here && i > states->low && marked[i - 1]) {
            here = leaves(&tokens[i - 1], byte, separator);
        }
        marked[i] = here;
        low = here ? i : low;
        high = here && high == 0 ? i : high;
    }
    *states = (States){.marked = marked, .low = low, .high = high};
    return low != SIZE_MAX;
}

/* `marked` has room for all tokens. */
static bool run(const Token *tokens, size_t count, bool *marked, Str text, char separator)
{
    States states = {.marked = marked};
    memset(marked, 0, (count + 1) * sizeof *marked);
    marked[0] = true;
    take_free_steps(tokens, &states);
    for (size_t i = 0; i < text.len; i++) {
        if (!consume_byte(tokens, &states, text.at[i], separator)) {
            return false;
        }
        take_free_steps(tokens, &states);
    }
    return marked[count];
}

static bool run_long(Str pattern, Str text, char separator)
{
    Token *tokens = memory_allocate((pattern.len + 1) * sizeof *tokens);
    bool *marked = memory_allocate((pattern.len + 1) * sizeof *marked);
    bool matches = run(tokens, read_pattern(pattern, separator, tokens), marked, text, separator);
    free(marked);
    free(tokens);
    return matches;
}

bool glob_is_pattern(Str pattern)
{
    return glob_literal_prefix(pattern).len < pattern.len;
}

Str glob_literal_prefix(Str pattern)
{
    size_t end = 0;
    while (end < pattern.len && pattern.at[end] != '*' && pattern.at[end] != '?') {
        end++;
    }
    return str_slice(pattern, 0, end);
}

/* The bytes behind the last `*`, `?` or separator. */
static Str literal_suffix(Str pattern, char separator)
{
    size_t start = pattern.len;
    while (start > 0 && pattern.at[start - 1] != '*' && pattern.at[start - 1] != '?' &&
           pattern.at[start - 1] != separator) {
        start--;
    }
    return str_slice(pattern, start, pattern.len);
}

/* The longest run of bytes without `*`, `?` or separator: whatever matches holds it. */
static Str longest_literal(Str pattern, char separator)
{
    Str longest = {0};
    size_t start = 0;
    for (size_t i = 0; i <= pattern.len; i++) {
        if (i == pattern.len || pattern.at[i] == '*' || pattern.at[i] == '?' ||
            pattern.at[i] == separator) {
            longest = i - start > longest.len ? str_slice(pattern, start, i) : longest;
            start = i + 1;
        }
    }
    return longest;
}

/* Is it "**" behind `prefix`, which ends in the separator or is empty: all that is below? */
static bool is_all_below(Str pattern, Str prefix, char separator)
{
    bool whole = !prefix.len || prefix.at[prefix.len - 1] == separator;
    return separator && whole && pattern.len == prefix.len + 2 && str_ends_with(pattern, STR("**"));
}

bool glob_match(Str pattern, Str text, char separator)
{
    Str prefix = glob_literal_prefix(pattern);
    if (prefix.len == pattern.len) {
        return str_equal(pattern, text);
    }
    if (!str_starts_with(text, prefix) ||
        !str_ends_with(text, literal_suffix(pattern, separator))) {
        return false;
    }
    if (is_all_below(pattern, prefix, separator)) {
        return true;
    }
    Str literal = longest_literal(pattern, separator);
    if (literal.len && str_find(text, literal) == text.len) {
        return false;
    }
    if (pattern.len >= FEW_TOKENS) {
        return run_long(pattern, text, separator);
    }
    Token tokens[FEW_TOKENS];
    bool marked[FEW_TOKENS];
    return run(tokens, read_pattern(pattern, separator, tokens), marked, text, separator);
}

/* Is there a byte that both moves consume? */
static bool consume_alike(ByteSet a, Token token_a, ByteSet b, Token token_b, char separator)
{
    if (a == BYTES_NONE || b == BYTES_NONE) {
        return false;
    }
    if (a == BYTES_THIS) {
        return consumes(b, token_b, token_a.byte, separator);
    }
    if (b == BYTES_THIS) {
        return consumes(a, token_a, token_b.byte, separator);
    }
    if (a == BYTES_SEPARATOR || b == BYTES_SEPARATOR) {
        return consumes(a, token_a, separator, separator) &&
               consumes(b, token_b, separator, separator);
    }
    return true;
}

typedef struct {
    const Token *a, *b;
    size_t count_a, count_b;
    bool *marked; /* [i][j]: some text leads to state i of a and to state j of b */
} Product;

static void mark(const Product *product, size_t i, size_t j)
{
    product->marked[i * (product->count_b + 1) + j] = true;
}

static void mark_successors(const Product *product, size_t i, size_t j, char separator)
{
    Token a = product->a[i];
    Token b = product->b[j];
    Moves moves_a = moves_of(a.kind);
    Moves moves_b = moves_of(b.kind);
    for (size_t step = free_steps(a.kind); step > 0; step--) {
        mark(product, i + step, j);
    }
    for (size_t step = free_steps(b.kind); step > 0; step--) {
        mark(product, i, j + step);
    }
    if (consume_alike(moves_a.leave, a, moves_b.leave, b, separator)) {
        mark(product, i + 1, j + 1);
    }
    if (consume_alike(moves_a.stay, a, moves_b.leave, b, separator)) {
        mark(product, i, j + 1);
    }
    if (consume_alike(moves_a.leave, a, moves_b.stay, b, separator)) {
        mark(product, i + 1, j);
    }
}

static bool reaches_both_ends(const Product *product, char separator)
{
    size_t width = product->count_b + 1;
    memset(product->marked, 0, (product->count_a + 1) * width * sizeof *product->marked);
    mark(product, 0, 0);
    for (size_t i = 0; i <= product->count_a; i++) {
        for (size_t j = 0; j <= product->count_b; j++) {
            if (product->marked[i * width + j]) {
                mark_successors(product, i, j, separator);
            }
        }
    }
    return product->marked[product->count_a * width + product->count_b];
}

bool glob_intersect(Str a, Str b, char separator)
{
    if (!glob_is_pattern(a) || !glob_is_pattern(b)) {
        return glob_is_pattern(a) ? glob_match(a, b, separator) : glob_match(b, a, separator);
    }
    Token *tokens = memory_allocate((a.len + b.len + 2) * sizeof *tokens);
    Product product = {.a = tokens, .b = tokens + a.len + 1};
    product.count_a = read_pattern(a, separator, tokens);
    product.count_b = read_pattern(b, separator, tokens + a.len + 1);
    product.marked = memory_allocate((product.count_a + 1) * (product.count_b + 1));
    bool intersect = reaches_both_ends(&product, separator);
    free(product.marked);
    free(tokens);
    return intersect;
}
