#include "embedded/expression_reader.h"

#include "base/banned.h"

/* Reads the elements of the list in brackets [open, behind), with `joint` between them. */
static bool read_elements(ExpressionReader *reader, uint32_t open, uint32_t behind, Str joint)
{
    size_t from = reader->out->parts.count;
    uint32_t at = open + 1;
    for (size_t first = from; at < behind - 1; first = reader->out->parts.count) {
        uint32_t end = reader->depth < EXPRESSION_DEPTH ? expression_sum(reader, at) : 0;
        bool ends = end == behind - 1 || (end && lexer_is(reader->file, end, STR(",")));
        if (!ends || first >= EXPRESSION_OPERANDS) {
            reader->out->parts.count = from;
            return false;
        }
        reader->out->parts.at[first].joint = first > from ? joint : (Str){0};
        at = end == behind - 1 ? end : end + 1;
    }
    return reader->out->parts.count > from;
}

/* What plain literal `token` stands for. */
static Str plain_text(const ExpressionReader *reader, uint32_t token)
{
    LexText text = lexer_decode(reader->arena, reader->file, token);
    return text.hole_count ? (Str){0} : text.text;
}

uint32_t expression_joined(ExpressionReader *reader, uint32_t at, uint32_t behind)
{
    const LexFile *file = reader->file;
    if (!lexer_is(file, behind, STR(".")) || !lexer_is(file, behind + 1, STR("join")) ||
        !lexer_is(file, behind + 2, STR("("))) {
        return 0;
    }
    uint32_t end = expression_behind_group(file, behind + 2);
    uint32_t list = behind + 3;
    bool brackets =
        end && lexer_is_one_of(file, list, "[ (") && expression_behind_group(file, list) == end - 1;
    return brackets && read_elements(reader, list, end - 1, plain_text(reader, at)) ? end : 0;
}

uint32_t expression_list(ExpressionReader *reader, uint32_t open)
{
    const LexFile *file = reader->file;
    uint32_t behind = expression_behind_group(file, open);
    if (!behind || !lexer_is_one_of(file, behind, reader->style->paths) ||
        !(lexer_is(file, behind + 1, STR("join")) ||
          lexer_is(file, behind + 1, STR("joinToString")) ||
          lexer_is(file, behind + 1, STR("joined")))) {
        return 0;
    }
    bool call = lexer_is(file, behind + 2, STR("("));
    uint32_t separator = behind + 3 + 2 * (call && lexer_is(file, behind + 4, STR(":")));
    bool given = call && expression_is_literal(file, separator);
    uint32_t end = call ? expression_behind_group(file, behind + 2) : behind + 2;
    bool alone = !call || end == behind + 4 || (given && lexer_next(file, separator) == end - 1);
    Str joint = given ? plain_text(reader, separator) : STR(",");
    return end && alone && read_elements(reader, open, behind, joint) ? end : 0;
}

uint32_t expression_go_list(ExpressionReader *reader, uint32_t start, uint32_t behind)
{
    const LexFile *file = reader->file;
    uint32_t open = start + 3;
    if (!lexer_is(file, start, STR("[")) || !lexer_is(file, start + 1, STR("]")) ||
        !lexer_is(file, open, STR("{"))) {
        return 0;
    }
    uint32_t end = expression_behind_group(file, open);
    bool separated = end && lexer_is(file, end, STR(",")) && expression_is_literal(file, end + 1) &&
                     lexer_next(file, end + 1) == behind - 1;
    return separated && read_elements(reader, open, end, plain_text(reader, end + 1)) ? behind : 0;
}
