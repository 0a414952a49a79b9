/* Objects that expressions and definitions use by name: types, collations, operators, operator
 * classes. */
#include <string.h>

#include "sql/builtin.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

enum { MOST_PARTS = 3 };

uint32_t walk_behind_last(const Walk *walk, uint32_t after, Str word)
{
    Str sql = walk->fragment->sql;
    uint32_t behind = after;
    for (Token token = token_next(sql, after); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        behind = token_is_word(sql, token, word) ? token.end : behind;
    }
    return behind;
}

static bool is_operator(Str name)
{
    return name.len && memchr("+-*/<>=~!@#%^&|`?", name.at[0], 17);
}

/* schema.+ at or after `from`, or an empty range. */
static Range find_operator(Walk *walk, uint32_t from, Str schema, Str name)
{
    Str sql = walk->fragment->sql;
    Range found = token_find_name(walk->scratch, sql, from, &schema, 1);
    while (found.end) {
        Token dot = token_next(sql, found.end);
        Token first = token_next(sql, dot.end);
        uint32_t end = first.start + (uint32_t)name.len;
        if (token_is_symbol(sql, dot, '.') && str_equal(str_slice(sql, first.start, end), name)) {
            return (Range){found.start, end};
        }
        found = token_find_name(walk->scratch, sql, found.end, &schema, 1);
    }
    return found;
}

/* Where the name stands first at or after `from`, or an empty range. */
static Range find_after(Walk *walk, const Str *parts, size_t count, uint32_t from)
{
    return count > 1 && is_operator(parts[count - 1])
               ? find_operator(walk, from, parts[count - 2], parts[count - 1])
               : token_find_name(walk->scratch, walk->fragment->sql, from, parts, count);
}

/* Where the name stands, at or after `from` (0: behind the last name that was looked for, as the
 * tree mostly has them in the order of the text). Where it is spelled in a way that only the parser
 * reads, what stands there. */
static Range find_range(Walk *walk, const Str *parts, size_t count, uint32_t from)
{
    enum { MOST_MISSES = 16 }; /* then the text is hostile: looking for all would take forever */
    Str sql = walk->fragment->sql;
    bool anywhere = !from;
    if (anywhere) {
        from = walk->named > walk->statement_start ? walk->named : walk->statement_start;
    }
    Range range = {0};
    if (walk->misses < MOST_MISSES) {
        range = find_after(walk, parts, count, from);
        walk->misses += range.end == 0;
        if (!range.end && anywhere) {
            range = find_after(walk, parts, count, walk->statement_start);
        }
    }
    if (!range.end) {
        Token token = token_next(sql, from);
        range = token_dotted_name(sql, from);
        range.end = range.end > range.start ? range.end : token.end;
    }
    walk->named = anywhere ? range.end : walk->named;
    return range;
}

Context walk_named_context(const Frame *frame)
{
    return frame->in_default ? CONTEXT_DEFAULT : CONTEXT_OTHER;
}

/* The first `count` parts of the dotted name at `at`. */
static Range range_at(const Walk *walk, size_t count, uint32_t at)
{
    Str sql = walk->fragment->sql;
    Token token = token_next(sql, at);
    Range range = {token.start, token.end};
    for (size_t i = 1; i < count; i++) {
        Token dot = token_next(sql, range.end);
        if (!token_is_symbol(sql, dot, '.')) {
            break;
        }
        range.end = token_next(sql, dot.end).end;
    }
    return range;
}

static ObjectName name_of(const Str *parts, size_t count)
{
    return (ObjectName){.schema = count > 1 ? parts[count - 2] : (Str){0},
                        .name = count ? parts[count - 1] : (Str){0}};
}

static bool is_builtin(ObjectKind kind, ObjectName name)
{
    return name.schema.len ? builtin_schema(name.schema)
                           : is_operator(name.name) || builtin_is(kind, name.name);
}

/* The parts of a list of strings but for the last `less`; 0 for anything else. */
static size_t list_parts(const Node *names, size_t less, Str parts[MOST_PARTS])
{
    size_t count = node_length(names);
    count = count > less ? count - less : 0;
    for (size_t i = 0; i < count && i < MOST_PARTS; i++) {
        parts[i] = node_as_text(node_item(names, i));
    }
    return count <= MOST_PARTS ? count : 0;
}

uint32_t walk_use(Walk *walk, const Node *names, int64_t from, ObjectKind kind, AccessSet set,
                  Context context, const Frame *frame)
{
    Str parts[MOST_PARTS] = {0};
    size_t count = list_parts(names, 0, parts);
    ObjectName name = name_of(parts, count);
    if (!count || is_builtin(kind, name)) {
        return 0;
    }
    Range range = find_range(walk, parts, count, from > 0 ? (uint32_t)from : 0);
    return walk_add(walk, kind, name, range, set, context, frame);
}

uint32_t walk_call_name(Walk *walk, const Node *call, Context context, const Frame *frame)
{
    Str parts[MOST_PARTS] = {0};
    size_t count = list_parts(node_get(call, KEY_funcname), 0, parts);
    ObjectName name = name_of(parts, count);
    if (!count || is_builtin(KIND_ROUTINE, name)) {
        return 0;
    }
    Range range = range_at(walk, count, (uint32_t)node_number(call, KEY_location));
    return walk_add(walk, KIND_ROUTINE, name, range, ACCESS_EXECUTE, context, frame);
}

/* table.column%TYPE names a table, whose row type is as good as one of its columns'. */
void walk_type_name(Walk *walk, const Node *type, const Frame *frame)
{
    Str parts[MOST_PARTS] = {0};
    size_t less = node_bool(type, KEY_pct_type) ? 1 : 0;
    size_t count = list_parts(node_get(type, KEY_names), less, parts);
    ObjectName name = name_of(parts, count);
    if (!count || is_builtin(KIND_TYPE, name)) {
        return;
    }
    Range range = range_at(walk, count, (uint32_t)node_number(type, KEY_location));
    walk_add(walk, KIND_TYPE, name, range, ACCESS_USAGE, walk_named_context(frame), frame);
}

void walk_collate(Walk *walk, const Node *collate, const Frame *frame)
{
    walk_use(walk, node_get(collate, KEY_collname), node_number(collate, KEY_location), KIND_OTHER,
             ACCESS_USAGE, walk_named_context(frame), frame);
    WALK_REST(walk, collate, frame, KEY_collname);
}

/* What OPERATOR(schema.+) stands in. An operator without a schema is not looked for: its operands
 * would have to be known. */
static void walk_operator_in(Walk *walk, const Node *node, NodeKey key, const Frame *frame)
{
    const Node *names = node_get(node, key);
    if (node_length(names) > 1) {
        walk_use(walk, names, node_number(node, KEY_location), KIND_OTHER, ACCESS_EXECUTE,
                 walk_named_context(frame), frame);
    }
    WALK_REST(walk, node, frame, key);
}

void walk_operator(Walk *walk, const Node *expression, const Frame *frame)
{
    walk_operator_in(walk, expression, KEY_name, frame);
}

void walk_sublink(Walk *walk, const Node *link, const Frame *frame)
{
    walk_operator_in(walk, link, KEY_operName, frame);
}

void walk_sort(Walk *walk, const Node *sort, const Frame *frame)
{
    walk_operator_in(walk, sort, KEY_useOp, frame);
}

/* A column of an index or partition key: COLLATE and operator class are lists without a place. */
void walk_key_column(Walk *walk, const Node *column, const Frame *frame)
{
    static const NodeKey keys[] = {KEY_collation, KEY_opclass};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        walk_use(walk, node_get(column, keys[i]), 0, KIND_OTHER, ACCESS_USAGE,
                 walk_named_context(frame), frame);
    }
    WALK_REST(walk, column, frame, KEY_collation, KEY_opclass);
}

/* SET (a, b) = (SELECT …) has the whole subquery once for each column. */
void walk_multi_assign(Walk *walk, const Node *assign, const Frame *frame)
{
    if (node_number(assign, KEY_colno) <= 1) {
        WALK_REST(walk, assign, frame, KEY_OTHER);
    }
}

/* A method of TABLESAMPLE is a function. */
void walk_sample(Walk *walk, const Node *sample, const Frame *frame)
{
    walk_use(walk, node_get(sample, KEY_method), node_number(sample, KEY_location), KIND_ROUTINE,
             ACCESS_EXECUTE, walk_named_context(frame), frame);
    WALK_REST(walk, sample, frame, KEY_method);
}
