#include "extract/clause.h"

#include "base/banned.h"

enum { DEEPEST_LEVEL = 128 };

/* What an item stands in. */
typedef enum { IN_VALUES, IN_CONDITION, IN_LIST, IN_BY } Items;

/* A pair of parentheses, or of CASE and END. */
typedef struct {
    uint8_t in;   /* a Items */
    bool start;   /* an item begins here */
    bool between; /* the next AND belongs to BETWEEN */
} Level;

typedef struct {
    Str sql;
    Level levels[DEEPEST_LEVEL];
    size_t depth;
    bool query; /* what begins the statement: ON is a join's, and no CREATE INDEX's */
} Scan;

/* What a keyword makes of the items behind it. */
static const struct {
    Str word;
    uint8_t in;
    bool start;
} keywords[] = {
    {STR("select"), IN_LIST, true},     {STR("returning"), IN_LIST, true},
    {STR("where"), IN_CONDITION, true}, {STR("having"), IN_CONDITION, true},
    {STR("on"), IN_CONDITION, true},    {STR("when"), IN_CONDITION, true},
    {STR("by"), IN_BY, true},           {STR("from"), IN_VALUES, false},
    {STR("into"), IN_VALUES, false},    {STR("using"), IN_VALUES, false},
    {STR("join"), IN_VALUES, false},    {STR("set"), IN_VALUES, false},
    {STR("values"), IN_VALUES, false},  {STR("limit"), IN_VALUES, false},
    {STR("offset"), IN_VALUES, false},  {STR("then"), IN_VALUES, false},
    {STR("else"), IN_VALUES, false},    {STR("fetch"), IN_VALUES, false},
};

/* Words that go on with an operand. */
static const Str operators[] = {
    STR("is"),      STR("in"),       STR("like"),     STR("ilike"),   STR("between"), STR("not"),
    STR("similar"), STR("isnull"),   STR("notnull"),  STR("collate"), STR("at"),      STR("over"),
    STR("filter"),  STR("overlaps"), STR("operator"), STR("within"),
};

static bool is_any_of(Str sql, Token token, const Str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (token_is_word(sql, token, words[i])) {
            return true;
        }
    }
    return false;
}

static void push(Scan *scan, Level level)
{
    if (scan->depth + 1 < DEEPEST_LEVEL) {
        scan->levels[++scan->depth] = level;
    }
}

static void pop(Scan *scan)
{
    scan->depth -= scan->depth > 0;
    scan->levels[scan->depth].start = false;
}

static void scan_word(Scan *scan, Token token)
{
    Str sql = scan->sql;
    Level *level = &scan->levels[scan->depth];
    static const Str joints[] = {STR("and"), STR("or"), STR("not")};
    static const Str openers[] = {STR("distinct"), STR("all")};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (token_is_word(sql, token, keywords[i].word)) {
            bool other = !scan->query && token_is_word(sql, token, STR("on"));
            *level = (Level){.in = other ? IN_VALUES : keywords[i].in,
                             .start = keywords[i].start && !other};
            return;
        }
    }
    if (token_is_word(sql, token, STR("case"))) {
        push(scan, (Level){.in = IN_VALUES});
    } else if (token_is_word(sql, token, STR("end"))) {
        pop(scan);
    } else if (is_any_of(sql, token, joints, 3) && level->in == IN_CONDITION) {
        level->start = !level->between;
        level->between = false;
    } else if (!(is_any_of(sql, token, openers, 2) && level->start)) {
        level->between |= token_is_word(sql, token, STR("between"));
        level->start = false;
    }
}

static void scan_symbol(Scan *scan, Token token)
{
    Level *level = &scan->levels[scan->depth];
    char c = scan->sql.at[token.start];
    if (c == '(') {
        bool condition = level->in == IN_CONDITION && level->start;
        push(scan, (Level){.in = condition ? IN_CONDITION : IN_VALUES, .start = condition});
    } else if (c == ')') {
        pop(scan);
    } else {
        level->start = c == ',' && (level->in == IN_LIST || level->in == IN_BY);
    }
}

/* Does an item end before `token`? */
static bool ends_item(Str sql, Token token)
{
    if (token.kind == TOKEN_SYMBOL) {
        char c = sql.at[token.start];
        return c == ')' || c == ',' || c == ';';
    }
    return token.kind == TOKEN_END ||
           (token.kind == TOKEN_WORD &&
            !is_any_of(sql, token, operators, sizeof operators / sizeof *operators));
}

static ClauseKind kind_of(Scan *scan, Range hole, bool behind_operand)
{
    Level *level = &scan->levels[scan->depth];
    bool ends = ends_item(scan->sql, token_next(scan->sql, hole.end));
    bool start = level->start;
    level->start = false;
    if (ends && start && level->in != IN_VALUES) {
        return CLAUSE_WHOLE;
    }
    return ends && behind_operand && level->in == IN_BY ? CLAUSE_DIRECTION : CLAUSE_VALUE;
}

ClauseKind *clause_find(Arena *arena, Str sql, const Placeholders *holes)
{
    ClauseKind *kinds = ARENA_ARRAY(arena, ClauseKind, holes->count + 1);
    Token token = token_next(sql, 0);
    static const Str others[] = {STR("create"), STR("alter"),   STR("drop"),
                                 STR("grant"),  STR("comment"), STR("revoke")};
    Scan scan = {.sql = sql, .query = !is_any_of(sql, token, others, 6)};
    for (size_t next = 0; token.kind != TOKEN_END && next < holes->count;) {
        Range hole = holes->at[next].range;
        uint32_t behind = token.end;
        if (token.start >= hole.start) {
            kinds[next] = kind_of(&scan, hole, holes->at[next].behind_operand);
            behind = hole.end > behind ? hole.end : behind;
            next++;
        } else if (token.kind == TOKEN_WORD) {
            scan_word(&scan, token);
        } else if (token.kind == TOKEN_SYMBOL) {
            scan_symbol(&scan, token);
        } else {
            scan.levels[scan.depth].start = false;
        }
        token = token_next(sql, behind);
    }
    return kinds;
}
