/* Perl's variables, in code and in literals. */
#include "lexer/lexer_state.h"

#include "base/banned.h"

/* The end of a variable's name: Foo::bar, digits, or one sign of punctuation. */
static uint32_t variable_end(const Lexer *lexer, uint32_t at, bool signs)
{
    uint32_t end = at;
    while (lexer_in_name(lexer, end) ||
           (lexer_has(lexer, end, STR("::")) && lexer_in_name(lexer, end + 2))) {
        end += lexer->text[end] == ':' ? 2 : 1;
    }
    if (end > at || !signs || at >= lexer->end || char_is_space(lexer->text[at])) {
        return end;
    }
    if (lexer->text[at] == '^' && char_is_alpha(lexer_byte(lexer, at + 1))) {
        return at + 2;
    }
    return lexer->text[at] == '{' ? at : at + 1;
}

bool lexer_perl_variable(Lexer *lexer, char sigil)
{
    uint32_t start = lexer->at;
    uint32_t name = start + 1;
    name += sigil == '$' && lexer_byte(lexer, name) == '#' &&
            (lexer_begins_name(lexer, name + 1) || lexer_byte(lexer, name + 1) == '$' ||
             lexer_byte(lexer, name + 1) == '{');
    uint32_t dollars = lexer_run_length(lexer, name, '$', 8);
    if (lexer_begins_name(lexer, name + dollars) || lexer_byte(lexer, name + dollars) == '{') {
        name += dollars;
    }
    uint32_t end = variable_end(lexer, name, sigil == '$');
    return (end > start + 1 || lexer_byte(lexer, name) == '{') &&
           lexer_take(lexer, LEX_NAME, start, end);
}

/* Behind a variable in a string: [0], {key}, ->[0], ->{key}, as often as they stand there. */
static bool read_subscripts(Lexer *lexer)
{
    for (;;) {
        uint32_t at = lexer->at;
        at += lexer_has(lexer, at, STR("->[")) || lexer_has(lexer, at, STR("->{")) ? 2 : 0;
        char open = lexer_byte(lexer, at);
        char index = lexer_byte(lexer, at + 1);
        bool subscript =
            open == '{' || (open == '[' && (char_is_digit(index) || index == '$' || index == '-'));
        if (!subscript) {
            return true;
        }
        lexer_take(lexer, LEX_SYMBOL, at, at + 1);
        if (!lexer_run(lexer, open, lexer_closing(open))) {
            return false;
        }
        lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
    }
}

/* ${$x}, @{$x} with subscripts, which ${name} has none of. */
static void read_dereference(Lexer *lexer, LexBody *body, uint32_t start, uint32_t brace)
{
    uint32_t hole = lexer_hole_open(lexer, body, start, start);
    lexer_take(lexer, LEX_SYMBOL, start, brace + 1);
    lexer->depth++;
    lexer->missed = !lexer_run(lexer, '{', '}');
    if (!lexer->missed) {
        lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
        lexer->missed = !read_subscripts(lexer);
    }
    lexer->depth--;
    lexer_hole_close(lexer, body, hole, lexer->at, lexer->at);
}

/* $x, @x, $#x, with subscripts; ${…} and @{…}. */
bool lexer_perl_hole(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    uint32_t name = start + 1;
    bool count = lexer->text[start] == '$' && lexer_byte(lexer, name) == '#' &&
                 (lexer_begins_name(lexer, name + 1) || lexer_byte(lexer, name + 1) == '{' ||
                  lexer_byte(lexer, name + 1) == '$');
    name += count;
    name += lexer_run_length(lexer, name, '$', 8);
    if (lexer_byte(lexer, name) == '{' && lexer_byte(lexer, name + 1) == '$') {
        read_dereference(lexer, body, start, name);
        return true;
    }
    if (lexer_byte(lexer, name) == '{') {
        lexer->missed = !lexer_hole(lexer, body, start, name + 1, '{', '}');
        return true;
    }
    bool digit = lexer->text[start] == '$' && char_is_digit(lexer_byte(lexer, name));
    bool sign = lexer->text[start] == '$' &&
                (lexer_byte(lexer, name) == '&' || lexer_byte(lexer, name) == '!');
    if (!digit && !sign && !lexer_begins_name(lexer, name) &&
        !(lexer_has(lexer, name, STR("::")) && lexer_begins_name(lexer, name + 2))) {
        return false;
    }
    uint32_t end = variable_end(lexer, name, sign);
    uint32_t hole = lexer_hole_open(lexer, body, start, start);
    lexer_take(lexer, LEX_NAME, start, end);
    lexer->depth++;
    lexer->missed = !sign && !read_subscripts(lexer);
    lexer->depth--;
    lexer_hole_close(lexer, body, hole, lexer->at, lexer->at);
    return true;
}
