#include "sql/computed.h"

#include <string.h>

#include "base/banned.h"

/* A text being put together. */
typedef struct {
    Arena *arena;
    const SqlFragment *from;
    ComputedNames *names;
    FragmentDraft draft;
    ComputedText result;
} Builder;

static void build(Builder *builder, const Node *node);

/* The first byte of what `node` was written as. */
static uint32_t node_start(const Node *node, uint32_t least)
{
    if (node && node->tag == NODE_LIST) {
        for (size_t i = 0; i < node->count; i++) {
            least = node_start(&node->items[i], least);
        }
    } else if (node && node->tag >= NODE_OBJECT) {
        const Node *location = node_get(node, KEY_location);
        if (location && location->number >= 0 && location->number < least) {
            least = (uint32_t)location->number;
        }
        for (size_t i = 0; i < node->count; i++) {
            least = node_start(&node->fields[i].value, least);
        }
    }
    return least;
}

/* `hole` for `length` bytes of the file from byte `file` on. */
static void append_hole_at(Builder *builder, char hole, uint32_t file, size_t length)
{
    for (size_t i = 0; i < (length ? length : 1); i++) {
        fragment_append_text(&builder->draft, (Str){.at = &hole, .len = 1}, file + (uint32_t)i);
    }
}

static void append_hole(Builder *builder, char hole, Range at)
{
    append_hole_at(builder, hole, fragment_offset(builder->from, at.start), at.end - at.start);
    if (hole == HOLE_TEXT && builder->result.any_texts++ == 0) {
        builder->result.computed = at;
    }
}

/* The name or token that `node` begins with: what a message about it points at. */
static Range range_of(const Builder *builder, const Node *node)
{
    Str sql = builder->from->sql;
    uint32_t start = node_start(node, UINT32_MAX);
    Token token = token_next(sql, start < sql.len ? start : 0);
    Range name = token_dotted_name(sql, token.start);
    return name.end > name.start ? name : (Range){token.start, token.end};
}

/* What this house does not decode (U&'') the parser did: then all of it stands where the constant
 * begins. */
SqlFragment computed_constant(Arena *arena, const SqlFragment *from, Token token, const Node *value)
{
    Str text = node_as_text(value);
    FragmentDraft draft = fragment_begin(arena, from, text.len);
    uint32_t file = fragment_offset(from, token.start);
    while (token.kind == TOKEN_STRING && draft.sql.count <= text.len) {
        SqlFragment piece = fragment_of_string(arena, from, token);
        fragment_append(&draft, &piece, (Range){0, (uint32_t)piece.sql.len});
        token = token_next(from->sql, token.end);
    }
    SqlFragment decoded = fragment_end(&draft, file);
    if (str_equal(decoded.sql, text)) {
        return decoded;
    }
    draft = fragment_begin(arena, from, text.len);
    for (size_t i = 0; i < text.len; i++) {
        fragment_append_text(&draft, str_slice(text, i, i + 1), file);
    }
    return fragment_end(&draft, file);
}

static SqlFragment constant_fragment(const Builder *builder, const Node *node)
{
    Token token = token_next(builder->from->sql, (size_t)node_number(node, KEY_location));
    return computed_constant(builder->arena, builder->from, token,
                             node_get(node_get(node, KEY_sval), KEY_sval));
}

static bool is_string(const Node *node)
{
    return node_is(node, NODE_A_Const) && node_get(node, KEY_sval);
}

static void append_all(Builder *builder, const SqlFragment *piece)
{
    fragment_append(&builder->draft, piece, (Range){0, (uint32_t)piece->sql.len});
    builder->result.known = true;
}

static const Node *without_casts(const Node *node)
{
    while (node_is(node, NODE_TypeCast)) {
        node = node_get(node, KEY_arg);
    }
    return node;
}

Str computed_variable(const Node *expression)
{
    const Node *fields = node_get(without_casts(expression), KEY_fields);
    bool lone = node_is(without_casts(expression), NODE_ColumnRef) && node_length(fields) == 1;
    return lone ? node_as_text(node_item(fields, 0)) : (Str){0};
}

static const ComputedText *find_variable(const Builder *builder, const Node *node)
{
    Str name = computed_variable(node);
    return builder->names && name.len ? builder->names->find(builder->names, name) : NULL;
}

/* Numbers and booleans as they are written; NULL is nothing. */
static void append_other_constant(Builder *builder, const Node *node)
{
    Token token = token_next(builder->from->sql, (size_t)node_number(node, KEY_location));
    if (token.kind == TOKEN_NUMBER || node_get(node, KEY_boolval)) {
        fragment_append(&builder->draft, builder->from, (Range){token.start, token.end});
        builder->result.known = true;
    }
}

/* `piece` in `quote`s, each one inside doubled. */
static void append_quoted(Builder *builder, const SqlFragment *piece, char quote)
{
    Str mark = {.at = &quote, .len = 1};
    fragment_append_text(&builder->draft, mark, fragment_offset(piece, 0));
    for (uint32_t i = 0; i < piece->sql.len; i++) {
        if (piece->sql.at[i] == quote) {
            fragment_append_text(&builder->draft, mark, fragment_offset(piece, i));
        }
        fragment_append(&builder->draft, piece, (Range){i, i + 1});
    }
    uint32_t last = piece->sql.len ? (uint32_t)piece->sql.len - 1 : 0;
    fragment_append_text(&builder->draft, mark, fragment_offset(piece, last));
    builder->result.known = true;
}

/* What a variable holds. All of it stands where the variable is named, at `at`. */
static SqlFragment variable_fragment(const Builder *builder, const ComputedText *value, Range at)
{
    Str text = value->text.sql;
    FragmentDraft draft = fragment_begin(builder->arena, builder->from, text.len);
    uint32_t file = fragment_offset(builder->from, at.start);
    fragment_append_hole(&draft, text, (Range){file, file + at.end - at.start});
    return fragment_end(&draft, file);
}

/* What `node` computes, as one name (quote `"`) or one constant (quote `'`). */
static void append_as(Builder *builder, const Node *node, char quote, Range at)
{
    const Node *constant = without_casts(node);
    const ComputedText *value = find_variable(builder, constant);
    if (is_string(constant)) {
        SqlFragment piece = constant_fragment(builder, constant);
        append_quoted(builder, &piece, quote);
    } else if (value && !computed_has_hole(value->text.sql)) {
        SqlFragment piece = variable_fragment(builder, value, at);
        append_quoted(builder, &piece, quote);
    } else {
        append_hole(builder, quote == '"' ? HOLE_NAME : HOLE_VALUE, at);
    }
}

/* The unsigned number at *at of `text`, or 0. */
static size_t read_number(Str text, uint32_t *at)
{
    size_t number = 0;
    for (; *at < text.len && char_is_digit(text.at[*at]); (*at)++) {
        number = number < 10000 ? number * 10 + (size_t)(text.at[*at] - '0') : number;
    }
    return number;
}

/* One format specifier: % [position$] [flags] [width] type. Source: PostgreSQL's manual, "format".
 */
typedef struct {
    size_t position; /* from 1; 0: the next one */
    bool star;       /* a width from the arguments, which cannot be known */
    char type;       /* '\0': a mistake */
} Specifier;

static Specifier read_specifier(Str format, uint32_t *at)
{
    Specifier specifier = {0};
    uint32_t start = ++*at;
    size_t number = read_number(format, at);
    if (*at > start && *at < format.len && format.at[*at] == '$') {
        specifier.position = number;
        (*at)++;
    }
    for (; *at < format.len && !char_is_alpha(format.at[*at]) && format.at[*at] != '%'; (*at)++) {
        specifier.star |= format.at[*at] == '*';
    }
    specifier.type = *at < format.len ? format.at[(*at)++] : '\0';
    return specifier;
}

/* Forgets what was built behind `length` bytes. */
static void truncate_draft(FragmentDraft *draft, size_t length)
{
    draft->sql.count = length;
    while (draft->spans.count && draft->spans.at[draft->spans.count - 1].sql >= length) {
        draft->spans.count--;
    }
}

/* What stands in the text for a specifier at `range` of `format`, filled by `argument`. A hole and
 * what a variable holds are shown where the specifier stands. */
static void append_argument(Builder *builder, Specifier specifier, const Node *argument,
                            const SqlFragment *format, Range range)
{
    FragmentDraft *draft = &builder->draft;
    size_t before = draft->sql.count;
    if (specifier.type == 's' && !specifier.star) {
        build(builder, argument);
    } else {
        append_as(builder, argument, specifier.type == 'I' ? '"' : '\'',
                  range_of(builder, argument));
    }
    Str built = {.at = draft->sql.at + before, .len = draft->sql.count - before};
    char hole = computed_only_hole(built);
    Range file = {fragment_offset(format, range.start), fragment_behind(format, range)};
    if (hole) {
        truncate_draft(draft, before);
        append_hole_at(builder, hole, file.start, file.end - file.start);
    } else if (computed_variable(argument).len) {
        built = arena_copy(builder->arena, built);
        truncate_draft(draft, before);
        fragment_append_hole(draft, built, file);
    }
}

/* What format() fills in: a constant, or what is put together of known texts. False where a part of
 * it may be any text, and so may have specifiers. */
static bool read_format(const Builder *builder, const Node *argument, SqlFragment *format)
{
    const Node *constant = without_casts(argument);
    if (is_string(constant)) {
        *format = constant_fragment(builder, constant);
        return true;
    }
    ComputedText computed = computed_text(builder->arena, builder->from, argument, builder->names);
    *format = computed.text;
    return computed.known && !computed.any_texts;
}

static void append_format(Builder *builder, const Node *call)
{
    const Node *arguments = node_get(call, KEY_args);
    SqlFragment format;
    if (!read_format(builder, node_item(arguments, 0), &format)) {
        append_hole(builder, HOLE_TEXT, range_of(builder, node_item(arguments, 0)));
        return;
    }
    size_t next = 1;
    builder->result.known = true;
    for (uint32_t at = 0; at < format.sql.len;) {
        uint32_t percent = (uint32_t)str_find_byte(format.sql, '%', at);
        fragment_append(&builder->draft, &format, (Range){at, percent});
        at = percent;
        if (at >= format.sql.len) {
            break;
        }
        Specifier specifier = read_specifier(format.sql, &at);
        if (specifier.type == '%') {
            fragment_append(&builder->draft, &format, (Range){percent, percent + 1});
            continue;
        }
        next = specifier.position ? specifier.position : next;
        append_argument(builder, specifier, node_item(arguments, next++), &format,
                        (Range){percent, at});
    }
}

static void append_concat(Builder *builder, const Node *call)
{
    const Node *arguments = node_get(call, KEY_args);
    for (size_t i = 0; i < node_length(arguments); i++) {
        build(builder, node_item(arguments, i));
    }
}

/* All of a call, so that a message about a name made of several ones shows them whole. */
static Range range_of_call(const Builder *builder, const Node *call)
{
    Str sql = builder->from->sql;
    Range range = range_of(builder, call);
    size_t nested = 0;
    Token token = token_next(sql, range.end);
    do {
        nested += token_is_symbol(sql, token, '(');
        nested -= nested && token_is_symbol(sql, token, ')');
        range.end = token.end;
        token = token_next(sql, token.end);
    } while (nested && token.kind != TOKEN_END);
    return range;
}

static void append_identifier(Builder *builder, const Node *call)
{
    append_as(builder, node_item(node_get(call, KEY_args), 0), '"', range_of_call(builder, call));
}

static void append_literal(Builder *builder, const Node *call)
{
    append_as(builder, node_item(node_get(call, KEY_args), 0), '\'', range_of_call(builder, call));
}

static const struct {
    Str name;
    void (*append)(Builder *builder, const Node *call);
} functions[] = {
    {STR("format"), append_format},          {STR("concat"), append_concat},
    {STR("quote_ident"), append_identifier}, {STR("quote_literal"), append_literal},
    {STR("quote_nullable"), append_literal},
};

/* Builds what a call of a function of pg_catalog gives; false for any other one. */
static bool build_call(Builder *builder, const Node *call)
{
    const Node *names = node_get(call, KEY_funcname);
    Str name = node_as_text(node_item(names, node_length(names) - 1));
    bool built_in =
        node_length(names) == 1 || str_equal(node_as_text(node_item(names, 0)), STR("pg_catalog"));
    for (size_t i = 0; built_in && i < sizeof functions / sizeof *functions; i++) {
        if (str_equal(name, functions[i].name) && node_length(node_get(call, KEY_args))) {
            functions[i].append(builder, call);
            return true;
        }
    }
    return false;
}

static bool is_concatenation(const Node *node)
{
    return node_is(node, NODE_A_Expr) &&
           str_equal(node_as_text(node_item(node_get(node, KEY_name), 0)), STR("||"));
}

/* A chain of || leans to the left and may be long: its operands, from the last to the first. */
static void build_concatenation(Builder *builder, const Node *node)
{
    ARRAY(const Node *) operands = {0};
    for (; is_concatenation(node); node = node_get(node, KEY_lexpr)) {
        array_push(builder->arena, &operands, node_get(node, KEY_rexpr));
    }
    build(builder, node);
    for (size_t i = operands.count; i > 0; i--) {
        build(builder, operands.at[i - 1]);
    }
}

/* Appends what a variable holds, if that is known. */
static bool build_variable(Builder *builder, const Node *node)
{
    Range at = range_of(builder, node);
    const ComputedText *value = find_variable(builder, node);
    char hole = value ? computed_only_hole(value->text.sql) : '\0';
    if (hole) {
        append_hole(builder, hole, at);
    } else if (value) {
        SqlFragment piece = variable_fragment(builder, value, at);
        append_all(builder, &piece);
        builder->result.computed = builder->result.any_texts ? builder->result.computed : at;
        builder->result.any_texts += value->any_texts;
    }
    return value != NULL;
}

static void build(Builder *builder, const Node *expression)
{
    const Node *node = without_casts(expression);
    if (is_string(node)) {
        SqlFragment piece = constant_fragment(builder, node);
        append_all(builder, &piece);
    } else if (node_is(node, NODE_A_Const)) {
        append_other_constant(builder, node);
    } else if (is_concatenation(node)) {
        build_concatenation(builder, node);
    } else if (!build_variable(builder, node) &&
               (!node_is(node, NODE_FuncCall) || !build_call(builder, node))) {
        append_hole(builder, HOLE_TEXT, range_of(builder, node));
    }
}

ComputedText computed_text(Arena *arena, const SqlFragment *fragment, const Node *expression,
                           ComputedNames *names)
{
    Builder builder = {.arena = arena,
                       .from = fragment,
                       .names = names,
                       .draft = fragment_begin(arena, fragment, 64)};
    build(&builder, expression);
    if (!builder.result.any_texts) {
        builder.result.computed = range_of(&builder, expression);
    }
    builder.result.text = fragment_end(&builder.draft, fragment_offset(fragment, 0));
    return builder.result;
}
