#ifndef RINGFENCE_SQL_PLPGSQL_READER_H
#define RINGFENCE_SQL_PLPGSQL_READER_H

#include "base/array.h"
#include "sql/plpgsql.h"

/* The inside of plpgsql_read. Every reader_… function takes tokens from where the reader stands;
 * none goes beyond the semicolon of the statement. */

/* What is open around a statement, and what its END must say. */
typedef enum { OPEN_BLOCK, OPEN_HANDLERS, OPEN_IF, OPEN_CASE, OPEN_LOOP } Open;

typedef struct {
    Arena *scratch;
    Str body;
    uint32_t at; /* the next byte to read */
    PlpgsqlSink *sink;
    void *context;
    ARRAY(Open) open;
    bool closed; /* the outermost block has ended */
} Reader;

/* What ends an expression: a set of them, outside parentheses and brackets. The end of the body
 * and, in expressions, a semicolon end it in any case. */
typedef enum {
    STOP_END = 0, /* the body's */
    STOP_SEMICOLON = 1 << 0,
    STOP_COMMA = 1 << 1,
    STOP_DOTS = 1 << 2, /* .. */
    STOP_THEN = 1 << 3,
    STOP_LOOP = 1 << 4,
    STOP_WHEN = 1 << 5,
    STOP_INTO = 1 << 6,
    STOP_USING = 1 << 7,
    STOP_FROM = 1 << 8,
    STOP_IN = 1 << 9,
    STOP_BY = 1 << 10,
    STOP_CLOSE = 1 << 11, /* the parenthesis that was open when it began */
} Stop;

Token reader_peek(const Reader *reader);
Token reader_take(Reader *reader);

/* Takes the next token if it is the word or symbol. */
bool reader_take_word(Reader *reader, Str word);
bool reader_take_symbol(Reader *reader, char symbol);

bool reader_sees_word(const Reader *reader, Str word);
bool reader_sees_symbol(const Reader *reader, char symbol);

/* Takes `:=` or `=`. */
bool reader_take_assign(Reader *reader);

/* Reads up to one of `stops` and takes it, unless it is a semicolon that was not asked for. */
Stop reader_until(Reader *reader, unsigned stops, Range *range);

/* The same, and gives the sink what was read as `kind`. */
Stop reader_sql(Reader *reader, unsigned stops, PlpgsqlKind kind);

/* Takes [STRICT] a, b.c behind INTO; its end, or 0 when there is none. */
uint32_t reader_into_target(Reader *reader);

/* Takes a.b.c; false when there is none. */
bool reader_name(Reader *reader);

void reader_give(Reader *reader, PlpgsqlKind kind, Range range);

/* Tells that what stands at the reader was not understood, once a statement, and goes behind the
 * next semicolon. */
void reader_refuse(Reader *reader, const char *message);

/* Goes behind the next semicolon: what is in between is no SQL. */
void reader_skip(Reader *reader);

/* A DECLARE section, up to and with its BEGIN (plpgsql_declare.c). */
void reader_declarations(Reader *reader);

/* Takes expression, expression … up to one of `last`. */
Stop reader_list(Reader *reader, unsigned last);

/* Takes (a, name := b) behind a cursor's name, if it stands there. */
void reader_cursor_arguments(Reader *reader);

/* A statement by its first word, behind which `read` begins. */
typedef struct {
    Str word;
    void (*read)(Reader *reader);
} ReaderStatement;

/* Those of blocks, branches and loops (plpgsql_control.c), ended by a row without `read`. */
extern const ReaderStatement reader_control_statements[];

/* The statement that begins with the word `first`, which is taken; false for one that is no
 * statement of PL/pgSQL's own (plpgsql_statement.c). */
bool reader_own_statement(Reader *reader, Token first);

#endif
