#include "check/seek.h"

#include "base/pool.h"
#include "check/aside.h"
#include "check/scope.h"
#include "embedded/credentials.h"

#include "base/banned.h"

/* What becomes of an entry. */
typedef enum { SEEK_LEFT_OUT, SEEK_UNKNOWN, SEEK_NAMED, SEEK_ASIDE } Seek;

typedef struct {
    const Run *run;
    const Naming *naming;
    const Rebound *rebound;
    const size_t *entries; /* of the run's sources, that are still unknown */
    size_t count;
    Seek *seeks;                       /* for each of the run's sources */
    Arena *scratch[POOL_MOST_WORKERS]; /* for the reasons of what cannot be read */
} Seeking;

/* Without looking into it. */
static Seek seek_by_path(const Scope *scope, Str path)
{
    if (scope_asks(scope, path)) {
        return SEEK_NAMED;
    }
    return credentials_in_file(path) ? SEEK_LEFT_OUT : SEEK_UNKNOWN;
}

static Seek without_name(Str path)
{
    return aside_may_declare(path) ? SEEK_ASIDE : SEEK_LEFT_OUT;
}

/* Can the file hold a name at all? Where only constants have changed, most need not be opened. */
static bool may_hold(const Naming *naming, const Rebound *rebound, Str path)
{
    return naming->unknown || naming->names.count || rebound_may_concern(rebound, path);
}

static void look(void *context, size_t worker, size_t index)
{
    Seeking *seeking = context;
    size_t entry = seeking->entries[index];
    Str path = seeking->run->sources.entries.at[entry].path;
    SourceText source;
    Str reason;
    Seek seek = SEEK_NAMED;
    arena_reset(seeking->scratch[worker]);
    if (source_open(seeking->scratch[worker], &seeking->run->root, path, &source, &reason)) {
        bool named = naming_is_in(seeking->naming, source.text) ||
                     rebound_is_in(seeking->rebound, path, source.text);
        seek = named ? SEEK_NAMED : without_name(path);
        source_close(&source);
    }
    seeking->seeks[entry] = seek;
}

/* Settles what is unknown of the run's sources. */
static void look_at_all(const Run *run, const Naming *naming, const Rebound *rebound, Seek *seeks)
{
    size_t *entries = ARENA_ARRAY(run->arena, size_t, run->sources.entries.count + 1);
    Seeking seeking = {
        .run = run, .naming = naming, .rebound = rebound, .entries = entries, .seeks = seeks};
    size_t jobs = run->jobs < POOL_MOST_WORKERS ? run->jobs : POOL_MOST_WORKERS;
    for (size_t i = 0; i < run->sources.entries.count; i++) {
        Str path = run->sources.entries.at[i].path;
        if (seeks[i] == SEEK_UNKNOWN && may_hold(naming, rebound, path)) {
            entries[seeking.count++] = i;
        } else if (seeks[i] == SEEK_UNKNOWN) {
            seeks[i] = without_name(path);
        }
    }
    for (size_t i = 0; i < jobs; i++) {
        seeking.scratch[i] = arena_new();
    }
    pool_run(jobs, seeking.count, source_descriptors(&run->root), look, &seeking);
    for (size_t i = 0; i < jobs; i++) {
        arena_free(seeking.scratch[i]);
    }
}

static void take(SourceList *sources, const Seek *seeks)
{
    size_t kept = 0;
    for (size_t i = 0; i < sources->entries.count; i++) {
        SourceEntry entry = sources->entries.at[i];
        entry.aside = seeks[i] == SEEK_ASIDE;
        if (seeks[i] != SEEK_LEFT_OUT) {
            sources->entries.at[kept++] = entry;
        }
    }
    sources->entries.count = kept;
}

/* Files of the base that are the same now need no second look. */
static void take_over(const Run *base, const SourceList *now, const Seek *seeks_now,
                      const Scope *scope, Seek *seeks)
{
    size_t next = 0;
    for (size_t i = 0; i < base->sources.entries.count; i++) {
        Str path = base->sources.entries.at[i].path;
        int order = -1;
        while (next < now->entries.count &&
               (order = str_compare(now->entries.at[next].path, path)) < 0) {
            next++;
        }
        bool same = order == 0 && !source_change_of(scope->changes, path);
        seeks[i] = same ? seeks_now[next] : seek_by_path(scope, path);
    }
}

void seek_names(Run *run, Run *base, const Naming *naming, const Rebound *rebound,
                const Scope *scope)
{
    Seek *seeks = ARENA_ARRAY(run->arena, Seek, run->sources.entries.count + 1);
    Seek *before = ARENA_ARRAY(run->arena, Seek, base->sources.entries.count + 1);
    for (size_t i = 0; i < run->sources.entries.count; i++) {
        seeks[i] = seek_by_path(scope, run->sources.entries.at[i].path);
    }
    look_at_all(run, naming, rebound, seeks);
    take_over(base, &run->sources, seeks, scope, before);
    look_at_all(base, naming, rebound, before);
    take(&run->sources, seeks);
    take(&base->sources, before);
}
