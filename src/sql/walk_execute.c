/* What EXECUTE of PL/pgSQL runs. */
#include "sql/walk.h"

#include "base/banned.h"

static bool has_any_text(Str name)
{
    return str_find_byte(name, HOLE_TEXT, 0) < name.len;
}

static bool is_before(Position left, Position right)
{
    return left.line < right.line || (left.line == right.line && left.column < right.column);
}

/* Is the hole at `place` a part of a name, among the accesses from number `since` on? Then the
 * access tells. */
static bool is_in_name(const Walk *walk, size_t since, Place place)
{
    for (size_t i = since; i < walk->accesses.count; i++) {
        const Access *access = &walk->accesses.at[i];
        bool doubted = has_any_text(access->written.schema) || has_any_text(access->written.name);
        if (doubted && !is_before(place.start, access->place.start) &&
            !is_before(access->place.end, place.end)) {
            return true;
        }
    }
    return false;
}

/* The first hole of any text at or behind `at`: all of its bytes, or an empty range. */
static Range next_hole(Str text, uint32_t at)
{
    Range hole = {.start = (uint32_t)str_find_byte(text, HOLE_TEXT, at)};
    hole.end = hole.start;
    while (hole.end < text.len && text.at[hole.end] == HOLE_TEXT) {
        hole.end++;
    }
    return hole;
}

/* Tokens up to a hole; holes are asked about in their order. */
typedef struct {
    Token at, before;
} Cursor;

/* Is the hole in a text constant: IS 'as of %s'? Then it is a part of a value; but not in a body
 * that is a constant: AS '… %s'. */
static bool is_in_value(Str text, Range hole, Cursor *cursor)
{
    while (cursor->at.kind != TOKEN_END && cursor->at.end < hole.end) {
        cursor->before = cursor->at;
        cursor->at = token_next(text, cursor->at.end);
    }
    Token token = cursor->at;
    return token.kind == TOKEN_STRING && token.start < hole.start &&
           text.at[token.end - 1] == '\'' && !token_is_word(text, cursor->before, STR("as")) &&
           !token_is_word(text, cursor->before, STR("do"));
}

/* Notes the first hole that may be any text and turned out to be no name. Two of one place are in
 * what a variable holds: then one name does not tell of both. */
static void note_hole(Walk *walk, const SqlFragment *text, size_t since)
{
    const SqlFragment *outer = walk->fragment;
    Place before = {0};
    Cursor cursor = {.at = token_next(text->sql, 0)};
    for (Range hole = next_hole(text->sql, 0); hole.end > hole.start;
         hole = next_hole(text->sql, hole.end)) {
        Place place = fragment_place(text, hole);
        bool again =
            place.start.line == before.start.line && place.start.column == before.start.column;
        bool value = is_in_value(text->sql, hole, &cursor);
        if (!value && (again || !is_in_name(walk, since, place))) {
            walk->fragment = text;
            walk_notice(walk, NOTICE_DYNAMIC_SQL, hole,
                        STR("a part of its text is put together at run time"));
            walk->fragment = outer;
            return;
        }
        before = place;
    }
}

void walk_execute(Walk *walk, const Node *expression, Frame *frame)
{
    if (!walk_execute_variable(walk, expression, frame)) {
        ComputedText computed = computed_text(walk->scratch, walk->fragment, expression,
                                              walk_variable_names(frame->body->variables));
        walk_execute_text(walk, &computed, frame);
    }
}

void walk_execute_text(Walk *walk, const ComputedText *computed, Frame *frame)
{
    if (!computed->known) {
        walk->inner_statements++;
        walk_notice(walk, NOTICE_DYNAMIC_SQL, computed->computed,
                    STR("its text is put together at run time"));
        return;
    }
    size_t before = walk->accesses.count;
    if (++walk->depth > WALK_MOST_DEPTH) {
        walk_notice(walk, NOTICE_DYNAMIC_SQL, computed->computed, STR("it is nested too deeply"));
    } else {
        walk_sql_text(walk, &computed->text, frame);
        note_hole(walk, &computed->text, before);
    }
    walk->depth--;
}
