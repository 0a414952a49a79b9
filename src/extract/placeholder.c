#include "extract/placeholder.h"

#include <stdlib.h>
#include <string.h>

#include "extract/psql.h"
#include "sql/hole.h"

#include "base/banned.h"

enum { LONGEST_KEYWORD = 16, DEEPEST_BRACKET = 64 };

/* Words that an operand, or a name, follows; in order. Every other word is taken for an operand's
 * end. */
static const char *const leading_words[] = {
    "add",          "all",        "alter",        "analyze",     "and",       "any",
    "array",        "as",         "asymmetric",   "between",     "by",        "call",
    "case",         "check",      "cluster",      "collate",     "column",    "comment",
    "concurrently", "constraint", "copy",         "create",      "cross",     "database",
    "date",         "default",    "delete",       "distinct",    "do",        "domain",
    "drop",         "else",       "escape",       "except",      "execute",   "exists",
    "explain",      "extension",  "for",          "from",        "full",      "function",
    "grant",        "group",      "having",       "if",          "ilike",     "in",
    "index",        "inherits",   "inner",        "insert",      "intersect", "interval",
    "into",         "is",         "join",         "lateral",     "left",      "like",
    "limit",        "lock",       "materialized", "merge",       "natural",   "not",
    "object",       "of",         "offset",       "on",          "only",      "or",
    "order",        "outer",      "over",         "owned",       "partition", "password",
    "policy",       "prepare",    "procedure",    "publication", "recursive", "references",
    "refresh",      "reindex",    "rename",       "replace",     "return",    "returning",
    "revoke",       "right",      "role",         "routine",     "rule",      "schema",
    "select",       "sequence",   "server",       "set",         "show",      "similar",
    "some",         "statistics", "subscription", "symmetric",   "table",     "tablespace",
    "temp",         "temporary",  "then",         "time",        "timestamp", "timestamptz",
    "to",           "trigger",    "truncate",     "type",        "union",     "unique",
    "unlogged",     "update",     "user",         "using",       "vacuum",    "values",
    "variadic",     "view",       "when",         "where",       "with",
};

typedef struct {
    Arena *arena;
    Str sql;
    ARRAY(Placeholder) found;
    Token last;
    bool operand;        /* the last token ended one */
    bool last_is_array;  /* … or was the word ARRAY */
    uint64_t subscripts; /* by depth of brackets: do they hold a subscript? */
    size_t depth;
    uint32_t parentheses; /* open ones */
    uint32_t distinct;    /* those of DISTINCT ON (…) are so many; 0: none are open */
    uint8_t distinct_on;  /* words of DISTINCT ON right before */
} Scan;

static int compare_words(const void *key, const void *word)
{
    return strcmp(key, *(const char *const *)word);
}

bool placeholder_is_leading(Str sql, Token token)
{
    char word[LONGEST_KEYWORD];
    size_t length = token.end - token.start;
    if (token.kind != TOKEN_WORD || length >= sizeof word) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        word[i] = char_to_lower(sql.at[token.start + i]);
    }
    word[length] = '\0';
    return bsearch(word, leading_words, sizeof leading_words / sizeof *leading_words,
                   sizeof *leading_words, compare_words) != NULL;
}

static char byte_at(Str sql, size_t at)
{
    return at < sql.len ? sql.at[at] : '\0';
}

static uint32_t word_end(Str sql, uint32_t at)
{
    while (char_is_word(byte_at(sql, at))) {
        at++;
    }
    return at;
}

/* Notes a placeholder at [start, end), which is an operand. Returns `end`. */
static uint32_t add(Scan *scan, PlaceholderKind kind, uint32_t start, uint32_t end)
{
    bool glued = scan->found.count && kind != PLACEHOLDER_STRING && scan->last.end == start &&
                 scan->found.at[scan->found.count - 1].range.end == start;
    if (glued) { /* :schema:table is one name */
        scan->found.at[scan->found.count - 1].range.end = end;
    } else {
        array_push(
            scan->arena, &scan->found,
            (Placeholder){.kind = kind, .range = {start, end}, .behind_operand = scan->operand});
    }
    scan->operand = true;
    scan->last = (Token){.kind = TOKEN_WORD, .start = start, .end = end};
    return end;
}

static uint32_t scan_colon(Scan *scan, Token token)
{
    char next = byte_at(scan->sql, token.end);
    if (next == ':' || next == '=') { /* a cast, a named argument */
        return 0;
    }
    bool subscript =
        scan->depth && scan->depth <= DEEPEST_BRACKET && scan->subscripts >> (scan->depth - 1) & 1;
    PsqlReference reference = psql_reference(scan->sql, token.start);
    if (subscript || !reference.end) {
        return 0;
    }
    PlaceholderKind kind = reference.quote == '\''  ? PLACEHOLDER_STRING
                           : reference.quote == '?' ? PLACEHOLDER_TEST
                                                    : PLACEHOLDER_VALUE;
    uint32_t start = token.start;
    bool hole = scan->found.count && scan->found.at[scan->found.count - 1].range.end == start;
    if (scan->last.kind == TOKEN_WORD && scan->last.end == start && !hole &&
        !reference.quote) { /* table_:number */
        start = scan->last.start;
        scan->operand = false;
    }
    return add(scan, kind, start, (uint32_t)reference.end);
}

/* Nothing that an operator could have on its right stands at or behind `at`: SELECT DISTINCT ON (a)
 * ?, b */
static bool ends_operand(Str sql, uint32_t at)
{
    Token next = token_next(sql, at);
    return next.kind == TOKEN_END || token_is_symbol(sql, next, ',') ||
           token_is_symbol(sql, next, ')') || token_is_symbol(sql, next, ';');
}

static uint32_t scan_question(Scan *scan, Token token)
{
    bool operand = scan->operand && !ends_operand(scan->sql, token.end);
    if (operand || (token.start && scan->sql.at[token.start - 1] == '@')) {
        bool escaped = byte_at(scan->sql, token.end) == '?'; /* JDBC's */
        if (escaped) {
            array_push(
                scan->arena, &scan->found,
                (Placeholder){.kind = PLACEHOLDER_ESCAPE, .range = {token.start, token.end + 1}});
        }
        scan->operand = false;
        return token.end + escaped;
    }
    Token word = token_next(scan->sql, token.end);
    bool clause =
        word.start == token.end && placeholder_is_leading(scan->sql, word); /* ?GROUP BY */
    uint32_t end = clause ? token.end : word_end(scan->sql, token.end);
    scan->operand = false;
    return add(scan, PLACEHOLDER_VALUE, token.start, end);
}

/* knex: \\? is the operator ?. Hibernate's native queries: \\: is a colon. */
static uint32_t scan_backslash(Scan *scan, Token token)
{
    char escaped = byte_at(scan->sql, token.start + 1);
    if (escaped != '?' && escaped != ':') {
        return 0;
    }
    array_push(scan->arena, &scan->found,
               (Placeholder){.kind = PLACEHOLDER_ESCAPE, .range = {token.start, token.start + 2}});
    scan->operand = false;
    return token.start + 2;
}

static uint32_t scan_at(Scan *scan, Token token)
{
    uint32_t end = word_end(scan->sql, token.end);
    bool closed = end > token.end && byte_at(scan->sql, end) == '@';
    if (closed) { /* @schema@ */
        return add(scan, PLACEHOLDER_VALUE, token.start, end + 1);
    }
    bool named = end > token.end && !char_is_digit(scan->sql.at[token.end]) && !scan->operand;
    return named ? add(scan, PLACEHOLDER_VALUE, token.start, end) : 0;
}

static uint32_t scan_percent(Scan *scan, Token token)
{
    Str sql = scan->sql;
    uint32_t end = word_end(sql, token.end);
    if (byte_at(sql, token.end) == '%') {
        array_push(
            scan->arena, &scan->found,
            (Placeholder){.kind = PLACEHOLDER_ESCAPE, .range = {token.start, token.end + 1}});
        scan->operand = false;
        return token.end + 1;
    }
    if (scan->operand) {
        return 0;
    }
    if (byte_at(sql, token.end) == '(') {
        end = word_end(sql, token.end + 1);
        bool closed = byte_at(sql, end) == ')' && byte_at(sql, end + 1) == 's';
        return closed ? add(scan, PLACEHOLDER_VALUE, token.start, end + 2) : 0;
    }
    bool letter = end == token.end + 1 && memchr("sdifvqtIL", sql.at[token.end], 9);
    return letter ? add(scan, PLACEHOLDER_VALUE, token.start, end) : 0;
}

static uint32_t scan_dollar(Scan *scan, Token token)
{
    uint32_t end = word_end(scan->sql, token.end);
    return end > token.end && !scan->operand ? add(scan, PLACEHOLDER_VALUE, token.start, end) : 0;
}

static void scan_bracket(Scan *scan, bool opens)
{
    if (!opens) {
        scan->depth -= scan->depth > 0;
        scan->operand = true;
        return;
    }
    if (scan->depth < DEEPEST_BRACKET) {
        uint64_t bit = (uint64_t)1 << scan->depth;
        bool subscript = scan->operand && !scan->last_is_array;
        scan->subscripts = subscript ? scan->subscripts | bit : scan->subscripts & ~bit;
    }
    scan->depth++;
    scan->operand = false;
}

/* DISTINCT ON (…) is no operand: one follows it. */
static void scan_parenthesis(Scan *scan, char c)
{
    if (c == '(') {
        scan->parentheses++;
        scan->distinct = scan->distinct_on == 2 ? scan->parentheses : scan->distinct;
    } else if (c == ')') {
        scan->operand = scan->operand && scan->distinct != scan->parentheses;
        scan->distinct = scan->distinct == scan->parentheses ? 0 : scan->distinct;
        scan->parentheses -= scan->parentheses > 0;
    }
}

/* Is the symbol a later character of an operator: the * of ~*? */
static bool ends_operator(Str sql, Token token)
{
    return token.start > 0 && memchr("~!@#^&|`+-*/<>=%?", sql.at[token.start - 1], 17) != NULL;
}

/* Reads punctuation; returns where to go on. */
static uint32_t scan_symbol(Scan *scan, Token token)
{
    static const struct {
        char byte;
        uint32_t (*scan)(Scan *scan, Token token);
    } starts[] = {
        {':', scan_colon},   {'?', scan_question}, {'@', scan_at},
        {'%', scan_percent}, {'$', scan_dollar},   {'\\', scan_backslash},
    };
    char c = scan->sql.at[token.start];
    bool second = token.start && c == ':' && scan->sql.at[token.start - 1] == ':';
    for (size_t i = 0; i < sizeof starts / sizeof *starts && !second; i++) {
        uint32_t behind = starts[i].byte == c ? starts[i].scan(scan, token) : 0;
        if (behind) {
            return behind;
        }
    }
    if (c == '[' || c == ']') {
        scan_bracket(scan, c == '[');
    } else {
        scan->operand =
            c == ')' || (c == '*' && !scan->operand && !ends_operator(scan->sql, token));
        scan_parenthesis(scan, c);
    }
    scan->last = token;
    return token.end;
}

Placeholders placeholder_find(Arena *arena, Str sql)
{
    Scan scan = {.arena = arena, .sql = sql};
    for (Token token = token_next(sql, 0); token.kind != TOKEN_END;) {
        uint32_t behind = token.end;
        bool array = token_is_word(sql, token, STR("array"));
        if (token.kind == TOKEN_SYMBOL || token.kind == TOKEN_BACKSLASH) {
            behind = scan_symbol(&scan, token);
        } else if (token.kind == TOKEN_WORD &&
                   hole_in_name(str_slice(sql, token.start, token.end))) {
            add(&scan, PLACEHOLDER_HOLE, token.start, token.end);
        } else {
            scan.operand = !placeholder_is_leading(sql, token);
            scan.last = token;
        }
        bool distinct = token_is_word(sql, token, STR("distinct"));
        bool on = scan.distinct_on == 1 && token_is_word(sql, token, STR("on"));
        scan.distinct_on = distinct ? 1 : on ? 2 : 0;
        scan.last_is_array = array;
        token = token_next(sql, behind);
    }
    return (Placeholders){.at = scan.found.at, .count = scan.found.count};
}
