/* DECLARE sections of PL/pgSQL. */
#include "sql/plpgsql_reader.h"

#include "base/banned.h"

/* What follows a type: COLLATE, NOT NULL, DEFAULT, := or =, and in a list of arguments a comma or
 * the end. */
static bool ends_type(const Reader *reader, Token token, bool argument)
{
    Str body = reader->body;
    return token.kind == TOKEN_END || token_is_symbol(body, token, ';') ||
           token_is_symbol(body, token, '=') || token_is_symbol(body, token, ':') ||
           (argument && (token_is_symbol(body, token, ',') || token_is_symbol(body, token, ')'))) ||
           token_is_word(body, token, STR("collate")) || token_is_word(body, token, STR("not")) ||
           token_is_word(body, token, STR("default"));
}

static Range read_type(Reader *reader, bool argument)
{
    Range range = {reader_peek(reader).start, reader_peek(reader).start};
    size_t nested = 0;
    for (Token token = reader_peek(reader);; token = reader_peek(reader)) {
        bool end = token.kind == TOKEN_END || token_is_symbol(reader->body, token, ';');
        if (end || (!nested && ends_type(reader, token, argument))) {
            break;
        }
        nested += token_is_symbol(reader->body, token, '(');
        nested -= nested && token_is_symbol(reader->body, token, ')');
        range.end = token.end;
        reader->at = token.end;
    }
    if (range.end > range.start) {
        reader_give(reader, PLPGSQL_TYPE, range);
    }
    return range;
}

/* ( name type, … ) FOR query: what follows the word CURSOR of a declaration. */
static void read_cursor(Reader *reader)
{
    if (reader_take_symbol(reader, '(')) {
        do {
            reader_take(reader);
            read_type(reader, true);
        } while (reader_take_symbol(reader, ','));
        reader_take_symbol(reader, ')');
    }
    if (reader_take_word(reader, STR("for")) || reader_take_word(reader, STR("is"))) {
        reader_sql(reader, STOP_SEMICOLON, PLPGSQL_STATEMENT);
    } else {
        reader_refuse(reader, "a cursor without its query");
    }
}

static bool take_cursor(Reader *reader)
{
    uint32_t start = reader->at;
    reader_take_word(reader, STR("no"));
    reader_take_word(reader, STR("scroll"));
    if (reader_take_word(reader, STR("cursor"))) {
        return true;
    }
    reader->at = start;
    return false;
}

/* [CONSTANT] type [COLLATE name] [NOT NULL] [DEFAULT value] */
static void read_variable(Reader *reader, Token name)
{
    PlpgsqlPart variable = {.kind = PLPGSQL_DECLARATION, .range = {name.start, name.end}};
    reader_take_word(reader, STR("constant"));
    variable.part = read_type(reader, false);
    if (reader_take_word(reader, STR("collate"))) {
        uint32_t start = reader_peek(reader).start;
        if (reader_name(reader)) {
            reader_give(reader, PLPGSQL_COLLATION, (Range){start, reader->at});
        }
    }
    if (reader_take_word(reader, STR("not"))) {
        reader_take_word(reader, STR("null"));
    }
    if (reader_take_word(reader, STR("default")) || reader_take_assign(reader)) {
        Reader ahead = *reader;
        reader_until(&ahead, STOP_SEMICOLON, &variable.value);
        reader_sql(reader, STOP_SEMICOLON, PLPGSQL_EXPRESSION);
    } else if (!reader_take_symbol(reader, ';')) {
        reader_refuse(reader, "a declaration that does not end here");
    }
    reader->sink(reader->context, &variable);
}

static void read_declaration(Reader *reader)
{
    Token name = reader_take(reader);
    if (!token_is_name(name)) {
        reader->at = name.start;
        reader_refuse(reader, "no declaration begins like this");
    } else if (reader_take_word(reader, STR("alias"))) {
        reader_skip(reader);
        reader_give(reader, PLPGSQL_TARGET, (Range){name.start, reader->at});
    } else if (take_cursor(reader)) {
        read_cursor(reader);
    } else {
        read_variable(reader, name);
    }
}

void reader_declarations(Reader *reader)
{
    while (reader_peek(reader).kind != TOKEN_END) {
        if (reader_take_word(reader, STR("begin"))) {
            array_push(reader->scratch, &reader->open, OPEN_BLOCK);
            return;
        }
        if (!reader_take_word(reader, STR("declare"))) {
            read_declaration(reader);
        }
    }
}
