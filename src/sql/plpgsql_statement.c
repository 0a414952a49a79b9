/* The statements of PL/pgSQL that open no block and end none, one function each. Each begins behind
 * its first word. */
#include "sql/plpgsql_reader.h"

#include "base/banned.h"

Stop reader_list(Reader *reader, unsigned last)
{
    Stop stop;
    do {
        stop = reader_sql(reader, STOP_COMMA | last, PLPGSQL_EXPRESSION);
    } while (stop == STOP_COMMA);
    return stop;
}

void reader_cursor_arguments(Reader *reader)
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

/* text [INTO target] [USING a, b], in either order. */
static void read_execute(Reader *reader)
{
    const unsigned stops = STOP_INTO | STOP_USING | STOP_SEMICOLON;
    Stop stop = reader_sql(reader, stops, PLPGSQL_EXECUTE);
    while (stop == STOP_INTO || stop == STOP_USING) {
        if (stop == STOP_USING) {
            stop = reader_list(reader, stops & ~(unsigned)STOP_USING);
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
        reader_list(reader, STOP_SEMICOLON);
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
    reader_cursor_arguments(reader);
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
    reader_list(reader, STOP_SEMICOLON);
}

static const ReaderStatement statements[] = {
    {STR("execute"), read_execute}, {STR("return"), read_return},
    {STR("perform"), read_perform}, {STR("open"), read_open},
    {STR("fetch"), read_fetch},     {STR("move"), read_fetch},
    {STR("close"), reader_skip},    {STR("null"), reader_skip},
    {STR("commit"), reader_skip},   {STR("rollback"), reader_skip},
    {STR("get"), read_targets},     {STR("raise"), read_raise},
    {STR("assert"), read_assert},   {.read = NULL},
};

static bool read_one_of(Reader *reader, Token first, const ReaderStatement *rows)
{
    for (; rows->read; rows++) {
        if (token_is_word(reader->body, first, rows->word)) {
            rows->read(reader);
            return true;
        }
    }
    return false;
}

bool reader_own_statement(Reader *reader, Token first)
{
    return read_one_of(reader, first, reader_control_statements) ||
           read_one_of(reader, first, statements);
}
