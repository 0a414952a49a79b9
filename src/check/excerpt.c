#include "base/array.h"
#include "base/pool.h"
#include "check/aside.h"
#include "check/run.h"
#include "check/secret.h"
#include "extract/sieve.h"
#include "source/lines.h"

#include "base/banned.h"

enum { FEW_FILES = 8 }; /* for fewer a thread is not worth its start */

/* The findings of one file. */
typedef struct {
    Finding *at;
    size_t count;
} Group;

typedef struct {
    SourceRoot root;
    ARRAY(Group) groups;
    Arena **arenas; /* one a worker: what excerpts live in */
} ExcerptWork;

static void group_by_file(Arena *arena, ExcerptWork *work, const Findings *findings)
{
    for (size_t first = 0, end; first < findings->count; first = end) {
        Finding *at = &findings->at[first];
        for (end = first + 1;
             end < findings->count && str_equal(findings->at[end].path, at->path);) {
            end++;
        }
        array_push(arena, &work->groups, (Group){.at = at, .count = end - first});
    }
}

static void take_lines(Arena *arena, const Group *group, const LineIndex *lines)
{
    for (size_t i = 0; i < group->count; i++) {
        Finding *finding = &group->at[i];
        uint32_t line = finding->place.start.line;
        /* a generated line may be long, and hold thousands */
        bool same = i > 0 && finding[-1].place.start.line == line;
        finding->excerpt = same ? finding[-1].excerpt : secret_mask(arena, lines_line(lines, line));
    }
}

static void read_group(void *context, size_t worker, size_t item)
{
    ExcerptWork *work = context;
    const Group *group = &work->groups.at[item];
    Arena *arena = work->arenas[worker];
    Arena *scratch = arena_new();
    Arena *of_statement = arena_new();
    Str path = group->at[0].path;
    SourceText source;
    Str reason;
    Sieve sieve;
    SourceSieve lean = sieve_for(&sieve, scratch, of_statement);
    if (source_open_lean(arena, &work->root, path, aside_is_script(path) ? &lean : NULL, &source,
                         &reason)) {
        if (!source_is_binary(source.text)) {
            LineIndex lines = lines_index_gaps(scratch, source.text, source.gaps, source.gap_count);
            take_lines(arena, group, &lines);
        }
        source_close(&source);
    }
    arena_free(of_statement);
    arena_free(scratch);
}

void run_add_excerpts(const Run *run, RunResult *result)
{
    Arena *only[] = {run->arena};
    bool alone = !result->gathered.arena_count;
    size_t workers = alone ? 1 : result->gathered.arena_count;
    ExcerptWork work = {.root = run->root, .arenas = alone ? only : result->gathered.arenas};
    group_by_file(run->arena, &work, &result->findings);
    group_by_file(run->arena, &work, &result->suppressed);
    size_t files = work.groups.count;
    size_t jobs = files / FEW_FILES + 1;
    source_root_open(&work.root);
    pool_run(jobs < workers ? jobs : workers, files, source_descriptors(&work.root), read_group,
             &work);
    source_root_close(&work.root);
}
