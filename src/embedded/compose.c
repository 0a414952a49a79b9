#include "embedded/compose.h"

#include <string.h>

#include "embedded/choice.h"
#include "embedded/identifier.h"
#include "embedded/likely.h"
#include "embedded/parameter.h"
#include "embedded/specifier.h"
#include "sql/hole.h"

#include "base/banned.h"

enum { DEEPEST_NAME = 12, MOST_TEXT = 1 << 20, MOST_PARTS = 20000, MOST_CONSTANTS = 1 << 25 };

/* A text being put together. */
typedef struct {
    const Composer *composer;
    FragmentDraft draft;
    Range at; /* what is written stands there instead of where it is bound; empty: where it is */
    unsigned depth;
    unsigned constants; /* how many are being written, one in the other */
    uint32_t written;   /* parts */
    bool second;        /* of two texts to choose from, the second is written */
    bool choices;       /* there was one to choose */
    bool holes;
    bool values; /* what is put in is made parameters of */
    bool number; /* … is formatted as a number */
} Composing;

static void compose_parts(Composing *composing, Expression *expression, const bool *skip);

static bool is_word_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_';
}

static Str source_of(const Composing *composing, Range range)
{
    return str_slice(composing->composer->file->text, range.start, range.end);
}

static Range tokens_range(const LexFile *file, uint32_t first, uint32_t behind)
{
    return (Range){file->tokens[first].start, file->tokens[behind - 1].end};
}

/* A hole for the expression of tokens [first, behind), if there is one. */
static void write_hole(Composing *composing, uint32_t first, uint32_t behind, Range range)
{
    const LexFile *file = composing->composer->file;
    bool value = composing->values ? !parameter_is_raw(file, first, behind)
                                   : composing->number || parameter_is_value(file, first, behind);
    Str source = source_of(composing, range);
    Str name = value ? hole_name(composing->composer->arena, source)
                     : hole_raw_name(composing->composer->arena, source);
    bool moved = composing->at.end > composing->at.start;
    composing->holes = true;
    fragment_append_hole(&composing->draft, name, moved ? composing->at : range);
}

/* Bytes `range` of a decoded literal. */
static void write_bytes(Composing *composing, const SqlFragment *text, Range range)
{
    if (range.start >= range.end) {
        return;
    }
    if (composing->at.end > composing->at.start) {
        fragment_append_hole(&composing->draft, str_slice(text->sql, range.start, range.end),
                             composing->at);
    } else {
        fragment_append(&composing->draft, text, range);
    }
}

/* A call that quotes names, as what it gives. */
static bool write_identifier(Composing *composing, uint32_t first, uint32_t behind)
{
    const Composer *composer = composing->composer;
    Str name;
    if (!identifier_read(composer->arena, composer->file, first, behind, &name)) {
        return false;
    }
    bool moved = composing->at.end > composing->at.start;
    fragment_append_hole(&composing->draft, name,
                         moved ? composing->at : tokens_range(composer->file, first, behind));
    return true;
}

static size_t file_bytes(const LexFile *file, const Expression *expression)
{
    Range range = tokens_range(file, expression->first, expression->behind);
    return range.end - range.start;
}

/* The literals of `bound` that nothing formats yet are formatted by `format`. */
static void format_constant(const Composing *composing, Expression *bound, const Format *format)
{
    array_push(composing->composer->arena, &bound->formats, *format);
    for (size_t i = 0; i < bound->parts.count; i++) {
        Part *part = &bound->parts.at[i];
        part->format = part->format ? part->format : (uint32_t)bound->formats.count;
    }
}

/* Is the constant a value that a driver sends, and no part of the text? */
static bool is_parameter(const Composing *composing, const Expression *bound)
{
    return composing->values && !bound->parts.at[0].tagged &&
           !likely_name_next(
               (Str){.at = composing->draft.sql.at, .len = composing->draft.sql.count});
}

static bool write_choice(Composing *composing, uint32_t first, uint32_t behind);

/* The name of tokens [first, behind) stands for one of two texts, which begin at `value`. */
static bool write_chosen(Composing *composing, uint32_t first, uint32_t behind, uint32_t value)
{
    const Composer *composer = composing->composer;
    uint32_t end = choice_end(composer->file, value);
    if (!end || (value <= first && first < end)) {
        return false;
    }
    Range at = composing->at;
    if (at.end <= at.start) {
        composing->at = tokens_range(composer->file, first, behind);
    }
    for (uint32_t i = value; i < end; i = lexer_next(composer->file, i)) {
        composer->consumed[i] = COMPOSER_CHOSEN;
    }
    composing->constants++;
    bool known = write_choice(composing, value, end);
    composing->constants--;
    composing->at = at;
    return known;
}

/* A word without quotes, in shell: TABLE=orders.items. */
static bool write_word(Composing *composing, uint32_t value)
{
    const LexFile *file = composing->composer->file;
    Str rest = str_slice(file->text, file->tokens[value].start, file->text.len);
    size_t end = 0;
    while (end < rest.len && (is_word_byte(rest.at[end]) || rest.at[end] == '.')) {
        end++;
    }
    bool ends = end == rest.len || char_is_space(rest.at[end]) || rest.at[end] == ';';
    if (!str_equal(file->language->name, STR("shell")) || !end || !ends) {
        return false;
    }
    fragment_append_hole(&composing->draft, str_slice(rest, 0, end), composing->at);
    return true;
}

/* Does `bound` hold any text, or a name that may stand for one? */
static bool holds_text(const Expression *bound)
{
    for (size_t i = 0; i < bound->parts.count; i++) {
        if (bound->parts.at[i].kind == PART_LITERAL || bound->parts.at[i].name) {
            return true;
        }
    }
    return false;
}

/* What is bound from token `value` on, for the name of tokens [first, behind). */
static bool write_bound(Composing *composing, uint32_t first, uint32_t behind, uint32_t value,
                        const Format *format)
{
    const Composer *composer = composing->composer;
    Expression bound;
    if (composing->at.end > composing->at.start && write_word(composing, value)) {
        return true;
    }
    if (!expression_read(composer->arena, composer->file, composer->style, value, false, &bound) ||
        (value <= first && first < bound.behind) || bound.cut ||
        (*composer->spent += file_bytes(composer->file, &bound)) > MOST_CONSTANTS) {
        return false;
    }
    if (write_chosen(composing, first, behind, value)) {
        return true;
    }
    if (!holds_text(&bound) || is_parameter(composing, &bound)) {
        return false;
    }
    Range at = composing->at;
    if (at.end <= at.start) {
        composing->at = tokens_range(composer->file, first, behind);
    }
    if (format) {
        format_constant(composing, &bound, format);
    }
    composer->consumed[bound.parts.at[0].tagged ? bound.parts.at[0].first : value] = 1;
    composing->depth++;
    composing->constants++;
    compose_parts(composing, &bound, NULL);
    composing->constants--;
    composing->depth--;
    composing->at = at;
    return true;
}

/* What a constant's name stands for, at that name; formatted, where `format` is not NULL. */
static bool write_constant(Composing *composing, uint32_t first, uint32_t behind,
                           const Format *format)
{
    uint32_t value;
    return composing->depth < DEEPEST_NAME && composing->draft.sql.count <= MOST_TEXT &&
           names_value(composing->composer->names, behind - 1, &value) &&
           write_bound(composing, first, behind, value, format);
}

/* The variable that a specifier names, which no argument does: format!("… {table}"). */
static bool write_captured(Composing *composing, uint32_t literal, Str name, Range in_file)
{
    const Composer *composer = composing->composer;
    uint32_t value;
    if (!name.len || !str_equal(composer->file->language->name, STR("rust")) ||
        composing->depth >= DEEPEST_NAME ||
        !names_value_named(composer->names, name, literal, &value)) {
        return false;
    }
    Range at = composing->at;
    composing->at = at.end > at.start ? at : in_file;
    bool known = write_bound(composing, literal, literal + 1, value, NULL);
    composing->at = at;
    return known;
}

static void write_value(Composing *composing, uint32_t first, uint32_t behind, Range range);

/* One of two texts: this variant's. */
static bool write_choice(Composing *composing, uint32_t first, uint32_t behind)
{
    const LexFile *file = composing->composer->file;
    Range sides[2];
    if (composing->depth >= DEEPEST_NAME || !choice_find(file, first, behind, sides)) {
        return false;
    }
    Range side = sides[composing->second];
    composing->choices = true;
    if (side.start < side.end) {
        composing->depth++;
        write_value(composing, side.start, side.end, tokens_range(file, side.start, side.end));
        composing->depth--;
    }
    return true;
}

/* An expression that is neither a literal nor a sum; `range` are its bytes, with the marks around
 * it. */
static void write_other(Composing *composing, uint32_t first, uint32_t behind, bool name,
                        const Format *format, Range range)
{
    Range at = composing->at;
    composing->at = at.end > at.start ? at : range;
    bool known = name ? write_constant(composing, first, behind, format)
                      : write_identifier(composing, first, behind);
    composing->at = at;
    if (!known && !write_choice(composing, first, behind)) {
        write_hole(composing, first, behind, range);
    }
}

/* Any expression. */
static void write_value(Composing *composing, uint32_t first, uint32_t behind, Range range)
{
    const Composer *composer = composing->composer;
    Expression inner;
    bool sum =
        composing->depth < DEEPEST_NAME && first < behind &&
        expression_read(composer->arena, composer->file, composer->style, first, true, &inner) &&
        inner.behind == behind && !inner.cut;
    if (sum &&
        (inner.parts.count > 1 || inner.formats.count || inner.parts.at[0].kind == PART_LITERAL)) {
        composing->depth++;
        compose_parts(composing, &inner, NULL);
        composing->depth--;
    } else if (first < behind) {
        write_other(composing, first, behind, sum && inner.parts.at[0].name, NULL, range);
    } else {
        write_hole(composing, 0, 0, range);
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

/* A literal that is being written: its value, and what formats it. */
typedef struct {
    uint32_t token;
    SqlFragment text;
    Format *format; /* or NULL */
    bool margin;
} Literal;

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
        write_value(composing, argument.start, argument.end, in_file);
        composing->constants = constants;
    } else if (!write_captured(composing, literal->token, name, in_file)) {
        write_hole(composing, 0, 0, in_file);
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

static void write_literal(Composing *composing, const Part *part, Format *format)
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
        write_value(composing, hole + 1, file->tokens[hole].link,
                    hole_range(file, part->first, hole, &sibling));
    }
    write_piece(composing, &literal, (Range){at, (uint32_t)value.text.len});
    composing->values = values;
}

static void compose_parts(Composing *composing, Expression *expression, const bool *skip)
{
    const LexFile *file = composing->composer->file;
    for (size_t i = 0; i < expression->parts.count; i++) {
        const Part *part = &expression->parts.at[i];
        Range range = tokens_range(file, part->first, part->behind);
        Format *format = part->format ? &expression->formats.at[part->format - 1] : NULL;
        if (part->joint.len) {
            fragment_append_hole(&composing->draft, part->joint, (Range){range.start, range.start});
        }
        bool enough = composing->draft.sql.count > MOST_TEXT || ++composing->written > MOST_PARTS;
        if (enough || (skip && skip[i])) {
            fragment_append_hole(&composing->draft, STR(" "), range);
            write_hole(composing, 0, 0, range);
            fragment_append_hole(&composing->draft, STR(" "), range);
        } else if (part->kind == PART_LITERAL) {
            write_literal(composing, part, format);
        } else {
            write_other(composing, part->first, part->behind, part->name, format, range);
        }
    }
}

SqlFragment compose_text(const Composer *composer, Expression *expression, const bool *skip,
                         ComposeNotes *notes)
{
    SqlFragment none = {.lines = composer->lines};
    for (size_t i = 0; i < expression->formats.count; i++) {
        expression->formats.at[i].next = 0;
    }
    Range range = tokens_range(composer->file, expression->first, expression->behind);
    Composing composing = {.composer = composer,
                           .second = notes->second,
                           .draft =
                               fragment_begin(composer->arena, &none, range.end - range.start)};
    compose_parts(&composing, expression, skip);
    notes->holes = composing.holes;
    notes->choices = composing.choices;
    return fragment_end(&composing.draft, range.start);
}
