#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

/* Makes room for as many tokens as the text will have if it goes on as it began. */
static void grow(Lexer *lexer)
{
    double share = lexer->at ? (double)lexer->count / lexer->at : 0;
    size_t expected = lexer->count + (size_t)(share * 1.1 * (lexer->end - lexer->at)) + 16;
    size_t least = lexer->capacity + lexer->capacity / 2;
    lexer->capacity = expected > least ? expected : least;
    LexToken *grown = arena_take_raw(lexer->arena, lexer->capacity * sizeof *grown);
    memcpy(grown, lexer->tokens, lexer->count * sizeof *grown);
    lexer->tokens = grown;
}

uint32_t lexer_emit(Lexer *lexer, LexKind kind, uint32_t start, uint32_t end)
{
    if (lexer->count == lexer->capacity) {
        grow(lexer);
    }
    bool joined = lexer->count && lexer->tokens[lexer->count - 1].end == start;
    lexer->tokens[lexer->count] = (LexToken){.start = start,
                                             .end = end,
                                             .kind = kind,
                                             .first = lexer->first,
                                             .joined = joined && !lexer->first};
    lexer->first = false;
    return lexer->count++;
}

bool lexer_take(Lexer *lexer, LexKind kind, uint32_t start, uint32_t end)
{
    lexer_emit(lexer, kind, start, end);
    lexer->at = end;
    return true;
}

uint32_t lexer_name_end(const Lexer *lexer, uint32_t at)
{
    const uint8_t *bytes = lexer->rules->bytes;
    while (at < lexer->end) {
        uint8_t byte = bytes[(unsigned char)lexer->text[at]];
        if (byte != BYTE_NAME && byte != BYTE_DIGIT) {
            break;
        }
        at++;
    }
    return at;
}

uint32_t lexer_find(const Lexer *lexer, uint32_t at, Str needle)
{
    at = at < lexer->end ? at : lexer->end;
    return at + (uint32_t)str_find((Str){.at = lexer->text + at, .len = lexer->end - at}, needle);
}

bool lexer_has(const Lexer *lexer, uint32_t at, Str text)
{
    return at <= lexer->end && lexer->end - at >= text.len &&
           memcmp(lexer->text + at, text.at, text.len) == 0;
}

uint32_t lexer_find_on_line(const Lexer *lexer, uint32_t at, char byte)
{
    while (at < lexer->end && lexer->text[at] != '\n') {
        if (lexer->text[at] == byte) {
            return at;
        }
        at++;
    }
    return 0;
}

uint32_t lexer_line_end(const Lexer *lexer, uint32_t at)
{
    uint32_t end = lexer_find(lexer, at, STR("\n"));
    return end > at && end < lexer->end && lexer->text[end - 1] == '\r' ? end - 1 : end;
}

char lexer_closing(char open)
{
    switch (open) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case '<':
        return '>';
    default:
        return open;
    }
}

/* Operators of two bytes, as bits: what may follow the first one. */
enum {
    THEN_EQUALS = 1,
    THEN_GREATER = 2,
    THEN_LESS = 4,
    THEN_PLUS = 8,
    THEN_MINUS = 16,
    THEN_AND = 32,
    THEN_OR = 64,
    THEN_QUESTION = 128,
    THEN_DOT = 256,
    THEN_COLON = 512,
    THEN_TILDE = 1024,
    THEN_STAR = 2048,
    THEN_SLASH = 4096,
};
static const uint16_t second_is[128] = {
    ['='] = THEN_EQUALS, ['>'] = THEN_GREATER, ['<'] = THEN_LESS,  ['+'] = THEN_PLUS,
    ['-'] = THEN_MINUS,  ['&'] = THEN_AND,     ['|'] = THEN_OR,    ['?'] = THEN_QUESTION,
    ['.'] = THEN_DOT,    [':'] = THEN_COLON,   ['~'] = THEN_TILDE, ['*'] = THEN_STAR,
    ['/'] = THEN_SLASH,
};
static const uint16_t may_follow[128] = {
    ['+'] = THEN_EQUALS | THEN_PLUS,
    ['-'] = THEN_EQUALS | THEN_MINUS | THEN_GREATER,
    ['*'] = THEN_EQUALS | THEN_STAR,
    ['/'] = THEN_EQUALS | THEN_SLASH,
    ['%'] = THEN_EQUALS,
    ['^'] = THEN_EQUALS,
    ['~'] = THEN_EQUALS,
    ['='] = THEN_EQUALS | THEN_GREATER | THEN_TILDE,
    ['!'] = THEN_EQUALS | THEN_TILDE,
    ['<'] = THEN_EQUALS | THEN_LESS | THEN_GREATER | THEN_MINUS,
    ['>'] = THEN_EQUALS,
    ['&'] = THEN_EQUALS | THEN_AND | THEN_DOT,
    ['|'] = THEN_EQUALS | THEN_OR | THEN_GREATER,
    ['?'] = THEN_QUESTION | THEN_DOT | THEN_COLON,
    [':'] = THEN_COLON | THEN_EQUALS,
    ['.'] = THEN_DOT | THEN_EQUALS,
};

static uint32_t operator_length(const Lexer *lexer)
{
    unsigned char first = (unsigned char)lexer->text[lexer->at];
    unsigned char second = (unsigned char)lexer_peek(lexer, 1);
    if (first >= 128 || second >= 128 || !(may_follow[first] & second_is[second])) {
        return 1;
    }
    char third = lexer_peek(lexer, 2);
    bool three = (third == '=' && (first == second || (first == '!' && second == '=')) &&
                  first != '+' && first != '-' && first != ':' && first != '.') ||
                 (third == '.' && first == '.' && second == '.') ||
                 (third == '>' && first == '<' && second == '=') ||
                 (third == '<' && first == '.' && second == '.');
    return three ? 3 : 2;
}

static bool is_exponent(const Lexer *lexer, uint32_t start, uint32_t at)
{
    char sign = lexer->text[at];
    char mark = char_to_lower(lexer->text[at - 1]);
    bool hexadecimal = at - start > 1 && char_to_lower(lexer->text[start + 1]) == 'x';
    return (sign == '+' || sign == '-') && mark == (hexadecimal ? 'p' : 'e') &&
           char_is_digit(lexer_byte(lexer, at + 1));
}

static void read_number(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t at = start + 1;
    for (; at < lexer->end; at++) {
        char byte = lexer->text[at];
        bool goes_on =
            lexer_in_name(lexer, at) || (byte == '.' && char_is_digit(lexer_byte(lexer, at + 1))) ||
            (byte == '\'' && lexer->rules->digit_quotes && lexer_in_name(lexer, at + 1)) ||
            is_exponent(lexer, start, at);
        if (!goes_on) {
            break;
        }
    }
    lexer_take(lexer, LEX_NUMBER, start, at);
}

static void read_name(Lexer *lexer)
{
    uint32_t start = lexer->at;
    const LexRules *rules = lexer->rules;
    uint32_t end = lexer_name_end(lexer, start + 1);
    if (rules->word) {
        char next = lexer_byte(lexer, end);
        if (rules->every_word || next == '"' || next == '\'' || next == '#' || next == '`') {
            lexer->at = end;
            if (rules->word(lexer, start)) {
                return;
            }
        }
    }
    lexer_take(lexer, LEX_NAME, start, end);
}

static void read_operator(Lexer *lexer)
{
    lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + operator_length(lexer));
}

/* A backslash before a line's end joins the two lines: only white space stands there then. */
static void read_line_end(Lexer *lexer)
{
    lexer->at++;
    lexer->first = true;
    if (lexer->heredoc_count) {
        lexer_heredoc_bodies(lexer);
    }
}

static bool joins_lines(const Lexer *lexer)
{
    return lexer->text[lexer->at] == '\\' &&
           (lexer_peek(lexer, 1) == '\n' ||
            (lexer_peek(lexer, 1) == '\r' && lexer_peek(lexer, 2) == '\n'));
}

static void read_symbol(Lexer *lexer)
{
    if (joins_lines(lexer)) {
        lexer->at += lexer_peek(lexer, 1) == '\r' ? 3 : 2;
        return;
    }
    read_operator(lexer);
}

/* A colon before a format, or Python's ! before a conversion; C#'s a::b is an expression. */
static bool ends_expression(const Lexer *lexer, unsigned char byte)
{
    bool conversions = lexer->rules->conversions;
    char next = lexer_peek(lexer, 1);
    return byte == ':' ? conversions || next != ':' : byte == '!' && conversions && next != '=';
}

bool lexer_run(Lexer *lexer, char open, char close)
{
    uint32_t same = 0;  /* brackets `open` that are open */
    uint32_t inner = 0; /* brackets of any kind that are open */
    bool formatted = open == LEXER_FORMATTED;
    open = formatted ? '{' : open;
    while (lexer->at < lexer->end && !lexer->lost) {
        const uint8_t *bytes = lexer->rules->bytes;
        unsigned char byte = (unsigned char)lexer->text[lexer->at];
        switch (bytes[byte]) {
        case BYTE_SPACE:
            lexer->at++;
            break;
        case BYTE_LINE:
            read_line_end(lexer);
            break;
        case BYTE_NAME:
            read_name(lexer);
            break;
        case BYTE_DIGIT:
            read_number(lexer);
            break;
        case BYTE_OPEN:
            same += byte == (unsigned char)open;
            inner++;
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
            break;
        case BYTE_CLOSE:
            if (byte == (unsigned char)close && !lexer->cases && same-- == 0) {
                return true;
            }
            inner -= inner > 0;
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
            break;
        case BYTE_SPECIAL:
            if (!lexer->rules->special(lexer, (char)byte)) {
                read_symbol(lexer);
            }
            break;
        default:
            if (formatted && inner == 0 && ends_expression(lexer, byte)) {
                return true;
            }
            read_symbol(lexer);
        }
    }
    return close == '\0' && !lexer->lost;
}

Str lexer_last(const Lexer *lexer)
{
    if (!lexer->count) {
        return STR(";");
    }
    LexToken last = lexer->tokens[lexer->count - 1];
    return (Str){.at = lexer->text + last.start, .len = last.end - last.start};
}

bool lexer_behind_value(const Lexer *lexer)
{
    if (!lexer->count) {
        return false;
    }
    LexToken last = lexer->tokens[lexer->count - 1];
    if (last.kind == LEX_HOLE || last.kind == LEX_BODY) {
        /* A hole just begun, or a line just begun behind a heredoc. */
        return false;
    }
    char byte = lexer->text[last.start];
    return last.kind != LEX_SYMBOL || byte == ')' || byte == ']' || byte == '}';
}

void lexer_island(Lexer *lexer, const LexRules *rules, uint32_t end)
{
    const LexRules *outer = lexer->rules;
    uint32_t outer_end = lexer->end;
    lexer->rules = rules;
    lexer->end = end;
    lexer->first = true;
    lexer->comment_lost = false;
    lexer->heredoc_count = 0;
    lexer_run(lexer, '\0', '\0');
    lexer->rules = outer;
    lexer->end = outer_end;
    lexer->at = end;
}

static void read_text(Lexer *lexer)
{
    if (lexer_has(lexer, 0, STR("\xef\xbb\xbf"))) {
        lexer->at = 3;
    }
    if (lexer_has(lexer, lexer->at, STR("#!")) && lexer_peek(lexer, 2) != '[') {
        lexer_line_comment(lexer, false);
    }
    if (lexer->rules->document) {
        lexer->rules->document(lexer);
    } else {
        lexer_run(lexer, '\0', '\0');
    }
    if (lexer->heredoc_count) {
        lexer_heredoc_bodies(lexer); /* empty ones: no line follows their openers */
    }
}

LexFile lexer_read(Arena *arena, const Language *language, Str text)
{
    if (text.len >= UINT32_MAX) {
        return (LexFile){.text = text, .language = language};
    }
    /* Code has about a token for every six to ten bytes, minified code one for every three. */
    Lexer lexer = {.arena = arena,
                   .text = text.at,
                   .end = (uint32_t)text.len,
                   .rules = language->rules,
                   .capacity = text.len / 6 + 16,
                   .first = true};
    lexer.tokens = arena_take_raw(arena, lexer.capacity * sizeof *lexer.tokens);
    read_text(&lexer);
    return (LexFile){.text = text,
                     .language = language,
                     .tokens = lexer.tokens,
                     .count = lexer.count,
                     .comments = lexer.comments.at,
                     .comment_count = (uint32_t)lexer.comments.count};
}
