#include "embedded/text_walk.h"

#include "embedded/binding.h"
#include "embedded/builder.h"

#include "base/banned.h"

/* Those of the expression's parts from `from` on, and what they are formatted with: "%s" % "x". */
static void take_literals(TextWalk *walk, const Expression *expression, size_t from)
{
    for (size_t i = 0; i < expression->formats.count; i++) {
        uint32_t first = expression->formats.at[i].first;
        bool direct = first > 0 && lexer_is(walk->file, first - 1, STR("%"));
        if (direct && expression_is_literal(walk->file, first)) {
            walk->taken[first] = 1;
        }
    }
    for (size_t i = from; i < expression->parts.count; i++) {
        if (expression->parts.at[i].kind == PART_LITERAL) {
            walk->taken[expression->parts.at[i].first] = 1;
        }
    }
}

/* Reads what is appended from token `token` on, and what else a chain appends. */
uint32_t text_append(TextWalk *walk, Expression *into, uint32_t token)
{
    uint32_t behind = 0;
    Expression more;
    do {
        if (!expression_read(walk->arena, walk->file, walk->style, token, true, &more)) {
            into->cut = true;
            return behind;
        }
        size_t before = into->parts.count;
        uint32_t formats = (uint32_t)into->formats.count;
        for (size_t i = 0; i < more.formats.count; i++) {
            array_push(walk->arena, &into->formats, more.formats.at[i]);
        }
        for (size_t i = 0; i < more.parts.count; i++) {
            Part part = more.parts.at[i];
            part.format += part.format ? formats : 0;
            array_push(walk->arena, &into->parts, part);
        }
        into->cut |= more.cut;
        take_literals(walk, into, before);
        behind = more.behind;
    } while (builder_chain(walk->file, walk->style, behind, &token));
    return behind;
}

/* A stream that is written to is no part of the text: out << "…" << x. */
static void drop_stream(TextWalk *walk, Expression *expression)
{
    Expression *e = expression;
    if (e->parts.count > 1 && e->parts.at[0].kind == PART_HOLE &&
        lexer_is(walk->file, e->parts.at[0].behind, STR("<<"))) {
        e->parts.at++;
        e->parts.count--;
        e->parts.capacity--;
        e->first = e->parts.at[0].first;
    }
}

static void add_text(TextWalk *walk, Expression *expression, CallKind kind, bool bound,
                     const TextFate *fate)
{
    const LexFile *file = walk->file;
    HostText text = {.first = expression->first,
                     .behind = expression->behind,
                     .kind = kind,
                     .bound = bound,
                     .client = kind == CALL_SQL &&
                               call_on_input(file, expression->first, expression->behind),
                     .in_file = {file->tokens[expression->first].start,
                                 file->tokens[expression->behind - 1].end}};
    if (fate && fate->last > text.behind) {
        text.in_file.end = file->tokens[fate->last - 1].end;
    }
    ComposeNotes notes = {0};
    text.sql = compose_text(&walk->composer, expression, NULL, &notes);
    text.holes = notes.holes;
    if (fate && fate->deeper) {
        SqlFragment *straight = ARENA_NEW(walk->arena, SqlFragment);
        *straight = compose_text(&walk->composer, expression, fate->branched, &notes);
        text.straight = straight;
    }
    array_push(walk->arena, &walk->texts, text);
    if (notes.choices) {
        text.again = notes.second = true;
        text.sql = compose_text(&walk->composer, expression, NULL, &notes);
        text.straight = NULL;
        array_push(walk->arena, &walk->texts, text);
    }
}

/* What C's sprintf formats for a variable. */
static bool read_printed(TextWalk *walk, uint32_t literal, Expression *expression, uint32_t *name)
{
    uint32_t behind;
    if (walk->style->adjacency != ADJACENT_ANYWHERE ||
        !expression_printed(walk->file, literal, name, &behind)) {
        return false;
    }
    uint32_t at = expression->behind;
    bool arguments = lexer_is(walk->file, at, STR(","));
    array_push(walk->arena, &expression->formats,
               (Format){.kind = FORMAT_PERCENT,
                        .first = arguments ? at + 1 : behind - 1,
                        .behind = behind - 1});
    for (size_t i = 0; i < expression->parts.count; i++) {
        expression->parts.at[i].format = (uint32_t)expression->formats.count;
    }
    return true;
}

/* The first token of the tag before template `first`, or `first`. */
static uint32_t tag_start(const TextWalk *walk, uint32_t first)
{
    const LexFile *file = walk->file;
    uint32_t start = first;
    while (start > 0 && start <= file->count && file->tokens[start].joined &&
           (file->tokens[start - 1].kind == LEX_NAME ||
            lexer_is_one_of(file, start - 1, walk->style->paths))) {
        start--;
    }
    bool template = file->text.at[file->tokens[first].start] == '`';
    return template ? start : first;
}

/* Is `literal` in a part that only the run time knows, as the first of a list: ("SELECT …", x)? */
static bool is_listed(const TextWalk *walk, const Expression *expression, uint32_t literal)
{
    const LexFile *file = walk->file;
    bool hidden = false;
    for (size_t i = 0; i < expression->parts.count && lexer_is(file, literal - 1, STR("(")); i++) {
        Part part = expression->parts.at[i];
        hidden |= part.kind == PART_HOLE && part.first < literal && literal < part.behind;
    }
    Expression alone;
    return hidden && expression_read(walk->arena, file, walk->style, literal, true, &alone) &&
           lexer_is(file, alone.behind, STR(","));
}

/* Is it a tagged template that nobody waits for: const q = SQL`…`; q.append(…)? */
static bool is_kept_template(const TextWalk *walk, uint32_t first)
{
    const LexFile *file = walk->file;
    uint32_t start = tag_start(walk, first);
    return start < first && start > 0 && lexer_is(file, start - 1, STR("="));
}

/* The text that `literal` is the first literal of. */
void text_read_expression(TextWalk *walk, uint32_t literal, uint32_t start, CallKind kind)
{
    const LexFile *file = walk->file;
    Expression expression;
    uint32_t name;
    if (!expression_read(walk->arena, file, walk->style, start, walk->depth > 0, &expression) ||
        expression.behind <= literal || is_listed(walk, &expression, literal)) {
        if (!expression_read(walk->arena, file, walk->style, literal, walk->depth > 0,
                             &expression)) {
            return;
        }
    }
    take_literals(walk, &expression, 0);
    drop_stream(walk, &expression);
    bool appended = builder_target(file, walk->style, expression.first, &name);
    bool printed = !appended && read_printed(walk, literal, &expression, &name);
    bool bound = appended || printed ||
                 binding_name(file, walk->style, tag_start(walk, expression.first), &name);
    bool looked = expression.first == start && expression.behind == lexer_next(file, literal);
    if ((kind == CALL_NONE && !looked) || appended) {
        kind = call_kind(file, expression.first, expression.behind, walk->extra);
    }
    if (appended) {
        uint32_t token;
        if (builder_chain(file, walk->style, expression.behind, &token)) {
            text_append(walk, &expression, token);
        }
    }
    bool grows = bound && kind == CALL_SQL && is_kept_template(walk, expression.first);
    if (!grows && (!bound || kind == CALL_SQL || kind == CALL_NOT)) {
        add_text(walk, &expression, kind, bound && kind == CALL_SQL, NULL);
        return;
    }
    TextFate fate = text_follow(walk, &expression, name);
    add_text(walk, &expression, text_stronger_kind(kind, fate.kind), true, &fate);
}
