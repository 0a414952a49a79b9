#include "check/origin.h"

#include <stdio.h>

#include "check/impact.h"
#include "check/listing.h"
#include "check/prepare.h"
#include "check/seek.h"

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
    for (;;) {
        const char *slash = folder.len ? "/" : "";
        for (size_t i = 0; i < RUN_MANIFEST_NAMES; i++) {
            Str path =
                arena_format(arena, "%.*s%s%s", STR_ARGS(folder), slash, run_manifest_names[i]);
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
        run->manifest_hash = plain.manifest_hash;
        run->manifest_text = plain.manifest_text;
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

/* A manifest that git does not track always was what it is now. */
static bool is_untracked(const Run *run)
{
    return !run->root.snapshot && !source_repository_tracks(run->repository, run->manifest_path);
}

/* The base's own, or the run's where that is none. False where there was no manifest at all. */
static bool load_base_manifest(Run *base, const Run *run, const RunOptions *options)
{
    Str text;
    bool found;
    Error error = {0};
    ManifestMistakes mistakes = {0};
    if (!read_manifest(base, options, &text, &found, &error) || !found) {
        base->manifest_path = run->manifest_path;
        return is_untracked(run);
    }
    if (str_equal(text, run->manifest_text) && str_equal(base->manifest_path, run->manifest_path)) {
        return true;
    }
    base->manifest = manifest_parse(base->arena, base->manifest_path, text,
                                    run_rule_ids(base->arena), &mistakes);
    if (!base->manifest) {
        fprintf(stderr,
                "ringfence: warning: the manifest is not valid in %.*s; it is judged by what the "
                "manifest is now\n",
                STR_ARGS(source_snapshot_name(base->root.snapshot)));
        base->manifest = run->manifest;
    }
    return true;
}

/* The run over what there was before. */
static Run *prepare_base(const Run *run, const RunOptions *options, SourceSnapshot *snapshot)
{
    Run *base = ARENA_NEW(run->arena, Run);
    Error error;
    *base = *run;
    base->root.snapshot = snapshot;
    base->partial = true;
    base->sources = (SourceList){0}; /* nothing was a finding without a manifest */
    if (load_base_manifest(base, run, options)) {
        run_set_levels(base, options);
        listing_read_alike(base, run, &error);
    }
    return base;
}

/* What the change causes elsewhere: in --diff always; in a commit to be, when it changes what other
 * files mean; source files are concerned that hold a name of its, or can use a constant. */
static bool add_base(Run *run, const RunOptions *options, SourceSnapshot *base, Scope *scope,
                     Error *error)
{
    SourceChanges *changes = ARENA_NEW(run->arena, SourceChanges);
    scope->changes = changes;
    scope->by_lines = options->diff.len > 0;
    if (!source_changes(run->arena, run->repository, &run->root, base, &run->sources,
                        run->manifest_path, changes, error)) {
        return false;
    }
    if (!options->diff.len) {
        source_changes_follow_links(run->arena, &run->root, changes);
    }
    Naming *naming = ARENA_NEW(run->arena, Naming);
    Rebound *rebound = ARENA_NEW(run->arena, Rebound);
    Impact impact =
        options->diff.len ? IMPACT_EVERYWHERE : impact_of(run, base, changes, naming, rebound);
    Run *before = impact == IMPACT_NONE ? NULL : prepare_base(run, options, base);
    Scope everything = {0};
    if (impact == IMPACT_NONE) {
        listing_set_aside(&run->sources, scope);
    } else if (impact == IMPACT_NAMES) {
        seek_names(run, before, naming, rebound, scope);
    } else {
        everything.paths = scope->paths;
        listing_set_aside(&run->sources, &everything);
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
    if (!listing_read(run, options, &asked, error)) {
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
        listing_set_aside(&run->sources, scope);
    }
    return true;
}

bool origin_prepare(Arena *arena, const RunOptions *options, Run *run, Error *error)
{
    *run = run_begin(arena, options);
    return options->from_stdin ? origin_prepare_stdin(arena, options, run, error)
                               : prepare_git(arena, options, run, error);
}
