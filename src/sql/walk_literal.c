/* Texts that stand for an object: what functions of pg_catalog take as a name, and casts to
 * regclass … */
#include <stdlib.h>

#include "sql/builtin.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* Functions with an argument that is the name of an object; sorted. A negative argument counts from
 * the end. The row is for calls of `least` arguments at least. What reads no data is a mere name:
 * ACCESS_USAGE, but for a sequence, where usage is what nextval needs. Source: PostgreSQL's manual,
 * "Functions and Operators", and pg_proc; tests/oracle/names asks the server whether one is
 * missing. */
typedef struct {
    Str name;
    int argument;
    size_t least;
    ObjectKind kind;
    AccessSet set;
} NameArgument;

static const NameArgument name_arguments[] = {
    {STR("brin_desummarize_range"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("brin_summarize_new_values"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("brin_summarize_range"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("currtid2"), 0, 2, KIND_RELATION, ACCESS_SELECT},
    {STR("currval"), 0, 1, KIND_SEQUENCE, ACCESS_USAGE},
    {STR("gin_clean_pending_list"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("has_any_column_privilege"), -2, 2, KIND_RELATION, ACCESS_USAGE},
    {STR("has_column_privilege"), -3, 3, KIND_RELATION, ACCESS_USAGE},
    {STR("has_function_privilege"), -2, 2, KIND_ROUTINE, ACCESS_USAGE},
    {STR("has_schema_privilege"), -2, 2, KIND_SCHEMA, ACCESS_USAGE},
    {STR("has_sequence_privilege"), -2, 2, KIND_RELATION, ACCESS_USAGE},
    {STR("has_table_privilege"), -2, 2, KIND_RELATION, ACCESS_USAGE},
    {STR("has_type_privilege"), -2, 2, KIND_TYPE, ACCESS_USAGE},
    {STR("json_to_tsvector"), 0, 3, KIND_OTHER, ACCESS_USAGE},
    {STR("jsonb_to_tsvector"), 0, 3, KIND_OTHER, ACCESS_USAGE},
    {STR("nextval"), 0, 1, KIND_SEQUENCE, ACCESS_USAGE},
    {STR("pg_basetype"), 0, 1, KIND_TYPE, ACCESS_USAGE},
    {STR("pg_column_is_updatable"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_extension_config_dump"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_get_replica_identity_index"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_get_serial_sequence"), 0, 2, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_get_viewdef"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_import_system_collations"), 0, 1, KIND_SCHEMA, ACCESS_CREATE},
    {STR("pg_index_column_has_property"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("pg_index_has_property"), 0, 1, KIND_INDEX, ACCESS_USAGE},
    {STR("pg_indexes_size"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_nextoid"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_partition_ancestors"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_partition_root"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_partition_tree"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_relation_filenode"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_relation_filepath"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_relation_is_publishable"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_relation_is_updatable"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_relation_size"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_sequence_last_value"), 0, 1, KIND_SEQUENCE, ACCESS_USAGE},
    {STR("pg_table_size"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("pg_total_relation_size"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("phraseto_tsquery"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("plainto_tsquery"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("regclass"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("row_security_active"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("schema_to_xml"), 0, 4, KIND_SCHEMA, ACCESS_SELECT},
    {STR("schema_to_xml_and_xmlschema"), 0, 4, KIND_SCHEMA, ACCESS_SELECT},
    {STR("schema_to_xmlschema"), 0, 4, KIND_SCHEMA, ACCESS_SELECT},
    {STR("setval"), 0, 2, KIND_SEQUENCE, ACCESS_UPDATE},
    {STR("table_to_xml"), 0, 4, KIND_RELATION, ACCESS_SELECT},
    {STR("table_to_xml_and_xmlschema"), 0, 4, KIND_RELATION, ACCESS_SELECT},
    {STR("table_to_xmlschema"), 0, 4, KIND_RELATION, ACCESS_SELECT},
    {STR("to_regclass"), 0, 1, KIND_RELATION, ACCESS_USAGE},
    {STR("to_regcollation"), 0, 1, KIND_OTHER, ACCESS_USAGE},
    {STR("to_regnamespace"), 0, 1, KIND_SCHEMA, ACCESS_USAGE},
    {STR("to_regproc"), 0, 1, KIND_ROUTINE, ACCESS_USAGE},
    {STR("to_regprocedure"), 0, 1, KIND_ROUTINE, ACCESS_USAGE},
    {STR("to_regtype"), 0, 1, KIND_TYPE, ACCESS_USAGE},
    {STR("to_regtypemod"), 0, 1, KIND_TYPE, ACCESS_USAGE},
    {STR("to_tsquery"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("to_tsvector"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("ts_debug"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("ts_headline"), 0, 3, KIND_OTHER, ACCESS_USAGE},
    {STR("ts_lexize"), 0, 2, KIND_OTHER, ACCESS_USAGE},
    {STR("websearch_to_tsquery"), 0, 2, KIND_OTHER, ACCESS_USAGE},
};

/* The types whose constants are names. Source: PostgreSQL's manual, "Object Identifier Types". */
static const struct {
    Str type;
    ObjectKind kind;
} name_types[] = {
    {STR("regclass"), KIND_RELATION},    {STR("regproc"), KIND_ROUTINE},
    {STR("regprocedure"), KIND_ROUTINE}, {STR("regtype"), KIND_TYPE},
    {STR("regnamespace"), KIND_SCHEMA},  {STR("regcollation"), KIND_OTHER},
    {STR("regconfig"), KIND_OTHER},      {STR("regdictionary"), KIND_OTHER},
};

static int compare_name(const void *key, const void *row)
{
    return str_compare(*(const Str *)key, ((const NameArgument *)row)->name);
}

/* The text of a string constant below any casts. */
static Str literal_text(const Node *node)
{
    while (node_is(node, NODE_TypeCast)) {
        node = node_get(node, KEY_arg);
    }
    return node_is(node, NODE_A_Const) ? node_text(node_get(node, KEY_sval), KEY_sval) : (Str){0};
}

/* Is the text the name of something that is not PostgreSQL's own? 'double precision' is no single
 * name. */
static bool names_other(Walk *walk, Str text, ObjectKind kind)
{
    Range range = token_dotted_name(text, 0);
    Token first = token_next(text, 0);
    if (walk_is_filled_in(walk, text)) {
        return true;
    }
    if (range.end == range.start || token_is_name(token_next(text, range.end))) {
        return false;
    }
    Str name = token_name(walk->scratch, text, first);
    return first.end == range.end ? !builtin_is(kind, name) : !builtin_schema(name);
}

/* Adds the access to what `node` names; false where it is no constant. */
static bool add_literal(Walk *walk, const Node *node, ObjectKind kind, AccessSet set,
                        const Frame *frame)
{
    Str text = literal_text(node);
    if (!text.len) {
        return false;
    }
    if (names_other(walk, text, kind)) {
        walk_add_constant(walk, node, kind, set, walk_named_context(frame), frame);
    }
    return true;
}

/* The kind of object that a constant of this type names; KIND_COUNT: none. */
static ObjectKind kind_of_type(const Node *type)
{
    const Node *names = node_get(type, KEY_names);
    Str name = walk_list_name(names, node_length(names)).name;
    if (str_starts_with(name, STR("reg"))) {
        for (size_t i = 0; i < sizeof name_types / sizeof *name_types; i++) {
            if (str_equal(name, name_types[i].type)) {
                return name_types[i].kind;
            }
        }
    }
    return KIND_COUNT;
}

/* Is the argument cast to a type that holds no names, as in ts_headline('{…}'::json, …)? */
static bool is_other_value(const Node *argument)
{
    static const Str texts[] = {STR("text"), STR("varchar"), STR("name"), STR("cstring")};
    const Node *type = node_is(argument, NODE_TypeCast) ? node_get(argument, KEY_typeName) : NULL;
    const Node *names = node_get(type, KEY_names);
    Str name = walk_list_name(names, node_length(names)).name;
    bool holds_names = !type || kind_of_type(type) != KIND_COUNT;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        holds_names |= str_equal(name, texts[i]);
    }
    return !holds_names;
}

const Node *walk_name_argument(Walk *walk, Str function, const Node *arguments, const Frame *frame)
{
    size_t count = node_length(arguments);
    const NameArgument *row =
        count ? bsearch(&function, name_arguments, sizeof name_arguments / sizeof *name_arguments,
                        sizeof *name_arguments, compare_name)
              : NULL;
    if (!row || count < row->least) {
        return NULL;
    }
    size_t index = row->argument < 0 ? count - (size_t)-row->argument : (size_t)row->argument;
    const Node *argument = node_item(arguments, index);
    if (is_other_value(argument)) {
        return NULL;
    }
    return add_literal(walk, argument, row->kind, row->set, frame) ? argument : NULL;
}

void walk_cast(Walk *walk, const Node *cast, const Frame *frame)
{
    const Node *type = node_get(cast, KEY_typeName);
    const Node *argument = node_get(cast, KEY_arg);
    ObjectKind kind = kind_of_type(type);
    if (kind == KIND_COUNT || !add_literal(walk, argument, kind, ACCESS_USAGE, frame)) {
        walk_node(walk, argument, frame);
    }
    walk_node(walk, type, frame);
}
