#include "sql/session.h"

#include <string.h>

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
    Session session = {.arena = arena, .path = default_path(arena, service)};
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

/* SET LOCAL ends with its transaction; ROLLBACK also takes back what SET did in it. */
static void end_transaction(Session *session, bool rollback)
{
    if (rollback && session->in_transaction) {
        session->path = session->saved_path;
    } else if (session->local) {
        session->path = session->outer_path;
    }
    session->in_transaction = false;
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
    case EFFECT_BEGIN:
        session->in_transaction = true;
        session->saved_path = session->path;
        break;
    case EFFECT_COMMIT:
    case EFFECT_ROLLBACK:
        end_transaction(session, effect->kind == EFFECT_ROLLBACK);
        break;
    }
}

void session_apply(Session *session, const Statement *statement)
{
    static char present;
    for (size_t i = 0; i < statement->declaration_count; i++) {
        if (statement->declarations[i].temporary) {
            map_put(session->arena, &session->temporaries, statement->declarations[i].name.name,
                    &present);
        }
    }
    for (size_t i = 0; i < statement->access_count; i++) {
        const Access *access = &statement->accesses[i];
        if (access->set == ACCESS_DROP && access->owner.kind == OWNER_TEMPORARY) {
            map_put(session->arena, &session->temporaries, access->written.name, NULL);
        }
    }
    for (size_t i = 0; i < statement->effect_count; i++) {
        apply_effect(session, &statement->effects[i]);
    }
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
    StrList path = {.at = ARENA_ARRAY(session->arena, Str,
                                      override->schemas.count + session->path.count)};
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
