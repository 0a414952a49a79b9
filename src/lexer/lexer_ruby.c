#include "lexer/lexer_state.h"

#include "base/banned.h"

static const uint8_t ruby_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['"'] = BYTE_SPECIAL, ['\''] = BYTE_SPECIAL, ['#'] = BYTE_SPECIAL,
    ['`'] = BYTE_SPECIAL,    ['/'] = BYTE_SPECIAL, ['%'] = BYTE_SPECIAL,  ['<'] = BYTE_SPECIAL,
    [':'] = BYTE_SPECIAL,    ['?'] = BYTE_SPECIAL, ['@'] = BYTE_SPECIAL,  ['$'] = BYTE_SPECIAL,
    ['='] = BYTE_SPECIAL};

/* Keywords that an expression follows; a method's name may be a variable's. */
static bool is_operator_word(Str word)
{
    static const char words[] =
        "if unless while until and or not return when in do then elsif else case "
        "yield begin rescue ensure break next";
    return str_in_list(words, word);
}

/* May a literal begin at lexer->at, whose delimiter is one byte that is an operator, too? As Ruby
 * does, a blank before and none behind decides where the last word may be a method. */
static bool begins_literal(const Lexer *lexer)
{
    if (!lexer->count || lexer->first) {
        return true;
    }
    LexToken last = lexer->tokens[lexer->count - 1];
    LexToken before = lexer->tokens[lexer->count > 1 ? lexer->count - 2 : 0];
    Str word = lexer_last(lexer);
    if (last.kind == LEX_SYMBOL && (str_equal(word, STR(".")) || str_equal(word, STR("&.")))) {
        return false; /* a method that is called like an operator */
    }
    if (last.kind != LEX_NAME) {
        return !lexer_behind_value(lexer);
    }
    bool method = lexer->count > 1 && before.kind == LEX_SYMBOL &&
                  lexer->text[before.start] == '.' && before.end - before.start == 1;
    if (str_equal(word, STR("def"))) {
        return false;
    }
    if (!method && is_operator_word(word)) {
        return true;
    }
    char next = lexer_peek(lexer, 1);
    char first = *word.at;
    bool variable = first == '@' || first == '$' || (first >= 'A' && first <= 'Z' && !method);
    return !variable && last.end < lexer->at && !char_is_space(next) && next != '=';
}

static void take_flags(Lexer *lexer, uint32_t index)
{
    LexToken *token = &lexer->tokens[index];
    uint32_t end = token->end;
    while (token->close && token->close < 200 && char_is_alpha(lexer_byte(lexer, end))) {
        end++;
        token->close++;
    }
    token->end = lexer->at = end;
}

static bool read_regex(Lexer *lexer, uint32_t start, uint32_t delimiter)
{
    uint32_t index = lexer->count;
    char open = lexer->text[delimiter];
    char close = lexer_closing(open);
    lexer_quote(lexer, (LexQuote){.start = start,
                                  .content = delimiter + 1,
                                  .form = FORM_RUBY_REGEX,
                                  .open = open == close ? '\0' : open,
                                  .close = close,
                                  .quotes = 1});
    if (!lexer->lost) {
        take_flags(lexer, index);
    }
    return true;
}

/* %w(…), %Q{…}, %(…) and their like. */
static bool read_percent(Lexer *lexer)
{
    static const struct {
        char letter;
        uint8_t form;
    } kinds[] = {
        {'q', FORM_RUBY_SINGLE},      {'Q', FORM_RUBY},         {'w', FORM_RUBY_WORDS},
        {'W', FORM_RUBY_WORDS_HOLES}, {'i', FORM_RUBY_WORDS},   {'I', FORM_RUBY_WORDS_HOLES},
        {'r', FORM_RUBY_REGEX},       {'x', FORM_RUBY_COMMAND}, {'s', FORM_RUBY_SYMBOL_SINGLE}};
    uint32_t start = lexer->at;
    uint32_t delimiter = start + 1;
    uint8_t form = FORM_RUBY;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (lexer_byte(lexer, delimiter) == kinds[i].letter) {
            form = kinds[i].form;
            delimiter++;
            break;
        }
    }
    char open = lexer_byte(lexer, delimiter);
    if (!open || (unsigned char)open >= 0x80 || char_is_space(open) || char_is_alpha(open) ||
        char_is_digit(open) || open == '_' || (delimiter == start + 1 && open == '=') ||
        !begins_literal(lexer)) {
        return false;
    }
    if (form == FORM_RUBY_REGEX) {
        return read_regex(lexer, start, delimiter);
    }
    char close = lexer_closing(open);
    return lexer_quote(lexer, (LexQuote){.start = start,
                                         .content = delimiter + 1,
                                         .form = form,
                                         .open = open == close ? '\0' : open,
                                         .close = close,
                                         .quotes = 1});
}

/* <<~TAG, <<-TAG, <<TAG, with the tag in quotes of any kind or bare. */
static bool read_heredoc(Lexer *lexer)
{
    static const uint8_t forms[2][4] = {
        {FORM_RUBY_HEREDOC, FORM_RUBY_HEREDOC_RAW, FORM_RUBY_HEREDOC_COMMAND, FORM_RUBY_HEREDOC},
        {FORM_RUBY_SQUIGGLY, FORM_RUBY_SQUIGGLY_RAW, FORM_RUBY_HEREDOC_COMMAND,
         FORM_RUBY_SQUIGGLY}};
    uint32_t start = lexer->at;
    char mark = lexer_peek(lexer, 2);
    bool marked = mark == '~' || mark == '-';
    uint32_t tag = start + 2 + marked;
    char quote = lexer_byte(lexer, tag);
    bool quoted = quote == '"' || quote == '\'' || quote == '`';
    if (!marked && !begins_literal(lexer)) {
        return false;
    }
    uint32_t end = lexer_name_end(lexer, tag);
    if (quoted) {
        end = lexer_find_on_line(lexer, ++tag, quote);
    } else if (!lexer_begins_name(lexer, tag)) {
        return false;
    }
    unsigned kind = quote == '\'' ? 1 : quote == '`' ? 2 : 0;
    return end > tag && lexer_heredoc(lexer, start, end + quoted, forms[mark == '~'][kind],
                                      (Range){tag, end}, marked);
}

/* :"…" and :'…' are symbols; :+ and :[]= are so too, and no quote or bracket. */
static bool read_colon(Lexer *lexer)
{
    static const Str operators[] = {
        STR("[]="), STR("[]"), STR("<=>"), STR("==="), STR("=="), STR("=~"), STR("!="),
        STR("!~"),  STR("**"), STR("+@"),  STR("-@"),  STR("<<"), STR(">>"), STR("<="),
        STR(">="),  STR("+"),  STR("-"),   STR("*"),   STR("/"),  STR("%"),  STR("<"),
        STR(">"),   STR("!"),  STR("&"),   STR("|"),   STR("^"),  STR("~"),  STR("`")};
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (next == ':') {
        return lexer_take(lexer, LEX_SYMBOL, start, start + 2);
    }
    bool joined = lexer->count && lexer->tokens[lexer->count - 1].end == start && !lexer->first;
    if (joined && lexer_behind_value(lexer)) {
        return false; /* a: "x" and c ? a : b */
    }
    if (next == '"' || next == '\'') {
        return lexer_quote(
            lexer, (LexQuote){.start = start,
                              .content = start + 2,
                              .form = next == '"' ? FORM_RUBY_SYMBOL : FORM_RUBY_SYMBOL_SINGLE,
                              .close = next,
                              .quotes = 1});
    }
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (lexer_has(lexer, start + 1, operators[i])) {
            return lexer_take(lexer, LEX_NAME, start, start + 1 + (uint32_t)operators[i].len);
        }
    }
    return false;
}

/* ?a where a value may begin and the next byte does not go on with a word. */
static bool read_character(Lexer *lexer)
{
    uint32_t start = lexer->at;
    char next = lexer_peek(lexer, 1);
    if (!next || char_is_space(next) || !begins_literal(lexer)) {
        return false;
    }
    uint32_t end = start + 2;
    if (next == '\\') {
        end += end < lexer->end;
        while (lexer_in_name(lexer, end) || lexer_byte(lexer, end) == '-' ||
               lexer_has(lexer, end, STR("\\"))) {
            end++;
        }
        return lexer_literal(lexer, start, end, FORM_RUBY_CHARACTER, 1, 0);
    }
    while (end < lexer->end && ((unsigned char)lexer->text[end] & 0xc0) == 0x80) {
        end++;
    }
    return !lexer_in_name(lexer, end) &&
           lexer_literal(lexer, start, end, FORM_RUBY_CHARACTER, 1, 0);
}

/* @x, @@x, $x, $1, $!: names with their sigils. */
static bool read_variable(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t name = start + 1;
    bool global = lexer->text[start] == '$';
    name += !global && lexer_byte(lexer, name) == '@';
    uint32_t end = lexer_name_end(lexer, name);
    if (end == name && global && name < lexer->end && !char_is_space(lexer->text[name])) {
        end = name + 1 + (lexer->text[name] == '-' && lexer_in_name(lexer, name + 1));
    }
    return end > name && lexer_take(lexer, LEX_NAME, start, end);
}

/* =begin … =end, both at the start of a line. */
static bool read_equals(Lexer *lexer)
{
    uint32_t start = lexer->at;
    bool line = start == 0 || lexer->text[start - 1] == '\n';
    if (!line || !lexer_has(lexer, start, STR("=begin")) || lexer->searches >= LEXER_SEARCHES) {
        return false;
    }
    uint32_t end = lexer_find(lexer, start, STR("\n=end"));
    lexer->searches += end >= lexer->end;
    end = lexer_line_end(lexer, end < lexer->end ? end + 1 : start);
    lexer->first = true;
    return lexer_comment(lexer, start, end);
}

static bool ruby_special(Lexer *lexer, char byte)
{
    switch (byte) {
    case '"':
        return lexer_simple(lexer, FORM_RUBY);
    case '\'':
        return lexer_simple(lexer, FORM_RUBY_SINGLE);
    case '`':
        return (!lexer->count || !(str_equal(lexer_last(lexer), STR("def")) ||
                                   str_equal(lexer_last(lexer), STR(".")))) &&
               lexer_simple(lexer, FORM_RUBY_COMMAND);
    case '#':
        return lexer_line_comment(lexer, false);
    case '/':
        return begins_literal(lexer) && read_regex(lexer, lexer->at, lexer->at);
    case '%':
        return read_percent(lexer);
    case '<':
        return lexer_peek(lexer, 1) == '<' && read_heredoc(lexer);
    case ':':
        return read_colon(lexer);
    case '?':
        return read_character(lexer);
    case '=':
        return read_equals(lexer);
    default:
        return read_variable(lexer);
    }
}

/* Names may end in ? or !; __END__ ends the code. */
static bool ruby_word(Lexer *lexer, uint32_t start)
{
    uint32_t end = lexer->at;
    char next = lexer_peek(lexer, 0);
    char then = lexer_peek(lexer, 1);
    if (end - start == 7 && lexer_has(lexer, start, STR("__END__")) &&
        (start == 0 || lexer->text[start - 1] == '\n') && lexer_line_end(lexer, end) == end) {
        return lexer_comment(lexer, start, lexer->end);
    }
    bool assigns = then == '=' && lexer_peek(lexer, 2) != '=' && lexer_peek(lexer, 2) != '~' &&
                   lexer_peek(lexer, 2) != '>';
    bool suffix = (next == '?' || next == '!') && !assigns &&
                  !(next == '?' && then == ':' && lexer_peek(lexer, 2) == ':');
    return suffix && lexer_take(lexer, LEX_NAME, start, end + 1);
}

const LexRules lexer_ruby = {
    .bytes = ruby_bytes, .special = ruby_special, .word = ruby_word, .every_word = true};
