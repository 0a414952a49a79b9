#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

bool lexer_comment(Lexer *lexer, uint32_t start, uint32_t end)
{
    array_push(lexer->arena, &lexer->comments, (Range){start, end});
    lexer->at = end;
    return true;
}

bool lexer_line_comment(Lexer *lexer, bool joins)
{
    uint32_t end = lexer_line_end(lexer, lexer->at);
    while (joins && end < lexer->end && lexer->text[end - 1] == '\\') {
        end = lexer_line_end(lexer, lexer_find(lexer, end, STR("\n")) + 1);
    }
    return lexer_comment(lexer, lexer->at, end);
}

/* Behind the comment's end, or lexer->end. */
static uint32_t nested_comment_end(const Lexer *lexer, uint32_t at)
{
    for (uint32_t level = 0; at < lexer->end; at++) {
        if (lexer_has(lexer, at, STR("/*"))) {
            level++;
            at++;
        } else if (lexer_has(lexer, at, STR("*/"))) {
            at++;
            if (--level == 0) {
                return at + 1;
            }
        }
    }
    return lexer->end;
}

/* Where the next end of a block comment begins, or lexer->end; what is opened over and over and
 * never closed is searched once. */
static uint32_t find_comment_end(Lexer *lexer, uint32_t at)
{
    if (at >= lexer->endless.start && lexer->end <= lexer->endless.end) {
        return lexer->end;
    }
    uint32_t end = lexer_find(lexer, at, STR("*/"));
    if (end >= lexer->end) {
        lexer->endless = (Range){at, lexer->end};
    }
    return end;
}

bool lexer_block_comment(Lexer *lexer, bool nested)
{
    uint32_t start = lexer->at;
    uint32_t end = lexer->end;
    if (nested && !lexer->comment_lost) {
        end = nested_comment_end(lexer, start);
        lexer->comment_lost = !lexer_has(lexer, end - 2, STR("*/"));
    }
    if (!nested || lexer->comment_lost) {
        end = find_comment_end(lexer, start + 2);
        end = end < lexer->end ? end + 2 : lexer_line_end(lexer, start);
    }
    if (memchr(lexer->text + start, '\n', end - start)) {
        lexer->first = true;
    }
    return lexer_comment(lexer, start, end);
}
