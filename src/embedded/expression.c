#include "embedded/expression.h"

#include "embedded/choice.h"

#include "base/banned.h"

enum {
    MOST_GROUP = 1500,
    MOST_METHODS = 16,
    MOST_OPERANDS = 2000,
    DEEPEST = 24,
    FARTHEST_BACK = 64
};

typedef struct {
    Arena *arena;
    const LexFile *file;
    const HostStyle *style;
    Expression *out;
    bool bracketed;
    unsigned depth;
} Reader;

/* Methods and functions that give the text that they are given, as far as SQL is concerned. */
static const char same_text[] =
    "trimIndent strip strip_heredoc squish freeze trim trimEnd trimStart stripIndent toString "
    "to_string to_owned to_s into as_str c_str as_string asString html_safe dup String rstrip "
    "lstrip chomp dedent cleandoc raw unsafe lit SQL text Literal literal str replace Replace "
    "replaceAll gsub sub intern translateEscapes utf8 bytes encode AsSpan";
/* Those of them that are a part of the expression, and not a call that takes SQL. */
static const char transparent[] = "dedent cleandoc String str TrimSpace trim utf8 u8 concat "
                                  "StringBuilder StringBuffer string string_view";
static const char margins[] = "trimMargin stripMargin";

/* Calls whose first argument is a format. Swift's is String(format: …), which is read likewise. */
static const struct {
    const char *names;
    FormatKind kind;
} formats[] = {
    {"sprintf Sprintf format vsprintf asprintf snprintf Format formatted format_html",
     FORMAT_PERCENT},
};

bool expression_is_literal(const LexFile *file, uint32_t token)
{
    return token < file->count && file->tokens[token].kind == LEX_STRING &&
           lexer_role(file->tokens[token]) == LEX_TEXT;
}

static bool is_symbol(const LexFile *file, uint32_t token)
{
    return token < file->count && file->tokens[token].kind == LEX_SYMBOL;
}

static bool is_name(const LexFile *file, uint32_t token)
{
    return token < file->count && file->tokens[token].kind == LEX_NAME;
}

/* Is token `at` a symbol of `list`? */
static bool is_one_of(const LexFile *file, uint32_t at, const char *list)
{
    return is_symbol(file, at) && style_has(list, lexer_source(file, at));
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
        bool group = is_one_of(file, *at, "( [ {");
        uint32_t next = group ? expression_behind_group(file, *at) : lexer_next(file, *at);
        *at = next ? next : behind;
    }
    argument->end = *at < behind ? *at : behind;
    *at = *at < behind ? lexer_next(file, *at) : behind;
    return argument->end > argument->start;
}

static void push_part(Reader *reader, Part part)
{
    array_push(reader->arena, &reader->out->parts, part);
}

static uint32_t read_sum(Reader *reader, uint32_t at);

/* All literals from part `from` on are formatted by the arguments [first, behind). */
static void format_parts(Reader *reader, size_t from, Format format)
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
    bool percent = str_equal(name, STR("formatted")) ||
                   str_equal(file->language->name, STR("kotlin")) ||
                   str_equal(file->language->name, STR("scala")) ||
                   str_equal(file->language->name, STR("java"));
    return percent ? FORMAT_PERCENT : FORMAT_BRACE;
}

/* What follows an operand that holds literals (parts from `from` on): methods, "…" % x. Returns the
 * token behind all of it that keeps the text in view. */
static uint32_t read_postfix(Reader *reader, uint32_t at, size_t from)
{
    const LexFile *file = reader->file;
    for (int i = 0; i < MOST_METHODS; i++) {
        if (is_one_of(file, at, reader->style->paths) && is_name(file, at + 1)) {
            Str name = lexer_source(file, at + 1);
            bool call = lexer_is(file, at + 2, STR("("));
            uint32_t behind = call ? expression_behind_group(file, at + 2) : at + 2;
            bool formats_it =
                call && (str_equal(name, STR("format")) || str_equal(name, STR("formatted")));
            bool margin = style_has(margins, name);
            if (!behind || (!formats_it && !margin && !style_has(same_text, name))) {
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
            bool group = is_one_of(file, at + 1, "( [ {");
            uint32_t behind = group ? expression_behind_group(file, at + 1) : 0;
            Format format = {
                .kind = FORMAT_PERCENT, .first = at + 1 + group, .behind = behind ? behind - 1 : 0};
            if (!group) {
                Expression ignored = {0};
                Reader inner = *reader;
                inner.out = &ignored;
                inner.style = style_of(NULL);
                behind = reader->depth < DEEPEST ? read_sum(&inner, at + 1) : 0;
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
        bool macro = lexer_is(file, at, STR("!")) && is_one_of(file, at + 1, "( [") &&
                     file->tokens[at].joined;
        uint32_t group = at + macro;
        if (is_one_of(file, at, style->paths) && is_name(file, at + 1)) {
            *last = at + 1;
            at += 2;
        } else if (is_one_of(file, group, "( [ {") && file->tokens[group].joined) {
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

static bool read_elements(Reader *reader, uint32_t open, uint32_t behind, Str joint);
static Str plain_text(const Reader *reader, uint32_t token);

/* strings.Join([]string{"a", "b"}, sep): its arguments begin at `start`. */
static uint32_t read_go_list(Reader *reader, uint32_t start, uint32_t behind)
{
    const LexFile *file = reader->file;
    uint32_t open = start + 3;
    if (!lexer_is(file, start, STR("[")) || !lexer_is(file, start + 1, STR("]")) ||
        !lexer_is(file, open, STR("{"))) {
        return 0;
    }
    uint32_t end = expression_behind_group(file, open);
    bool separated = end && lexer_is(file, end, STR(",")) && expression_is_literal(file, end + 1) &&
                     lexer_next(file, end + 1) == behind - 1;
    return separated && read_elements(reader, open, end, plain_text(reader, end + 1)) ? behind : 0;
}

/* A call whose only argument, or first one, is the text: sql.SQL("…"), String.format("…", x),
 * format!("…"). */
static uint32_t read_wrapper(Reader *reader, uint32_t last, uint32_t call, uint32_t behind)
{
    const LexFile *file = reader->file;
    Str name = lexer_source(file, last);
    bool format = style_has(formats[0].names, name);
    uint32_t start = call + 1;
    size_t before = reader->out->parts.count;
    bool swift =
        format && lexer_is(file, start, STR("format")) && lexer_is(file, start + 1, STR(":"));
    bool named =
        swift || (lexer_is(file, start, STR("format")) && lexer_is(file, start + 1, STR(":")));
    bool joins = str_equal(name, STR("concat"));
    uint32_t joined = str_equal(name, STR("Join")) ? read_go_list(reader, start, behind) : 0;
    if (joined) {
        return joined;
    }
    if (!format && !named && !joins && !style_has(same_text, name) &&
        !style_has(transparent, name)) {
        return 0;
    }
    uint32_t at = read_sum(reader, start + (named ? 2 : 0));
    while (joins && at && lexer_is(file, at, STR(","))) {
        at = read_sum(reader, at + 1);
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
        bool brace = str_equal(file->language->name, STR("rust")) ||
                     str_equal(file->language->name, STR("csharp")) ||
                     str_equal(file->language->name, STR("cpp"));
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
static uint32_t read_formatted_name(Reader *reader, uint32_t at, uint32_t behind)
{
    const LexFile *file = reader->file;
    size_t before = reader->out->parts.count;
    bool method = behind > at + 2 && lexer_is(file, behind, STR("(")) &&
                  !lexer_is(file, at, STR("String")) &&
                  (lexer_is(file, behind - 1, STR("formatted")) ||
                   (lexer_is(file, behind - 1, STR("format")) &&
                    style_has("python kotlin scala", file->language->name)));
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

static uint32_t read_name(Reader *reader, uint32_t at)
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

static uint32_t read_group(Reader *reader, uint32_t at)
{
    size_t before = reader->out->parts.count;
    bool bracketed = reader->bracketed;
    reader->bracketed = true;
    uint32_t end = reader->depth < DEEPEST ? read_sum(reader, at + 1) : 0;
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

/* Reads the elements of the list in brackets [open, behind), with `joint` between them. */
static bool read_elements(Reader *reader, uint32_t open, uint32_t behind, Str joint)
{
    size_t from = reader->out->parts.count;
    uint32_t at = open + 1;
    for (size_t first = from; at < behind - 1; first = reader->out->parts.count) {
        uint32_t end = reader->depth < DEEPEST ? read_sum(reader, at) : 0;
        bool ends = end == behind - 1 || (end && lexer_is(reader->file, end, STR(",")));
        if (!ends || first >= MOST_OPERANDS) {
            reader->out->parts.count = from;
            return false;
        }
        reader->out->parts.at[first].joint = first > from ? joint : (Str){0};
        at = end == behind - 1 ? end : end + 1;
    }
    return reader->out->parts.count > from;
}

/* What plain literal `token` stands for. */
static Str plain_text(const Reader *reader, uint32_t token)
{
    LexText text = lexer_decode(reader->arena, reader->file, token);
    return text.hole_count ? (Str){0} : text.text;
}

/* ", ".join(["a", "b"]): the token behind it, or 0. The literal is at `at`, `behind` is behind it.
 */
static uint32_t read_joined(Reader *reader, uint32_t at, uint32_t behind)
{
    const LexFile *file = reader->file;
    if (!lexer_is(file, behind, STR(".")) || !lexer_is(file, behind + 1, STR("join")) ||
        !lexer_is(file, behind + 2, STR("("))) {
        return 0;
    }
    uint32_t end = expression_behind_group(file, behind + 2);
    uint32_t list = behind + 3;
    bool brackets =
        end && is_one_of(file, list, "[ (") && expression_behind_group(file, list) == end - 1;
    return brackets && read_elements(reader, list, end - 1, plain_text(reader, at)) ? end : 0;
}

/* ["a", "b"].join(", "), listOf("a", "b").joinToString(", "): the list's bracket is at `open`. */
static uint32_t read_list(Reader *reader, uint32_t open)
{
    const LexFile *file = reader->file;
    uint32_t behind = expression_behind_group(file, open);
    if (!behind || !is_one_of(file, behind, reader->style->paths) ||
        !(lexer_is(file, behind + 1, STR("join")) ||
          lexer_is(file, behind + 1, STR("joinToString")) ||
          lexer_is(file, behind + 1, STR("joined")))) {
        return 0;
    }
    bool call = lexer_is(file, behind + 2, STR("("));
    uint32_t separator = behind + 3 + 2 * (call && lexer_is(file, behind + 4, STR(":")));
    bool given = call && expression_is_literal(file, separator);
    uint32_t end = call ? expression_behind_group(file, behind + 2) : behind + 2;
    bool alone = !call || end == behind + 4 || (given && lexer_next(file, separator) == end - 1);
    Str joint = given ? plain_text(reader, separator) : STR(",");
    return end && alone && read_elements(reader, open, behind, joint) ? end : 0;
}

/* A literal of which a method makes something that is not known is none. */
static uint32_t read_unknown_method(Reader *reader, uint32_t at, uint32_t behind, size_t before)
{
    const LexFile *file = reader->file;
    if (!is_one_of(file, behind, reader->style->paths) || !is_name(file, behind + 1) ||
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

static uint32_t read_operand(Reader *reader, uint32_t at)
{
    const LexFile *file = reader->file;
    if (at >= file->count) {
        return 0;
    }
    LexToken token = file->tokens[at];
    size_t before = reader->out->parts.count;
    if (expression_is_literal(file, at)) {
        uint32_t behind = lexer_next(file, at);
        uint32_t joined = read_joined(reader, at, behind);
        if (joined) {
            return joined;
        }
        push_part(reader, (Part){.kind = PART_LITERAL, .first = at, .behind = behind});
        uint32_t end = read_postfix(reader, behind, before);
        return lexer_is(file, end + 1, STR("join")) ? read_unknown_method(reader, at, end, before)
                                                    : end;
    }
    if (lexer_is(file, at, STR("["))) {
        return read_list(reader, at);
    }
    if (token.kind == LEX_NUMBER || token.kind == LEX_STRING) {
        uint32_t behind = lexer_next(file, at);
        push_part(reader, (Part){.kind = PART_HOLE, .first = at, .behind = behind});
        return behind;
    }
    if (token.kind == LEX_NAME) {
        return read_name(reader, at);
    }
    if (lexer_is(file, at, STR("("))) {
        return read_group(reader, at);
    }
    return is_one_of(file, at, "& * - ! +") ? read_operand(reader, at + 1) : 0;
}

static bool is_adjacent(const Reader *reader, uint32_t at)
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
static uint32_t read_arithmetic(Reader *reader, uint32_t at)
{
    const LexFile *file = reader->file;
    Expression *out = reader->out;
    if (!out->parts.count || out->parts.at[out->parts.count - 1].kind == PART_LITERAL ||
        !is_one_of(file, at, "* / - % || ?? ?: |") || file->tokens[at].first) {
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
static uint32_t read_more(Reader *reader, uint32_t behind)
{
    const LexFile *file = reader->file;
    if (is_adjacent(reader, behind)) {
        return read_operand(reader, behind);
    }
    if (!is_one_of(file, behind, reader->style->joins)) {
        return read_arithmetic(reader, behind);
    }
    size_t before = reader->out->parts.count;
    uint32_t more = before < MOST_OPERANDS ? read_operand(reader, behind + 1) : 0;
    if (!more) { /* something follows, whatever it is */
        reader->out->parts.count = before;
        reader->out->cut = true;
        push_part(reader, (Part){.kind = PART_HOLE, .first = behind, .behind = behind + 1});
    }
    return more;
}

static uint32_t read_sum(Reader *reader, uint32_t at)
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

/* Is the group of token `open` parentheses around an expression, and not a call's? */
static bool only_groups(const LexFile *file, uint32_t open)
{
    if (open == 0) {
        return true;
    }
    LexToken before = file->tokens[open - 1];
    Str source = lexer_source(file, open - 1);
    bool word = str_equal(source, STR("return")) || str_equal(source, STR("in")) ||
                str_equal(source, STR("and")) || str_equal(source, STR("or"));
    bool call = (before.kind == LEX_NAME && !word) || before.kind == LEX_STRING ||
                str_equal(source, STR(")")) || str_equal(source, STR("]")) ||
                str_equal(source, STR(">")) || str_equal(source, STR("!")) ||
                str_equal(source, STR("}"));
    return !call;
}

bool expression_printed(const LexFile *file, uint32_t literal, uint32_t *name, uint32_t *behind)
{
    enum { FARTHEST_FORMAT = 10 };
    uint32_t open = literal;
    for (uint32_t steps = 0; steps < FARTHEST_FORMAT && open > 1; steps++) {
        open--;
        if (lexer_is(file, open, STR("(")) && is_name(file, open - 1) &&
            style_has("sprintf snprintf asprintf", lexer_source(file, open - 1))) {
            *name = open + 1 + lexer_is(file, open + 1, STR("&"));
            *behind = expression_behind_group(file, open);
            return *name + 1 < literal && is_name(file, *name) && *behind;
        }
    }
    return false;
}

bool expression_read(Arena *arena, const LexFile *file, const HostStyle *style, uint32_t first,
                     bool bracketed, Expression *out)
{
    *out = (Expression){.first = first};
    Reader reader = {
        .arena = arena, .file = file, .style = style, .out = out, .bracketed = bracketed};
    out->behind = read_sum(&reader, first);
    return out->behind != 0;
}

/* The first token of the operand that ends before token `at`; `at` where there is none. */
static uint32_t operand_start(const LexFile *file, const HostStyle *style, uint32_t at)
{
    uint32_t start = at;
    for (uint32_t steps = 0; steps < FARTHEST_BACK && start > 0; steps++) {
        LexToken token = file->tokens[start - 1];
        bool expected = start == at || is_one_of(file, start, style->paths);
        if (lexer_is(file, start - 1, STR(")")) || lexer_is(file, start - 1, STR("]"))) {
            uint32_t depth = 0;
            uint32_t open = start;
            do {
                open--;
                depth += lexer_is(file, open, STR(")")) || lexer_is(file, open, STR("]"));
                depth -= lexer_is(file, open, STR("(")) || lexer_is(file, open, STR("["));
            } while (depth && open > 0 && at - open < FARTHEST_BACK);
            if (depth) {
                return at;
            }
            start = open;
            if (only_groups(file, open)) {
                return start;
            }
            at = start; /* a name is called */
        } else if (token.kind == LEX_NAME && expected) {
            start--;
            if (start == 0 || !is_one_of(file, start - 1, style->paths)) {
                return start > 0 && lexer_is(file, start - 1, STR("new")) ? start - 1 : start;
            }
        } else if (token.kind == LEX_NUMBER && expected) {
            return start - 1;
        } else if (start < at && is_one_of(file, start - 1, style->paths)) {
            start--;
        } else {
            return start;
        }
    }
    return at;
}

/* Is the group that opens at `open` the argument of a call that gives its text back, formatted or
 * as it is? Then that call is the expression. */
static bool is_transparent(const LexFile *file, const HostStyle *style, uint32_t open)
{
    bool macro = open > 1 && lexer_is(file, open - 1, STR("!"));
    uint32_t name = open - 1 - macro;
    if (open < 1 + (uint32_t)macro || !is_name(file, name)) {
        return false;
    }
    Str source = lexer_source(file, name);
    if (style_has(formats[0].names, source) || style_has(transparent, source)) {
        return true;
    }
    if (!style_has(same_text, source)) {
        return false;
    }
    uint32_t behind = expression_behind_group(file, open);
    return (is_one_of(file, behind, style->paths) && lexer_is(file, behind + 1, STR("format"))) ||
           (behind && style->percent && lexer_is(file, behind, STR("%")));
}

bool expression_is_wrapped(const LexFile *file, const HostStyle *style, uint32_t first)
{
    return first > 1 && lexer_is(file, first - 1, STR("(")) &&
           is_transparent(file, style, first - 1);
}

/* Is there a & before it that takes its address? */
static bool is_reference(const LexFile *file, uint32_t start)
{
    return start > 1 && lexer_is(file, start - 1, STR("&")) &&
           (is_one_of(file, start - 2, "( , = [ {") || lexer_is(file, start - 2, STR("return")));
}

/* The first token of the call that joins the list whose bracket is at `open`: ", ".join([,
 * strings.Join([]string{, […].join; or `open` + 1. */
static uint32_t list_start(const LexFile *file, const HostStyle *style, uint32_t open)
{
    uint32_t behind = expression_behind_group(file, open);
    if (lexer_is(file, open, STR("[")) && is_one_of(file, behind, style->paths) &&
        style_has("join joinToString joined", lexer_source(file, behind + 1))) {
        return open;
    }
    bool go = open > 7 && lexer_is(file, open, STR("{")) &&
              lexer_is(file, open - 1, STR("string")) && lexer_is(file, open - 4, STR("(")) &&
              lexer_is(file, open - 5, STR("Join"));
    bool python = open > 4 && !lexer_is(file, open, STR("{")) &&
                  lexer_is(file, open - 1, STR("(")) && lexer_is(file, open - 2, STR("join")) &&
                  lexer_is(file, open - 3, STR(".")) && expression_is_literal(file, open - 4);
    return go ? open - 7 : python ? open - 4 : open + 1;
}

uint32_t expression_start(const LexFile *file, const HostStyle *style, uint32_t literal)
{
    uint32_t start = literal;
    for (uint32_t steps = 0; steps < FARTHEST_BACK && start > 0; steps++) {
        uint32_t before = start;
        if (is_one_of(file, start - 1, style->joins) && start > 1) {
            before = operand_start(file, style, start - 1);
            bool unary = before == start - 1 && lexer_is(file, start - 1, STR("+"));
            before = before < start - 1 || unary ? before : start;
        } else if (lexer_is(file, start - 1, STR("(")) && only_groups(file, start - 1)) {
            before = start - 1;
        } else if (lexer_is(file, start - 1, STR("(")) && is_transparent(file, style, start - 1)) {
            bool macro = lexer_is(file, start - 2, STR("!"));
            before = operand_start(file, style, start - 1 - macro);
        } else if (is_reference(file, start)) {
            before = start - 1;
        } else if (start > 2 && lexer_is(file, start - 1, STR(":")) &&
                   lexer_is(file, start - 2, STR("format")) && /* Swift's */
                   lexer_is(file, start - 3, STR("("))) {
            before = operand_start(file, style, start - 3);
        } else if (style->adjacency == ADJACENT_ANYWHERE && is_name(file, start - 1) &&
                   expression_is_literal(file, start) && start > 1 &&
                   expression_is_literal(file, start - 2)) {
            before = start - 2;
        }
        if (before == start && is_one_of(file, start - 1, "[ ( {")) {
            before = list_start(file, style, start - 1);
        }
        if (before == start) {
            return start;
        }
        start = before;
    }
    return start;
}
