/* PL/pgSQL bodies: tokens, expressions, SQL statements and what is open around them. */
#include "sql/cut.h"
#include "sql/plpgsql_reader.h"

#include "base/banned.h"

static const struct {
    Str word;
    Stop stop;
} stop_words[] = {
    {STR("then"), STOP_THEN}, {STR("loop"), STOP_LOOP},   {STR("when"), STOP_WHEN},
    {STR("into"), STOP_INTO}, {STR("using"), STOP_USING}, {STR("from"), STOP_FROM},
    {STR("in"), STOP_IN},     {STR("by"), STOP_BY},
};

/* As token_next, but `1..10` is 1, two dots and 10. */
static Token next_token(Str body, size_t at)
{
    Token token = token_next(body, at);
    if (token.kind == TOKEN_NUMBER) {
        Str digits = str_slice(body, token.start, token.end);
        size_t dots = str_find(digits, STR(".."));
        token.end = dots < digits.len ? token.start + (uint32_t)dots : token.end;
    }
    return token;
}

Token reader_peek(const Reader *reader)
{
    return next_token(reader->body, reader->at);
}

Token reader_take(Reader *reader)
{
    Token token = reader_peek(reader);
    reader->at = token.end;
    return token;
}

bool reader_sees_word(const Reader *reader, Str word)
{
    return token_is_word(reader->body, reader_peek(reader), word);
}

bool reader_sees_symbol(const Reader *reader, char symbol)
{
    return token_is_symbol(reader->body, reader_peek(reader), symbol);
}

bool reader_take_word(Reader *reader, Str word)
{
    Token token = reader_peek(reader);
    bool taken = token_is_word(reader->body, token, word);
    reader->at = taken ? token.end : reader->at;
    return taken;
}

bool reader_take_symbol(Reader *reader, char symbol)
{
    Token token = reader_peek(reader);
    bool taken = token_is_symbol(reader->body, token, symbol);
    reader->at = taken ? token.end : reader->at;
    return taken;
}

bool reader_take_assign(Reader *reader)
{
    uint32_t start = reader->at;
    if (reader_take_symbol(reader, '=')) {
        return true;
    }
    if (reader_take_symbol(reader, ':') && reader->at < reader->body.len &&
        reader->body.at[reader->at] == '=') {
        reader->at++;
        return true;
    }
    reader->at = start;
    return false;
}

void reader_give(Reader *reader, PlpgsqlKind kind, Range range)
{
    reader->sink(reader->context, &(PlpgsqlPart){.kind = kind, .range = range});
}

void reader_skip(Reader *reader)
{
    for (;;) {
        Token token = reader_take(reader);
        if (token.kind == TOKEN_END || token_is_symbol(reader->body, token, ';')) {
            return;
        }
    }
}

void reader_refuse(Reader *reader, const char *message)
{
    Token token = reader_peek(reader);
    reader->sink(reader->context, &(PlpgsqlPart){.kind = PLPGSQL_REFUSED,
                                                 .range = {token.start, token.end},
                                                 .message = message});
    reader_skip(reader);
}

bool reader_name(Reader *reader)
{
    Token token = reader_peek(reader);
    if (!token_is_name(token)) {
        return false;
    }
    for (;;) {
        reader->at = token.end;
        Token dot = reader_peek(reader);
        token = token_is_symbol(reader->body, dot, '.') ? next_token(reader->body, dot.end)
                                                        : (Token){0};
        if (!token_is_name(token)) {
            return true;
        }
    }
}

/* Which of `stops` the token is, outside parentheses; 0 for none. */
static Stop stop_at(Str body, Token token, unsigned stops)
{
    static const struct {
        char symbol;
        Stop stop;
    } symbols[] = {{';', STOP_SEMICOLON}, {',', STOP_COMMA}, {')', STOP_CLOSE}};
    if (token.kind == TOKEN_WORD) {
        for (size_t i = 0; i < sizeof stop_words / sizeof *stop_words; i++) {
            if (stops & stop_words[i].stop && token_is_word(body, token, stop_words[i].word)) {
                return stop_words[i].stop;
            }
        }
        return 0;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (stops & symbols[i].stop && token_is_symbol(body, token, symbols[i].symbol)) {
            return symbols[i].stop;
        }
    }
    bool dots = stops & STOP_DOTS && token_is_symbol(body, token, '.') && token.end < body.len &&
                body.at[token.end] == '.';
    return dots ? STOP_DOTS : 0;
}

Stop reader_until(Reader *reader, unsigned stops, Range *range)
{
    size_t nested = 0;
    *range = (Range){reader_peek(reader).start, reader_peek(reader).start};
    for (;;) {
        Token token = reader_peek(reader);
        Stop stop = nested ? 0 : stop_at(reader->body, token, stops);
        if (stop) {
            reader->at = token.end + (stop == STOP_DOTS);
            return stop;
        }
        if (token.kind == TOKEN_END || token_is_symbol(reader->body, token, ';')) {
            reader->at = stops & STOP_SEMICOLON ? token.end : reader->at;
            return token.kind == TOKEN_END ? STOP_END : STOP_SEMICOLON;
        }
        char symbol = token.kind == TOKEN_SYMBOL ? reader->body.at[token.start] : '\0';
        nested += symbol == '(' || symbol == '[';
        nested -= nested && (symbol == ')' || symbol == ']');
        reader->at = token.end;
        range->end = token.end;
    }
}

Stop reader_sql(Reader *reader, unsigned stops, PlpgsqlKind kind)
{
    Range range;
    Stop stop = reader_until(reader, stops, &range);
    if (range.end > range.start) {
        reader_give(reader, kind, range);
    }
    if (range.end == range.start || !(stop & stops)) {
        if (stop == STOP_SEMICOLON && stops & STOP_SEMICOLON) {
            reader->at--; /* the refusal goes behind it again */
        }
        reader_refuse(reader, range.end == range.start ? "an expression is missing"
                                                       : "the statement ends too early");
        return STOP_END;
    }
    return stop;
}

uint32_t reader_into_target(Reader *reader)
{
    reader_take_word(reader, STR("strict"));
    uint32_t start = reader_peek(reader).start;
    uint32_t end;
    do {
        if (!reader_name(reader) && reader_peek(reader).kind != TOKEN_PARAMETER) {
            return 0;
        }
        if (reader_peek(reader).kind == TOKEN_PARAMETER) {
            reader_take(reader);
        }
        end = reader->at;
    } while (reader_take_symbol(reader, ','));
    reader_give(reader, PLPGSQL_TARGET, (Range){start, end});
    return end;
}

/* Where INTO is SQL's own: INSERT INTO, MERGE INTO, IMPORT FOREIGN SCHEMA … INTO. */
static bool is_own_into(Str body, Token first, Token before)
{
    return token_is_word(body, before, STR("insert")) ||
           token_is_word(body, before, STR("merge")) || token_is_word(body, first, STR("import"));
}

/* Reads an SQL statement up to its semicolon, which is taken, and gives it to the sink without its
 * INTO. */
static void read_statement(Reader *reader, uint32_t start)
{
    PlpgsqlPart part = {.kind = PLPGSQL_STATEMENT, .range = {start, start}};
    AtomicBlocks blocks = {0};
    size_t nested = 0;
    reader->at = start;
    Token first = reader_peek(reader);
    for (Token before = first, token = first;; before = token) {
        token = reader_take(reader);
        bool inside = nested || blocks.blocks;
        if (token.kind == TOKEN_END || (token_is_symbol(reader->body, token, ';') && !inside)) {
            break;
        }
        part.range.end = token.end;
        if (token_is_symbol(reader->body, token, '(')) {
            nested++;
        } else if (token_is_symbol(reader->body, token, ')')) {
            nested -= nested > 0;
        } else if (!nested) {
            cut_track_blocks(&blocks, reader->body, token);
        }
        if (token_is_word(reader->body, token, STR("into")) && !part.part.end &&
            !is_own_into(reader->body, first, before)) {
            uint32_t end = reader_into_target(reader);
            part.part = end ? (Range){token.start, end} : (Range){0};
            part.range.end = end ? end : part.range.end;
        }
    }
    reader->sink(reader->context, &part);
}

/* target := value. False, and nothing is taken, where the statement is no assignment. */
static bool read_assignment(Reader *reader)
{
    PlpgsqlPart part = {.kind = PLPGSQL_ASSIGNMENT};
    uint32_t start = reader->at;
    part.range.start = reader_take(reader).start;
    for (;;) {
        Token token = reader_peek(reader);
        if (reader_take_assign(reader)) {
            break;
        }
        if (token_is_symbol(reader->body, token, '[')) {
            size_t nested = 0;
            do {
                nested += reader_sees_symbol(reader, '[');
                nested -= reader_sees_symbol(reader, ']');
                token = reader_take(reader);
            } while (nested && token.kind != TOKEN_END && !reader_sees_symbol(reader, ';'));
        } else if (token_is_symbol(reader->body, token, '.') &&
                   token_is_name(next_token(reader->body, token.end))) {
            reader->at = next_token(reader->body, token.end).end;
        } else {
            reader->at = start;
            return false;
        }
    }
    Stop stop = reader_until(reader, STOP_SEMICOLON, &part.part);
    part.range.end = part.part.end;
    if (stop != STOP_SEMICOLON || part.part.end == part.part.start) {
        reader->at -= stop == STOP_SEMICOLON;
        reader_refuse(reader, "an assignment without a value or an end");
    } else {
        reader->sink(reader->context, &part);
    }
    return true;
}

/* Words that never are variables. Source: PostgreSQL 15, pl_reserved_kwlist.h. */
static bool is_reserved(Str body, Token token)
{
    static const Str words[] = {
        STR("all"),    STR("begin"),   STR("by"),   STR("case"),    STR("declare"), STR("else"),
        STR("end"),    STR("execute"), STR("for"),  STR("foreach"), STR("from"),    STR("if"),
        STR("in"),     STR("into"),    STR("loop"), STR("not"),     STR("null"),    STR("or"),
        STR("strict"), STR("then"),    STR("to"),   STR("using"),   STR("when"),    STR("while"),
    };
    for (size_t i = 0; token.kind == TOKEN_WORD && i < sizeof words / sizeof *words; i++) {
        if (token_is_word(body, token, words[i])) {
            return true;
        }
    }
    return false;
}

/* <<label>>, if one stands here. */
static bool read_label(Reader *reader)
{
    Str rest = str_slice(reader->body, reader_peek(reader).start, reader->body.len);
    if (!str_starts_with(rest, STR("<<"))) {
        return false;
    }
    reader_take(reader), reader_take(reader), reader_take(reader);
    if (!reader_take_symbol(reader, '>') || !reader_take_symbol(reader, '>')) {
        reader_refuse(reader, "a label without its end");
    }
    return true;
}

static void read_one(Reader *reader)
{
    Token first = reader_peek(reader);
    bool variable = (token_is_name(first) && !is_reserved(reader->body, first)) ||
                    first.kind == TOKEN_PARAMETER;
    if (read_label(reader) || (variable && read_assignment(reader))) {
        return;
    }
    reader_take(reader);
    if (token_is_symbol(reader->body, first, ';')) {
        return;
    }
    if (first.kind != TOKEN_WORD) {
        reader->at = first.start;
        reader_refuse(reader, "no statement begins like this");
    } else if (!reader_own_statement(reader, first)) {
        read_statement(reader, first.start);
    }
}

/* #option dump, #variable_conflict use_column … above the outermost block. */
static void read_options(Reader *reader)
{
    while (reader_take_symbol(reader, '#')) {
        reader_take(reader), reader_take(reader);
    }
}

void plpgsql_read(Arena *scratch, Str body, PlpgsqlSink *sink, void *context)
{
    Reader reader = {.scratch = scratch, .body = body, .sink = sink, .context = context};
    read_options(&reader);
    bool begun = false;
    while (reader_peek(&reader).kind != TOKEN_END) {
        if (reader.closed || (begun && !reader.open.count)) {
            reader_refuse(&reader, "something follows the end of the outermost block");
            continue;
        }
        read_one(&reader);
        begun |= reader.open.count > 0;
    }
    if (!reader.closed) {
        reader_refuse(&reader, "the body ends inside a block");
    }
}

bool plpgsql_has_label(Arena *scratch, Str body, Str name)
{
    for (size_t at = str_find(body, STR("<<")); at < body.len;) {
        Token label = token_next(body, at + 2);
        if (token_is_name(label) && str_equal(token_name(scratch, body, label), name)) {
            return true;
        }
        at += 2 + str_find(str_slice(body, at + 2, body.len), STR("<<"));
    }
    return false;
}
