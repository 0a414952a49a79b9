#include "sql/session.h"

#include "base/banned.h"

static StrList default_path(Arena *arena, const Service *service)
{
    if (service && service->search_path.count) {
        return service->search_path;
    }
    size_t owned = service ? service->owns.count : 0;
    StrList path = {.at = ARENA_ARRAY(arena, Str, owned + 1)};
    for (size_t i = 0; i < owned; i++) {
        if (!service->owns.at[i].relation.len) {
            path.at[path.count++] = service->owns.at[i].schema;
        }
    }
    path.at[path.count++] = STR("public");
    return path;
}

Session session_start(Arena *arena, const Service *service)
{
    Session session = {.arena = arena, .service = service, .path = default_path(arena, service)};
    session.start_path = session.path;
    return session;
}

static void set_path(Session *session, StrList path, bool local)
{
    if (local && !session->local) {
        session->outer_path = session->path;
    }
    session->local = local;
    session->path = path;
}

static void set_temporary(Session *session, Str name, bool gone)
{
    static char present;
    map_put(session->arena, &session->temporaries, name, gone ? NULL : &present);
}

static void change_temporary(Session *session, Str name, bool gone, bool until_commit)
{
    array_push(session->arena, &session->changes,
               (TemporaryChange){.name = name, .gone = gone, .until_commit = until_commit});
    set_temporary(session, name, gone);
}

static void mark(Session *session, Str name)
{
    array_push(
        session->arena, &session->marks,
        (SessionMark){.name = name, .path = session->path, .changes = session->changes.count});
}

/* Takes back what was done since mark number `index`, which stays. */
static void roll_back(Session *session, size_t index)
{
    const SessionMark *mark_at = &session->marks.at[index];
    while (session->changes.count > mark_at->changes) {
        const TemporaryChange *change = &session->changes.at[--session->changes.count];
        set_temporary(session, change->name, !change->gone);
    }
    session->path = mark_at->path;
    session->marks.count = index + 1;
}

static void roll_back_to(Session *session, Str name)
{
    for (size_t i = session->marks.count; i > 0; i--) {
        if (str_equal(session->marks.at[i - 1].name, name)) {
            roll_back(session, i - 1);
            return;
        }
    }
}

/* SET LOCAL ends with its transaction, and so do tables ON COMMIT DROP. */
static void end_transaction(Session *session, bool rollback)
{
    if (rollback && session->marks.count) {
        roll_back(session, 0);
    } else if (session->local) {
        session->path = session->outer_path;
    }
    for (size_t i = 0; i < session->changes.count; i++) {
        if (session->changes.at[i].until_commit) {
            set_temporary(session, session->changes.at[i].name, true);
        }
    }
    session->changes.count = 0;
    session->marks.count = 0;
    session->local = false;
}

static void apply_effect(Session *session, const Effect *effect)
{
    switch (effect->kind) {
    case EFFECT_SEARCH_PATH:
    case EFFECT_SEARCH_PATH_LOCAL:
        set_path(session, effect->schemas, effect->kind == EFFECT_SEARCH_PATH_LOCAL);
        break;
    case EFFECT_SEARCH_PATH_RESET:
        set_path(session, session->start_path, false);
        break;
    case EFFECT_DROP_TEMPORARIES:
        session->temporaries = (Map){0};
        session->changes.count = 0;
        break;
    case EFFECT_BEGIN:
    case EFFECT_SAVEPOINT:
        mark(session, effect->savepoint);
        break;
    case EFFECT_ROLLBACK_TO:
        roll_back_to(session, effect->savepoint);
        break;
    case EFFECT_COMMIT:
    case EFFECT_ROLLBACK:
        end_transaction(session, effect->kind == EFFECT_ROLLBACK);
        break;
    }
}

void session_enter(Session *session, const Statement *statement)
{
    if (statement->connected) {
        Map temporaries = session->temporaries;
        *session = session_start(session->arena, session->service);
        session->temporaries = statement->same_program ? temporaries : session->temporaries;
    }
}

static bool declares_relation(const Statement *statement)
{
    for (size_t i = 0; i < statement->declaration_count; i++) {
        if (statement->declarations[i].kind == KIND_RELATION) {
            return true;
        }
    }
    return false;
}

/* What it declares (`moved`: as temporary, whatever it says) and its effects. */
static void apply(Session *session, const Statement *statement, bool moved)
{
    for (size_t i = 0; i < statement->declaration_count; i++) {
        const Declaration *declaration = &statement->declarations[i];
        if ((declaration->temporary || moved) && !declaration->in_routine) {
            change_temporary(session, declaration->name.name, false, declaration->until_commit);
        }
    }
    for (size_t i = 0; i < statement->effect_count; i++) {
        apply_effect(session, &statement->effects[i]);
    }
}

void session_apply_unresolved(Session *session, const Statement *statement)
{
    apply(session, statement, false);
}

void session_apply(Session *session, const Statement *statement)
{
    bool moved = false; /* ALTER TABLE … RENAME of a temporary table makes another one */
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (access->inner && !access->inner->runs) {
            continue;
        }
        bool renamed = access->set == ACCESS_ALTER && declares_relation(statement);
        if (access->kind == KIND_RELATION && access->owner.kind == OWNER_TEMPORARY &&
            (access->set == ACCESS_DROP || renamed)) {
            change_temporary(session, access->written.name, true, false);
            moved |= renamed;
        }
    }
    apply(session, statement, moved);
}

bool session_has_temporary(const Session *session, Str name)
{
    return map_get(&session->temporaries, name) != NULL;
}

StrList session_path(const Session *session, const SearchPath *override)
{
    if (!override || !override->then_session) {
        return override ? override->schemas : session->path;
    }
    StrList path = {
        .at = ARENA_ARRAY(session->arena, Str, override->schemas.count + session->path.count)};
    for (size_t i = 0; i < override->schemas.count; i++) {
        path.at[path.count++] = override->schemas.at[i];
    }
    for (size_t i = 0; i < session->path.count; i++) {
        path.at[path.count++] = session->path.at[i];
    }
    return path;
}

Str session_creation_schema(const Session *session, const SearchPath *override)
{
    StrList path = session_path(session, override);
    for (size_t i = 0; i < path.count; i++) {
        if (path.at[i].len && !str_equal(path.at[i], STR("$user"))) {
            return path.at[i];
        }
    }
    return (Str){0};
}
