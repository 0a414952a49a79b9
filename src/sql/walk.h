#ifndef RINGFENCE_SQL_WALK_H
#define RINGFENCE_SQL_WALK_H

#include "base/array.h"
#include "sql/computed.h"
#include "sql/read.h"

/* The walk over one statement's parse tree that collects what it touches: the inside of sql_read.
 * walk_node looks a node's type up in one table; a type without a row has its fields walked, so a
 * range variable anywhere yields an access. */

/* A WITH query's name that hides relations from where it is known. */
typedef struct CteScope {
    Str name;
    const struct CteScope *outer;
} CteScope;

/* Bodies in bodies, and EXECUTE in EXECUTE: nobody writes more. */
enum { WALK_MOST_DEPTH = 32 };

/* What the variables of a PL/pgSQL body hold (walk_variable.c). */
typedef struct WalkVariables WalkVariables;

/* A routine body in a string. */
typedef struct {
    const char *language; /* "sql", "plpgsql" */
    bool in_trigger;
    bool runs;                /* a DO block: what it does to the session stays */
    const Node *parameters;   /* FunctionParameters of the routine, or NULL */
    WalkVariables *variables; /* of a PL/pgSQL body */
} RoutineBody;

/* What surrounds the node being walked. Handlers copy and change it for what stands below. */
typedef struct {
    const CteScope *ctes;
    Context context; /* of a range variable met here */
    Context lone;    /* of one that stands alone in the FROM of a SELECT met here */
    uint32_t query;  /* 0: outside any query */
    uint32_t subject;
    const SearchPath *search_path;
    Str routine;
    const RoutineBody *body; /* the body in a string that it stands in, or NULL */
    const Node *locking;     /* the FOR UPDATE clauses of the SELECT whose FROM this is, or NULL */
    bool locks_all;          /* a FOR UPDATE around this FROM locks whatever stands in it */
    bool in_default;         /* this is the DEFAULT of a column, domain or parameter */
} Frame;

typedef struct {
    Arena *arena, *scratch;
    SqlRepair *repair; /* of inner statements, or NULL */
    const SqlFragment *fragment;
    ARRAY(Access) accesses;
    ARRAY(Declaration) declarations;
    ARRAY(Effect) effects;
    ARRAY(Notice) notices;
    uint32_t queries;
    uint32_t inner_statements, inner_checked;
    uint32_t depth; /* of bodies in bodies */
    const InnerStatement *inner;
    uint32_t named;  /* the byte behind the last name without a place that was looked for */
    uint32_t misses; /* how often one was not found there */
    uint32_t statement_start; /* byte offsets in the fragment of the statement being walked */
} Walk;

typedef void WalkHandler(Walk *walk, const Node *node, const Frame *frame);

void walk_node(Walk *walk, const Node *node, const Frame *frame);

/* Walks every field but those in `handled`, a list that KEY_OTHER ends. */
void walk_fields(Walk *walk, const Node *node, const Frame *frame, const NodeKey *handled);

/* walk_fields with the handled keys as arguments. */
#define WALK_REST(walk, node, frame, ...) \
    walk_fields((walk), (node), (frame), (const NodeKey[]){__VA_ARGS__, KEY_OTHER})

/* Adds an access to the range variable `relation` (NULL: does nothing) and returns its number,
 * from 1. */
uint32_t walk_add_relation(Walk *walk, const Node *relation, AccessSet set, Context context,
                           const Frame *frame);

/* Adds an access to an object whose dotted name stands at bytes `range` of the fragment. */
uint32_t walk_add(Walk *walk, ObjectKind kind, ObjectName name, Range range, AccessSet set,
                  Context context, const Frame *frame);

/* Adds the access to (and the declaration of) the object that a statement of walk_named.c makes or
 * changes. */
uint32_t walk_named_object(Walk *walk, const Node *node, const Frame *frame);

/* Adds an access to the object that a string constant names, casts around it aside; 0 for anything
 * else. */
uint32_t walk_add_constant(Walk *walk, const Node *node, ObjectKind kind, AccessSet set,
                           Context context, const Frame *frame);

/* Adds an access to what `names`, a list of strings, calls in an expression or a definition; 0 for
 * PostgreSQL's own objects and for operators without a schema. It stands at or behind byte `from`
 * of the fragment, if that is known (> 0), else somewhere in the statement. */
uint32_t walk_use(Walk *walk, const Node *names, int64_t from, ObjectKind kind, AccessSet set,
                  Context context, const Frame *frame);

/* Adds the access to the routine that a FuncCall calls; 0 for PostgreSQL's own. */
uint32_t walk_call_name(Walk *walk, const Node *call, Context context, const Frame *frame);

/* The context of an object that is named in an expression: CONTEXT_DEFAULT or CONTEXT_OTHER. */
Context walk_named_context(const Frame *frame);

/* The byte behind the last `word` at or after byte `after`, or `after`. */
uint32_t walk_behind_last(const Walk *walk, uint32_t after, Str word);

/* The accesses to the routines that a statement builds its object of: CREATE CAST, TRIGGER,
 * CONVERSION … */
void walk_used_routines(Walk *walk, const Node *node, const Frame *frame);

/* Adds the access to what a call of pg_catalog's `function` names as text. Returns that argument,
 * or NULL. */
const Node *walk_name_argument(Walk *walk, Str function, const Node *arguments, const Frame *frame);

/* The sequences that a column (serial, GENERATED AS IDENTITY) or an OWNED BY ties to a table. */
void walk_declare_column_sequence(Walk *walk, const Node *column, Str name, const Node *table,
                                  const Frame *frame);
void walk_owned_by(Walk *walk, const Node *sequence, const Frame *frame);

/* Does PostgreSQL ask for SELECT on the target of this INSERT, UPDATE, DELETE, MERGE or COPY as
 * well? */
AccessSet walk_target_select(const Node *statement);

/* What set_config() changes. */
void walk_set_config(Walk *walk, Str function, const Node *arguments, const Frame *frame);

/* What a SET changes for the statements behind it; walk_set does both. */
void walk_set_effect(Walk *walk, const Node *set);

/* Adds the accesses of a SET: schemas that the search_path is set to, a role that is taken on.
 * `set` is a VariableSetStmt, with or without the name of its type. */
void walk_setting(Walk *walk, const Node *set, const Frame *frame);

/* The same for the setting `name` whose value is the text of constant `value`. */
void walk_setting_text(Walk *walk, Str name, const Node *value, const Frame *frame);

/* Adds what a routine's options say of its rights and settings; frame->subject is the routine,
 * `arguments` its parameters or their types; `unspecified`: none are given, as in ALTER FUNCTION f
 * STRICT. */
void walk_routine_rights(Walk *walk, const Node *options, const Node *arguments, bool unspecified,
                         const Frame *frame);

/* Says that access number `access` (0: does nothing) hands the object over to role `owner` (or
 * NULL). */
void walk_new_owner(Walk *walk, uint32_t access, const Node *owner);

/* Adds an access to a role: `role` is a RoleSpec. 0 for PUBLIC, CURRENT_USER and NULL. */
uint32_t walk_add_role(Walk *walk, const Node *role, AccessSet set, Context context,
                       const Frame *frame);

/* Lists roles as they are named: RoleSpecs, or texts that no location is known of. */
Grant *walk_new_grant(Walk *walk, GrantScope scope, const Node *roles);

/* Notes a call of a function that leads to another server. */
void walk_foreign_call(Walk *walk, const Node *call, Str function);

/* Where a word of the statement stands that is followed by a string, or by anything. */
Range walk_find_word(Walk *walk, Str word, bool before_string);

/* Has the name a hole? What an expression of the SQL itself puts together has them in any text. */
bool walk_is_filled_in(const Walk *walk, Str name);

/* Declares the object called by a range variable; temporary ones too. */
void walk_declare(Walk *walk, ObjectKind kind, const Node *relation, const Frame *frame);
void walk_declare_name(Walk *walk, ObjectKind kind, ObjectName name, ObjectName parent,
                       const Frame *frame);

/* Adds a notice about bytes `range` of the fragment; `subject` is copied. What it returns holds
 * until the next one is added. */
Notice *walk_notice(Walk *walk, NoticeKind kind, Range range, Str subject);

/* Reads the body of a CREATE FUNCTION or DO whose options are `options` (walk_body.c). `body` says
 * what is known of it without them, and `frame` is that of what stands in it. */
void walk_body(Walk *walk, const Node *options, RoutineBody body, const Frame *frame);

/* Called with the tree of a walk_inner before it goes. */
typedef void WalkVisit(Walk *walk, const Node *statement, Frame *frame);

/* Walks `fragment`, a statement or expression of frame->body, as a statement of its own; its
 * comments are blanked. False when the parser refuses it, which is noted unless `quiet`. `visit`
 * may be NULL. Search paths that it sets are in `frame` afterwards. */
bool walk_inner(Walk *walk, const SqlFragment *fragment, bool quiet, WalkVisit *visit,
                Frame *frame);

/* Walks every statement of a text that is plain SQL, with holes or without. A statement with a hole
 * that may be any text needs not be one: it is noted by who made the hole. */
void walk_sql_text(Walk *walk, const SqlFragment *text, Frame *frame);

/* Walks a PL/pgSQL body (walk_plpgsql.c). */
void walk_plpgsql(Walk *walk, const SqlFragment *body, Frame *frame);

/* Bytes `range` of a body behind `prefix`, as a statement. */
SqlFragment walk_statement_behind(Walk *walk, const SqlFragment *body, Str prefix, Range range);

/* Walks what `expression`, of the fragment being walked, gives to EXECUTE, or the text that it gave
 * (walk_execute.c). */
void walk_execute(Walk *walk, const Node *expression, Frame *frame);
void walk_execute_text(Walk *walk, const ComputedText *computed, Frame *frame);

/* Walks the SQL that a call of `function` executes: query_to_xml('SELECT …'), cron.schedule() and
 * their like (walk_command.c). */
void walk_commands(Walk *walk, ObjectName function, const Node *arguments, const Frame *frame);

/* The variables of `body`, which must outlive them, of a routine with `parameters` (or NULL).
 * Nothing is read before it is asked for. */
WalkVariables *walk_variables(Walk *walk, const SqlFragment *body, const Node *parameters);

/* What computed_text is given; NULL gives NULL. */
ComputedNames *walk_variable_names(WalkVariables *variables);

/* Walks what EXECUTE of a lone variable of frame->body may run: all that the variable may hold.
 * False where `expression` is no such variable. */
bool walk_execute_variable(Walk *walk, const Node *expression, Frame *frame);

/* Declares the transition tables that a CREATE TRIGGER gives its function. */
void walk_transitions(Walk *walk, const Node *trigger, const Frame *frame);

/* The name that a range variable, or a list of strings, stands for. */
ObjectName walk_relation_name(const Node *relation);
ObjectName walk_list_name(const Node *list, size_t length);

/* The types in a routine's or operator's signature: DROP FUNCTION f(other.type) names it, too. Of
 * anything else, nothing. */
void walk_signature(Walk *walk, const Node *object, const Frame *frame);

/* Handlers, by the file they are in. */
WalkHandler walk_select, walk_insert, walk_update, walk_delete, walk_merge, walk_copy,
    walk_truncate, walk_lock, walk_join, walk_range_variable, walk_range_subselect,
    walk_cte; /* walk_query.c */
WalkHandler walk_create, walk_foreign_table, walk_constraint, walk_like, walk_alter_table,
    walk_view, walk_create_as, walk_definition, walk_policy, walk_index, walk_statistics,
    walk_create_schema, walk_create_sequence, walk_trigger, walk_routine, walk_vacuum, walk_reindex,
    walk_composite, walk_extension;                               /* walk_definition.c */
WalkHandler walk_grant, walk_default_privileges, walk_grant_role; /* walk_grant.c */
WalkHandler walk_create_role, walk_rename_role, walk_alter_role, walk_drop_role,
    walk_reassign_owned, walk_drop_owned, walk_role_setting; /* walk_role.c */
WalkHandler walk_alter_routine;                              /* walk_rights.c */
WalkHandler walk_publication, walk_subscription, walk_create_extension, walk_create_wrapper,
    walk_create_server, walk_use_server, walk_import_schema;      /* walk_outside.c */
WalkHandler walk_named;                                           /* walk_named.c */
WalkHandler walk_drop, walk_object, walk_rename, walk_set_schema; /* walk_object.c */
WalkHandler walk_call, walk_call_statement, walk_range_function,
    walk_parameter; /* walk_expression.c */
WalkHandler walk_type_name, walk_collate, walk_operator, walk_sublink, walk_sort, walk_key_column,
    walk_multi_assign, walk_sample; /* walk_name.c */
WalkHandler walk_element, walk_built_of_routines, walk_class_item,
    walk_mapping;                                              /* walk_element.c */
WalkHandler walk_cast;                                         /* walk_literal.c */
WalkHandler walk_set, walk_transaction, walk_discard, walk_do; /* walk_session.c */

#endif
