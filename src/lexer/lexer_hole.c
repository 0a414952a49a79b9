/* Holes in literals: expressions that the run time fills in, by the form of the literal. */
#include "lexer/lexer_state.h"

#include "base/banned.h"

uint32_t lexer_hole_open(Lexer *lexer, LexBody *body, uint32_t start, uint32_t expression)
{
    lexer_piece(lexer, body, start);
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

HoleResult lexer_any_hole(Lexer *lexer, LexBody *body)
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
