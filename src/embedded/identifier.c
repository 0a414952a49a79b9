#include "embedded/identifier.h"

#include "base/buffer.h"
#include "embedded/expression.h"

#include "base/banned.h"

/* Calls that quote their arguments as names. */
static const char identifiers[] =
    "Identifier identifier ident quote_ident quoteIdentifier QuoteIdentifier quote_table_name "
    "quoteName quote_name escapeIdentifier escape_identifier id table ref sql join";

bool identifier_read(Arena *arena, const LexFile *file, uint32_t first, uint32_t behind, Str *name)
{
    uint32_t close = behind - 1;
    uint32_t open = close;
    while (open > first && !lexer_is(file, open, STR("(")) && !lexer_is(file, open, STR("{"))) {
        open--;
    }
    bool sanitized = open == close - 1 && close - first > 4; /* pgx.Identifier{…}.Sanitize() */
    if (sanitized && lexer_is(file, open - 1, STR("Sanitize"))) {
        close = open - 3;
        for (open = close; open > first && !lexer_is(file, open, STR("{")); open--) {
        }
    }
    if (open <= first || !str_in_list(identifiers, lexer_source(file, open - 1))) {
        return false;
    }
    if (lexer_is(file, open - 1, STR("join")) && !lexer_is(file, open + 1, STR("["))) {
        return false; /* conditions.join(' AND ') */
    }
    if (lexer_is(file, open - 1, STR("sql")) && lexer_is(file, open + 1, STR("["))) {
        return false; /* postgres.js: IN ${sql([1, 2])}, a list */
    }
    Buffer text = {0};
    bool known = close > open + 1;
    for (uint32_t i = open + 1; i < close && known; i = lexer_next(file, i)) {
        if (expression_is_literal(file, i)) {
            LexText value = lexer_decode(arena, file, i);
            known = value.hole_count == 0;
            for (size_t j = 0; j < value.text.len; j++) {
                bool dot = value.text.at[j] == '.';
                buffer_append(&text, j == 0 ? (text.len ? STR(".\"") : STR("\"")) : STR(""));
                buffer_append(&text, dot ? STR("\".\"") : str_slice(value.text, j, j + 1));
            }
            buffer_append(&text, STR("\""));
        } else {
            known = lexer_is(file, i, STR(",")) || lexer_is(file, i, STR("[")) ||
                    lexer_is(file, i, STR("]"));
        }
    }
    known = known && text.len > 2;
    if (known) {
        *name = arena_copy(arena, buffer_str(&text));
    }
    buffer_free(&text);
    return known;
}
