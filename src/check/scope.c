#include "check/scope.h"

#include "base/map.h"

#include "base/banned.h"

bool scope_asks(const Scope *scope, Str path)
{
    return !scope || (scope->also.len && str_equal(path, scope->also)) ||
           ((!scope->paths || source_list_find(scope->paths, path)) &&
            (!scope->changes || source_change_of(scope->changes, path)));
}

static bool touches(const SourceChange *change, Place place)
{
    return source_change_touches(change, place.start.line, place.end.line);
}

/* A join is caused by its other side as well: that is related. */
static bool is_on_changed_line(const Scope *scope, const Finding *finding)
{
    const SourceChange *change = source_change_of(scope->changes, finding->path);
    bool on = change && touches(change, finding->place);
    for (size_t i = 0; i < finding->related_count && !on; i++) {
        change = source_change_of(scope->changes, finding->related[i].path);
        on = change && touches(change, finding->related[i].place);
    }
    return on;
}

void scope_mark(const Scope *scope, Finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Finding *finding = &findings[i];
        bool listed = !scope || !scope->paths || source_list_find(scope->paths, finding->path) ||
                      (scope->also.len && str_equal(finding->path, scope->also));
        finding->asked |= listed && (scope && scope->by_lines ? is_on_changed_line(scope, finding)
                                                              : scope_asks(scope, finding->path));
    }
}

/* What makes a finding the same as one before, though its statement was edited or moved. */
static Str key_of(Arena *arena, const Finding *finding, Str path, Level level)
{
    unsigned long long hash = judge_hash(finding, path);
    return arena_format(arena, "%016llx%d", hash, (int)level);
}

static void count_one(Arena *arena, Map *counts, Str key, intptr_t step)
{
    intptr_t count = (intptr_t)map_get(counts, key);
    map_put(arena, counts, key, (void *)(count + step));
}

/* The paths of renamed files, from what they were to what they are. */
static Map read_renames(Arena *arena, const SourceChanges *changes)
{
    Map renames = {0};
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->at[i].before.len) {
            map_put(arena, &renames, changes->at[i].before, &changes->at[i]);
        }
    }
    return renames;
}

/* A finding of a level was there before if it was at least as severe. */
static Map count_before(const Scope *scope, Arena *arena)
{
    Map counts = {0};
    Map renames = read_renames(arena, scope->changes);
    for (size_t i = 0; i < scope->before->count; i++) {
        const Finding *finding = &scope->before->at[i];
        const SourceChange *renamed = map_get(&renames, finding->path);
        for (Level level = finding->level; level > LEVEL_OFF; level--) {
            Str path = renamed ? renamed->path : finding->path;
            count_one(arena, &counts, key_of(arena, finding, path, level), 1);
        }
    }
    return counts;
}

/* How many more there are than before, beyond those that are asked about anyway; by key. */
static Map count_caused(const Scope *scope, Arena *arena, const Finding *findings, size_t count)
{
    Map before = count_before(scope, arena);
    Map caused = {0};
    Map seen = {0};
    for (size_t i = 0; i < count; i++) {
        const Finding *finding = &findings[i];
        if (finding->suppressed == SUPPRESSED_BY_COMMENT) {
            continue;
        }
        Str key = key_of(arena, finding, finding->path, finding->level);
        if (!map_get(&seen, key)) {
            map_put(arena, &seen, key, &before);
            count_one(arena, &caused, key, -(intptr_t)map_get(&before, key));
        }
        count_one(arena, &caused, key, finding->asked ? 0 : 1);
    }
    return caused;
}

/* The last ones of a file: which of several equal ones is new, nobody can tell. */
void scope_mark_caused(const Scope *scope, Arena *arena, Finding *findings, size_t count)
{
    if (!scope || !scope->before) {
        return;
    }
    Map caused = count_caused(scope, arena, findings, count);
    for (size_t i = count; i-- > 0;) {
        Finding *finding = &findings[i];
        bool listed = !scope->paths || source_list_find(scope->paths, finding->path);
        if (finding->asked || !listed || finding->suppressed == SUPPRESSED_BY_COMMENT) {
            continue;
        }
        Str key = key_of(arena, finding, finding->path, finding->level);
        if ((intptr_t)map_get(&caused, key) > 0) {
            finding->asked = true;
            count_one(arena, &caused, key, -1);
        }
    }
}
