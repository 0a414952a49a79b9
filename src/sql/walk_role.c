/* Roles and settings: who acts with which rights, and where names are looked up. */
#include "sql/hole.h"
#include "sql/token.h"
#include "sql/walk.h"

#include "base/banned.h"

static Range token_range(Walk *walk, const Node *node)
{
    Token token = token_next(walk->fragment->sql, (size_t)node_number(node, KEY_location));
    return (Range){token.start, token.end};
}

Range walk_find_word(Walk *walk, Str word, bool before_string)
{
    Str sql = walk->fragment->sql;
    Token token = token_next(sql, walk->statement_start);
    while (token.kind != TOKEN_END) {
        Token next = token_next(sql, token.end);
        if (token_is_word(sql, token, word) && (!before_string || next.kind == TOKEN_STRING)) {
            break;
        }
        token = next;
    }
    return (Range){token.start, token.end};
}

uint32_t walk_add_role(Walk *walk, const Node *role, AccessSet set, Context context,
                       const Frame *frame)
{
    Str name = node_text(role, KEY_rolename);
    return name.len ? walk_add(walk, KIND_ROLE, (ObjectName){.name = name}, token_range(walk, role),
                               set, context, frame)
                    : 0;
}

void walk_new_owner(Walk *walk, uint32_t access, const Node *owner)
{
    if (access && owner) {
        walk->accesses.at[access - 1].grant = walk_new_grant(walk, GRANT_OWNERSHIP, owner);
    }
}

/* Attributes that reach past every boundary. Source: PostgreSQL's manual, "CREATE ROLE". */
static const struct {
    Str option;
    Str name;
} attributes[] = {
    {STR("superuser"), STR("SUPERUSER")},
    {STR("bypassrls"), STR("BYPASSRLS")},
    {STR("createrole"), STR("CREATEROLE")},
};

static void walk_attribute(Walk *walk, const Node *option, uint32_t role)
{
    const Node *value = node_get(option, KEY_arg);
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (str_equal(node_text(option, KEY_defname), attributes[i].option) &&
            node_bool(value, KEY_boolval)) {
            walk_notice(walk, NOTICE_ROLE_ATTRIBUTE, token_range(walk, option), attributes[i].name)
                ->access = role;
        }
    }
}

/* IN ROLE makes the new role a member of others. */
static void walk_groups(Walk *walk, const Node *groups, const Grant *member, const Frame *frame)
{
    for (size_t i = 0; i < node_length(groups); i++) {
        uint32_t access =
            walk_add_role(walk, node_item(groups, i), ACCESS_GRANT, CONTEXT_GRANT, frame);
        if (access) {
            walk->accesses.at[access - 1].grant = member;
        }
    }
}

static const Node *list_of(const Node *option)
{
    const Node *list = node_get(option, KEY_arg);
    return node_get(list, KEY_items) ? node_get(list, KEY_items) : list;
}

/* ROLE and ADMIN make others members of the role. */
static void walk_members(Walk *walk, const Node *members, bool admin, bool drops, uint32_t role,
                         const Frame *frame)
{
    Grant *grant = walk_new_grant(walk, GRANT_MEMBERSHIP, members);
    grant->on = KIND_ROLE;
    grant->grantable = admin;
    grant->revokes = drops;
    if (role) {
        const Access *access = &walk->accesses.at[role - 1];
        ObjectName name = access->written;
        Place place = access->place;
        walk_add(walk, KIND_ROLE, name, (Range){0}, ACCESS_GRANT, CONTEXT_GRANT, frame);
        Access *added = &walk->accesses.at[walk->accesses.count - 1];
        added->place = place;
        added->spelling = walk->accesses.at[role - 1].spelling;
        added->grant = grant;
    }
}

/* The options of CREATE and ALTER ROLE; `role` is the number of the access to the role. */
static void walk_role_options(Walk *walk, const Node *node, uint32_t role, bool drops,
                              const Frame *frame)
{
    const Node *options = node_get(node, KEY_options);
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        Str name = node_text(option, KEY_defname);
        bool admin = str_equal(name, STR("adminmembers"));
        if (str_equal(name, STR("addroleto")) && role) {
            Grant *grant = ARENA_NEW(walk->arena, Grant);
            RoleName *member = ARENA_NEW(walk->arena, RoleName);
            *member = (RoleName){.name = walk->accesses.at[role - 1].written.name,
                                 .place = walk->accesses.at[role - 1].place};
            *grant = (Grant){
                .scope = GRANT_MEMBERSHIP, .on = KIND_ROLE, .roles = member, .role_count = 1};
            walk_groups(walk, list_of(option), grant, frame);
        } else if (admin || str_equal(name, STR("rolemembers"))) {
            walk_members(walk, list_of(option), admin, drops, role, frame);
        } else {
            walk_attribute(walk, option, role);
        }
    }
}

/* The role that the statement begins with. */
static uint32_t add_named_role(Walk *walk, Str name, AccessSet set, const Frame *frame)
{
    Range range =
        token_find_name(walk->scratch, walk->fragment->sql,
                        token_next(walk->fragment->sql, walk->statement_start).end, &name, 1);
    return walk_add(walk, KIND_ROLE, (ObjectName){.name = name}, range, set, CONTEXT_DEFINITION,
                    frame);
}

void walk_create_role(Walk *walk, const Node *create, const Frame *frame)
{
    uint32_t role = add_named_role(walk, node_text(create, KEY_role), ACCESS_CREATE, frame);
    walk_role_options(walk, create, role, false, frame);
}

void walk_rename_role(Walk *walk, const Node *rename, const Frame *frame)
{
    add_named_role(walk, node_text(rename, KEY_subname), ACCESS_ALTER, frame);
}

/* ALTER GROUP … ADD and DROP USER are this too; dropping has the action -1. */
void walk_alter_role(Walk *walk, const Node *alter, const Frame *frame)
{
    uint32_t role =
        walk_add_role(walk, node_get(alter, KEY_role), ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    walk_role_options(walk, alter, role, node_number(alter, KEY_action) < 0, frame);
}

void walk_drop_role(Walk *walk, const Node *drop, const Frame *frame)
{
    const Node *roles = node_get(drop, KEY_roles);
    for (size_t i = 0; i < node_length(roles); i++) {
        uint32_t access =
            walk_add_role(walk, node_item(roles, i), ACCESS_DROP, CONTEXT_DEFINITION, frame);
        if (access) {
            walk->accesses.at[access - 1].if_exists = node_bool(drop, KEY_missing_ok);
        }
    }
}

void walk_reassign_owned(Walk *walk, const Node *reassign, const Frame *frame)
{
    const Node *roles = node_get(reassign, KEY_roles);
    for (size_t i = 0; i < node_length(roles); i++) {
        walk_new_owner(
            walk, walk_add_role(walk, node_item(roles, i), ACCESS_ALTER, CONTEXT_DEFINITION, frame),
            node_get(reassign, KEY_newrole));
    }
}

void walk_drop_owned(Walk *walk, const Node *drop, const Frame *frame)
{
    const Node *roles = node_get(drop, KEY_roles);
    for (size_t i = 0; i < node_length(roles); i++) {
        walk_add_role(walk, node_item(roles, i), ACCESS_DROP, CONTEXT_DEFINITION, frame);
    }
}

/* ALTER ROLE, DATABASE and SYSTEM … SET: the setting is the role's. */
void walk_role_setting(Walk *walk, const Node *alter, const Frame *frame)
{
    Frame part = *frame;
    part.subject =
        walk_add_role(walk, node_get(alter, KEY_role), ACCESS_ALTER, CONTEXT_DEFINITION, frame);
    walk_setting(walk, node_get(alter, KEY_setstmt), &part);
}

static void add_path_schema(Walk *walk, Str schema, Range range, const Frame *frame)
{
    if (schema.len && !str_equal(schema, STR("$user")) &&
        !str_starts_with(schema, STR("pg_temp"))) {
        walk_add(walk, KIND_SCHEMA, (ObjectName){.schema = schema}, range, ACCESS_USAGE,
                 CONTEXT_SEARCH_PATH, frame);
    }
}

static bool is_role_setting(Str name)
{
    return str_equal_nocase(name, STR("role")) ||
           str_equal_nocase(name, STR("session_authorization"));
}

/* A value that is no role: "none", as the server compares it, and the default. */
static void add_taken_role(Walk *walk, Str role, Range range, const Frame *frame)
{
    if (role.len && !str_equal(role, STR("none"))) {
        walk_add(walk, KIND_ROLE, (ObjectName){.name = role}, range, ACCESS_USAGE, CONTEXT_SET_ROLE,
                 frame);
    }
}

void walk_setting(Walk *walk, const Node *set, const Frame *frame)
{
    Str name = node_text(set, KEY_name);
    const Node *arguments = node_get(set, KEY_args);
    bool path = str_equal_nocase(name, STR("search_path"));
    if (!path && !is_role_setting(name)) {
        return;
    }
    for (size_t i = 0; i < node_length(arguments); i++) {
        const Node *argument = node_item(arguments, i);
        Str value = node_text(node_get(argument, KEY_sval), KEY_sval);
        if (path) {
            add_path_schema(walk, value, token_range(walk, argument), frame);
        } else {
            add_taken_role(walk, value, token_range(walk, argument), frame);
        }
    }
}

/* Where bytes `part` of a constant's text stand: inside its quotes, or the whole constant where it
 * has escapes. */
static Range range_in_constant(Walk *walk, const Node *constant, Str text, Range part)
{
    Range literal = token_range(walk, constant);
    Str inside = str_slice(walk->fragment->sql, literal.start + 1, literal.end - 1);
    return str_equal(inside, text)
               ? (Range){literal.start + 1 + part.start, literal.start + 1 + part.end}
               : literal;
}

/* In the text of a setting the search_path is a list of identifiers; a role is the text as it is.
 */
void walk_setting_text(Walk *walk, Str name, const Node *value, const Frame *frame)
{
    Str text = node_text(node_get(value, KEY_sval), KEY_sval);
    if (is_role_setting(name)) {
        Range whole = {0, (uint32_t)text.len};
        add_taken_role(walk, text, range_in_constant(walk, value, text, whole), frame);
        return;
    }
    if (!str_equal_nocase(name, STR("search_path")) || hole_in_name(text)) {
        return;
    }
    for (Token token = token_next(text, 0); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token_is_name(token)) {
            Range range = range_in_constant(walk, value, text, (Range){token.start, token.end});
            add_path_schema(walk, token_name(walk->scratch, text, token), range, frame);
        }
    }
}
