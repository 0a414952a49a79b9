#include "sql/computing.h"

#include "base/banned.h"

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

void computing_hole_at(Computing *computing, char hole, uint32_t file, size_t length)
{
    for (size_t i = 0; i < (length ? length : 1); i++) {
        fragment_append_text(&computing->draft, (Str){.at = &hole, .len = 1}, file + (uint32_t)i);
    }
}

void computing_hole(Computing *computing, char hole, Range at)
{
    computing_hole_at(computing, hole, fragment_offset(computing->from, at.start),
                      at.end - at.start);
    if (hole == HOLE_TEXT && computing->result.any_texts++ == 0) {
        computing->result.computed = at;
    }
}

Range computing_range(const Computing *computing, const Node *node)
{
    Str sql = computing->from->sql;
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

static const Node *without_casts(const Node *node)
{
    while (node_is(node, NODE_TypeCast)) {
        node = node_get(node, KEY_arg);
    }
    return node;
}

bool computing_string(const Computing *computing, const Node *node, SqlFragment *text)
{
    const Node *constant = without_casts(node);
    const Node *value = node_is(constant, NODE_A_Const) ? node_get(constant, KEY_sval) : NULL;
    if (!value) {
        return false;
    }
    Token token = token_next(computing->from->sql, (size_t)node_number(constant, KEY_location));
    *text = computed_constant(computing->arena, computing->from, token, node_get(value, KEY_sval));
    return true;
}

static void append_all(Computing *computing, const SqlFragment *piece)
{
    fragment_append(&computing->draft, piece, (Range){0, (uint32_t)piece->sql.len});
    computing->result.known = true;
}

Str computed_variable(const Node *expression)
{
    const Node *fields = node_get(without_casts(expression), KEY_fields);
    bool lone = node_is(without_casts(expression), NODE_ColumnRef) && node_length(fields) == 1;
    return lone ? node_as_text(node_item(fields, 0)) : (Str){0};
}

static const ComputedText *find_variable(const Computing *computing, const Node *node)
{
    Str name = computed_variable(node);
    return computing->names && name.len ? computing->names->find(computing->names, name) : NULL;
}

/* Numbers and booleans as they are written; NULL is nothing. */
static void append_other_constant(Computing *computing, const Node *node)
{
    Token token = token_next(computing->from->sql, (size_t)node_number(node, KEY_location));
    if (token.kind == TOKEN_NUMBER || node_get(node, KEY_boolval)) {
        fragment_append(&computing->draft, computing->from, (Range){token.start, token.end});
        computing->result.known = true;
    }
}

/* `piece` in `quote`s, each one inside doubled. */
static void append_quoted(Computing *computing, const SqlFragment *piece, char quote)
{
    Str mark = {.at = &quote, .len = 1};
    fragment_append_text(&computing->draft, mark, fragment_offset(piece, 0));
    for (uint32_t i = 0; i < piece->sql.len; i++) {
        if (piece->sql.at[i] == quote) {
            fragment_append_text(&computing->draft, mark, fragment_offset(piece, i));
        }
        fragment_append(&computing->draft, piece, (Range){i, i + 1});
    }
    uint32_t last = piece->sql.len ? (uint32_t)piece->sql.len - 1 : 0;
    fragment_append_text(&computing->draft, mark, fragment_offset(piece, last));
    computing->result.known = true;
}

/* What a variable holds. All of it stands where the variable is named, at `at`. */
static SqlFragment variable_fragment(const Computing *computing, const ComputedText *value,
                                     Range at)
{
    Str text = value->text.sql;
    FragmentDraft draft = fragment_begin(computing->arena, computing->from, text.len);
    uint32_t file = fragment_offset(computing->from, at.start);
    fragment_append_hole(&draft, text, (Range){file, file + at.end - at.start});
    return fragment_end(&draft, file);
}

void computing_quoted(Computing *computing, const Node *node, char quote, Range at)
{
    const ComputedText *value = find_variable(computing, node);
    SqlFragment piece;
    if (computing_string(computing, node, &piece)) {
        append_quoted(computing, &piece, quote);
    } else if (value && !computed_has_hole(value->text.sql)) {
        piece = variable_fragment(computing, value, at);
        append_quoted(computing, &piece, quote);
    } else {
        computing_hole(computing, quote == '"' ? HOLE_NAME : HOLE_VALUE, at);
    }
}

static void append_concat(Computing *computing, const Node *call)
{
    const Node *arguments = node_get(call, KEY_args);
    for (size_t i = 0; i < node_length(arguments); i++) {
        computing_append(computing, node_item(arguments, i));
    }
}

/* All of a call, so that a message about a name made of several ones shows them whole. */
static Range range_of_call(const Computing *computing, const Node *call)
{
    Str sql = computing->from->sql;
    Range range = computing_range(computing, call);
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

static void append_identifier(Computing *computing, const Node *call)
{
    computing_quoted(computing, node_item(node_get(call, KEY_args), 0), '"',
                     range_of_call(computing, call));
}

static void append_literal(Computing *computing, const Node *call)
{
    computing_quoted(computing, node_item(node_get(call, KEY_args), 0), '\'',
                     range_of_call(computing, call));
}

static const struct {
    Str name;
    void (*append)(Computing *computing, const Node *call);
} functions[] = {
    {STR("format"), computing_format},       {STR("concat"), append_concat},
    {STR("quote_ident"), append_identifier}, {STR("quote_literal"), append_literal},
    {STR("quote_nullable"), append_literal},
};

/* Builds what a call of a function of pg_catalog gives; false for any other one. */
static bool build_call(Computing *computing, const Node *call)
{
    const Node *names = node_get(call, KEY_funcname);
    Str name = node_as_text(node_item(names, node_length(names) - 1));
    bool built_in =
        node_length(names) == 1 || str_equal(node_as_text(node_item(names, 0)), STR("pg_catalog"));
    for (size_t i = 0; built_in && i < sizeof functions / sizeof *functions; i++) {
        if (str_equal(name, functions[i].name) && node_length(node_get(call, KEY_args))) {
            functions[i].append(computing, call);
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
static void build_concatenation(Computing *computing, const Node *node)
{
    ARRAY(const Node *) operands = {0};
    for (; is_concatenation(node); node = node_get(node, KEY_lexpr)) {
        array_push(computing->arena, &operands, node_get(node, KEY_rexpr));
    }
    computing_append(computing, node);
    for (size_t i = operands.count; i > 0; i--) {
        computing_append(computing, operands.at[i - 1]);
    }
}

/* Appends what a variable holds, if that is known. */
static bool build_variable(Computing *computing, const Node *node)
{
    Range at = computing_range(computing, node);
    const ComputedText *value = find_variable(computing, node);
    char hole = value ? computed_only_hole(value->text.sql) : '\0';
    if (hole) {
        computing_hole(computing, hole, at);
    } else if (value) {
        SqlFragment piece = variable_fragment(computing, value, at);
        append_all(computing, &piece);
        computing->result.computed = computing->result.any_texts ? computing->result.computed : at;
        computing->result.any_texts += value->any_texts;
    }
    return value != NULL;
}

void computing_append(Computing *computing, const Node *expression)
{
    const Node *node = without_casts(expression);
    SqlFragment piece;
    if (computing_string(computing, node, &piece)) {
        append_all(computing, &piece);
    } else if (node_is(node, NODE_A_Const)) {
        append_other_constant(computing, node);
    } else if (is_concatenation(node)) {
        build_concatenation(computing, node);
    } else if (!build_variable(computing, node) &&
               (!node_is(node, NODE_FuncCall) || !build_call(computing, node))) {
        computing_hole(computing, HOLE_TEXT, computing_range(computing, node));
    }
}

ComputedText computed_text(Arena *arena, const SqlFragment *fragment, const Node *expression,
                           ComputedNames *names)
{
    Computing computing = {.arena = arena,
                           .from = fragment,
                           .names = names,
                           .draft = fragment_begin(arena, fragment, 64)};
    computing_append(&computing, expression);
    if (!computing.result.any_texts) {
        computing.result.computed = computing_range(&computing, expression);
    }
    computing.result.text = fragment_end(&computing.draft, fragment_offset(fragment, 0));
    return computing.result;
}
