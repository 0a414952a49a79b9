/* Any bytes as a repository's index, and what begins with the last "DIRC" in them as the one that
 * it shares (split indexes): refused with a reason, or a snapshot that is in order, whose files can
 * be listed, read and compared with HEAD's. The repository around it is made of the objects that
 * the indexes of tests/fuzz/indexes are about. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "source/change.h"
#include "source/git.h"
#include "source/repository.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

enum { MOST_FILES = 64, NAME = 512 };

/* libgit2 1.5 leaks pcre2's match data whenever a pattern of a repository's settings does not
 * match, and what it has read of a damaged index. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2\nleak:libgit2\n";
}

static char folder[] = "/tmp/ringfence-index-XXXXXX";

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    git_libgit2_shutdown();
}

static git_oid add_tree(git_repository *git, const char *const *names, const git_oid *ids,
                        size_t count)
{
    git_treebuilder *builder;
    git_oid id;
    fuzz_require(git_treebuilder_new(&builder, git, NULL) == 0);
    for (size_t i = 0; i < count; i++) {
        bool file = strchr(names[i], '.') != NULL;
        git_filemode_t mode = file ? GIT_FILEMODE_BLOB : GIT_FILEMODE_TREE;
        fuzz_require(git_treebuilder_insert(NULL, builder, names[i], &ids[i], mode) == 0);
    }
    fuzz_require(git_treebuilder_write(&id, builder) == 0);
    git_treebuilder_free(builder);
    return id;
}

/* The files of tests/fuzz/indexes' first commit; its trees are what a sparse index names. */
static void add_commit(git_repository *git)
{
    static const char text[] = "SELECT 1 FROM billing.x;\n";
    static const char *const names[] = {"f.sql", "deep", "a", "b", "c"};
    git_oid blob;
    git_oid id;
    git_tree *top;
    git_signature *someone;
    fuzz_require(git_blob_create_from_buffer(&blob, git, text, sizeof text - 1) == 0);
    git_oid leaf = add_tree(git, names, &blob, 1);
    git_oid deep = add_tree(git, names, (git_oid[]){blob, leaf}, 2);
    git_oid all = add_tree(git, names, (git_oid[]){blob, deep, deep, leaf, leaf}, 5);
    fuzz_require(git_tree_lookup(&top, git, &all) == 0);
    fuzz_require(git_signature_new(&someone, "x", "a@b", 0, 0) == 0);
    fuzz_require(
        git_commit_create(&id, git, "HEAD", someone, someone, NULL, "first", top, 0, NULL) == 0);
    git_signature_free(someone);
    git_tree_free(top);
}

static void make_repository(void)
{
    git_repository *git;
    source_library_start();
    fuzz_require(mkdtemp(folder) != NULL);
    atexit(remove_folder);
    fuzz_require(git_repository_init(&git, folder, 0) == 0);
    add_commit(git);
    git_repository_free(git);
}

static void write_file(const char *name, Str bytes)
{
    char path[NAME];
    snprintf(path, sizeof path, "%s/.git/%s", folder, name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fuzz_require(file >= 0 && write(file, bytes.at, bytes.len) == (ssize_t)bytes.len);
    close(file);
}

static size_t find_shared(Str text)
{
    for (size_t at = text.len; at-- > 1;) {
        if (str_starts_with(str_slice(text, at, text.len), STR("DIRC"))) {
            return at;
        }
    }
    return text.len;
}

/* Writes both; sets `shared` to the name of the second. */
static void write_indexes(Arena *arena, Str text, char shared[NAME])
{
    IndexFile file;
    const char *problem = NULL;
    size_t cut = find_shared(text);
    shared[0] = '\0';
    write_file("index", str_slice(text, 0, cut));
    if (!index_file_read(arena, str_slice(text, 0, cut), &file, &problem)) {
        fuzz_require(problem != NULL);
    } else if (file.split && cut < text.len) {
        snprintf(shared, NAME, "sharedindex.%s", file.shared);
        write_file(shared, str_slice(text, cut, text.len));
    }
}

static void remove_shared(const char *name)
{
    char path[NAME];
    if (*name) {
        snprintf(path, sizeof path, "%s/.git/%s", folder, name);
        unlink(path);
    }
}

static bool keep(void *context, Arena *scratch, Str path)
{
    (void)scratch;
    (void)context;
    fuzz_require(path.at[path.len] == '\0');
    return true;
}

static void require_order(const IndexFile *index)
{
    for (size_t i = 0; i < index->count; i++) {
        const IndexEntry *entry = &index->entries[i];
        const IndexEntry *found = source_index_find(index, entry->path);
        fuzz_require(entry->path.len && entry->path.at[entry->path.len] == '\0');
        fuzz_require(strlen(entry->path.at) == entry->path.len);
        fuzz_require(found && str_equal(found->path, entry->path));
        fuzz_require(i == 0 || str_compare(entry[-1].path, entry->path) < 0 ||
                     (entry->conflict && entry[-1].conflict));
    }
    for (size_t i = 0; i < index->folder_count; i++) {
        fuzz_require(index_file_folder(index, index->folders[i].path) != NULL);
    }
}

static void read_files(Arena *arena, const SourceRoot *root, const SourceList *list)
{
    for (size_t i = 0; i < list->entries.count && i < MOST_FILES; i++) {
        SourceText text;
        Str reason = {0};
        bool read = source_open(arena, root, list->entries.at[i].path, &text, &reason);
        fuzz_require(read || reason.len);
        source_close(&text);
    }
}

static void compare(Arena *arena, SourceRepository *repository, const SourceRoot *root,
                    const SourceList *list)
{
    SourceSnapshot *head;
    SourceChanges changes;
    Error error = {0};
    fuzz_require(source_snapshot_head(repository, &head, &error));
    if (source_changes(arena, repository, root, head, list, (Str){0}, &changes, &error)) {
        source_changes_follow_links(arena, root, &changes);
    } else {
        fuzz_require(error.text[0] != '\0');
    }
}

/* What --staged does before a text is read. */
static void read_snapshot(Arena *arena, SourceRepository *repository, SourceRoot *root)
{
    SourceSnapshot *snapshot;
    SourceList list;
    Error error = {0};
    if (!source_snapshot_index(repository, &snapshot, &error)) {
        fuzz_require(error.text[0] != '\0');
        return;
    }
    require_order(snapshot->index);
    root->snapshot = snapshot;
    fuzz_require(source_list(arena, root, root->root, NULL, 0, &(SourceFilter){.keep = keep}, &list,
                             &error));
    read_files(arena, root, &list);
    compare(arena, repository, root, &list);
}

/* What a run over the working tree asks the index. */
static void read_tracked(Arena *arena, Str top)
{
    SourceGit *git;
    Error error = {0};
    fuzz_require(source_git_open(arena, top, top, &git, &error) || error.text[0] != '\0');
    if (git) {
        source_git_wants_file(git, arena, source_git_start(git, arena, STR("a")), STR("a/f.sql"));
        source_git_close(git);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool made;
    if (!made) {
        make_repository();
        made = true;
    }
    Arena *arena = arena_new();
    SourceRepository *repository;
    SourceRoot root;
    Error error = {0};
    char shared[NAME];
    write_indexes(arena, (Str){.at = (const char *)data, .len = size}, shared);
    fuzz_require(
        source_repository_open(arena, str_from(folder), (Str){0}, &repository, &root, &error));
    read_snapshot(arena, repository, &root);
    read_tracked(arena, root.root);
    source_repository_close(repository);
    remove_shared(shared);
    arena_free(arena);
    return 0;
}
