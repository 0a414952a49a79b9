#include "lexer/lexer_state.h"

#include "base/banned.h"

/* JSX: tags, attributes and expressions in braces become tokens; its text is passed over. */

static void skip_space(Lexer *lexer)
{
    while (lexer->at < lexer->end && char_is_space(lexer->text[lexer->at])) {
        lexer->first |= lexer->text[lexer->at] == '\n';
        lexer->at++;
    }
}

static bool read_braces(Lexer *lexer)
{
    lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
    lexer->depth++;
    bool closed = lexer_run(lexer, '{', '}');
    lexer->depth--;
    return closed && lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
}

/* TSX: <Table<Row> …> */
static bool read_type_arguments(Lexer *lexer)
{
    uint32_t level = 0;
    for (; lexer->at < lexer->end && lexer->text[lexer->at] != '\n'; lexer->at++) {
        level += lexer->text[lexer->at] == '<';
        if (lexer->text[lexer->at] == '>' && --level == 0) {
            lexer->at++;
            return true;
        }
    }
    return false;
}

static uint32_t tag_name_end(const Lexer *lexer, uint32_t at)
{
    while (lexer_in_name(lexer, at) || lexer_byte(lexer, at) == '.' ||
           lexer_byte(lexer, at) == ':' || lexer_byte(lexer, at) == '-') {
        at++;
    }
    return at;
}

/* One thing inside a tag; false where none of JSX stands. */
static bool read_attribute(Lexer *lexer)
{
    char byte = lexer->text[lexer->at];
    if (byte == '{') {
        return read_braces(lexer);
    }
    if (byte == '"' || byte == '\'') {
        return lexer_simple(lexer, FORM_JSX);
    }
    if (byte == '=') {
        return lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
    }
    if (byte == '/') {
        return lexer_peek(lexer, 1) == '*'   ? lexer_block_comment(lexer, false)
               : lexer_peek(lexer, 1) == '/' ? lexer_line_comment(lexer, false)
                                             : false;
    }
    if (byte == '<') {
        return str_equal(lexer_last(lexer), STR("=")) && lexer_jsx(lexer);
    }
    uint32_t end = tag_name_end(lexer, lexer->at);
    return end > lexer->at && lexer_take(lexer, LEX_NAME, lexer->at, end);
}

/* Reads the tag at lexer->at; *level counts the elements that are open. */
static bool read_tag(Lexer *lexer, uint32_t *level)
{
    lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
    skip_space(lexer);
    bool closes = lexer_peek(lexer, 0) == '/';
    if (closes) {
        lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
        skip_space(lexer);
    }
    uint32_t name = lexer->at;
    uint32_t end = tag_name_end(lexer, name);
    if (end > name) {
        lexer_take(lexer, LEX_NAME, name, end);
        if (lexer_peek(lexer, 0) == '<' && !read_type_arguments(lexer)) {
            return false;
        }
    }
    for (;;) {
        skip_space(lexer);
        char byte = lexer_peek(lexer, 0);
        bool empty = byte == '/' && lexer_peek(lexer, 1) == '>';
        if (byte == '>' || empty) {
            *level += closes ? -1u : empty ? 0 : 1;
            return lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1 + empty);
        }
        if (lexer->at >= lexer->end || !read_attribute(lexer) || lexer->lost) {
            return false;
        }
    }
}

static bool read_element(Lexer *lexer)
{
    uint32_t level = 0;
    do {
        char byte = lexer_peek(lexer, 0);
        if (byte == '<' ? !read_tag(lexer, &level) : byte == '{' && !read_braces(lexer)) {
            return false;
        }
        while (level && lexer->at < lexer->end && lexer->text[lexer->at] != '<' &&
               lexer->text[lexer->at] != '{') {
            lexer->at++;
        }
    } while (level && lexer->at < lexer->end);
    return level == 0;
}

/* TypeScript's <T,>(x) => and <T extends U>(x) => are no elements. */
static bool is_generic(const Lexer *lexer)
{
    uint32_t at = tag_name_end(lexer, lexer->at + 1);
    if (lexer_has(lexer, lexer->at + 1, STR("const "))) {
        return true;
    }
    while (lexer_byte(lexer, at) == ' ') {
        at++;
    }
    char behind = lexer_byte(lexer, at + 7);
    return lexer_byte(lexer, at) == ',' ||
           (lexer_has(lexer, at, STR("extends")) && behind != '=' && behind != '>');
}

bool lexer_jsx(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t count = lexer->count;
    size_t comments = lexer->comments.count;
    bool first = lexer->first;
    bool begins = lexer_begins_name(lexer, start + 1) || lexer_byte(lexer, start + 1) == '>';
    if (!begins || lexer->depth >= LEXER_DEPTH || lexer->restarts >= LEXER_RESTARTS ||
        is_generic(lexer)) {
        return false;
    }
    if (read_element(lexer)) {
        return true;
    }
    lexer->restarts += lexer->at >= lexer->end || lexer->at - start > 512;
    lexer->lost = lexer->depth && (lexer->lost || lexer->restarts >= LEXER_RESTARTS);
    lexer->at = start;
    lexer->count = count;
    lexer->comments.count = comments;
    lexer->first = first;
    return false;
}
