#include "embedded/composing.h"

#include "embedded/choice.h"
#include "embedded/likely.h"

#include "base/banned.h"

enum { MOST_CONSTANTS = 1 << 25 }; /* bytes, in all */

static size_t file_bytes(const LexFile *file, const Expression *expression)
{
    Range range = compose_range(file, expression->first, expression->behind);
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
        composing->at = compose_range(composer->file, first, behind);
    }
    for (uint32_t i = value; i < end; i = lexer_next(composer->file, i)) {
        composer->consumed[i] = COMPOSER_CHOSEN;
    }
    composing->constants++;
    bool known = compose_choice(composing, value, end);
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
    while (end < rest.len && (char_is_word(rest.at[end]) || rest.at[end] == '.')) {
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
        composing->at = compose_range(composer->file, first, behind);
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

/* What a neighbour of the file binds the name of tokens [first, behind) to. */
static bool write_other_file(Composing *composing, uint32_t first, uint32_t behind)
{
    const Composer *composer = composing->composer;
    Str before = {.at = composing->draft.sql.at, .len = composing->draft.sql.count};
    Str value;
    if ((composing->values && !likely_name_next(before)) ||
        !others_value(composer->others, composer->names, first, behind, &value) ||
        (*composer->spent += value.len) > MOST_CONSTANTS) {
        return false;
    }
    fragment_append_hole(&composing->draft, value, composing->at);
    return true;
}

/* What a constant's name stands for, at that name; formatted, where `format` is not NULL. */
bool compose_constant(Composing *composing, uint32_t first, uint32_t behind, const Format *format)
{
    uint32_t value;
    if (composing->depth >= COMPOSE_DEEPEST || composing->draft.sql.count > COMPOSE_MOST_TEXT) {
        return false;
    }
    return names_value(composing->composer->names, behind - 1, &value)
               ? write_bound(composing, first, behind, value, format)
               : !format && write_other_file(composing, first, behind);
}

/* The variable that a specifier names, which no argument does: format!("… {table}"). */
bool compose_captured(Composing *composing, uint32_t literal, Str name, Range in_file)
{
    const Composer *composer = composing->composer;
    uint32_t value;
    if (!name.len || !str_equal(composer->file->language->name, STR("rust")) ||
        composing->depth >= COMPOSE_DEEPEST ||
        !names_value_named(composer->names, name, literal, &value)) {
        return false;
    }
    Range at = composing->at;
    composing->at = at.end > at.start ? at : in_file;
    bool known = write_bound(composing, literal, literal + 1, value, NULL);
    composing->at = at;
    return known;
}
