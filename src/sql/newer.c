#include "sql/newer.h"

#include <string.h>

#include "sql/token.h"

#include "base/banned.h"

enum { WORDS = 4 };

static void blank(char *sql, Token token)
{
    memset(sql + token.start, ' ', token.end - token.start);
}

/* Are these tokens NOT MATCHED BY …? */
static bool is_not_matched_by(Str sql, const Token *tokens)
{
    return token_is_word(sql, tokens[0], STR("not")) &&
           token_is_word(sql, tokens[1], STR("matched")) &&
           token_is_word(sql, tokens[2], STR("by"));
}

Str newer_in_old_words(Arena *arena, Str sql)
{
    Token last[WORDS] = {{0}}; /* the latest tokens, in their order */
    char *copy = NULL;
    for (Token token = token_next(sql, 0); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        memmove(last, last + 1, (WORDS - 1) * sizeof *last);
        last[WORDS - 1] = token;
        bool source = token_is_word(sql, token, STR("source"));
        if ((!source && !token_is_word(sql, token, STR("target"))) ||
            !is_not_matched_by(sql, last)) {
            continue;
        }
        copy = copy ? copy : (char *)arena_copy(arena, sql).at;
        blank(copy, last[2]);
        blank(copy, last[3]);
        if (source) {
            blank(copy, last[0]);
        }
    }
    return copy ? (Str){.at = copy, .len = sql.len} : STR("");
}
