/* The statements of PL/pgSQL, one function each. Each begins behind its first word. */
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

/* expression, expression … up to one of `last`. */
static Stop read_list(Reader *reader, unsigned last)
{
    Stop stop;
    do {
        stop = reader_sql(reader, STOP_COMMA | last, PLPGSQL_EXPRESSION);
    } while (stop == STOP_COMMA);
    return stop;
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

/* (a, name := b) behind a cursor's name. */
static void read_cursor_arguments(Reader *reader)
{
    if (!reader_take_symbol(reader, '(')) {
        return;
    }
    Stop stop;
    do {
        Reader named = *reader;
        Token name = reader_take(&named);
        bool arrow = reader_take_symbol(&named, '=') && reader_take_symbol(&named, '>');
        if (!arrow) {
            named.at = name.end;
        }
        if (token_is_name(name) &&
            (arrow || (reader_sees_symbol(&named, ':') && reader_take_assign(&named)))) {
            reader->at = named.at;
        }
        stop = reader_sql(reader, STOP_COMMA | STOP_CLOSE, PLPGSQL_EXPRESSION);
    } while (stop == STOP_COMMA);
}

static void read_for_cursor(Reader *reader)
{
    reader_name(reader);
    read_cursor_arguments(reader);
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
            read_list(reader, STOP_LOOP);
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

/* text [INTO target] [USING a, b], in either order. */
static void read_execute(Reader *reader)
{
    const unsigned stops = STOP_INTO | STOP_USING | STOP_SEMICOLON;
    Stop stop = reader_sql(reader, stops, PLPGSQL_EXECUTE);
    while (stop == STOP_INTO || stop == STOP_USING) {
        if (stop == STOP_USING) {
            stop = read_list(reader, stops & ~(unsigned)STOP_USING);
        } else if (!reader_into_target(reader)) {
            reader_refuse(reader, "INTO without a variable");
            return;
        } else {
            Range between;
            stop = reader_until(reader, stops, &between);
        }
    }
}

static void read_execute_using(Reader *reader)
{
    if (reader_sql(reader, STOP_USING | STOP_SEMICOLON, PLPGSQL_EXECUTE) == STOP_USING) {
        read_list(reader, STOP_SEMICOLON);
    }
}

static void read_return(Reader *reader)
{
    if (reader_take_word(reader, STR("query"))) {
        if (reader_take_word(reader, STR("execute"))) {
            read_execute_using(reader);
        } else {
            reader_sql(reader, STOP_SEMICOLON, PLPGSQL_STATEMENT);
        }
        return;
    }
    reader_take_word(reader, STR("next"));
    if (!reader_take_symbol(reader, ';')) {
        reader_sql(reader, STOP_SEMICOLON, PLPGSQL_EXPRESSION);
    }
}

static void read_perform(Reader *reader)
{
    reader_sql(reader, STOP_SEMICOLON, PLPGSQL_PERFORM);
}

/* cursor [(arguments)], or cursor [[NO] SCROLL] FOR query | EXECUTE text [USING …]. */
static void read_open(Reader *reader)
{
    reader_name(reader);
    read_cursor_arguments(reader);
    if (reader_take_symbol(reader, ';')) {
        return;
    }
    reader_take_word(reader, STR("no"));
    reader_take_word(reader, STR("scroll"));
    if (!reader_take_word(reader, STR("for"))) {
        reader_refuse(reader, "OPEN without FOR");
    } else if (reader_take_word(reader, STR("execute"))) {
        read_execute_using(reader);
    } else {
        reader_sql(reader, STOP_SEMICOLON, PLPGSQL_STATEMENT);
    }
}

/* GET DIAGNOSTICS a = …; FETCH … INTO a: the rest of the statement names what is set. */
static void read_targets(Reader *reader)
{
    uint32_t start = reader->at;
    reader_skip(reader);
    reader_give(reader, PLPGSQL_TARGET, (Range){start, reader->at});
}

/* [direction [count] FROM | IN] cursor [INTO target]. Without FROM there is only the cursor's name.
 */
static void read_fetch(Reader *reader)
{
    static const Str directions[] = {STR("next"),    STR("prior"),    STR("first"),
                                     STR("last"),    STR("absolute"), STR("relative"),
                                     STR("forward"), STR("backward")};
    Reader ahead = *reader;
    Range direction;
    Stop stop = reader_until(&ahead, STOP_FROM | STOP_IN | STOP_INTO | STOP_SEMICOLON, &direction);
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++) {
        if (reader_take_word(reader, directions[i])) {
            break;
        }
    }
    if (stop == STOP_FROM || stop == STOP_IN) {
        reader_take_word(reader, STR("all"));
        reader_until(reader, STOP_FROM | STOP_IN, &direction);
        if (direction.end > direction.start) {
            reader_give(reader, PLPGSQL_EXPRESSION, direction);
        }
    }
    read_targets(reader);
}

/* [level] 'format', arguments… | condition | SQLSTATE 'code', and USING option = value, … */
static void read_raise(Reader *reader)
{
    static const Str levels[] = {STR("exception"), STR("warning"), STR("notice"),
                                 STR("info"),      STR("log"),     STR("debug")};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (reader_take_word(reader, levels[i])) {
            break;
        }
    }
    Range head;
    const unsigned stops = STOP_COMMA | STOP_USING | STOP_SEMICOLON;
    Stop stop = reader_until(reader, stops, &head);
    while (stop == STOP_COMMA) {
        stop = reader_sql(reader, stops, PLPGSQL_EXPRESSION);
    }
    if (stop == STOP_USING) {
        do {
            reader_take(reader);
            reader_take_assign(reader);
            stop = reader_sql(reader, STOP_COMMA | STOP_SEMICOLON, PLPGSQL_EXPRESSION);
        } while (stop == STOP_COMMA);
    }
}

static void read_assert(Reader *reader)
{
    read_list(reader, STOP_SEMICOLON);
}

static const struct {
    Str word;
    void (*read)(Reader *reader);
} statements[] = {
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
    {STR("execute"), read_execute},
    {STR("return"), read_return},
    {STR("perform"), read_perform},
    {STR("open"), read_open},
    {STR("fetch"), read_fetch},
    {STR("move"), read_fetch},
    {STR("close"), reader_skip},
    {STR("null"), reader_skip},
    {STR("commit"), reader_skip},
    {STR("rollback"), reader_skip},
    {STR("get"), read_targets},
    {STR("raise"), read_raise},
    {STR("assert"), read_assert},
};

bool reader_own_statement(Reader *reader, Token first)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (token_is_word(reader->body, first, statements[i].word)) {
            statements[i].read(reader);
            return true;
        }
    }
    return false;
}
