#include "extract/alias.h"

#include "extract/splice.h"
#include "sql/parse.h"
#include "sql/token.h"

#include "base/banned.h"

/* As PostgreSQL 16 names it itself. */
static const Str alias = STR(") AS unnamed_subquery");

/* The parenthesis that closes the one at `at`, or an empty range. */
static Range closing(Str sql, uint32_t at)
{
    size_t depth = 0;
    for (Token token = token_next(sql, at); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        depth += token_is_symbol(sql, token, '(');
        if (token_is_symbol(sql, token, ')') && --depth == 0) {
            return (Range){token.start, token.end};
        }
        if (!depth) {
            break; /* the parser pointed at something else */
        }
    }
    return (Range){0};
}

bool alias_is_missing(Str refusal)
{
    return str_ends_with(refusal, STR(" in FROM must have an alias"));
}

/* What the parser says of `sql`; in *at where it misses an alias, or an empty range. */
static bool parses(Arena *scratch, Str sql, Range *at)
{
    Parse parse = parse_open(scratch, sql);
    bool parsed = parse.statements != NULL;
    bool misses = !parsed && alias_is_missing(parse.refusal);
    *at = misses ? closing(sql, parse.refused_at) : (Range){0};
    parse_close(&parse);
    return parsed;
}

bool alias_fill(Arena *scratch, const SqlFragment *fragment, SqlFragment *filled)
{
    enum { MOST_ALIASES = 16 };
    Range at;
    *filled = *fragment;
    for (int i = 0; i < MOST_ALIASES; i++) {
        if (parses(scratch, filled->sql, &at)) {
            return i > 0;
        }
        if (at.end <= at.start) {
            return false;
        }
        Splice splice = {.range = at, .text = alias};
        SqlFragment before = *filled;
        *filled = splice_all(scratch, &before, &splice, 1);
    }
    return false;
}
