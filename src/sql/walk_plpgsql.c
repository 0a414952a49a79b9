/* PL/pgSQL bodies: each part that is SQL is walked as a statement of its own. */
#include "sql/computed.h"
#include "sql/plpgsql.h"
#include "sql/walk.h"

#include <string.h>

#include "base/banned.h"

typedef struct {
    Walk *walk;
    const SqlFragment *body;
    Frame *frame;
} Sink;

/* Types that everybody has: no need to ask the parser. */
static bool is_common_type(Str type)
{
    static const Str names[] = {
        STR("integer"), STR("int"),  STR("bigint"),  STR("smallint"), STR("text"),
        STR("boolean"), STR("bool"), STR("numeric"), STR("record"),   STR("refcursor"),
        STR("date"),    STR("json"), STR("jsonb"),   STR("uuid"),     STR("timestamptz"),
        STR("varchar"), STR("name"), STR("oid"),     STR("interval"), STR("timestamp"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal_nocase(type, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_operator(Str sql, Token token)
{
    return token.kind == TOKEN_SYMBOL && memchr("+-*/<>=|%!", sql.at[token.start], 10);
}

/* Is the expression nothing but names, constants and operators between them? Then it touches
 * nothing. */
static bool is_plain(Str sql, Range range)
{
    Str text = str_slice(sql, 0, range.end);
    Token token = token_next(text, range.start);
    for (;;) {
        bool operand = token.kind == TOKEN_NUMBER || token.kind == TOKEN_STRING ||
                       token.kind == TOKEN_PARAMETER || token_is_name(token);
        if (!operand) {
            return false;
        }
        uint32_t end = token_is_name(token) ? token_dotted_name(text, token.start).end : token.end;
        token = token_next(text, end);
        if (token.kind == TOKEN_END || !is_operator(text, token)) {
            return token.kind == TOKEN_END;
        }
        token = token_next(text, token.end);
        if (is_operator(text, token)) {
            token = token_next(text, token.end);
        }
    }
}

SqlFragment walk_statement_behind(Walk *walk, const SqlFragment *body, Str prefix, Range range)
{
    FragmentDraft draft = fragment_begin(walk->scratch, body, prefix.len + range.end - range.start);
    uint32_t file = fragment_offset(body, range.start);
    fragment_append_text(&draft, prefix, file);
    fragment_append(&draft, body, range);
    return fragment_end(&draft, file);
}

static SqlFragment statement_behind(const Sink *sink, Str prefix, Range range)
{
    return walk_statement_behind(sink->walk, sink->body, prefix, range);
}

/* Expressions are no statements of their own, unless they go unchecked. */
static void take_expression(Sink *sink, const PlpgsqlPart *part)
{
    if (!is_plain(sink->body->sql, part->range)) {
        SqlFragment select = statement_behind(sink, STR("SELECT "), part->range);
        sink->walk->inner_statements += !walk_inner(sink->walk, &select, false, NULL, sink->frame);
    }
}

/* The subscripts of a target are expressions, too. */
static void take_assignment(Sink *sink, const PlpgsqlPart *part)
{
    Str target = str_slice(sink->body->sql, part->range.start, part->part.start);
    size_t length = str_find_byte(target, '[', 0);
    if (length < target.len) {
        size_t end = target.len;
        while (end > 0 && target.at[end - 1] != ']') {
            end--;
        }
        take_expression(
            sink, &(PlpgsqlPart){.range = {part->range.start, part->range.start + (uint32_t)end}});
    }
    take_expression(sink, &(PlpgsqlPart){.range = part->part});
}

static void take_perform(Sink *sink, const PlpgsqlPart *part)
{
    SqlFragment select = statement_behind(sink, STR("SELECT "), part->range);
    sink->walk->inner_statements++;
    sink->walk->inner_checked += walk_inner(sink->walk, &select, false, NULL, sink->frame);
}

/* All but the line ends, so that what follows a comment stays behind it. */
static void blank(char *sql, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        sql[i] = sql[i] == '\n' || sql[i] == '\r' ? sql[i] : ' ';
    }
}

static void take_statement(Sink *sink, const PlpgsqlPart *part)
{
    SqlFragment statement = fragment_of_range(sink->walk->scratch, sink->body, part->range);
    if (part->part.end) {
        blank((char *)statement.sql.at, part->part.start - part->range.start,
              part->part.end - part->range.start);
    }
    sink->walk->inner_statements++;
    sink->walk->inner_checked += walk_inner(sink->walk, &statement, false, NULL, sink->frame);
}

static void visit_execute(Walk *walk, const Node *select, Frame *frame)
{
    const Node *target = node_item(node_get(select, KEY_targetList), 0);
    walk_execute(walk, node_get(target, KEY_val), frame);
}

static void take_execute(Sink *sink, const PlpgsqlPart *part)
{
    SqlFragment select = statement_behind(sink, STR("SELECT "), part->range);
    walk_inner(sink->walk, &select, false, visit_execute, sink->frame);
}

/* A routine's name is a label, too. */
static bool is_label(const Sink *sink, Str name)
{
    Str routine = sink->frame->routine;
    bool own = str_ends_with(routine, name) &&
               (routine.len == name.len || routine.at[routine.len - name.len - 1] == '.');
    return own || plpgsql_has_label(sink->walk->scratch, sink->body->sql, name);
}

/* relation%ROWTYPE, relation.column%TYPE: they need the relation. variable%TYPE and
 * label.variable%TYPE do not. */
static void take_copied_type(Sink *sink, Range name, bool of_column)
{
    Walk *walk = sink->walk;
    Str body = sink->body->sql;
    Str parts[3] = {0}; /* the last ones */
    Range range = name;
    uint32_t behind = name.start; /* the last part but one */
    size_t count = 0;
    for (Token token = token_next(body, name.start); token_is_name(token) && token.end <= name.end;
         token = token_next(body, token_next(body, token.end).end)) {
        behind = range.end;
        range.end = token.end;
        parts[0] = parts[1];
        parts[1] = parts[2];
        parts[2] = token_name(walk->scratch, body, token);
        count++;
    }
    ObjectName relation = {.schema = parts[1], .name = parts[2]};
    if (of_column) {
        relation = (ObjectName){.schema = parts[0], .name = parts[1]};
        range.end = behind;
    }
    bool alone = of_column && count == 2;
    if (count == 0 || (of_column && count == 1) || (alone && is_label(sink, relation.name))) {
        return;
    }
    InnerStatement *inner = ARENA_NEW(walk->arena, InnerStatement);
    *inner = (InnerStatement){.place = fragment_place(sink->body, range),
                              .command = "SELECT",
                              .language = sink->frame->body->language};
    const InnerStatement *outer = walk->inner;
    walk->inner = inner;
    walk_add(walk, KIND_RELATION, relation, range, ACCESS_SELECT, CONTEXT_OTHER, sink->frame);
    walk->inner = outer;
}

static void take_type(Sink *sink, const PlpgsqlPart *part)
{
    Str body = sink->body->sql;
    Range name = token_dotted_name(body, part->range.start);
    Token percent = token_next(body, name.end);
    if (name.end < part->range.end && token_is_symbol(body, percent, '%')) {
        Token kind = token_next(body, percent.end);
        take_copied_type(sink, name, token_is_word(body, kind, STR("type")));
    } else if (body.at[part->range.start] == '$') {
        return; /* $1%TYPE: a parameter's */
    } else if (!is_common_type(str_slice(body, part->range.start, part->range.end))) {
        SqlFragment cast = statement_behind(sink, STR("SELECT NULL::"), part->range);
        walk_inner(sink->walk, &cast, false, NULL, sink->frame);
    }
}

static void take_collation(Sink *sink, const PlpgsqlPart *part)
{
    SqlFragment select = statement_behind(sink, STR("SELECT '' COLLATE "), part->range);
    walk_inner(sink->walk, &select, false, NULL, sink->frame);
}

static void take_refused(Sink *sink, const PlpgsqlPart *part)
{
    sink->walk->inner_statements++;
    walk_notice(sink->walk, NOTICE_UNPARSED, part->range, str_from(part->message));
}

static void take_part(void *context, const PlpgsqlPart *part)
{
    static void (*const takers[])(Sink * sink, const PlpgsqlPart *part) = {
        [PLPGSQL_EXPRESSION] = take_expression, [PLPGSQL_ASSIGNMENT] = take_assignment,
        [PLPGSQL_PERFORM] = take_perform,       [PLPGSQL_STATEMENT] = take_statement,
        [PLPGSQL_EXECUTE] = take_execute,       [PLPGSQL_TYPE] = take_type,
        [PLPGSQL_COLLATION] = take_collation,   [PLPGSQL_REFUSED] = take_refused,
    };
    if (takers[part->kind]) { /* the others are about variables only: plpgsql_variables.c */
        takers[part->kind](context, part);
    }
}

void walk_plpgsql(Walk *walk, const SqlFragment *body, Frame *frame)
{
    SqlFragment filled = computed_fill(walk->scratch, body, FILL_NAMES);
    const SqlFragment *outer = walk->fragment;
    RoutineBody own = *frame->body;
    own.variables = walk_variables(walk, &filled, own.parameters);
    frame->body = &own;
    Sink sink = {.walk = walk, .body = &filled, .frame = frame};
    walk->fragment = &filled;
    plpgsql_read(walk->scratch, filled.sql, take_part, &sink);
    walk->fragment = outer;
}
