#include "lexer/lexer_state.h"

#include "base/banned.h"

static const uint8_t php_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL,
    ['#'] = BYTE_SPECIAL,    ['/'] = BYTE_SPECIAL, ['`'] = BYTE_SPECIAL,
    ['?'] = BYTE_SPECIAL,    ['<'] = BYTE_SPECIAL, ['$'] = BYTE_NAME};

/* Passes over what is outside of <?php and <?=. */
static void skip_html(Lexer *lexer)
{
    while ((lexer->at = lexer_find(lexer, lexer->at, STR("<?"))) < lexer->end) {
        lexer->at += 2;
        Str word = str_slice((Str){.at = lexer->text, .len = lexer->end}, lexer->at, lexer->at + 3);
        if (str_equal_nocase(word, STR("php"))) {
            lexer->at += 3;
            break;
        }
        if (lexer_peek(lexer, 0) == '=') {
            lexer->at++;
            break;
        }
        if (char_is_space(lexer_peek(lexer, 0))) {
            break;
        }
    }
    lexer->first = true;
}

/* A comment ends before ?> too. */
static bool read_line_comment(Lexer *lexer)
{
    uint32_t end = lexer->at;
    while (end < lexer->end && lexer->text[end] != '\n' && !lexer_has(lexer, end, STR("?>"))) {
        end++;
    }
    return lexer_comment(lexer, lexer->at, end);
}

/* Where the line's word that ends a heredoc begins, white space before it in *line; lexer->end if
 * nothing does. */
static uint32_t find_heredoc_end(const Lexer *lexer, uint32_t at, Str tag, uint32_t *line)
{
    uint32_t content = at;
    while ((at = lexer_find(lexer, at, tag)) < lexer->end) {
        *line = at;
        while (*line > content &&
               (lexer->text[*line - 1] == ' ' || lexer->text[*line - 1] == '\t')) {
            (*line)--;
        }
        uint32_t behind = at + (uint32_t)tag.len;
        if ((*line == content || lexer->text[*line - 1] == '\n') && !lexer_in_name(lexer, behind)) {
            return at;
        }
        at = behind;
    }
    return lexer->end;
}

static void read_heredoc_body(Lexer *lexer, uint32_t start, uint32_t content, uint8_t form,
                              Range close)
{
    uint32_t index = lexer->count;
    lexer_literal(lexer, start, close.end, form, content - start, close.end - close.start);
    lexer->at = content;
    lexer_inside(lexer, form, close.start);
    lexer->tokens[index].link = lexer->count;
    lexer->at = close.end;
}

/* <<<TAG, <<<"TAG" and <<<'TAG' */
static bool read_heredoc(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t at = start + 3;
    while (lexer_byte(lexer, at) == ' ' || lexer_byte(lexer, at) == '\t') {
        at++;
    }
    char quote = lexer_byte(lexer, at);
    bool quoted = quote == '"' || quote == '\'';
    at += quoted;
    uint32_t end = lexer_name_end(lexer, at);
    Str tag = {.at = lexer->text + at, .len = end - at};
    uint32_t line = lexer_line_end(lexer, end);
    if (!lexer_begins_name(lexer, at) || (quoted && lexer_byte(lexer, end) != quote) ||
        line != end + quoted || line >= lexer->end || lexer->searches >= LEXER_SEARCHES) {
        return false;
    }
    uint32_t content = lexer_find(lexer, line, STR("\n")) + 1;
    uint32_t indent;
    uint32_t close = find_heredoc_end(lexer, content, tag, &indent);
    if (close >= lexer->end || content - start > 255 || close + tag.len - indent > 255) {
        lexer->searches++;
        return false;
    }
    read_heredoc_body(lexer, start, content, quote == '\'' ? FORM_PHP_NOWDOC : FORM_PHP_HEREDOC,
                      (Range){indent, close + (uint32_t)tag.len});
    return true;
}

static bool php_special(Lexer *lexer, char byte)
{
    char next = lexer_peek(lexer, 1);
    switch (byte) {
    case '"':
        return lexer_simple(lexer, FORM_PHP);
    case '\'':
        return lexer_simple(lexer, FORM_PHP_SINGLE);
    case '`':
        return lexer_simple(lexer, FORM_PHP_COMMAND);
    case '#':
        return next != '[' && read_line_comment(lexer);
    case '/':
        return next == '/'   ? read_line_comment(lexer)
               : next == '*' ? lexer_block_comment(lexer, false)
                             : false;
    case '<':
        return lexer_has(lexer, lexer->at, STR("<<<")) && read_heredoc(lexer);
    default:
        if (next != '>') {
            return false;
        }
        lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 2);
        skip_html(lexer);
        return true;
    }
}

static void php_document(Lexer *lexer)
{
    lexer->at = 0;
    lexer->comments.count = 0;
    skip_html(lexer);
    lexer_run(lexer, '\0', '\0');
}

/* Behind $name: one [index] or ->property belongs to it. */
static uint32_t simple_hole_end(const Lexer *lexer, uint32_t end)
{
    if (lexer_byte(lexer, end) == '[') {
        uint32_t at = end + 1;
        while (lexer_in_name(lexer, at) || lexer_byte(lexer, at) == '-') {
            at++;
        }
        return at > end + 1 && lexer_byte(lexer, at) == ']' ? at + 1 : end;
    }
    uint32_t property = lexer_has(lexer, end, STR("->"))    ? end + 2
                        : lexer_has(lexer, end, STR("?->")) ? end + 3
                                                            : end;
    return property > end && lexer_begins_name(lexer, property) ? lexer_name_end(lexer, property)
                                                                : end;
}

static uint32_t variable_end(const Lexer *lexer, uint32_t at)
{
    while (lexer_in_name(lexer, at) && lexer->text[at] != '$') {
        at++;
    }
    return at;
}

bool lexer_php_hole(Lexer *lexer, LexBody *body)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (lexer->text[start] == '{') {
        lexer->missed = next == '$' && !lexer_hole(lexer, body, start, start + 1, '{', '}');
        return next == '$';
    }
    if (next == '{') {
        lexer->missed = !lexer_hole(lexer, body, start, start + 2, '{', '}');
        return true;
    }
    if (!lexer_begins_name(lexer, start + 1)) {
        return false;
    }
    uint32_t name = variable_end(lexer, start + 1);
    uint32_t end = simple_hole_end(lexer, name);
    uint32_t hole = lexer_hole_open(lexer, body, start, start);
    lexer_emit(lexer, LEX_NAME, start, name);
    lexer_hole_close(lexer, body, hole, end, end);
    return true;
}

const LexRules lexer_php = {.bytes = php_bytes, .special = php_special, .document = php_document};
