/* The statements of PL/pgSQL that open blocks, branches and loops, go on in them, leave and end
 * them. Each function begins behind the statement's first word. */
#include "sql/plpgsql_reader.h"

#include "base/banned.h"

static void push(Reader *reader, Open open)
{
    array_push(reader->scratch, &reader->open, open);
}

static void read_block(Reader *reader)
{
    push(reader, OPEN_BLOCK);
}

/* WHEN conditions THEN: names of conditions, no SQL. */
static void read_handlers(Reader *reader)
{
    if (reader->open.count && reader->open.at[reader->open.count - 1] == OPEN_BLOCK) {
        reader->open.at[reader->open.count - 1] = OPEN_HANDLERS;
    } else {
        reader_refuse(reader, "EXCEPTION outside a block");
    }
}

static void read_when(Reader *reader)
{
    Range conditions;
    bool handlers = reader->open.count && reader->open.at[reader->open.count - 1] == OPEN_HANDLERS;
    if (!handlers) {
        reader_sql(reader, STOP_THEN, PLPGSQL_EXPRESSION);
    } else if (reader_until(reader, STOP_THEN, &conditions) != STOP_THEN) {
        reader_refuse(reader, "an exception handler without THEN");
    }
}

static void read_if(Reader *reader)
{
    push(reader, OPEN_IF);
    reader_sql(reader, STOP_THEN, PLPGSQL_EXPRESSION);
}

static void read_elsif(Reader *reader)
{
    reader_sql(reader, STOP_THEN, PLPGSQL_EXPRESSION);
}

static void read_else(Reader *reader)
{
    (void)reader;
}

static void read_case(Reader *reader)
{
    push(reader, OPEN_CASE);
    if (!reader_take_word(reader, STR("when")) &&
        reader_sql(reader, STOP_WHEN, PLPGSQL_EXPRESSION) != STOP_WHEN) {
        return;
    }
    reader_sql(reader, STOP_THEN, PLPGSQL_EXPRESSION);
}

static void read_loop(Reader *reader)
{
    push(reader, OPEN_LOOP);
}

static void read_while(Reader *reader)
{
    push(reader, OPEN_LOOP);
    reader_sql(reader, STOP_LOOP, PLPGSQL_EXPRESSION);
}

/* Takes back what END … closes; false when nothing of the kind is open. */
static bool pop(Reader *reader, Open ended)
{
    for (size_t i = reader->open.count; i > 0; i--) {
        Open open = reader->open.at[i - 1] == OPEN_HANDLERS ? OPEN_BLOCK : reader->open.at[i - 1];
        if (open == ended) {
            bool innermost = i == reader->open.count;
            reader->open.count = i - 1;
            return innermost;
        }
    }
    return false;
}

/* The outermost END needs no semicolon. */
static void read_end(Reader *reader)
{
    Open ended = reader_take_word(reader, STR("if"))     ? OPEN_IF
                 : reader_take_word(reader, STR("case")) ? OPEN_CASE
                 : reader_take_word(reader, STR("loop")) ? OPEN_LOOP
                                                         : OPEN_BLOCK;
    bool matches = pop(reader, ended);
    reader->closed = reader->open.count == 0;
    reader_name(reader);
    bool last = reader->closed && reader_peek(reader).kind == TOKEN_END;
    if (!matches) {
        reader_refuse(reader, "an END that ends nothing here");
    } else if (!last && !reader_take_symbol(reader, ';')) {
        reader_refuse(reader, "something follows END");
    }
}

/* name(a, b) LOOP, and nothing that begins a query. */
static bool is_cursor_loop(const Reader *reader)
{
    static const Str queries[] = {STR("select"), STR("values"), STR("with"),
                                  STR("table"),  STR("show"),   STR("explain")};
    Reader ahead = *reader;
    Range arguments;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        if (reader_sees_word(reader, queries[i])) {
            return false;
        }
    }
    if (!reader_name(&ahead)) {
        return false;
    }
    if (reader_take_symbol(&ahead, '(') &&
        reader_until(&ahead, STOP_CLOSE, &arguments) != STOP_CLOSE) {
        return false;
    }
    return reader_sees_word(&ahead, STR("loop"));
}

static void read_for_cursor(Reader *reader)
{
    reader_name(reader);
    reader_cursor_arguments(reader);
    reader_take_word(reader, STR("loop"));
}

/* IN [REVERSE] low .. high [BY step] LOOP, or IN query LOOP. */
static void read_for_range(Reader *reader)
{
    Range range;
    Reader start = *reader;
    reader_take_word(reader, STR("reverse"));
    Stop stop = reader_until(reader, STOP_DOTS | STOP_LOOP, &range);
    if (stop == STOP_LOOP && range.end > range.start) {
        reader_give(reader, PLPGSQL_STATEMENT, range);
    } else if (stop == STOP_DOTS && range.end > range.start) {
        reader_give(reader, PLPGSQL_EXPRESSION, range);
        stop = reader_sql(reader, STOP_BY | STOP_LOOP, PLPGSQL_EXPRESSION);
        if (stop == STOP_BY) {
            reader_sql(reader, STOP_LOOP, PLPGSQL_EXPRESSION);
        }
    } else {
        *reader = start;
        reader_refuse(reader, "FOR without LOOP");
    }
}

static void read_for(Reader *reader)
{
    push(reader, OPEN_LOOP);
    if (!reader_into_target(reader) || !reader_take_word(reader, STR("in"))) {
        reader_refuse(reader, "FOR without IN");
    } else if (reader_take_word(reader, STR("execute"))) {
        if (reader_sql(reader, STOP_USING | STOP_LOOP, PLPGSQL_EXECUTE) == STOP_USING) {
            reader_list(reader, STOP_LOOP);
        }
    } else if (is_cursor_loop(reader)) {
        read_for_cursor(reader);
    } else {
        read_for_range(reader);
    }
}

static void read_foreach(Reader *reader)
{
    push(reader, OPEN_LOOP);
    bool target = reader_into_target(reader);
    if (reader_take_word(reader, STR("slice"))) {
        reader_take(reader);
    }
    if (target && reader_take_word(reader, STR("in")) && reader_take_word(reader, STR("array"))) {
        reader_sql(reader, STOP_LOOP, PLPGSQL_EXPRESSION);
    } else {
        reader_refuse(reader, "FOREACH without IN ARRAY");
    }
}

/* [label] [WHEN condition] */
static void read_exit(Reader *reader)
{
    if (!reader_sees_word(reader, STR("when"))) {
        reader_name(reader);
    }
    if (reader_take_word(reader, STR("when"))) {
        reader_sql(reader, STOP_SEMICOLON, PLPGSQL_EXPRESSION);
    } else if (!reader_take_symbol(reader, ';')) {
        reader_refuse(reader, "EXIT or CONTINUE without an end");
    }
}

const ReaderStatement reader_control_statements[] = {
    {STR("begin"), read_block},
    {STR("declare"), reader_declarations},
    {STR("exception"), read_handlers},
    {STR("when"), read_when},
    {STR("if"), read_if},
    {STR("elsif"), read_elsif},
    {STR("elseif"), read_elsif},
    {STR("else"), read_else},
    {STR("case"), read_case},
    {STR("loop"), read_loop},
    {STR("while"), read_while},
    {STR("end"), read_end},
    {STR("for"), read_for},
    {STR("foreach"), read_foreach},
    {STR("exit"), read_exit},
    {STR("continue"), read_exit},
    {.read = NULL},
};
