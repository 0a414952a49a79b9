#include "check/merge.h"
#include "command/command.h"

#include "base/banned.h"

/* A file that is named twice is a shard that is there twice: merge_bundles says so. */
static bool read_bundles(Run *run, const RunOptions *options, Bundle *bundles, Error *error)
{
    for (size_t i = 0; i < options->path_count; i++) {
        Str text;
        Str path = options->paths[i];
        if (!run_read_whole(run->arena, path, path, &text, error) ||
            !bundle_read(run->arena, text, path, run->manifest, &bundles[i], error)) {
            return false;
        }
    }
    return true;
}

/* A service without a single file may be one whose facts are not here. */
static void say_services_without_files(const Run *run, const Gathered *gathered)
{
    bool *seen = ARENA_ARRAY(run->arena, bool, run->manifest->services.count + 1);
    for (size_t i = 0; i < gathered->count; i++) {
        const Service *service = gathered->at[i].file.service;
        if (service) {
            seen[service->index] = true;
        }
    }
    Buffer names = {0};
    for (size_t i = 0; i < run->manifest->services.count; i++) {
        if (!seen[i]) {
            buffer_append(&names, names.len ? STR(", ") : STR(""));
            text_append_printable(&names, run->manifest->services.at[i].name);
        }
    }
    if (names.len) {
        fprintf(stderr, "ringfence: warning: no file of these services is in the facts: %s\n",
                buffer_cstring(&names));
    }
    buffer_free(&names);
}

static bool prepare(Arena *arena, const Options *options, Run *run, Gathered *gathered,
                    Error *error)
{
    size_t count = options->run.path_count;
    Bundle *bundles = ARENA_ARRAY(arena, Bundle, count + 1);
    if (!count) {
        return error_set(
            error, STR(""), (Position){0},
            "name the facts to merge: the files that `ringfence facts --for-merge` wrote");
    }
    if (!run_prepare_merge(arena, &options->run, run, error) ||
        !read_bundles(run, &options->run, bundles, error) ||
        !merge_bundles(arena, bundles, options->run.paths, count, run->manifest_hash, gathered,
                       &run->sources, &run->partial, error)) {
        return false;
    }
    run->gathered = gathered;
    return true;
}

int command_merge(Arena *arena, const Options *options)
{
    Run run;
    Gathered gathered;
    Error error;
    if (!prepare(arena, options, &run, &gathered, &error)) {
        if (error.text[0]) {
            error_print(&error);
        }
        return EXIT_TROUBLE;
    }
    say_services_without_files(&run, &gathered);
    return command_check_prepared(options, &run);
}
