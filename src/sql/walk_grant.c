/* GRANT, REVOKE and ALTER DEFAULT PRIVILEGES: who gets which rights on what. */
#include "sql/computed.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

enum { MOST_PARTS = 4 };

/* The objects of each type that rights can be had on. Source: PostgreSQL's manual, "GRANT". */
static const struct {
    Str type;
    ObjectKind kind;
} grantable[] = {
    {STR("OBJECT_TABLE"), KIND_RELATION},
    {STR("OBJECT_SEQUENCE"), KIND_SEQUENCE},
    {STR("OBJECT_FUNCTION"), KIND_ROUTINE},
    {STR("OBJECT_PROCEDURE"), KIND_ROUTINE},
    {STR("OBJECT_ROUTINE"), KIND_ROUTINE},
    {STR("OBJECT_TYPE"), KIND_TYPE},
    {STR("OBJECT_DOMAIN"), KIND_TYPE},
    {STR("OBJECT_SCHEMA"), KIND_SCHEMA},
    {STR("OBJECT_DATABASE"), KIND_DATABASE},
    {STR("OBJECT_FOREIGN_SERVER"), KIND_SERVER},
    {STR("OBJECT_FDW"), KIND_WRAPPER},
    {STR("OBJECT_LANGUAGE"), KIND_LANGUAGE},
    {STR("OBJECT_LARGEOBJECT"), KIND_LARGE_OBJECT},
    {STR("OBJECT_PARAMETER_ACL"), KIND_PARAMETER},
    {STR("OBJECT_TABLESPACE"), KIND_TABLESPACE},
};

static ObjectKind kind_of(const Node *grant)
{
    for (size_t i = 0; i < sizeof grantable / sizeof *grantable; i++) {
        if (str_equal(node_text(grant, KEY_objtype), grantable[i].type)) {
            return grantable[i].kind;
        }
    }
    return KIND_OTHER;
}

static RoleName role_name(Walk *walk, const Node *role)
{
    Str sql = walk->fragment->sql;
    Token token = token_next(sql, (size_t)node_number(role, KEY_location));
    Range range = {token.start, token.end};
    Str type = node_text(role, KEY_roletype);
    RoleName name = {.kind = str_equal(type, STR("ROLESPEC_CSTRING"))  ? ROLE_NAMED
                             : str_equal(type, STR("ROLESPEC_PUBLIC")) ? ROLE_PUBLIC
                                                                       : ROLE_CURRENT,
                     .place = fragment_place(walk->fragment, range)};
    if (computed_has_hole(node_text(role, KEY_rolename))) {
        name.kind = ROLE_COMPUTED;
        walk_notice(walk, NOTICE_DYNAMIC_SQL, range, STR("the role is named at run time"));
    }
    name.name =
        arena_copy(walk->arena, name.kind == ROLE_NAMED ? node_text(role, KEY_rolename)
                                                        : str_slice(sql, range.start, range.end));
    return name;
}

Grant *walk_new_grant(Walk *walk, GrantScope scope, const Node *roles)
{
    bool list = roles && roles->tag == NODE_LIST;
    size_t count = list ? node_length(roles) : roles != NULL;
    Grant *grant = ARENA_NEW(walk->arena, Grant);
    RoleName *names = ARENA_ARRAY(walk->arena, RoleName, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = role_name(walk, list ? node_item(roles, i) : roles);
    }
    *grant = (Grant){.scope = scope, .roles = names, .role_count = count};
    return grant;
}

static void read_privileges(const Node *node, Grant *grant)
{
    const Node *privileges = node_get(node, KEY_privileges);
    grant->on = kind_of(node);
    grant->revokes = !node_bool(node, KEY_is_grant);
    grant->grantable = node_bool(node, KEY_grant_option);
    grant->all = node_length(privileges) == 0;
    for (size_t i = 0; i < node_length(privileges); i++) {
        const Node *privilege = node_item(privileges, i);
        Str name = node_text(privilege, KEY_priv_name);
        grant->all |= name.len == 0; /* ALL (column, …) */
        grant->privileges |= access_from_name(name);
    }
}

/* What is granted on stands behind the first ON; a column of that name is quoted. */
static uint32_t behind_on(Walk *walk)
{
    Str sql = walk->fragment->sql;
    Token token = token_next(sql, walk->statement_start);
    while (token.kind != TOKEN_END && !token_is_word(sql, token, STR("on"))) {
        token = token_next(sql, token.end);
    }
    return token.end;
}

static size_t name_parts(const Node *object, Str parts[MOST_PARTS])
{
    const Node *list =
        node_is(object, NODE_ObjectWithArgs) ? node_get(object, KEY_objname) : object;
    size_t count = node_length(list);
    if (node_as_text(object).len) {
        parts[0] = node_as_text(object);
        return 1;
    }
    for (size_t i = 0; i < count && i < MOST_PARTS; i++) {
        parts[i] = node_as_text(node_item(list, i));
    }
    return count <= MOST_PARTS ? count : 0;
}

static ObjectName name_from_parts(ObjectKind kind, const Str *parts, size_t count)
{
    if (kind == KIND_SCHEMA) {
        return (ObjectName){.schema = parts[0]};
    }
    return (ObjectName){.schema = count > 1 ? parts[count - 2] : (Str){0},
                        .name = parts[count - 1]};
}

/* A large object is a number; a parameter is one string, though it may have a dot. */
static Range find_unnamed(Str sql, ObjectKind kind, uint32_t after)
{
    Token token = token_next(sql, after);
    while (token_is_symbol(sql, token, ',') || token_is_word(sql, token, STR("large")) ||
           token_is_word(sql, token, STR("object")) ||
           token_is_word(sql, token, STR("parameter"))) {
        token = token_next(sql, token.end);
    }
    return kind == KIND_PARAMETER ? token_dotted_name(sql, token.start)
                                  : (Range){token.start, token.end};
}

/* Adds an access to the object, whose name is looked for from *after on. */
static uint32_t add_object(Walk *walk, ObjectKind kind, const Node *object, uint32_t *after,
                           const Frame *frame)
{
    Str parts[MOST_PARTS] = {0};
    if (node_is(object, NODE_RangeVar)) {
        uint32_t access = walk_add_relation(walk, object, ACCESS_GRANT, CONTEXT_GRANT, frame);
        walk->accesses.at[access - 1].kind = kind;
        return access;
    }
    size_t count = name_parts(object, parts);
    Str sql = walk->fragment->sql;
    Range range = count == 0 || kind == KIND_PARAMETER
                      ? find_unnamed(sql, kind, *after)
                      : token_find_name(walk->scratch, sql, *after, parts, count);
    if (count == 0) {
        parts[count++] = str_slice(sql, range.start, range.end);
    }
    if (range.end) {
        *after = range.end;
    } else { /* spelled in a way that only the parser reads: the whole statement */
        range = (Range){token_next(sql, walk->statement_start).start, (uint32_t)sql.len};
    }
    return walk_add(walk, kind, name_from_parts(kind, parts, count), range, ACCESS_GRANT,
                    CONTEXT_GRANT, frame);
}

void walk_grant(Walk *walk, const Node *node, const Frame *frame)
{
    const Node *objects = node_get(node, KEY_objects);
    bool whole = str_equal(node_text(node, KEY_targtype), STR("ACL_TARGET_ALL_IN_SCHEMA"));
    Grant *grant = walk_new_grant(walk, whole ? GRANT_ALL_IN_SCHEMA : GRANT_OBJECT,
                                  node_get(node, KEY_grantees));
    read_privileges(node, grant);
    ObjectKind kind = whole ? KIND_SCHEMA : grant->on;
    uint32_t after = behind_on(walk);
    for (size_t i = 0; i < node_length(objects); i++) {
        uint32_t access = add_object(walk, kind, node_item(objects, i), &after, frame);
        walk->accesses.at[access - 1].grant = grant;
        walk_signature(walk, node_item(objects, i), frame);
    }
}

static const Node *option(const Node *options, Str name)
{
    for (size_t i = 0; i < node_length(options); i++) {
        if (str_equal(node_text(node_item(options, i), KEY_defname), name)) {
            return node_get(node_item(options, i), KEY_arg);
        }
    }
    return NULL;
}

/* A list stands in a DefElem as such or under `items`. */
static const Node *as_list(const Node *node)
{
    return node && node->tag != NODE_LIST && node_get(node, KEY_items) ? node_get(node, KEY_items)
                                                                       : node;
}

/* The schemas, and the roles whose future objects they are, are what rights are given on. */
void walk_default_privileges(Walk *walk, const Node *alter, const Frame *frame)
{
    const Node *options = node_get(alter, KEY_options);
    const Node *action = node_get(alter, KEY_action);
    const Node *roles = as_list(option(options, STR("roles")));
    const Node *schemas = as_list(option(options, STR("schemas")));
    Grant *grant = walk_new_grant(walk, GRANT_DEFAULTS, node_get(action, KEY_grantees));
    read_privileges(action, grant);
    for (size_t i = 0; i < node_length(roles); i++) {
        uint32_t access =
            walk_add_role(walk, node_item(roles, i), ACCESS_GRANT, CONTEXT_GRANT, frame);
        if (access) {
            walk->accesses.at[access - 1].grant = grant;
        }
    }
    uint32_t after = walk_find_word(walk, STR("schema"), false).end;
    for (size_t i = 0; i < node_length(schemas); i++) {
        uint32_t access = add_object(walk, KIND_SCHEMA, node_item(schemas, i), &after, frame);
        walk->accesses.at[access - 1].grant = grant;
    }
    if (!node_length(roles) && !node_length(schemas)) { /* all that the current role will make */
        Range statement = {token_next(walk->fragment->sql, walk->statement_start).start,
                           (uint32_t)walk->fragment->sql.len};
        walk_add(walk, KIND_ROLE, (ObjectName){.name = STR("current_user")}, statement,
                 ACCESS_GRANT, CONTEXT_GRANT, frame);
        Access *access = &walk->accesses.at[walk->accesses.count - 1];
        access->grant = grant;
        access->by_current_role = true;
    }
}

/* WITH ADMIN OPTION, or ADMIN OPTION FOR: a field up to PostgreSQL 15, then one of the options. */
static bool is_with_admin(const Node *node)
{
    const Node *options = node_get(node, KEY_opt);
    bool found = node_bool(node, KEY_admin_opt);
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        const Node *value = node_get(option, KEY_arg);
        bool named = str_equal(node_text(option, KEY_defname), STR("admin"));
        bool taken = !node_bool(node, KEY_is_grant);
        found |= named && (taken || !value || node_bool(value, KEY_boolval));
    }
    return found;
}

/* GRANT role TO role: the granted ones have no place in the tree. */
void walk_grant_role(Walk *walk, const Node *node, const Frame *frame)
{
    const Node *granted = node_get(node, KEY_granted_roles);
    Grant *grant = walk_new_grant(walk, GRANT_MEMBERSHIP, node_get(node, KEY_grantee_roles));
    grant->on = KIND_ROLE;
    grant->revokes = !node_bool(node, KEY_is_grant);
    grant->grantable = is_with_admin(node);
    uint32_t after = token_next(walk->fragment->sql, walk->statement_start).end;
    for (size_t i = 0; i < node_length(granted); i++) {
        Str name = node_text(node_item(granted, i), KEY_priv_name);
        Range range = token_find_name(walk->scratch, walk->fragment->sql, after, &name, 1);
        after = range.end ? range.end : after;
        walk_add(walk, KIND_ROLE, (ObjectName){.name = name}, range, ACCESS_GRANT, CONTEXT_GRANT,
                 frame);
        walk->accesses.at[walk->accesses.count - 1].grant = grant;
    }
}
