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
        lexer_piece(lexer, body, lexer->at);
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
            if (lexer_any_hole(lexer, body) == HOLE_LOST) {
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
            lexer_piece(lexer, &body, lexer->at);
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
        lexer_piece(lexer, &body, end);
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
