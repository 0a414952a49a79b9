#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

/* Bytes that mean something inside a literal, and which holes they may begin. */
enum {
    STOP_LINE = 1,
    STOP_BACKSLASH = 2,
    STOP_DOLLAR = 4,
    STOP_BRACE = 8,
    STOP_HASH = 16,
    STOP_AT = 32,
    STOP_BACKTICK = 64,
    STOP_SWIFT = 128
};

static const uint8_t stop_of[256] = {
    ['\n'] = STOP_LINE,    ['\\'] = STOP_BACKSLASH | STOP_SWIFT,
    ['$'] = STOP_DOLLAR,   ['{'] = STOP_BRACE,
    ['#'] = STOP_HASH,     ['@'] = STOP_AT,
    ['`'] = STOP_BACKTICK,
};

static const uint8_t stops_of_holes[] = {
    [HOLES_NONE] = 0,
    [HOLES_TEMPLATE] = STOP_DOLLAR,
    [HOLES_KOTLIN] = STOP_DOLLAR,
    [HOLES_SCALA] = STOP_DOLLAR,
    [HOLES_RUBY] = STOP_HASH,
    [HOLES_ELIXIR] = STOP_HASH,
    [HOLES_SWIFT] = STOP_SWIFT,
    [HOLES_PYTHON] = STOP_BRACE,
    [HOLES_CSHARP] = STOP_BRACE,
    [HOLES_PHP] = STOP_DOLLAR | STOP_BRACE,
    [HOLES_PERL] = STOP_DOLLAR | STOP_AT,
    [HOLES_SHELL] = STOP_DOLLAR | STOP_BACKTICK,
};

uint32_t lexer_run_length(const Lexer *lexer, uint32_t at, char byte, uint32_t most)
{
    uint32_t length = 0;
    while (length < most && at + length < lexer->end && lexer->text[at + length] == byte) {
        length++;
    }
    return length;
}

/* Literals are read line by line once too many of them had no end. */
static bool spans_lines(const Lexer *lexer, const LexForm *form)
{
    return form->lines && lexer->restarts < LEXER_RESTARTS;
}

static unsigned stops_now(const Lexer *lexer, const LexForm *form)
{
    bool holes = lexer->depth < LEXER_DEPTH && lexer->restarts < LEXER_RESTARTS;
    return (holes ? stops_of_holes[form->holes] : 0u) | (form->protects ? STOP_BACKSLASH : 0u) |
           (lexer->heredoc_count || (!spans_lines(lexer, form)) ? STOP_LINE : 0u);
}

static void skip_plain(Lexer *lexer, const LexQuote *quote, unsigned stops)
{
    const char *text = lexer->text;
    uint32_t at = lexer->at;
    uint32_t end = lexer->end;
    char close = quote->close;
    char open = quote->open ? quote->open : close;
    if (!stops && close == open && close) {
        const char *found = memchr(text + at, close, end - at);
        lexer->at = found ? (uint32_t)(found - text) : end;
        return;
    }
    while (at < end) {
        char byte = text[at];
        if (byte == close || byte == open || stop_of[(unsigned char)byte] & stops) {
            break;
        }
        at++;
    }
    lexer->at = at;
}

/* The length of the closing delimiter at lexer->at; 0: it is none, and lexer->at is behind what it
 * is. */
static uint32_t read_close(Lexer *lexer, const LexQuote *quote, const LexForm *form)
{
    uint32_t wanted = quote->quotes;
    if (form->doubled && lexer_peek(lexer, 1) == quote->close) {
        lexer->at += 2;
        return 0;
    }
    uint32_t most = form->greedy ? UINT32_MAX : wanted;
    uint32_t length = lexer_run_length(lexer, lexer->at, quote->close, most);
    if (length < wanted) {
        lexer->at += length;
        return 0;
    }
    if (form->greedy) {
        lexer->at += length - wanted;
    }
    uint32_t marks = form->holes == HOLES_SWIFT ? quote->marks : 0;
    if (lexer_run_length(lexer, lexer->at + wanted, '#', marks) < marks) {
        lexer->at += 1;
        return 0;
    }
    return wanted + marks;
}

static void emit_piece(Lexer *lexer, LexBody *body, uint32_t end)
{
    if (body->piece < end) {
        lexer_emit(lexer, LEX_PIECE, body->piece, end);
    }
    body->piece = end;
}

uint32_t lexer_hole_open(Lexer *lexer, LexBody *body, uint32_t start, uint32_t expression)
{
    emit_piece(lexer, body, start);
    lexer->at = expression;
    return lexer_emit(lexer, LEX_HOLE, expression, expression);
}

void lexer_hole_close(Lexer *lexer, LexBody *body, uint32_t hole, uint32_t expression_end,
                      uint32_t end)
{
    lexer->tokens[hole].end = expression_end;
    lexer->tokens[hole].link = lexer->count;
    lexer->at = end;
    lexer->first = false;
    body->piece = end;
}

bool lexer_hole(Lexer *lexer, LexBody *body, uint32_t start, uint32_t expression, char open,
                char close)
{
    uint32_t hole = lexer_hole_open(lexer, body, start, expression);
    lexer->depth++;
    bool closed = lexer_run(lexer, open, close);
    lexer->depth--;
    if (closed) {
        lexer_hole_close(lexer, body, hole, lexer->at, lexer->at + 1);
    }
    return closed;
}

void lexer_name_hole(Lexer *lexer, LexBody *body, uint32_t start, Range name, uint32_t end)
{
    uint32_t hole = lexer_hole_open(lexer, body, start, name.start);
    lexer_emit(lexer, LEX_NAME, name.start, name.end);
    lexer_hole_close(lexer, body, hole, name.end, end);
}

/* What a byte that may begin a hole turned out to be. */
typedef enum { HOLE_TEXT, HOLE_READ, HOLE_LOST } HoleResult;

static HoleResult bracket_hole(Lexer *lexer, LexBody *body, uint32_t opener, char open, char close)
{
    uint32_t start = lexer->at;
    return lexer_hole(lexer, body, start, start + opener, open, close) ? HOLE_READ : HOLE_LOST;
}

/* Kotlin's $`name`. */
static HoleResult quoted_name_hole(Lexer *lexer, LexBody *body, uint32_t start, uint32_t quote)
{
    bool kotlin = lexer_forms[body->quote.form].holes == HOLES_KOTLIN;
    uint32_t end = kotlin ? lexer_find_on_line(lexer, quote + 1, '`') : 0;
    if (!end) {
        lexer->at = quote;
        return HOLE_TEXT;
    }
    lexer_name_hole(lexer, body, start, (Range){quote, end + 1}, end + 1);
    return HOLE_READ;
}

/* $name and ${expression} behind so many dollars. */
static HoleResult dollar_hole(Lexer *lexer, LexBody *body, uint32_t dollars, bool names)
{
    uint32_t start = lexer->at;
    uint32_t run = lexer_run_length(lexer, start, '$', UINT32_MAX);
    uint32_t behind = start + run;
    bool brace = lexer_byte(lexer, behind) == '{';
    if (run >= dollars && names && lexer_byte(lexer, behind) == '`') {
        return quoted_name_hole(lexer, body, behind - dollars, behind);
    }
    if (run < dollars || (!brace && !(names && lexer_begins_name(lexer, behind)))) {
        lexer->at = behind;
        return HOLE_TEXT;
    }
    lexer->at = behind - dollars;
    if (brace) {
        return bracket_hole(lexer, body, dollars + 1, '{', '}');
    }
    uint32_t end = behind;
    while (lexer_in_name(lexer, end) && lexer->text[end] != '$') {
        end++;
    }
    lexer_name_hole(lexer, body, behind - dollars, (Range){behind, end}, end);
    return HOLE_READ;
}

static HoleResult scala_hole(Lexer *lexer, LexBody *body)
{
    if (lexer_peek(lexer, 1) == '$' || lexer_peek(lexer, 1) == '"') {
        lexer->at += 2; /* $$ and $" are the byte behind the dollar */
        return HOLE_TEXT;
    }
    return dollar_hole(lexer, body, 1, true);
}

static HoleResult ruby_hole(Lexer *lexer, LexBody *body, bool variables)
{
    uint32_t start = lexer->at;
    if (lexer_peek(lexer, 1) == '{') {
        return bracket_hole(lexer, body, 2, '{', '}');
    }
    uint32_t name = start + 1 + lexer_run_length(lexer, start + 1, '@', 2);
    name += name == start + 1 && lexer_byte(lexer, name) == '$';
    if (!variables || name == start + 1 || !lexer_begins_name(lexer, name)) {
        lexer->at++;
        return HOLE_TEXT;
    }
    uint32_t end = lexer_name_end(lexer, name);
    lexer_name_hole(lexer, body, start, (Range){start + 1, end}, end);
    return HOLE_READ;
}

/* \(expression) behind so many #. */
static HoleResult swift_hole(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    uint32_t marks = body->quote.marks;
    uint32_t behind = start + 1 + lexer_run_length(lexer, start + 1, '#', marks);
    if (behind != start + 1 + marks || lexer_byte(lexer, behind) != '(') {
        bool escape = behind == start + 1 + marks && behind < lexer->end;
        lexer->at = escape && lexer->text[behind] != '\n' ? behind + 1 : behind;
        return HOLE_TEXT;
    }
    return bracket_hole(lexer, body, marks + 2, '(', ')');
}

static HoleResult formatted_hole(Lexer *lexer, LexBody *body, uint32_t start, uint32_t braces);

/* Behind an expression: !r and :format, with holes of their own, up to the braces that end the
 * hole. */
static HoleResult read_format(Lexer *lexer, LexBody *body, uint32_t braces)
{
    const LexForm *form = &lexer_forms[body->quote.form];
    while (lexer->at < lexer->end && lexer->text[lexer->at] != '}') {
        char byte = lexer->text[lexer->at];
        if (byte == body->quote.close || (byte == '\n' && !form->lines)) {
            body->piece = lexer->at;
            return HOLE_READ;
        }
        if (byte == '{' && form->holes == HOLES_PYTHON && lexer->depth < LEXER_DEPTH) {
            body->piece = lexer->at;
            lexer->depth++;
            HoleResult result = formatted_hole(lexer, body, lexer->at, 1);
            lexer->depth--;
            if (result != HOLE_READ) {
                return result;
            }
        } else {
            lexer->at++;
        }
    }
    lexer->at += lexer_run_length(lexer, lexer->at, '}', braces);
    body->piece = lexer->at;
    return lexer->at < lexer->end ? HOLE_READ : HOLE_LOST;
}

static HoleResult formatted_hole(Lexer *lexer, LexBody *body, uint32_t start, uint32_t braces)
{
    uint32_t hole = lexer_hole_open(lexer, body, start, start + braces);
    lexer->depth++;
    bool closed = lexer_run(lexer, LEXER_FORMATTED, '}');
    lexer->depth--;
    if (!closed) {
        return HOLE_LOST;
    }
    lexer_hole_close(lexer, body, hole, lexer->at, lexer->at);
    return read_format(lexer, body, braces);
}

/* {expression}; {{ is a brace, but where a raw string says how many braces begin a hole. */
static HoleResult brace_hole(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    uint32_t braces = body->quote.marks ? body->quote.marks : 1;
    uint32_t run = lexer_run_length(lexer, start, '{', UINT32_MAX);
    if (!body->quote.marks && run % 2 == 0) {
        lexer->at += run;
        return HOLE_TEXT;
    }
    if (run < braces) {
        lexer->at += run;
        return HOLE_TEXT;
    }
    return formatted_hole(lexer, body, start + run - braces, braces);
}

static HoleResult read_hole(Lexer *lexer, LexBody *body)
{
    bool read;
    switch (lexer_forms[body->quote.form].holes) {
    case HOLES_TEMPLATE:
        return dollar_hole(lexer, body, 1, false);
    case HOLES_KOTLIN:
        return dollar_hole(lexer, body, body->quote.marks, true);
    case HOLES_SCALA:
        return scala_hole(lexer, body);
    case HOLES_RUBY:
        return ruby_hole(lexer, body, true);
    case HOLES_ELIXIR:
        return ruby_hole(lexer, body, false);
    case HOLES_SWIFT:
        return swift_hole(lexer, body);
    case HOLES_PYTHON:
    case HOLES_CSHARP:
        return brace_hole(lexer, body);
    case HOLES_PHP:
        read = lexer_php_hole(lexer, body);
        break;
    case HOLES_PERL:
        read = lexer_perl_hole(lexer, body);
        break;
    default:
        read = lexer_shell_hole(lexer, body);
    }
    lexer->at += !read;
    return lexer->missed ? HOLE_LOST : read ? HOLE_READ : HOLE_TEXT;
}

/* Passes over a backslash and what it protects; false at a line's end where none may be. */
static bool skip_escape(Lexer *lexer, const LexForm *form)
{
    char next = lexer_peek(lexer, 1);
    bool line = next == '\n' || (next == '\r' && lexer_peek(lexer, 2) == '\n');
    bool joins = form->lines || form->role == LEX_TEXT;
    if (line && (!joins || (form->escapes && !form->escapes->joins && !form->lines))) {
        lexer->at++;
        return false;
    }
    uint32_t length = line && next == '\r' ? 3 : 2;
    lexer->at += length < lexer->end - lexer->at ? length : lexer->end - lexer->at;
    return true;
}

/* A line's end inside a literal; false where it ends the literal. */
static bool read_line(Lexer *lexer, LexBody *body, const LexForm *form)
{
    if (body->quote.close && !spans_lines(lexer, form)) {
        lexer->at -= lexer->text[lexer->at - 1] == '\r' && lexer->at > body->quote.content;
        return false;
    }
    lexer->at++;
    if (lexer->heredoc_count) {
        emit_piece(lexer, body, lexer->at);
        lexer_heredoc_bodies(lexer);
        body->piece = lexer->at;
    }
    return true;
}

/* Reads up to the closing delimiter and gives its length; 0: there was none, and lexer->at is at
 * the line's or the text's end, or a hole was not closed (*lost). */
static uint32_t read_inside(Lexer *lexer, LexBody *body, bool *lost)
{
    const LexQuote *quote = &body->quote;
    const LexForm *form = &lexer_forms[quote->form];
    uint32_t level = 0;
    *lost = false;
    while (lexer->at < lexer->end) {
        unsigned stops = stops_now(lexer, form);
        skip_plain(lexer, quote, stops);
        if (lexer->at >= lexer->end) {
            break;
        }
        char byte = lexer->text[lexer->at];
        if (byte == quote->close && level == 0 && byte) {
            uint32_t length = read_close(lexer, quote, form);
            if (length) {
                return length;
            }
        } else if (byte == '\\' && stops & STOP_BACKSLASH && !(stops & STOP_SWIFT)) {
            if (!skip_escape(lexer, form)) {
                return 0;
            }
        } else if (quote->open && (byte == quote->open || byte == quote->close)) {
            level += byte == quote->open ? 1 : -1u;
            lexer->at++;
        } else if (byte == '\n') {
            if (!read_line(lexer, body, form)) {
                return 0;
            }
        } else if (stop_of[(unsigned char)byte] & stops) {
            if (read_hole(lexer, body) == HOLE_LOST) {
                *lost = true;
                return 0;
            }
        } else {
            lexer->at++;
        }
    }
    return 0;
}

/* What is taken back when a literal is given up. */
typedef struct {
    size_t comments;
    unsigned heredoc_count;
    LexHeredoc heredocs[LEXER_HEREDOCS];
} Mark;

static void set_mark(const Lexer *lexer, Mark *mark)
{
    mark->comments = lexer->comments.count;
    mark->heredoc_count = lexer->heredoc_count;
    if (lexer->heredoc_count) {
        memcpy(mark->heredocs, lexer->heredocs, sizeof *mark->heredocs * lexer->heredoc_count);
    }
}

static void go_back(Lexer *lexer, const Mark *mark, uint32_t count)
{
    lexer->count = count;
    lexer->comments.count = mark->comments;
    lexer->heredoc_count = mark->heredoc_count;
    memcpy(lexer->heredocs, mark->heredocs, sizeof *mark->heredocs * mark->heredoc_count);
    lexer->missed = false;
    lexer->first = false;
}

static void give_up(Lexer *lexer, const LexQuote *quote, uint32_t index, const Mark *mark)
{
    go_back(lexer, mark, index + 1);
    lexer->restarts++;
    uint32_t end = lexer_line_end(lexer, quote->content);
    lexer->tokens[index].end = lexer->at = end > quote->content ? end : quote->content;
}

bool lexer_quote(Lexer *lexer, LexQuote quote)
{
    Mark mark;
    set_mark(lexer, &mark);
    uint32_t index = lexer_emit(lexer, LEX_STRING, quote.start, quote.content);
    LexBody body = {.quote = quote, .piece = quote.content};
    const LexForm *form = &lexer_forms[quote.form];
    bool lost;
    lexer->tokens[index].form = quote.form & 127;
    lexer->tokens[index].open = (quote.content - quote.start) & 255;
    lexer->at = quote.content;
    bool lines = spans_lines(lexer, form);
    uint32_t close = read_inside(lexer, &body, &lost);
    if (!close && (lost || lines)) {
        if (lost && lexer->depth && lexer->restarts >= LEXER_RESTARTS) {
            lexer->lost = true;
            return true;
        }
        lexer->lost = false;
        give_up(lexer, &quote, index, &mark);
    } else {
        if (lexer->count > index + 1) {
            emit_piece(lexer, &body, lexer->at);
        }
        lexer->tokens[index].end = lexer->at + close;
        lexer->at += close;
    }
    lexer->tokens[index].broken = !close;
    lexer->tokens[index].close = close & 255;
    lexer->tokens[index].link = lexer->count;
    return true;
}

void lexer_inside(Lexer *lexer, uint8_t form, uint32_t end)
{
    Mark mark;
    set_mark(lexer, &mark);
    uint32_t outer_end = lexer->end;
    uint32_t count = lexer->count;
    LexBody body = {.quote = {.form = form, .content = lexer->at}, .piece = lexer->at};
    bool lost;
    lexer->end = end;
    read_inside(lexer, &body, &lost);
    if (lost) {
        lexer->restarts++;
        lexer->lost = false;
        go_back(lexer, &mark, count);
    } else if (lexer->count > count) {
        emit_piece(lexer, &body, end);
    }
    lexer->end = outer_end;
    lexer->at = end;
}

bool lexer_literal(Lexer *lexer, uint32_t start, uint32_t end, uint8_t form, uint32_t open,
                   uint32_t close)
{
    uint32_t index = lexer_emit(lexer, LEX_STRING, start, end);
    lexer->tokens[index].form = form & 127;
    lexer->tokens[index].open = open & 255;
    lexer->tokens[index].close = close & 255;
    lexer->tokens[index].link = lexer->count;
    lexer->at = end;
    return true;
}

bool lexer_simple(Lexer *lexer, uint8_t form)
{
    return lexer_quote(lexer, (LexQuote){.start = lexer->at,
                                         .content = lexer->at + 1,
                                         .form = form,
                                         .close = lexer->text[lexer->at],
                                         .quotes = 1,
                                         .marks = lexer_forms[form].holes == HOLES_KOTLIN});
}

bool lexer_character(Lexer *lexer, uint32_t start, uint8_t form)
{
    uint32_t content = lexer->at + 1;
    uint32_t at = content;
    if (content <= lexer->character_lost) {
        return false;
    }
    for (; at < lexer->end && lexer->text[at] != '\n'; at++) {
        char byte = lexer->text[at];
        if (byte == '\'' && at > content) {
            return lexer_literal(lexer, start, at + 1, form, content - start, 1);
        }
        at += byte == '\\';
    }
    lexer->character_lost = at;
    return false;
}
