#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "check/listing.h"
#include "check/origin.h"
#include "check/prepare.h"

#include "base/banned.h"

static bool read_stdin(Arena *arena, Str *text, Error *error)
{
    Buffer buffer = {0};
    char chunk[65536];
    ssize_t got;
    while ((got = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 || buffer.len + (size_t)got > UINT32_MAX) {
            int reason = got < 0 ? errno : EFBIG;
            buffer_free(&buffer);
            return error_set(error, STR("standard input"), (Position){0}, "cannot be read: %s",
                             strerror(reason));
        }
        buffer_append(&buffer, (Str){.at = chunk, .len = (size_t)got});
    }
    *text = arena_copy(arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return true;
}

/* Only this file is asked about, whether it exists or not. */
static void ask_about_overlay(Run *run, const SourceOverlay *overlay)
{
    Scope *scope = ARENA_NEW(run->arena, Scope);
    SourceList *asked = ARENA_NEW(run->arena, SourceList);
    asked->entries.at = ARENA_NEW(run->arena, SourceEntry);
    *asked->entries.at = (SourceEntry){.path = overlay->path, .named = true};
    asked->entries.count = 1;
    if (!str_equal(overlay->path, run->manifest_path)) {
        listing_add(run->arena, &run->sources, asked);
    }
    scope->paths = asked;
    listing_set_aside(&run->sources, scope);
    run->scope = scope;
    run->partial = true;
}

bool origin_prepare_stdin(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    SourceOverlay *overlay = ARENA_NEW(arena, SourceOverlay);
    Str directory = run_working_directory(arena);
    Str path;
    Str text;
    SourceList *none;
    if (!read_stdin(arena, &overlay->text, error) ||
        !run_find_manifest(arena, directory, options, &path, error) ||
        !source_find_root(arena, directory, options->root, run_folder_of(path), &run->root,
                          error)) {
        return false;
    }
    if (!source_path_in_root(arena, &run->root, directory, options->stdin_path, &overlay->path) ||
        !overlay->path.len) {
        return error_set(error, options->stdin_path, (Position){0},
                         "this path is no file below the root %.*s", STR_ARGS(run->root.root));
    }
    run->root.overlay = overlay;
    run->manifest_path = run_path_in_root(arena, run->root.root, path);
    bool read = str_equal(run->manifest_path, overlay->path);
    text = overlay->text;
    Str shown = run_shown_path(directory, path);
    if ((!read && !run_read_whole(arena, path, shown, &text, error)) ||
        !run_parse_manifest(arena, text, shown, run, error)) {
        return false;
    }
    run_set_levels(run, options);
    if (!listing_read(run, options, &none, error)) {
        return false;
    }
    ask_about_overlay(run, overlay);
    return true;
}
