#include <string.h>

#include "lexer/lexer.h"
#include "lexer/lexer_forms.h"

#include "base/banned.h"

/* Reading a lexed file. */

uint32_t lexer_next(const LexFile *file, uint32_t index)
{
    LexToken token = file->tokens[index];
    bool parent = token.kind == LEX_HOLE || token.kind == LEX_BODY ||
                  (token.kind == LEX_STRING && !token.heredoc);
    uint32_t next = parent ? token.link : index + 1;
    while (next < file->count && file->tokens[next].kind == LEX_BODY) {
        next = file->tokens[next].link;
    }
    return next;
}

Str lexer_source(const LexFile *file, uint32_t index)
{
    return str_slice(file->text, file->tokens[index].start, file->tokens[index].end);
}

bool lexer_is(const LexFile *file, uint32_t index, Str word)
{
    if (index >= file->count) {
        return false;
    }
    LexToken token = file->tokens[index];
    return token.kind != LEX_STRING && token.end - token.start == word.len &&
           memcmp(file->text.at + token.start, word.at, word.len) == 0;
}

bool lexer_is_name(const LexFile *file, uint32_t index)
{
    return index < file->count && file->tokens[index].kind == LEX_NAME;
}

bool lexer_is_one_of(const LexFile *file, uint32_t index, const char *list)
{
    return index < file->count && file->tokens[index].kind == LEX_SYMBOL &&
           str_in_list(list, lexer_source(file, index));
}

LexRole lexer_role(LexToken token)
{
    return lexer_forms[token.form].role;
}

Range lexer_contents(const LexFile *file, uint32_t index, uint32_t *first, uint32_t *behind)
{
    LexToken token = file->tokens[index];
    uint32_t body = token.heredoc ? token.link : index;
    *first = body + 1;
    *behind = file->tokens[body].link;
    return token.heredoc ? (Range){file->tokens[body].start, file->tokens[body].end}
                         : (Range){token.start + token.open, token.end - token.close};
}
