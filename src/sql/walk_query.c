/* Queries: SELECT, INSERT, UPDATE, DELETE, MERGE and what reads or writes rows beside them. */
#include "sql/walk.h"

#include "base/banned.h"

/* The frame inside a query: numbered, unless it stands in another one. */
static Frame query_frame(Walk *walk, const Frame *outer)
{
    Frame frame = *outer;
    frame.query = outer->query ? outer->query : ++walk->queries;
    return frame;
}

/* The frame of an expression: what is selected from in it is a subquery's. */
static Frame expression_frame(const Frame *frame)
{
    Frame inner = *frame;
    inner.lone = CONTEXT_SUBQUERY;
    inner.context = CONTEXT_OTHER;
    inner.locking = NULL;
    inner.locks_all = false;
    return inner;
}

static const CteScope *cte_push(Walk *walk, const CteScope *outer, const Node *cte)
{
    CteScope *scope = ARENA_NEW(walk->scratch, CteScope);
    *scope = (CteScope){.name = node_text(cte, KEY_ctename), .outer = outer};
    return scope;
}

static bool cte_known(const CteScope *scope, Str name)
{
    for (; scope; scope = scope->outer) {
        if (str_equal(scope->name, name)) {
            return true;
        }
    }
    return false;
}

/* Walks a WITH clause and lets `frame` know its names: in WITH RECURSIVE to all of its queries,
 * else only to the later ones (SELECT, "WITH Clause", in PostgreSQL's manual). */
static void walk_with(Walk *walk, const Node *with, Frame *frame)
{
    const Node *ctes = node_get(with, KEY_ctes);
    bool recursive = node_bool(with, KEY_recursive);
    for (size_t i = 0; recursive && i < node_length(ctes); i++) {
        frame->ctes = cte_push(walk, frame->ctes, node_item(ctes, i));
    }
    for (size_t i = 0; i < node_length(ctes); i++) {
        walk_node(walk, node_item(ctes, i), frame);
        if (!recursive) {
            frame->ctes = cte_push(walk, frame->ctes, node_item(ctes, i));
        }
    }
}

void walk_cte(Walk *walk, const Node *cte, const Frame *frame)
{
    Frame inner = expression_frame(frame); /* locks do not reach into WITH queries */
    inner.lone = CONTEXT_CTE;
    WALK_REST(walk, cte, &inner, KEY_alias);
}

/* The items of a FROM or USING, of which `others` more relations are combined with. */
static void walk_from(Walk *walk, const Node *items, const Frame *frame, size_t others)
{
    Frame inner = *frame;
    inner.context = node_length(items) + others > 1 ? CONTEXT_JOIN : frame->lone;
    inner.lone = CONTEXT_SUBQUERY;
    walk_node(walk, items, &inner);
}

/* An arm of a set operation stands without the name of its node type. */
static void walk_arm(Walk *walk, const Node *arm, const Frame *frame)
{
    if (arm) {
        walk_select(walk, arm, frame);
    }
}

void walk_select(Walk *walk, const Node *select, const Frame *outer)
{
    Frame frame = query_frame(walk, outer);
    walk_with(walk, node_get(select, KEY_withClause), &frame);
    const Node *into = node_get(node_get(select, KEY_intoClause), KEY_rel);
    if (into) {
        walk_add_relation(walk, into, ACCESS_CREATE, CONTEXT_DEFINITION, outer);
        walk_declare(walk, KIND_RELATION, into, outer);
    }
    walk_arm(walk, node_get(select, KEY_larg), &frame);
    walk_arm(walk, node_get(select, KEY_rarg), &frame);
    Frame from = frame;
    from.locking = node_get(select, KEY_lockingClause);
    walk_from(walk, node_get(select, KEY_fromClause), &from, 0);
    Frame inner = expression_frame(&frame);
    WALK_REST(walk, select, &inner, KEY_withClause, KEY_intoClause, KEY_larg, KEY_rarg,
              KEY_fromClause, KEY_lockingClause);
}

/* Does a FOR UPDATE or FOR SHARE of the frame lock what is called `name` in its FROM? Without OF it
 * locks all of it. */
static bool is_locked(const Frame *frame, Str name)
{
    if (frame->locks_all) {
        return true;
    }
    for (size_t i = 0; i < node_length(frame->locking); i++) {
        const Node *relations = node_get(node_item(frame->locking, i), KEY_lockedRels);
        if (!node_length(relations)) {
            return true;
        }
        for (size_t j = 0; j < node_length(relations); j++) {
            if (str_equal(node_text(node_item(relations, j), KEY_relname), name)) {
                return true;
            }
        }
    }
    return false;
}

static Str alias_of(const Node *item)
{
    Str alias = node_text(node_get(item, KEY_alias), KEY_aliasname);
    return alias.len ? alias : node_text(item, KEY_relname);
}

/* An unqualified name may be a WITH query's; a qualified one never is. Locking rows takes the
 * privilege to update them (SELECT, "The Locking Clause", in PostgreSQL's manual). */
void walk_range_variable(Walk *walk, const Node *relation, const Frame *frame)
{
    ObjectName name = walk_relation_name(relation);
    if (name.schema.len || !cte_known(frame->ctes, name.name)) {
        AccessSet lock = is_locked(frame, alias_of(relation)) ? ACCESS_UPDATE : 0;
        walk_add_relation(walk, relation, ACCESS_SELECT | lock, frame->context, frame);
    }
}

void walk_join(Walk *walk, const Node *join, const Frame *frame)
{
    Frame side = *frame;
    side.context = CONTEXT_JOIN;
    walk_node(walk, node_get(join, KEY_larg), &side);
    walk_node(walk, node_get(join, KEY_rarg), &side);
    Frame inner = expression_frame(frame);
    WALK_REST(walk, join, &inner, KEY_larg, KEY_rarg);
}

void walk_range_subselect(Walk *walk, const Node *range, const Frame *frame)
{
    Frame inner = expression_frame(frame);
    inner.locks_all = is_locked(frame, alias_of(range));
    WALK_REST(walk, range, &inner, KEY_alias);
}

void walk_insert(Walk *walk, const Node *insert, const Frame *outer)
{
    Frame frame = query_frame(walk, outer);
    const Node *conflict = node_get(insert, KEY_onConflictClause);
    bool updates = str_equal(node_text(conflict, KEY_action), STR("ONCONFLICT_UPDATE"));
    AccessSet set = ACCESS_INSERT | (updates ? ACCESS_UPDATE : 0) | walk_target_select(insert);
    walk_add_relation(walk, node_get(insert, KEY_relation), set, CONTEXT_TARGET, &frame);
    walk_with(walk, node_get(insert, KEY_withClause), &frame);
    walk_node(walk, node_get(insert, KEY_selectStmt), &frame);
    Frame inner = expression_frame(&frame);
    WALK_REST(walk, insert, &inner, KEY_relation, KEY_withClause, KEY_selectStmt);
}

/* UPDATE … FROM and DELETE … USING combine their target with what `sources` holds. */
static void walk_change(Walk *walk, const Node *change, const Frame *outer, AccessSet set,
                        NodeKey sources)
{
    Frame frame = query_frame(walk, outer);
    set |= walk_target_select(change);
    walk_add_relation(walk, node_get(change, KEY_relation), set, CONTEXT_TARGET, &frame);
    walk_with(walk, node_get(change, KEY_withClause), &frame);
    walk_from(walk, node_get(change, sources), &frame, 1);
    Frame inner = expression_frame(&frame);
    WALK_REST(walk, change, &inner, KEY_relation, KEY_withClause, sources);
}

void walk_update(Walk *walk, const Node *update, const Frame *outer)
{
    walk_change(walk, update, outer, ACCESS_UPDATE, KEY_fromClause);
}

void walk_delete(Walk *walk, const Node *delete, const Frame *outer)
{
    walk_change(walk, delete, outer, ACCESS_DELETE, KEY_usingClause);
}

/* DO NOTHING takes SELECT: PostgreSQL 15, as tried. */
static AccessSet merge_set(const Node *clauses)
{
    AccessSet set = 0;
    for (size_t i = 0; i < node_length(clauses); i++) {
        Str command = node_text(node_item(clauses, i), KEY_commandType);
        set |= str_equal(command, STR("CMD_INSERT"))   ? ACCESS_INSERT
               : str_equal(command, STR("CMD_UPDATE")) ? ACCESS_UPDATE
               : str_equal(command, STR("CMD_DELETE")) ? ACCESS_DELETE
                                                       : ACCESS_SELECT;
    }
    return set;
}

void walk_merge(Walk *walk, const Node *merge, const Frame *outer)
{
    Frame frame = query_frame(walk, outer);
    walk_add_relation(walk, node_get(merge, KEY_relation),
                      merge_set(node_get(merge, KEY_mergeWhenClauses)) | walk_target_select(merge),
                      CONTEXT_TARGET, &frame);
    walk_with(walk, node_get(merge, KEY_withClause), &frame);
    Frame source = expression_frame(&frame);
    source.context = CONTEXT_JOIN;
    walk_node(walk, node_get(merge, KEY_sourceRelation), &source);
    Frame inner = expression_frame(&frame);
    WALK_REST(walk, merge, &inner, KEY_relation, KEY_withClause, KEY_sourceRelation);
}

void walk_copy(Walk *walk, const Node *copy, const Frame *frame)
{
    bool from = node_bool(copy, KEY_is_from);
    AccessSet set = from ? ACCESS_INSERT | walk_target_select(copy) : ACCESS_SELECT;
    walk_add_relation(walk, node_get(copy, KEY_relation), set, from ? CONTEXT_TARGET : CONTEXT_FROM,
                      frame);
    if (node_bool(copy, KEY_is_program)) { /* a command on the server reaches all that it holds */
        walk_notice(walk, NOTICE_FOREIGN_DATA, walk_find_word(walk, STR("program"), true),
                    STR("COPY … PROGRAM"));
    }
    Frame inner = expression_frame(frame);
    inner.lone = CONTEXT_FROM;
    WALK_REST(walk, copy, &inner, KEY_relation);
}

static void walk_targets(Walk *walk, const Node *relations, AccessSet set, const Frame *frame)
{
    for (size_t i = 0; i < node_length(relations); i++) {
        walk_add_relation(walk, node_item(relations, i), set, CONTEXT_TARGET, frame);
    }
}

void walk_truncate(Walk *walk, const Node *truncate, const Frame *frame)
{
    walk_targets(walk, node_get(truncate, KEY_relations), ACCESS_TRUNCATE, frame);
}

void walk_lock(Walk *walk, const Node *lock, const Frame *frame)
{
    enum { ACCESS_SHARE = 1 }; /* what reading takes: storage/lockdefs.h */
    const Node *relations = node_get(lock, KEY_relations);
    bool reads = node_number(lock, KEY_mode) == ACCESS_SHARE;
    for (size_t i = 0; i < node_length(relations); i++) {
        walk_add_relation(walk, node_item(relations, i), reads ? ACCESS_SELECT : ACCESS_LOCK,
                          reads ? CONTEXT_OTHER : CONTEXT_TARGET, frame);
    }
}
