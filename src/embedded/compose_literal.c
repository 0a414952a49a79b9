#include "embedded/composing.h"

#include <string.h>

#include "embedded/likely.h"
#include "embedded/parameter.h"
#include "embedded/specifier.h"

#include "base/banned.h"

/* A literal that is being written: its value, and what formats it. */
typedef struct {
    uint32_t token;
    SqlFragment text;
    Format *format; /* or NULL */
    bool margin;
} Literal;

/* Bytes `range` of a decoded literal. */
static void write_bytes(Composing *composing, const SqlFragment *text, Range range)
{
    if (range.start >= range.end) {
        return;
    }
    composing->open = false;
    if (composing->at.end > composing->at.start) {
        fragment_append_hole(&composing->draft, str_slice(text->sql, range.start, range.end),
                             composing->at);
    } else {
        fragment_append(&composing->draft, text, range);
    }
}

/* Where the hole's token stands with its delimiters: up to its neighbours. *sibling is a child of
 * the literal before it, or itself; it moves on to it. */
static Range hole_range(const LexFile *file, uint32_t literal, uint32_t hole, uint32_t *sibling)
{
    uint32_t first;
    uint32_t behind;
    Range range = lexer_contents(file, literal, &first, &behind);
    uint32_t after = lexer_next(file, hole);
    while (*sibling < hole) {
        range.start = file->tokens[*sibling].end;
        *sibling = lexer_next(file, *sibling);
    }
    if (after < behind) {
        range.end = file->tokens[after].start;
    }
    return range;
}

/* Writes what the specifier at bytes `range` of the literal stands for. */
static void write_specified(Composing *composing, const Literal *literal, Range range, Str name,
                            uint32_t number)
{
    Range in_file = {fragment_offset(&literal->text, range.start),
                     fragment_behind(&literal->text, range)};
    Range argument;
    char last = literal->text.sql.at[range.end - 1];
    composing->number = literal->format->kind == FORMAT_PERCENT && memchr("diufxXo", last, 7);
    if (specifier_argument(composing->composer->file, literal->format, name, number, &argument)) {
        unsigned constants = composing->constants;
        composing->constants = 0; /* it stands where the constant is used */
        compose_value(composing, argument.start, argument.end, in_file);
        composing->constants = constants;
    } else if (!compose_captured(composing, literal->token, name, in_file)) {
        compose_hole(composing, 0, 0, in_file);
    }
    composing->number = false;
}

/* Bytes `range` of a formatted literal. */
static void write_formatted(Composing *composing, const Literal *literal, Range range)
{
    Str text = literal->text.sql;
    bool percent = literal->format->kind == FORMAT_PERCENT;
    char open = percent ? '%' : '{';
    uint32_t written = range.start;
    for (uint32_t at = range.start; at < range.end; at++) {
        char c = text.at[at];
        bool doubled = at + 1 < range.end && text.at[at + 1] == c;
        Str name = {0};
        uint32_t number = 0;
        if ((c == open || (!percent && c == '}')) && doubled) {
            write_bytes(composing, &literal->text, (Range){written, ++at});
            written = at + 1;
        } else if (c == open) {
            uint32_t end = percent ? specifier_percent(text, at, literal->format, &name, &number)
                                   : specifier_brace(text, at, literal->format, &name, &number);
            if (end && end <= range.end) {
                write_bytes(composing, &literal->text, (Range){written, at});
                write_specified(composing, literal, (Range){at, end}, name, number);
                written = end;
                at = end - 1;
            }
        }
    }
    write_bytes(composing, &literal->text, (Range){written, range.end});
}

/* stripMargin: each line's blanks and the bar behind them. */
static void blank_margins(char *text, size_t length)
{
    bool start = true;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '|' && start) {
            text[i] = ' ';
        }
        start = text[i] == '\n' || (start && char_is_space(text[i]));
    }
}

static void write_piece(Composing *composing, const Literal *literal, Range range)
{
    if (literal->format) {
        write_formatted(composing, literal, range);
    } else {
        write_bytes(composing, &literal->text, range);
    }
}

void compose_literal(Composing *composing, const Part *part, Format *format)
{
    const Composer *composer = composing->composer;
    const LexFile *file = composer->file;
    LexText value = lexer_decode(composer->arena, file, part->first);
    if (!composing->constants) {
        composer->taken[part->first] = 1;
    }
    Literal literal = {.token = part->first,
                       .format = format,
                       .text = {.sql = value.text,
                                .spans = value.spans,
                                .span_count = value.span_count,
                                .lines = composer->lines}};
    if (part->margin) {
        literal.text.sql = arena_copy(composer->arena, value.text);
        blank_margins((char *)literal.text.sql.at, value.text.len);
    }
    if (composing->open && likely_goes_on(value.text)) { /* what was put in ends with the blank */
        Range start = {file->tokens[part->first].start, file->tokens[part->first].start};
        fragment_append_hole(&composing->draft, STR(" "), start);
    }
    bool values = composing->values;
    composing->values = value.hole_count && parameter_makes(file, part->first);
    uint32_t at = 0;
    uint32_t sibling = 0;
    uint32_t behind;
    lexer_contents(file, part->first, &sibling, &behind);
    for (size_t i = 0; i < value.hole_count; i++) {
        uint32_t hole = value.holes[i].token;
        write_piece(composing, &literal, (Range){at, value.holes[i].at});
        at = value.holes[i].at;
        compose_value(composing, hole + 1, file->tokens[hole].link,
                      hole_range(file, part->first, hole, &sibling));
    }
    write_piece(composing, &literal, (Range){at, (uint32_t)value.text.len});
    composing->values = values;
}
