#include "embedded/expression.h"

#include "embedded/choice.h"
#include "embedded/expression_reader.h"
#include "embedded/expression_tokens.h"

#include "base/banned.h"

enum { MOST_METHODS = 16 };

static const char margins[] = "trimMargin stripMargin";

static void push_part(ExpressionReader *reader, Part part)
{
    array_push(reader->arena, &reader->out->parts, part);
}

/* All literals from part `from` on are formatted by the arguments [first, behind). */
static void format_parts(ExpressionReader *reader, size_t from, Format format)
{
    Expression *out = reader->out;
    array_push(reader->arena, &out->formats, format);
    for (size_t i = from; i < out->parts.count; i++) {
        out->parts.at[i].format = (uint32_t)out->formats.count;
    }
}

/* .format(…) is Python's and C#'s with braces, Java's with percents. */
static FormatKind method_format(const LexFile *file, Str name)
{
    bool percent =
        str_equal(name, STR("formatted")) || str_in_list("kotlin scala java", file->language->name);
    return percent ? FORMAT_PERCENT : FORMAT_BRACE;
}

/* What follows an operand that holds literals (parts from `from` on): methods, "…" % x. Returns the
 * token behind all of it that keeps the text in view. */
static uint32_t read_postfix(ExpressionReader *reader, uint32_t at, size_t from)
{
    const LexFile *file = reader->file;
    for (int i = 0; i < MOST_METHODS; i++) {
        if (lexer_is_one_of(file, at, reader->style->paths) && lexer_is_name(file, at + 1)) {
            Str name = lexer_source(file, at + 1);
            bool call = lexer_is(file, at + 2, STR("("));
            uint32_t behind = call ? expression_behind_group(file, at + 2) : at + 2;
            bool formats_it =
                call && (str_equal(name, STR("format")) || str_equal(name, STR("formatted")));
            bool margin = str_in_list(margins, name);
            if (!behind || (!formats_it && !margin && !expression_word_keeps(name))) {
                return at;
            }
            if (formats_it) {
                format_parts(reader, from,
                             (Format){.kind = method_format(file, name),
                                      .first = at + 3,
                                      .behind = behind - 1});
            }
            for (size_t j = from; j < reader->out->parts.count && margin; j++) {
                reader->out->parts.at[j].margin = true;
            }
            at = behind;
        } else if (reader->style->percent && lexer_is(file, at, STR("%"))) {
            bool group = lexer_is_one_of(file, at + 1, "( [ {");
            uint32_t behind = group ? expression_behind_group(file, at + 1) : 0;
            Format format = {
                .kind = FORMAT_PERCENT, .first = at + 1 + group, .behind = behind ? behind - 1 : 0};
            if (!group) {
                Expression ignored = {0};
                ExpressionReader inner = *reader;
                inner.out = &ignored;
                inner.style = style_of(NULL);
                behind = reader->depth < EXPRESSION_DEPTH ? expression_sum(&inner, at + 1) : 0;
                format.behind = behind;
            }
            if (!behind) {
                return at;
            }
            format_parts(reader, from, format);
            at = behind;
        } else {
            return at;
        }
    }
    return at;
}

/* Does a name's argument list open at `group`, behind a blank? f (x) */
static bool is_spaced_call(const LexFile *file, const HostStyle *style, uint32_t group)
{
    return *style->joins && lexer_is(file, group, STR("(")) && !file->tokens[group].first &&
           lexer_is_name(file, group - 1);
}

/* Behind what follows a name: its path, calls and subscripts, or only the first call. *path: it is
 * a path only; *call is where its last call opens, or 0; *last is the last name of it. */
static uint32_t read_path(const LexFile *file, const HostStyle *style, uint32_t at, bool one_call,
                          bool *path, uint32_t *call, uint32_t *last)
{
    *path = true;
    *call = 0;
    *last = at;
    at++;
    for (;;) {
        bool macro = lexer_is(file, at, STR("!")) && lexer_is_one_of(file, at + 1, "( [") &&
                     file->tokens[at].joined;
        uint32_t group = at + macro;
        if (lexer_is_one_of(file, at, style->paths) && lexer_is_name(file, at + 1)) {
            *last = at + 1;
            at += 2;
        } else if (lexer_is_one_of(file, group, "( [ {") &&
                   (file->tokens[group].joined || is_spaced_call(file, style, group))) {
            uint32_t behind = expression_behind_group(file, group);
            if (!behind) {
                return at;
            }
            *path = false;
            *call = group;
            at = behind;
            if (one_call) {
                return at;
            }
        } else {
            return at;
        }
    }
}

/* A call whose only argument, or first one, is the text: sql.SQL("…"), String.format("…", x),
 * format!("…"). */
static uint32_t read_wrapper(ExpressionReader *reader, uint32_t last, uint32_t call,
                             uint32_t behind)
{
    const LexFile *file = reader->file;
    Str name = lexer_source(file, last);
    bool format = expression_word_formats(name);
    uint32_t start = call + 1;
    size_t before = reader->out->parts.count;
    bool named = lexer_is(file, start, STR("format")) && lexer_is(file, start + 1, STR(":"));
    bool joins = str_equal(name, STR("concat"));
    uint32_t joined = str_equal(name, STR("Join")) ? expression_go_list(reader, start, behind) : 0;
    if (joined) {
        return joined;
    }
    if (!format && !named && !joins && !expression_word_keeps(name) &&
        !expression_word_wraps(name)) {
        return 0;
    }
    uint32_t at = expression_sum(reader, start + (named ? 2 : 0));
    while (joins && at && lexer_is(file, at, STR(","))) {
        at = expression_sum(reader, at + 1);
    }
    bool closes = at && at == behind - 1;
    bool arguments = at && (format || named) && lexer_is(file, at, STR(","));
    if (!closes && !arguments) {
        Range sides[2];
        reader->out->parts.count = before;
        if (!format && choice_find(file, start, behind - 1, sides)) {
            push_part(reader, (Part){.kind = PART_HOLE, .first = start, .behind = behind - 1});
            return behind;
        }
        return 0;
    }
    bool captures = format && !named && str_equal(file->language->name, STR("rust"));
    if (arguments || captures) {
        bool brace = str_in_list("rust csharp cpp", file->language->name);
        format_parts(reader, before,
                     (Format){.kind = brace ? FORMAT_BRACE : FORMAT_PERCENT,
                              .first = at + arguments,
                              .behind = behind - 1});
    }
    return read_postfix(reader, behind, before);
}

/* Does a name's path end with a template right behind it: sql`…`? */
static bool is_tagged(const LexFile *file, uint32_t template)
{
    return expression_is_literal(file, template) && file->tokens[template].joined &&
           file->text.at[file->tokens[template].start] == '`';
}

/* A constant that is a format: QUERY % x, QUERY.format(x). `behind` is behind its path. */
static uint32_t read_formatted_name(ExpressionReader *reader, uint32_t at, uint32_t behind)
{
    const LexFile *file = reader->file;
    size_t before = reader->out->parts.count;
    bool method = behind > at + 2 && lexer_is(file, behind, STR("(")) &&
                  !lexer_is(file, at, STR("String")) &&
                  (lexer_is(file, behind - 1, STR("formatted")) ||
                   (lexer_is(file, behind - 1, STR("format")) &&
                    str_in_list("python kotlin scala", file->language->name)));
    bool percent = reader->style->percent && lexer_is(file, behind, STR("%"));
    if (!method && !percent) {
        return 0;
    }
    behind -= method ? 2 : 0;
    push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = behind, .name = true});
    uint32_t end = read_postfix(reader, behind, before);
    if (end == behind) {
        reader->out->parts.count = before;
        return 0;
    }
    return end;
}

static uint32_t read_name(ExpressionReader *reader, uint32_t at)
{
    const LexFile *file = reader->file;
    bool path;
    uint32_t call;
    uint32_t last;
    uint32_t start = at + lexer_is(file, at, STR("new"));
    uint32_t behind = read_path(file, reader->style, start, true, &path, &call, &last);
    uint32_t formatted = read_formatted_name(reader, at, last + 1);
    if (formatted) {
        return formatted;
    }
    uint32_t wrapped = call ? read_wrapper(reader, last, call, behind) : 0;
    if (wrapped) {
        return wrapped;
    }
    behind = read_path(file, reader->style, start, false, &path, &call, &last);
    if (path && is_tagged(file, behind)) {
        push_part(reader, (Part){.kind = PART_LITERAL,
                                 .first = behind,
                                 .behind = lexer_next(file, behind),
                                 .tagged = true});
        return lexer_next(file, behind);
    }
    push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = behind, .name = path});
    return behind;
}

static uint32_t read_group(ExpressionReader *reader, uint32_t at)
{
    size_t before = reader->out->parts.count;
    bool bracketed = reader->bracketed;
    reader->bracketed = true;
    uint32_t end = reader->depth < EXPRESSION_DEPTH ? expression_sum(reader, at + 1) : 0;
    reader->bracketed = bracketed;
    if (end && lexer_is(reader->file, end, STR(")"))) {
        return read_postfix(reader, lexer_next(reader->file, end), before);
    }
    uint32_t behind = expression_behind_group(reader->file, at);
    reader->out->parts.count = before;
    if (behind) {
        push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = behind});
    }
    return behind;
}

/* A literal of which a method makes something that is not known is none. */
static uint32_t read_unknown_method(ExpressionReader *reader, uint32_t at, uint32_t behind,
                                    size_t before)
{
    const LexFile *file = reader->file;
    if (!lexer_is_one_of(file, behind, reader->style->paths) || !lexer_is_name(file, behind + 1) ||
        !lexer_is(file, behind + 2, STR("("))) {
        return behind;
    }
    uint32_t end = expression_behind_group(file, behind + 2);
    if (!end) {
        return behind;
    }
    reader->out->parts.count = before;
    push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = end});
    return end;
}

static uint32_t read_operand(ExpressionReader *reader, uint32_t at)
{
    const LexFile *file = reader->file;
    while (lexer_is_one_of(file, at, "& * - ! +")) {
        at++;
    }
    if (at >= file->count) {
        return 0;
    }
    LexToken token = file->tokens[at];
    size_t before = reader->out->parts.count;
    if (expression_is_literal(file, at)) {
        uint32_t behind = lexer_next(file, at);
        uint32_t joined = expression_joined(reader, at, behind);
        if (joined) {
            return joined;
        }
        push_part(reader, (Part){.kind = PART_LITERAL, .first = at, .behind = behind});
        uint32_t end = read_postfix(reader, behind, before);
        return lexer_is(file, end + 1, STR("join")) ? read_unknown_method(reader, at, end, before)
                                                    : end;
    }
    if (lexer_is(file, at, STR("["))) {
        return expression_list(reader, at);
    }
    if (token.kind == LEX_NUMBER || token.kind == LEX_STRING) {
        uint32_t behind = lexer_next(file, at);
        push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = behind});
        return behind;
    }
    if (token.kind == LEX_NAME) {
        return read_name(reader, at);
    }
    return lexer_is(file, at, STR("(")) ? read_group(reader, at) : 0;
}

static bool is_adjacent(const ExpressionReader *reader, uint32_t at)
{
    if (at >= reader->file->count) {
        return false;
    }
    LexToken token = reader->file->tokens[at];
    bool literal = expression_is_literal(reader->file, at);
    switch (reader->style->adjacency) {
    case ADJACENT_ANYWHERE: /* a macro's name may stand between */
        return literal || (token.kind == LEX_NAME && !token.first &&
                           expression_is_literal(reader->file, at + 1));
    case ADJACENT_IN_BRACKETS:
        return literal && (reader->bracketed || !token.first);
    case ADJACENT_ON_LINE:
        return literal && !token.first;
    case ADJACENT_JOINED:
        return token.joined && (literal || token.kind == LEX_NAME);
    default:
        return false;
    }
}

/* Another operator behind a part that is no literal: it belongs to it. */
static uint32_t read_arithmetic(ExpressionReader *reader, uint32_t at)
{
    const LexFile *file = reader->file;
    Expression *out = reader->out;
    if (!out->parts.count || out->parts.at[out->parts.count - 1].kind == PART_LITERAL ||
        !lexer_is_one_of(file, at, "* / - % || ?? ?: |") || file->tokens[at].first) {
        return 0;
    }
    size_t before = out->parts.count;
    uint32_t behind = read_operand(reader, at + 1);
    out->parts.count = before;
    if (behind) {
        out->parts.at[before - 1].behind = behind;
        out->parts.at[before - 1].name = false;
    }
    return behind;
}

/* One more operand behind what was read, or 0. */
static uint32_t read_more(ExpressionReader *reader, uint32_t behind)
{
    const LexFile *file = reader->file;
    if (is_adjacent(reader, behind)) {
        return read_operand(reader, behind);
    }
    if (!lexer_is_one_of(file, behind, reader->style->joins)) {
        return read_arithmetic(reader, behind);
    }
    size_t before = reader->out->parts.count;
    uint32_t more = before < EXPRESSION_OPERANDS ? read_operand(reader, behind + 1) : 0;
    if (!more) { /* something follows, whatever it is */
        reader->out->parts.count = before;
        reader->out->cut = true;
        push_part(reader, (Part){.kind = PART_HOLE, .first = behind, .behind = behind + 1});
    }
    return more;
}

uint32_t expression_sum(ExpressionReader *reader, uint32_t at)
{
    reader->depth++;
    uint32_t behind = read_operand(reader, at);
    for (uint32_t more = behind; more && !reader->out->cut;) {
        more = read_more(reader, behind);
        behind = more ? more : behind;
    }
    reader->depth--;
    return behind;
}

bool expression_read(Arena *arena, const LexFile *file, const HostStyle *style, uint32_t first,
                     bool bracketed, Expression *out)
{
    *out = (Expression){.first = first};
    ExpressionReader reader = {
        .arena = arena, .file = file, .style = style, .out = out, .bracketed = bracketed};
    out->behind = expression_sum(&reader, first);
    return out->behind != 0;
}
