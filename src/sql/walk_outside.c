/* What leads out of the database: publications, subscriptions, foreign servers, dblink. */
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

/* The functions of the extension dblink, and those of postgres_fdw. Source: PostgreSQL 15,
 * contrib/dblink/dblink--1.2.sql and contrib/postgres_fdw/postgres_fdw--1.1.sql. */
static const Str outside_functions[] = {
    STR("dblink"),
    STR("dblink_build_sql_delete"),
    STR("dblink_build_sql_insert"),
    STR("dblink_build_sql_update"),
    STR("dblink_cancel_query"),
    STR("dblink_close"),
    STR("dblink_connect"),
    STR("dblink_connect_u"),
    STR("dblink_current_query"),
    STR("dblink_disconnect"),
    STR("dblink_error_message"),
    STR("dblink_exec"),
    STR("dblink_fdw_validator"),
    STR("dblink_fetch"),
    STR("dblink_get_connections"),
    STR("dblink_get_notify"),
    STR("dblink_get_pkey"),
    STR("dblink_get_result"),
    STR("dblink_is_busy"),
    STR("dblink_open"),
    STR("dblink_send_query"),
    STR("postgres_fdw_disconnect"),
    STR("postgres_fdw_disconnect_all"),
    STR("postgres_fdw_get_connections"),
    STR("postgres_fdw_handler"),
    STR("postgres_fdw_validator"),
};

void walk_foreign_call(Walk *walk, const Node *call, Str function)
{
    if (!str_starts_with(function, STR("dblink")) &&
        !str_starts_with(function, STR("postgres_fdw_"))) {
        return;
    }
    for (size_t i = 0; i < sizeof outside_functions / sizeof *outside_functions; i++) {
        if (str_equal(function, outside_functions[i])) {
            size_t location = (size_t)node_number(call, KEY_location);
            walk_notice(walk, NOTICE_FOREIGN_DATA, token_dotted_name(walk->fragment->sql, location),
                        function);
        }
    }
}

/* Where `name` stands behind the first word `word` of the statement. */
static Range name_behind(Walk *walk, Str word, Str name)
{
    uint32_t after = walk_find_word(walk, word, false).end;
    return token_find_name(walk->scratch, walk->fragment->sql, after, &name, 1);
}

void walk_create_extension(Walk *walk, const Node *create, const Frame *frame)
{
    walk_extension(walk, create, frame);
    Str name = node_text(create, KEY_extname);
    if (str_equal(name, STR("dblink")) || str_equal(name, STR("postgres_fdw"))) {
        walk_notice(walk, NOTICE_FOREIGN_DATA, name_behind(walk, STR("extension"), name), name);
    }
}

/* A wrapper of another name around the same functions. */
void walk_create_wrapper(Walk *walk, const Node *create, const Frame *frame)
{
    WALK_REST(walk, create, frame, KEY_OTHER);
    const Node *options = node_get(create, KEY_func_options);
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *value = node_get(node_item(options, i), KEY_arg);
        const Node *names = node_get(value, KEY_items) ? node_get(value, KEY_items) : value;
        Str function = walk_list_name(names, node_length(names)).name;
        if (str_starts_with(function, STR("postgres_fdw_")) ||
            str_starts_with(function, STR("dblink_fdw_"))) {
            Str name = node_text(create, KEY_fdwname);
            walk_notice(walk, NOTICE_FOREIGN_DATA, name_behind(walk, STR("wrapper"), name), name);
            return;
        }
    }
}

static Access *add_server(Walk *walk, Str name, AccessSet set, const Frame *frame)
{
    walk_add(walk, KIND_SERVER, (ObjectName){.name = name}, name_behind(walk, STR("server"), name),
             set, CONTEXT_FOREIGN_DATA, frame);
    return &walk->accesses.at[walk->accesses.count - 1];
}

void walk_create_server(Walk *walk, const Node *create, const Frame *frame)
{
    Str name = node_text(create, KEY_servername);
    Str wrapper = arena_copy(walk->arena, node_text(create, KEY_fdwname));
    add_server(walk, name, ACCESS_CREATE, frame)->wrapper = wrapper.at;
    walk_declare_name(walk, KIND_SERVER, (ObjectName){.name = name}, (ObjectName){.name = wrapper},
                      frame);
}

/* ALTER SERVER, user mappings and, for its server, CREATE FOREIGN TABLE. */
void walk_use_server(Walk *walk, const Node *node, const Frame *frame)
{
    bool alters = node->tag == NODE_AlterForeignServerStmt;
    add_server(walk, node_text(node, KEY_servername), alters ? ACCESS_ALTER : ACCESS_USAGE, frame);
}

/* The tables in its list are those of the other server. */
void walk_import_schema(Walk *walk, const Node *import, const Frame *frame)
{
    Str schema = node_text(import, KEY_local_schema);
    add_server(walk, node_text(import, KEY_server_name), ACCESS_USAGE, frame);
    walk_add(walk, KIND_SCHEMA, (ObjectName){.schema = schema},
             name_behind(walk, STR("into"), schema), ACCESS_CREATE, CONTEXT_DEFINITION, frame);
}

static void walk_published_object(Walk *walk, const Node *object, const Frame *frame)
{
    Str type = node_text(object, KEY_pubobjtype);
    const Node *table = node_get(object, KEY_pubtable);
    if (table) {
        walk_add_relation(walk, node_get(table, KEY_relation), ACCESS_SELECT, CONTEXT_CAPTURE,
                          frame);
        WALK_REST(walk, table, frame, KEY_relation);
        return;
    }
    bool current = str_equal(type, STR("PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA"));
    Token token = token_next(walk->fragment->sql, (size_t)node_number(object, KEY_location));
    walk_add(walk, KIND_SCHEMA,
             (ObjectName){.schema = current ? (Str){0} : node_text(object, KEY_name)},
             (Range){token.start, token.end}, ACCESS_SELECT, CONTEXT_CAPTURE, frame);
}

/* Dropping a table from a publication touches nothing of the table. */
void walk_publication(Walk *walk, const Node *publication, const Frame *frame)
{
    const Node *objects = node_get(publication, KEY_pubobjects);
    Str name = node_text(publication, KEY_pubname);
    if (publication->tag == NODE_CreatePublicationStmt) {
        walk_declare_name(walk, KIND_PUBLICATION, (ObjectName){.name = name}, (ObjectName){0},
                          frame);
    }
    if (str_equal(node_text(publication, KEY_action), STR("AP_DropObjects"))) {
        return;
    }
    if (node_bool(publication, KEY_for_all_tables)) {
        Range all = walk_find_word(walk, STR("all"), false);
        all.end = token_next(walk->fragment->sql, all.end).end; /* TABLES */
        walk_notice(walk, NOTICE_CAPTURE_ALL, all, name);
    }
    for (size_t i = 0; i < node_length(objects); i++) {
        walk_published_object(walk, node_item(objects, i), frame);
    }
}

/* The connection's text holds a password: it is read by nobody. */
void walk_subscription(Walk *walk, const Node *subscription, const Frame *frame)
{
    const Node *names = node_get(subscription, KEY_publication);
    Str kind = node_text(subscription, KEY_kind);
    uint32_t after = walk_find_word(walk, STR("publication"), false).end;
    for (size_t i = 0; i < node_length(names); i++) {
        Str name = node_as_text(node_item(names, i));
        Range range = token_find_name(walk->scratch, walk->fragment->sql, after, &name, 1);
        if (!str_equal(kind, STR("ALTER_SUBSCRIPTION_DROP_PUBLICATION"))) {
            walk_add(walk, KIND_PUBLICATION, (ObjectName){.name = name}, range, ACCESS_SELECT,
                     CONTEXT_CAPTURE, frame);
        }
        after = range.end ? range.end : after;
    }
}
