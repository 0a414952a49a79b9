#include "embedded/expression_tokens.h"

#include "embedded/expression.h"

#include "base/banned.h"

enum { MOST_GROUP = 1500 };

static const char formats[] =
    "sprintf Sprintf format vsprintf asprintf snprintf Format formatted format_html";
static const char same_text[] =
    "trimIndent strip strip_heredoc squish freeze trim trimEnd trimStart stripIndent toString "
    "to_string to_owned to_s into as_str c_str as_string asString html_safe dup String rstrip "
    "lstrip chomp dedent cleandoc raw unsafe lit SQL text Literal literal str replace Replace "
    "replaceAll gsub sub intern translateEscapes utf8 bytes encode AsSpan";
static const char transparent[] = "dedent cleandoc String str TrimSpace trim utf8 u8 concat "
                                  "StringBuilder StringBuffer string string_view";

bool expression_is_literal(const LexFile *file, uint32_t token)
{
    return token < file->count && file->tokens[token].kind == LEX_STRING &&
           lexer_role(file->tokens[token]) == LEX_TEXT;
}

bool expression_word_formats(Str name)
{
    return str_in_list(formats, name);
}

bool expression_word_keeps(Str name)
{
    return str_in_list(same_text, name);
}

bool expression_word_wraps(Str name)
{
    return str_in_list(transparent, name);
}

uint32_t expression_behind_group(const LexFile *file, uint32_t open)
{
    uint32_t depth = 0;
    uint32_t at = open;
    for (uint32_t steps = 0; steps < MOST_GROUP && at < file->count; steps++) {
        LexToken token = file->tokens[at];
        if (token.kind == LEX_PIECE || token.kind == LEX_HOLE) {
            return 0; /* the string ends whose hole this is in */
        }
        if (token.kind == LEX_SYMBOL && token.end - token.start == 1) {
            char c = file->text.at[token.start];
            depth += c == '(' || c == '[' || c == '{';
            depth -= c == ')' || c == ']' || c == '}';
            if (depth == 0) {
                return lexer_next(file, at);
            }
        }
        at = lexer_next(file, at);
    }
    return 0;
}

bool expression_next_argument(const LexFile *file, uint32_t *at, uint32_t behind, Range *argument)
{
    argument->start = *at;
    while (*at < behind && !lexer_is(file, *at, STR(","))) {
        bool group = lexer_is_one_of(file, *at, "( [ {");
        uint32_t next = group ? expression_behind_group(file, *at) : lexer_next(file, *at);
        *at = next ? next : behind;
    }
    argument->end = *at < behind ? *at : behind;
    *at = *at < behind ? lexer_next(file, *at) : behind;
    return argument->end > argument->start;
}
