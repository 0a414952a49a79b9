#include "check/origin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/aside.h"
#include "check/impact.h"
#include "check/prepare.h"

#include "base/banned.h"

bool origin_is_special(const RunOptions *options)
{
    return options->staged || options->diff.len || options->rev.len || options->from_stdin;
}

static bool read_inside(const Run *run, Str inside, Str *text)
{
    SourceText source;
    Str reason;
    if (!source_open(run->arena, &run->root, inside, &source, &reason)) {
        return false;
    }
    *text = arena_copy(run->arena, source.text);
    source_close(&source);
    return true;
}

bool origin_read(const Run *run, Str path, Str *shown, Str *text)
{
    Str inside;
    Str directory = run_working_directory(run->arena);
    if (!source_path_in_root(run->arena, &run->root, directory, path, &inside) || !inside.len ||
        !read_inside(run, inside, text)) {
        return false;
    }
    *shown = arena_copy(run->arena, inside);
    return true;
}

/* The nearest one from `folder` upwards, both in the root. */
static Str find_in_snapshot(Arena *arena, const SourceRoot *root, Str folder)
{
    static const char *const names[] = {"ringfence.yaml", "ringfence.yml", "ringfence.json"};
    for (;;) {
        const char *slash = folder.len ? "/" : "";
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            Str path = arena_format(arena, "%.*s%s%s", STR_ARGS(folder), slash, names[i]);
            if (source_snapshot_holds(root, path)) {
                return path;
            }
        }
        if (!folder.len) {
            return (Str){0};
        }
        Str above = run_folder_of(folder);
        folder = str_equal(above, STR(".")) ? (Str){0} : above;
    }
}

static bool fail_without_manifest(const Run *run, Error *error)
{
    Str name = source_snapshot_name(run->root.snapshot);
    return error_set(error, (Str){0}, (Position){0},
                     "there is no ringfence.yaml in %.*s; commit it, stage it with `git add`, or "
                     "name a file with --manifest",
                     STR_ARGS(name));
}

/* Its text and path; *found tells whether the snapshot has one, or the command line names another.
 */
static bool read_manifest(Run *run, const RunOptions *options, Str *text, bool *found, Error *error)
{
    Arena *arena = run->arena;
    Str directory = run_working_directory(arena);
    Str folder = {0};
    *found = true;
    if (options->manifest.len) {
        if (origin_read(run, options->manifest, &run->manifest_path, text)) {
            return true;
        }
        run->manifest_path = run_path_in_root(arena, run->root.root, options->manifest);
        return run_read_whole(arena, options->manifest,
                              run_shown_path(directory, options->manifest), text, error);
    }
    if (options->root.len ||
        !source_path_in_root(arena, &run->root, STR("/"), directory, &folder)) {
        folder = (Str){0};
    }
    run->manifest_path = find_in_snapshot(arena, &run->root, folder);
    *found = run->manifest_path.len && read_inside(run, run->manifest_path, text);
    return true;
}

/* From the snapshot, or as ever where the working tree is read. */
static bool load_manifest(Run *run, const RunOptions *options, Error *error)
{
    Run plain;
    Str text;
    bool found;
    if (!run->root.snapshot) {
        bool loaded = run_load(run->arena, options, &plain, error);
        run->manifest = plain.manifest;
        run->manifest_path =
            loaded ? run_path_in_root(run->arena, run->root.root, plain.manifest_path) : (Str){0};
        return loaded;
    }
    return read_manifest(run, options, &text, &found, error) &&
           (found || fail_without_manifest(run, error)) &&
           run_parse_manifest(run->arena, text, run->manifest_path, run, error);
}

/* BASE, BASE..HEAD and BASE...HEAD, as git diff understands them. */
typedef struct {
    Str base, head;
    bool merge_base, head_given;
} Revisions;

static Revisions parse_revisions(Str text)
{
    size_t dots = str_find(text, STR(".."));
    Revisions revisions = {.base = str_slice(text, 0, dots), .merge_base = true};
    revisions.head_given = dots < text.len;
    if (revisions.head_given) {
        revisions.merge_base = str_starts_with(str_slice(text, dots, text.len), STR("..."));
        revisions.head = str_slice(text, dots + (revisions.merge_base ? 3 : 2), text.len);
    }
    revisions.base = revisions.base.len ? revisions.base : STR("HEAD");
    revisions.head = revisions.head.len ? revisions.head : STR("HEAD");
    return revisions;
}

/* Where files come from, and what they are compared with: NULL for nothing. */
static bool open_snapshots(Run *run, const RunOptions *options, SourceSnapshot **base, Error *error)
{
    SourceRepository *repository = run->repository;
    SourceSnapshot *head = NULL;
    Revisions revisions = parse_revisions(options->diff);
    bool opened = true;
    *base = NULL;
    if (options->staged && !run->root.in_repository) {
        opened = error_set(error, run->root.root, (Position){0},
                           "a bare repository has no index; write --rev REV");
    } else if (options->staged) {
        opened = source_snapshot_index(repository, &head, error);
    } else if (options->rev.len || revisions.head_given) {
        Str revision = options->rev.len ? options->rev : revisions.head;
        opened = source_snapshot_commit(repository, revision, &head, error);
    } else if (!run->root.in_repository) {
        opened = error_set(error, run->root.root, (Position){0},
                           "a bare repository has no working tree; write --diff BASE...HEAD");
    }
    if (opened && options->diff.len) {
        opened = revisions.merge_base
                     ? source_snapshot_merge_base(repository, revisions.base, revisions.head, base,
                                                  error)
                     : source_snapshot_commit(repository, revisions.base, base, error);
    } else if (opened && options->staged) {
        opened = source_snapshot_head(repository, base, error);
    }
    run->root.snapshot = head;
    return opened;
}

static int compare_entries(const void *left, const void *right)
{
    const SourceEntry *a = left;
    const SourceEntry *b = right;
    return str_compare(a->path, b->path);
}

/* `all` and `named`, without repeats. */
static void merge_lists(Arena *arena, SourceList *all, const SourceList *named)
{
    size_t most = all->entries.count + named->entries.count;
    SourceEntry *entries = ARENA_ARRAY(arena, SourceEntry, most + 1);
    size_t count = 0;
    for (size_t i = 0; i < most; i++) {
        size_t second = i - all->entries.count;
        entries[i] = i < all->entries.count ? all->entries.at[i] : named->entries.at[second];
    }
    if (most) {
        qsort(entries, most, sizeof *entries, compare_entries);
    }
    for (size_t i = 0; i < most; i++) {
        if (!count || !str_equal(entries[count - 1].path, entries[i].path)) {
            entries[count++] = entries[i];
        }
    }
    all->entries.at = entries;
    all->entries.count = count;
}

/* All files, those of the command line among them; `asked` are the latter, if there are any. */
static bool list_files(Run *run, const RunOptions *options, SourceList **asked, Error *error)
{
    Str directory = run_working_directory(run->arena);
    void *manifest = (void *)run->manifest;
    *asked = NULL;
    if (!source_list(run->arena, &run->root, directory, NULL, 0, run_is_wanted, manifest,
                     &run->sources, error)) {
        return false;
    }
    if (options->path_count) {
        *asked = ARENA_NEW(run->arena, SourceList);
        if (!source_list(run->arena, &run->root, directory, options->paths, options->path_count,
                         run_is_wanted, manifest, *asked, error)) {
            return false;
        }
        merge_lists(run->arena, &run->sources, *asked);
        run->sources.skips.at = (*asked)->skips.at;
        run->sources.skips.count = (*asked)->skips.count;
    }
    return true;
}

/* Files that nobody asked about are read for what they declare, if they can. */
static void set_aside(Run *run, const Scope *scope)
{
    size_t kept = 0;
    for (size_t i = 0; i < run->sources.entries.count; i++) {
        SourceEntry entry = run->sources.entries.at[i];
        entry.aside = !scope_asks(scope, entry.path);
        if (!entry.aside || aside_is_script(entry.path)) {
            run->sources.entries.at[kept++] = entry;
        }
    }
    run->sources.entries.count = kept;
}

/* The run over the base, with the head's manifest if its own is none. */
static Run *prepare_base(const Run *run, const RunOptions *options, SourceSnapshot *snapshot)
{
    Run *base = ARENA_NEW(run->arena, Run);
    Str text;
    bool found;
    Error error = {0};
    SourceList *none;
    RunOptions all = *options;
    ManifestMistakes mistakes = {0};
    all.path_count = 0;
    *base = *run;
    base->root.snapshot = snapshot;
    base->partial = true;
    if (!read_manifest(base, options, &text, &found, &error) || !found) {
        base->sources = (SourceList){0}; /* nothing was a finding without a manifest */
        base->manifest_path = run->manifest_path;
        return base;
    }
    base->manifest =
        manifest_parse(run->arena, base->manifest_path, text, run_rule_ids(run->arena), &mistakes);
    if (!base->manifest) {
        fprintf(stderr,
                "ringfence: warning: the manifest is not valid in %.*s; it is judged by what the "
                "manifest is now\n",
                STR_ARGS(source_snapshot_name(snapshot)));
        base->manifest = run->manifest;
    }
    run_set_levels(base, options);
    list_files(base, &all, &none, &error);
    return base;
}

/* What the change causes elsewhere: in --diff always; in a commit to be, when it changes what other
 * files mean. Host files of the latter are left to --diff, unless the manifest is another. */
static bool add_base(Run *run, const RunOptions *options, SourceSnapshot *base, Scope *scope,
                     Error *error)
{
    SourceChanges *changes = ARENA_NEW(run->arena, SourceChanges);
    scope->changes = changes;
    scope->by_lines = options->diff.len > 0;
    if (!source_changes(run->arena, run->repository, &run->root, base, &run->sources, changes,
                        error)) {
        return false;
    }
    Impact impact = options->diff.len ? IMPACT_EVERYWHERE : impact_of(run, base, changes);
    Run *before = impact == IMPACT_NONE ? NULL : prepare_base(run, options, base);
    Scope everything = {0};
    if (impact == IMPACT_NONE) {
        set_aside(run, scope);
    } else if (impact == IMPACT_SCRIPTS) {
        impact_keep_scripts(&run->sources, scope);
        impact_keep_scripts(&before->sources, scope);
    } else {
        everything.paths = scope->paths;
        set_aside(run, &everything);
    }
    run->base = before;
    return true;
}

static bool prepare_git(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    SourceSnapshot *base;
    SourceList *asked;
    Str directory = run_working_directory(arena);
    if (!source_repository_open(arena, directory, options->root, &run->repository, &run->root,
                                error) ||
        !open_snapshots(run, options, &base, error) || !load_manifest(run, options, error)) {
        return false;
    }
    run_set_levels(run, options);
    if (!list_files(run, options, &asked, error)) {
        return false;
    }
    Scope *scope = ARENA_NEW(arena, Scope);
    scope->paths = asked;
    run->partial = base || asked;
    run->scope = run->partial ? scope : NULL;
    if (base) {
        return add_base(run, options, base, scope, error);
    }
    if (asked) {
        set_aside(run, scope);
    }
    return true;
}

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
        merge_lists(run->arena, &run->sources, asked);
    }
    *scope = (Scope){.paths = asked};
    set_aside(run, scope);
    run->scope = scope;
    run->partial = true;
}

static bool prepare_stdin(Arena *arena, const RunOptions *options, Run *run, Error *error)
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
    if (!list_files(run, options, &none, error)) {
        return false;
    }
    ask_about_overlay(run, overlay);
    return true;
}

bool origin_prepare(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    *run = run_begin(arena, options);
    return options->from_stdin ? prepare_stdin(arena, options, run, error)
                               : prepare_git(arena, options, run, error);
}
