#include "embedded/text.h"

#include "base/banned.h"

HostTexts text_open(const LexFile *file, const LineIndex *lines)
{
    return (HostTexts){.file = file, .lines = lines};
}

static void read_literal(const HostTexts *texts, Arena *arena, uint32_t index, HostText *text)
{
    const LexFile *file = texts->file;
    LexText value = lexer_decode(arena, file, index);
    *text = (HostText){.sql = {.sql = value.text,
                               .spans = value.spans,
                               .span_count = value.span_count,
                               .lines = texts->lines},
                       .first = index,
                       .behind = lexer_next(file, index),
                       .in_file = {file->tokens[index].start, file->tokens[index].end},
                       .holes = value.hole_count > 0};
}

bool text_next(HostTexts *texts, Arena *arena, HostText *text)
{
    const LexFile *file = texts->file;
    for (; texts->at < file->count; texts->at++) {
        LexToken token = file->tokens[texts->at];
        if (token.kind == LEX_STRING && lexer_role(token) == LEX_TEXT) {
            read_literal(texts, arena, texts->at++, text);
            return true;
        }
    }
    return false;
}
