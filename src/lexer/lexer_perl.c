#include "lexer/lexer_state.h"

#include <string.h>

#include "base/banned.h"

/* Perl finds a literal's end before it looks inside: no hole can hide the delimiter. */

static const uint8_t perl_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL,
    ['`'] = BYTE_SPECIAL,    ['/'] = BYTE_SPECIAL, ['%'] = BYTE_SPECIAL,  ['<'] = BYTE_SPECIAL,
    ['@'] = BYTE_SPECIAL,    ['$'] = BYTE_SPECIAL, ['='] = BYTE_SPECIAL};

/* The quote-like operators of perlop. */
static const struct {
    Str name;
    uint8_t form;
    unsigned parts;
} operators[] = {
    {STR("q"), FORM_PERL_SINGLE, 1},    {STR("qq"), FORM_PERL, 1},
    {STR("qw"), FORM_PERL_WORDS, 1},    {STR("qr"), FORM_PERL_REGEX, 1},
    {STR("qx"), FORM_PERL_COMMAND, 1},  {STR("m"), FORM_PERL_REGEX, 1},
    {STR("s"), FORM_PERL_REGEX, 2},     {STR("tr"), FORM_PERL_REGEX_RAW, 2},
    {STR("y"), FORM_PERL_REGEX_RAW, 2},
};

/* The delimiter that ends what begins with the one at `open`; lexer->end: none does. */
static uint32_t find_close(Lexer *lexer, uint32_t open)
{
    char begin = lexer->text[open];
    char close = lexer_closing(begin);
    uint32_t level = 0;
    if (lexer->searches >= LEXER_SEARCHES) {
        return lexer->end;
    }
    for (uint32_t at = open + 1; at < lexer->end; at++) {
        char byte = lexer->text[at];
        if (byte == '\\') {
            at++;
        } else if (byte == close && level-- == 0) {
            return at;
        } else if (byte == begin && begin != close) {
            level++;
        }
    }
    lexer->searches++;
    return lexer->end;
}

/* White space and comments from `at` on. */
static uint32_t skip_blank(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->end) {
        if (char_is_space(lexer->text[at])) {
            at++;
        } else if (lexer->text[at] == '#' && char_is_space(lexer->text[at - 1])) {
            at = lexer_line_end(lexer, at);
        } else {
            break;
        }
    }
    return at;
}

/* The literal from `start` whose delimiters are at `open` and `close`, its flags up to `end`. */
static bool take_quote(Lexer *lexer, uint32_t start, uint32_t open, uint32_t close, uint32_t end,
                       uint8_t form)
{
    uint32_t index = lexer->count;
    if (open + 1 - start > 255 || end - close > 255) {
        lexer->searches++;
        return false;
    }
    lexer_literal(lexer, start, end, form, open + 1 - start, end - close);
    if (lexer_forms[form].holes) {
        lexer->at = open + 1;
        lexer_inside(lexer, form, close);
        lexer->tokens[index].link = lexer->count;
        lexer->at = end;
    }
    return true;
}

static bool read_simple(Lexer *lexer, uint32_t start, uint32_t open, uint8_t form)
{
    uint32_t close = find_close(lexer, open);
    if (close < lexer->end) {
        return take_quote(lexer, start, open, close, close + 1, form);
    }
    lexer_literal(lexer, start, lexer_line_end(lexer, open), form, open + 1 - start, 0);
    lexer->tokens[lexer->count - 1].broken = true;
    return true;
}

/* s, tr and y have a second part, with delimiters of its own when the first one's are brackets. */
static bool read_parts(Lexer *lexer, uint32_t start, uint32_t open, uint8_t form, unsigned parts)
{
    uint32_t close = find_close(lexer, open);
    if (close < lexer->end && parts == 2) {
        uint32_t second = close;
        if (lexer_closing(lexer->text[open]) != lexer->text[open]) {
            second = skip_blank(lexer, close + 1);
        }
        close = second < lexer->end ? find_close(lexer, second) : lexer->end;
    }
    if (close >= lexer->end) {
        return false;
    }
    uint32_t end = close + 1;
    while (lexer_forms[form].role == LEX_REGEX && char_is_alpha(lexer_byte(lexer, end))) {
        end++;
    }
    return take_quote(lexer, start, open, close, end, form);
}

static bool read_pod(Lexer *lexer, uint32_t start)
{
    uint32_t end = lexer_find(lexer, start, STR("\n=cut"));
    end = end < lexer->end ? lexer_line_end(lexer, end + 1) : lexer->end;
    lexer->first = true;
    return lexer_comment(lexer, start, end);
}

static bool at_line_start(const Lexer *lexer, uint32_t at)
{
    return at == 0 || lexer->text[at - 1] == '\n';
}

/* Is the word from `start` a key, a method or a name, for all that it looks like a quote-like
 * operator? */
static bool is_plain_word(const Lexer *lexer, uint32_t start, uint32_t end)
{
    static const Str before[] = {STR("->"), STR("sub"), STR("::"), STR("&")};
    Str last = lexer_last(lexer);
    uint32_t next = skip_blank(lexer, end);
    char byte = lexer_byte(lexer, next);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        if (str_equal(last, before[i])) {
            return true;
        }
    }
    if (start > 0 && (lexer->text[start - 1] == '-' || lexer->text[start - 1] == ':')) {
        return true;
    }
    /* s,a,b, and m;a; have their delimiters right behind them. */
    bool separator = byte == ',' || byte == ';';
    return !byte || (separator && next > end) || byte == ')' || lexer_has(lexer, next, STR("=>")) ||
           (byte == '=' && next > end) || (byte == '}' && str_equal(last, STR("{")));
}

static bool read_operator_word(Lexer *lexer, uint32_t start)
{
    uint32_t end = lexer->at;
    Str word = {.at = lexer->text + start, .len = end - start};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!str_equal(word, operators[i].name)) {
            continue;
        }
        uint32_t open = skip_blank(lexer, end);
        if (open >= lexer->end || lexer_in_name(lexer, open) || is_plain_word(lexer, start, end)) {
            return false;
        }
        uint8_t form = operators[i].form;
        form = lexer->text[open] == '\'' && form == FORM_PERL_COMMAND ? FORM_PERL_WORDS : form;
        return read_parts(lexer, start, open, form, operators[i].parts);
    }
    return false;
}

/* format NAME = … . */
static bool read_format(Lexer *lexer, uint32_t start)
{
    uint32_t line = lexer_line_end(lexer, start);
    uint32_t last = line;
    while (last > start && char_is_space(lexer->text[last - 1])) {
        last--;
    }
    if (lexer->text[last - 1] != '=' || lexer->searches >= LEXER_SEARCHES) {
        return false;
    }
    uint32_t end = lexer_find(lexer, line, STR("\n.\n"));
    lexer->searches += end >= lexer->end;
    return end < lexer->end && lexer_comment(lexer, start, end + 2);
}

static bool perl_word(Lexer *lexer, uint32_t start)
{
    Str word = {.at = lexer->text + start, .len = lexer->at - start};
    if (word.len <= 2) {
        return read_operator_word(lexer, start);
    }
    if ((str_equal(word, STR("__END__")) || str_equal(word, STR("__DATA__"))) &&
        at_line_start(lexer, start)) {
        return lexer_comment(lexer, start, lexer->end);
    }
    return str_equal(word, STR("format")) && at_line_start(lexer, start) &&
           read_format(lexer, start);
}

/* Words that a regular expression may follow. */
static bool is_operator_word(Str word)
{
    static const char words[] =
        "return and or not if unless while until split grep map join push x lt gt "
        "le ge eq ne cmp when unshift xor";
    return str_in_list(words, word);
}

/* Does <$handle> or <STDIN> end here? */
static bool behind_readline(const Lexer *lexer)
{
    if (lexer->count < 3) {
        return false;
    }
    const LexToken *last = &lexer->tokens[lexer->count - 3];
    return lexer_has(lexer, last[0].start, STR("<")) && last[1].kind == LEX_NAME &&
           lexer_has(lexer, last[2].start, STR(">")) && last[0].end == last[1].start &&
           last[1].end == last[2].start;
}

/* May a value begin here? */
static bool begins_value(const Lexer *lexer)
{
    if (!lexer->count) {
        return true;
    }
    LexToken last = lexer->tokens[lexer->count - 1];
    Str word = lexer_last(lexer);
    char next = lexer_peek(lexer, 1);
    if (behind_readline(lexer) || str_equal(word, STR("++")) || str_equal(word, STR("--"))) {
        return false;
    }
    if (last.kind == LEX_SYMBOL && *word.at == '}') {
        return lexer->first || (last.end < lexer->at && !char_is_space(next) && next != '/');
    }
    if (last.kind != LEX_NAME || memchr("$@%", *word.at, 3)) {
        return !lexer_behind_value(lexer);
    }
    LexToken before = lexer->tokens[lexer->count > 1 ? lexer->count - 2 : 0];
    bool method = before.end - before.start == 2 && lexer_has(lexer, before.start, STR("->"));
    return (is_operator_word(word) && !method) ||
           (last.end < lexer->at && !char_is_space(next) && next != '/' && next != '=');
}

static bool read_slash(Lexer *lexer)
{
    uint32_t start = lexer->at;
    return begins_value(lexer) && read_parts(lexer, start, start, FORM_PERL_REGEX, 1);
}

/* <<"TAG", <<'TAG', <<`TAG`, <<TAG, and <<~ of each. */
static bool read_heredoc(Lexer *lexer)
{
    static const char quotes[] = "\"'`";
    static const uint8_t forms[2][3] = {
        {FORM_PERL_HEREDOC, FORM_PERL_HEREDOC_RAW, FORM_PERL_HEREDOC_COMMAND},
        {FORM_PERL_INDENTED, FORM_PERL_INDENTED_RAW, FORM_PERL_INDENTED_COMMAND}};
    uint32_t start = lexer->at;
    bool indented = lexer_peek(lexer, 2) == '~';
    uint32_t tag = start + 2 + indented;
    while (lexer_byte(lexer, tag) == ' ' || lexer_byte(lexer, tag) == '\t') {
        tag++;
    }
    char quote = lexer_byte(lexer, tag);
    const char *known = quote ? strchr(quotes, quote) : NULL;
    if (known) {
        uint32_t end = lexer_find_on_line(lexer, tag + 1, quote);
        return end && lexer_heredoc(lexer, start, end + 1, forms[indented][known - quotes],
                                    (Range){tag + 1, end}, indented);
    }
    return tag == start + 2 + indented && lexer_begins_name(lexer, tag) &&
           lexer_heredoc(lexer, start, lexer_name_end(lexer, tag), forms[indented][0],
                         (Range){tag, lexer_name_end(lexer, tag)}, indented);
}

static bool perl_special(Lexer *lexer, char byte)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    switch (byte) {
    case '"':
        return read_simple(lexer, start, start, FORM_PERL);
    case '\'':
        return read_simple(lexer, start, start, FORM_PERL_SINGLE);
    case '`':
        return read_simple(lexer, start, start, FORM_PERL_COMMAND);
    case '#':
        return lexer_line_comment(lexer, false);
    case '/':
        return read_slash(lexer);
    case '<':
        return next == '<' && read_heredoc(lexer);
    case '=':
        return at_line_start(lexer, start) && char_is_alpha(next) && read_pod(lexer, start);
    case '%':
        return begins_value(lexer) &&
               (lexer_begins_name(lexer, start + 1) || next == '{' || next == '$') &&
               lexer_perl_variable(lexer, byte);
    default:
        return lexer_perl_variable(lexer, byte);
    }
}

const LexRules lexer_perl = {
    .bytes = perl_bytes, .special = perl_special, .word = perl_word, .every_word = true};
