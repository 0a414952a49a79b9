#include "extract/template.h"

#include <string.h>

#include "extract/template_variable.h"
#include "sql/token.h"

#include "base/banned.h"

enum {
    LONGEST_QUOTED_SEARCH = 65536,
    LONGEST_BRACED = 200,
    LONGEST_ERB = 4000,
    LONGEST_BLOCK = 4000,
    MOST_UNQUOTED = 1000
};

typedef enum {
    MARK_EXPRESSION,
    MARK_TAG,
    MARK_COMMENT,
    MARK_ERB,
    MARK_DOLLAR,
    MARK_HASH,
    MARK_SQLCMD,
    MARK_BRACE
} Mark;

static const struct {
    Str open, close;
} marks[] = {
    [MARK_EXPRESSION] = {STR("{{"), STR("}}")}, [MARK_TAG] = {STR("{%"), STR("%}")},
    [MARK_COMMENT] = {STR("{#"), STR("#}")},    [MARK_ERB] = {STR("<%"), STR("%>")},
    [MARK_DOLLAR] = {STR("${"), STR("}")},      [MARK_HASH] = {STR("#{"), STR("}")},
    [MARK_SQLCMD] = {STR("$("), STR(")")},      [MARK_BRACE] = {STR("{"), STR("}")},
};
enum { MARK_COUNT = sizeof marks / sizeof *marks };

/* The first word of an expression or tag, and what it makes of it. */
static const struct {
    Mark mark;
    Str word;
    TemplateKind kind;
} words[] = {
    {MARK_EXPRESSION, STR("if"), TEMPLATE_IF},
    {MARK_EXPRESSION, STR("#if"), TEMPLATE_IF},
    {MARK_EXPRESSION, STR("#unless"), TEMPLATE_IF},
    {MARK_EXPRESSION, STR("else"), TEMPLATE_ELSE},
    {MARK_EXPRESSION, STR("end"), TEMPLATE_END},
    {MARK_EXPRESSION, STR("range"), TEMPLATE_BEGIN},
    {MARK_EXPRESSION, STR("with"), TEMPLATE_BEGIN},
    {MARK_EXPRESSION, STR("define"), TEMPLATE_BEGIN},
    {MARK_EXPRESSION, STR("block"), TEMPLATE_BEGIN},
    {MARK_EXPRESSION, STR("break"), TEMPLATE_BLANK},
    {MARK_EXPRESSION, STR("continue"), TEMPLATE_BLANK},
    {MARK_EXPRESSION, STR("config"), TEMPLATE_BLANK},
    {MARK_TAG, STR("if"), TEMPLATE_IF},
    {MARK_TAG, STR("elif"), TEMPLATE_ELSE},
    {MARK_TAG, STR("else"), TEMPLATE_ELSE},
    {MARK_TAG, STR("endif"), TEMPLATE_END},
    {MARK_TAG, STR("include"), TEMPLATE_VALUE},
    {MARK_TAG, STR("set"), TEMPLATE_CUT},
    {MARK_TAG, STR("endset"), TEMPLATE_CUT},
    {MARK_TAG, STR("call"), TEMPLATE_CUT},
    {MARK_TAG, STR("endcall"), TEMPLATE_CUT},
    {MARK_ERB, STR("if"), TEMPLATE_IF},
    {MARK_ERB, STR("unless"), TEMPLATE_IF},
    {MARK_ERB, STR("elsif"), TEMPLATE_ELSE},
    {MARK_ERB, STR("else"), TEMPLATE_ELSE},
    {MARK_ERB, STR("end"), TEMPLATE_END},
};

/* Conditions about a loop's turn. Sources: Jinja "Template Designer Documentation", For; Twig, for;
 * Django, for; Handlebars, "Data Variables". */
static const struct {
    Str condition;
    TemplateWay way;
} turns[] = {
    {STR("if loop.first"), TEMPLATE_TAKEN},       {STR("if loop.last"), TEMPLATE_TAKEN},
    {STR("if not loop.first"), TEMPLATE_LEFT},    {STR("if not loop.last"), TEMPLATE_LEFT},
    {STR("if forloop.first"), TEMPLATE_TAKEN},    {STR("if forloop.last"), TEMPLATE_TAKEN},
    {STR("if not forloop.first"), TEMPLATE_LEFT}, {STR("if not forloop.last"), TEMPLATE_LEFT},
    {STR("#if @first"), TEMPLATE_TAKEN},          {STR("#if @last"), TEMPLATE_TAKEN},
    {STR("#unless @first"), TEMPLATE_LEFT},       {STR("#unless @last"), TEMPLATE_LEFT},
};

/* Offset of the closing mark behind quotes and nested brackets, or text.len. */
static size_t find_balanced(Str text, size_t at, Str close)
{
    size_t depth = 0;
    char quote = '\0';
    size_t end = text.len - at > LONGEST_QUOTED_SEARCH ? at + LONGEST_QUOTED_SEARCH : text.len;
    for (; at < end; at++) {
        char c = text.at[at];
        if (quote) {
            at += c == '\\';
            quote = c == quote ? '\0' : quote;
        } else if (!depth && str_starts_with(str_slice(text, at, text.len), close)) {
            return at;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '{' || c == '(') {
            depth++;
        } else if ((c == '}' || c == ')') && depth) {
            depth--;
        }
    }
    return text.len;
}

/* Offset of the mark that closes what begins at `at`, or text.len. */
static size_t find_close(TemplateMemo *memo, Str text, Mark mark, size_t at)
{
    Str close = marks[mark].close;
    if (memo->missing & 1u << mark) {
        return text.len;
    }
    if (mark == MARK_BRACE) {
        size_t end = at + LONGEST_BRACED < text.len ? at + LONGEST_BRACED : text.len;
        Str line = str_slice(text, at, end);
        line.len = str_find_byte(line, '\n', 0);
        size_t found = str_find(line, close);
        return found < line.len ? at + found : text.len;
    }
    if (mark == MARK_ERB && memo->erb_end >= at) {
        return memo->erb_end;
    }
    bool plain = mark == MARK_COMMENT || mark == MARK_ERB || memo->unquoted >= MOST_UNQUOTED;
    size_t found = plain ? text.len : find_balanced(text, at, close);
    if (found == text.len) { /* an apostrophe in it: the first one closes it */
        found = at + str_find(str_slice(text, at, text.len), close);
        memo->unquoted += !plain;
    }
    memo->erb_end = mark == MARK_ERB ? found : memo->erb_end;
    memo->missing |= found >= text.len ? 1u << mark : 0;
    return found;
}

static bool mark_at(Str text, uint32_t at, Mark *mark)
{
    Str rest = str_slice(text, at, text.len);
    for (size_t i = 0; i < MARK_COUNT; i++) {
        if (str_starts_with(rest, marks[i].open)) {
            *mark = (Mark)i;
            return true;
        }
    }
    return false;
}

/* What stands between the marks, without those that trim white space. */
static Str inside(Str body)
{
    while (body.len && memchr("-+~=", body.at[0], 4)) {
        body = str_slice(body, 1, body.len);
    }
    while (body.len && memchr("-+~", body.at[body.len - 1], 3)) {
        body.len--;
    }
    return str_trim(body);
}

static Str first_word(Str body)
{
    size_t end = body.len && body.at[0] == '#' ? 1 : 0;
    while (end < body.len && (char_is_alpha(body.at[end]) || body.at[end] == '_')) {
        end++;
    }
    return str_slice(body, 0, end);
}

/* The texts of a call's arguments, all of them plain strings: ref('x'), source("a", 'b'). 0 for
 * anything else. */
static size_t string_arguments(Str body, Str function, Str arguments[2])
{
    if (!str_starts_with(body, function) || !str_ends_with(body, STR(")"))) {
        return 0;
    }
    Str rest = str_trim(str_slice(body, function.len, body.len - 1));
    for (size_t count = 0; count < 2 && rest.len > 2;) {
        char mark = count ? ',' : '(';
        if (rest.at[0] != mark) {
            return 0;
        }
        rest = str_trim(str_slice(rest, 1, rest.len));
        char quote = rest.len ? rest.at[0] : '\0';
        size_t end = str_find_byte(rest, quote, 1);
        if ((quote != '\'' && quote != '"') || end >= rest.len) {
            return 0;
        }
        arguments[count++] = str_slice(rest, 1, end);
        rest = str_trim(str_slice(rest, end + 1, rest.len));
        if (!rest.len || (rest.at[0] == ',' && str_find_byte(rest, '=', 0) < rest.len)) {
            return count; /* ref('x', v=2) */
        }
    }
    return 0;
}

static Str quoted(Arena *arena, Str name)
{
    return str_find_byte(name, '"', 0) < name.len
               ? STR("\"\"")
               : arena_format(arena, "\"%.*s\"", (int)name.len, name.at);
}

/* dbt's calls that name a relation. */
static bool read_dbt(Arena *arena, Str body, Template *template)
{
    Str arguments[2];
    size_t count = string_arguments(body, STR("ref"), arguments);
    template->dbt = true;
    if (count) { /* the last one: ref('package', 'model') */
        template->kind = TEMPLATE_NAME;
        template->name = quoted(arena, arguments[count - 1]);
        return true;
    }
    if (string_arguments(body, STR("source"), arguments) == 2) {
        Str schema = quoted(arena, arguments[0]);
        Str name = quoted(arena, arguments[1]);
        template->kind = TEMPLATE_NAME;
        template->name =
            arena_format(arena, "%.*s.%.*s", (int)schema.len, schema.at, (int)name.len, name.at);
        return true;
    }
    if (str_equal(body, STR("this"))) {
        template->kind = TEMPLATE_MODEL;
        return true;
    }
    template->dbt = str_equal(first_word(body), STR("config"));
    return false;
}

/* A variable's name alone, as what it was set to. */
static bool read_variable(Arena *arena, const TemplateMemo *memo, Str text, Str body,
                          Template *template)
{
    Str value = template_variable(memo, text, body);
    if (value.len && read_dbt(arena, value, template)) {
        return template->kind == TEMPLATE_NAME;
    }
    template->kind = TEMPLATE_NAME;
    return value.len && template_variable_sql(arena, value, &template->name);
}

static TemplateKind kind_of_word(Mark mark, Str body, TemplateKind otherwise)
{
    Str word = first_word(body);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].mark == mark && str_equal(words[i].word, word)) {
            return words[i].kind;
        }
    }
    return otherwise;
}

static TemplateWay way_of(Str body)
{
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        if (str_equal(turns[i].condition, body)) {
            return turns[i].way;
        }
    }
    return TEMPLATE_EITHER;
}

/* A block that is kept for later, or handed to a call, is a statement apart where it begins as one:
 * {% set q %}SELECT …{% endset %}. {% set q = … %} is no block. */
static TemplateKind kind_of_block(Str body, Str behind)
{
    static const char verbs[] = "select with insert update delete merge create alter drop truncate";
    bool ends = str_starts_with(body, STR("end"));
    Token first = token_next(behind, 0);
    bool verb = first.kind == TOKEN_WORD &&
                str_in_list_nocase(verbs, str_slice(behind, first.start, first.end));
    bool assigns = str_starts_with(body, STR("set")) && str_find_byte(body, '=', 0) < body.len;
    return ends || (verb && !assigns) ? TEMPLATE_CUT : TEMPLATE_BLANK;
}

/* Go's assignments and comments, Handlebars' blocks and comments. */
static TemplateKind kind_of_expression(Str body)
{
    bool assigns = body.len && body.at[0] == '$' && str_find_byte(body, '=', 0) < body.len;
    if (!body.len || assigns || body.at[0] == '!' || str_starts_with(body, STR("/*"))) {
        return TEMPLATE_BLANK;
    }
    if (body.at[0] == '#' || body.at[0] == '/') {
        TemplateKind block = body.at[0] == '#' ? TEMPLATE_BEGIN : TEMPLATE_END;
        return kind_of_word(MARK_EXPRESSION, body, block);
    }
    return kind_of_word(MARK_EXPRESSION, body, TEMPLATE_VALUE);
}

/* `<%` is an operator of pg_trgm's too: a tag says what it is by what follows. */
static TemplateKind kind_of_erb(Str body)
{
    char first = body.len ? body.at[0] : '\0';
    if (first == '=' || first == '#') {
        return first == '=' ? TEMPLATE_VALUE : TEMPLATE_BLANK;
    }
    if (body.len > LONGEST_ERB) {
        return TEMPLATE_NONE;
    }
    Str code = inside(body);
    bool loop = str_find(code, STR(" do ")) < code.len || str_ends_with(code, STR(" do"));
    return loop ? TEMPLATE_BEGIN
                : kind_of_word(MARK_ERB, code, first == '-' ? TEMPLATE_BLANK : TEMPLATE_NONE);
}

/* Behind the block that {% set x %} at the start of what ends at `end` keeps, if it is a short one:
 * it is put in elsewhere, where it makes a hole. */
static uint32_t block_end(Str text, Str body, uint32_t end)
{
    static const Str last = STR("endset");
    if (!str_equal(first_word(body), STR("set")) || str_find_byte(body, '=', 0) < body.len) {
        return end;
    }
    Str near = str_slice(text, end, end + LONGEST_BLOCK);
    size_t found = str_find(near, last);
    size_t close = found + str_find(str_slice(near, found, near.len), STR("%}"));
    return close < near.len ? end + (uint32_t)close + 2 : end;
}

Template template_at(Arena *arena, TemplateMemo *memo, Str text, uint32_t at)
{
    Template template = {0};
    Mark mark;
    if (!mark_at(text, at, &mark)) {
        return template;
    }
    size_t start = at + marks[mark].open.len;
    size_t close = find_close(memo, text, mark, start);
    if (close >= text.len) {
        return template;
    }
    size_t end = close + marks[mark].close.len;
    Str body = str_slice(text, start, close);
    if (mark == MARK_EXPRESSION && body.len && body.at[0] == '{') { /* {{{raw}}} */
        body = str_slice(body, 1, body.len);
        end += end < text.len && text.at[end] == '}';
    }
    template.end = (uint32_t)end;
    switch (mark) {
    case MARK_EXPRESSION:
        if (!read_dbt(arena, inside(body), &template) &&
            !read_variable(arena, memo, text, inside(body), &template)) {
            template.kind = kind_of_expression(inside(body));
        }
        break;
    case MARK_TAG:
        template.kind = kind_of_word(mark, inside(body), TEMPLATE_BLANK);
        template_variable_set(memo, text, inside(body));
        if (template.kind == TEMPLATE_CUT) {
            template.kind = kind_of_block(inside(body), str_slice(text, end, text.len));
            template.end = template.kind == TEMPLATE_BLANK
                               ? block_end(text, inside(body), template.end)
                               : template.end;
        }
        break;
    case MARK_COMMENT:
        template.kind = TEMPLATE_BLANK;
        break;
    case MARK_ERB:
        template.kind = kind_of_erb(body);
        break;
    default:
        template.kind = TEMPLATE_VALUE;
    }
    template.way = template.kind == TEMPLATE_IF ? way_of(inside(body)) : TEMPLATE_EITHER;
    return template;
}

uint32_t template_behind_string(Str text, uint32_t start, uint32_t end)
{
    Str string = str_slice(text, start, end);
    if (end >= text.len || !char_is_alpha(text.at[end])) {
        return 0;
    }
    size_t open = string.len;
    for (size_t i = str_find(string, STR("{{")); i < string.len;
         i += 2 + str_find(str_slice(string, i + 2, string.len), STR("{{"))) {
        open = i;
    }
    if (open >= string.len ||
        str_find(str_slice(string, open, string.len), STR("}}")) < string.len - open) {
        return 0;
    }
    Str line = str_slice(text, end, end + LONGEST_BRACED);
    line.len = str_find_byte(line, '\n', 0);
    size_t close = str_find(line, STR("}}"));
    return close < line.len ? (uint32_t)(end + close + 2) : 0;
}
