#include "embedded/composing.h"

#include "embedded/choice.h"
#include "embedded/identifier.h"
#include "embedded/likely.h"
#include "embedded/parameter.h"
#include "sql/hole.h"

#include "base/banned.h"

enum { MOST_PARTS = 20000 };

Range compose_range(const LexFile *file, uint32_t first, uint32_t behind)
{
    return (Range){file->tokens[first].start, file->tokens[behind - 1].end};
}

static Str source_of(const Composing *composing, Range range)
{
    return str_slice(composing->composer->file->text, range.start, range.end);
}

/* A hole for the expression of tokens [first, behind), if there is one. */
void compose_hole(Composing *composing, uint32_t first, uint32_t behind, Range range)
{
    const LexFile *file = composing->composer->file;
    bool value = composing->values ? !parameter_is_raw(file, first, behind)
                                   : composing->number || parameter_is_value(file, first, behind);
    Str source = source_of(composing, range);
    Str name = value ? hole_name(composing->composer->arena, source)
                     : hole_raw_name(composing->composer->arena, source);
    bool moved = composing->at.end > composing->at.start;
    composing->holes = composing->open = true;
    fragment_append_hole(&composing->draft, name, moved ? composing->at : range);
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
                         moved ? composing->at : compose_range(composer->file, first, behind));
    return true;
}

/* One of two texts: this variant's. */
bool compose_choice(Composing *composing, uint32_t first, uint32_t behind)
{
    const LexFile *file = composing->composer->file;
    Range sides[2];
    if (composing->depth >= COMPOSE_DEEPEST || !choice_find(file, first, behind, sides)) {
        return false;
    }
    Range side = sides[composing->second];
    composing->choices = true;
    if (side.start < side.end) {
        composing->depth++;
        compose_value(composing, side.start, side.end, compose_range(file, side.start, side.end));
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
    bool known = name ? compose_constant(composing, first, behind, format)
                      : write_identifier(composing, first, behind);
    composing->at = at;
    if (!known && !compose_choice(composing, first, behind)) {
        compose_hole(composing, first, behind, range);
    }
}

/* Does a driver send the sum as a value: its literals are plain ones, and no name must follow? */
static bool is_sent(const Composing *composing, const Expression *sum)
{
    const LexFile *file = composing->composer->file;
    Str before = {.at = composing->draft.sql.at, .len = composing->draft.sql.count};
    if (!composing->values || likely_name_next(before)) {
        return false;
    }
    uint32_t start = sum->first;
    for (size_t i = 0; i < sum->parts.count; i++) {
        const Part *part = &sum->parts.at[i];
        bool wrapped = part->first != start && lexer_is_name(file, start);
        if (part->kind == PART_LITERAL &&
            (wrapped || part->tagged || parameter_nests(file, part->first))) {
            return false;
        }
        start = part->behind + 1;
    }
    return true;
}

/* Any expression. */
void compose_value(Composing *composing, uint32_t first, uint32_t behind, Range range)
{
    const Composer *composer = composing->composer;
    Expression inner;
    bool sum =
        composing->depth < COMPOSE_DEEPEST && first < behind &&
        expression_read(composer->arena, composer->file, composer->style, first, true, &inner) &&
        inner.behind == behind && !inner.cut;
    bool texts = sum && (inner.parts.count > 1 || inner.formats.count ||
                         inner.parts.at[0].kind == PART_LITERAL);
    if (texts && is_sent(composing, &inner)) {
        compose_hole(composing, first, behind, range);
    } else if (texts) {
        composing->depth++;
        compose_parts(composing, &inner, NULL);
        composing->depth--;
    } else if (first < behind) {
        write_other(composing, first, behind, sum && inner.parts.at[0].name, NULL, range);
    } else {
        compose_hole(composing, 0, 0, range);
    }
}

void compose_parts(Composing *composing, Expression *expression, const bool *skip)
{
    const LexFile *file = composing->composer->file;
    for (size_t i = 0; i < expression->parts.count; i++) {
        const Part *part = &expression->parts.at[i];
        Range range = compose_range(file, part->first, part->behind);
        Format *format = part->format ? &expression->formats.at[part->format - 1] : NULL;
        if (part->joint.len) {
            fragment_append_hole(&composing->draft, part->joint, (Range){range.start, range.start});
        }
        bool enough =
            composing->draft.sql.count > COMPOSE_MOST_TEXT || ++composing->written > MOST_PARTS;
        if (!enough && i > 0 && skip && skip[i] && skip[i - 1]) {
            continue; /* one hole stands for all that is appended in branches in a row */
        }
        if (enough || (skip && skip[i])) {
            fragment_append_hole(&composing->draft, STR(" "), range);
            compose_hole(composing, 0, 0, range);
            fragment_append_hole(&composing->draft, STR(" "), range);
        } else if (part->kind == PART_LITERAL) {
            compose_literal(composing, part, format);
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
    Range range = compose_range(composer->file, expression->first, expression->behind);
    Composing composing = {.composer = composer,
                           .second = notes->second,
                           .draft =
                               fragment_begin(composer->arena, &none, range.end - range.start)};
    compose_parts(&composing, expression, skip);
    notes->holes = composing.holes;
    notes->choices = composing.choices;
    return fragment_end(&composing.draft, range.start);
}
