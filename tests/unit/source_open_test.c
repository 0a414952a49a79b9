#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>

#include "temp_tree.h"

#include <cmocka.h>

#include "source/source.h"

#include "base/banned.h"

/* libgit2 1.5 forgets PCRE2's match data for every setting of a repository of format version 1. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2-8";
}

typedef struct {
    Arena *arena;
    Str tree;
    SourceRoot root;
    Error error;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->tree = tree_new(fixture->arena);
    fixture->root.root = fixture->tree;
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    tree_remove(fixture->tree);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static void check_str(Str actual, const char *expected)
{
    if (!str_equal(actual, str_from(expected))) {
        fail_msg("\"%.*s\" should be \"%s\"", (int)actual.len, actual.at ? actual.at : "",
                 expected);
    }
}

static void check_text(Fixture *f, const char *path, Str expected)
{
    SourceText text;
    Str reason = {0};
    if (!source_open(f->arena, &f->root, str_from(path), &text, &reason)) {
        fail_msg("%s: %.*s", path, (int)reason.len, reason.at);
    }
    assert_true(str_equal(text.text, expected));
    source_close(&text);
    source_close(&text);
}

static void check_refused(Fixture *f, const char *path, const char *expected)
{
    SourceText text;
    Str reason = {0};
    assert_false(source_open(f->arena, &f->root, str_from(path), &text, &reason));
    check_str(reason, expected);
    source_close(&text);
}

static void test_files(void **state)
{
    Fixture *f = *state;
    tree_write(f->arena, f->tree, "a/b.sql", STR("select 1;\n"));
    tree_write(f->arena, f->tree, "empty", STR(""));
    tree_write(f->arena, f->tree, "binary", STR("a\0b"));
    tree_link(f->arena, f->tree, "a/b.sql", "link");
    tree_link(f->arena, f->tree, tree_path(f->arena, f->tree, "a/b.sql"), "absolute");
    tree_link(f->arena, f->tree, "../a", "a/up");
    check_text(f, "a/b.sql", STR("select 1;\n"));
    check_text(f, "empty", STR(""));
    check_text(f, "binary", STR("a\0b"));
    check_text(f, "link", STR("select 1;\n"));
    check_text(f, "absolute", STR("select 1;\n"));
    check_text(f, "a/up/up/b.sql", STR("select 1;\n"));
}

static void test_refused(void **state)
{
    Fixture *f = *state;
    tree_make_folder(f->arena, f->tree, "folder");
    tree_link(f->arena, f->tree, "/etc/passwd", "outside");
    tree_link(f->arena, f->tree, "/etc", "folder/etc");
    tree_link(f->arena, f->tree, "../..", "folder/up");
    tree_link(f->arena, f->tree, "loop", "loop");
    tree_link(f->arena, f->tree, "/dev/zero", "device");
    assert_int_equal(mkfifo(tree_path(f->arena, f->tree, "fifo"), 0600), 0);
    int huge = open(tree_path(f->arena, f->tree, "huge"), O_CREAT | O_WRONLY, 0600);
    assert_int_equal(ftruncate(huge, (off_t)UINT32_MAX + 1), 0);
    close(huge);
    const char *out = "a symbolic link that leads out of the root";
    check_refused(f, "folder", "a folder");
    check_refused(f, "", "a folder");
    check_refused(f, "fifo", "a FIFO");
    check_refused(f, "outside", out);
    check_refused(f, "device", out);
    check_refused(f, "folder/etc/passwd", out);
    check_refused(f, "folder/up", out);
    check_refused(f, "../../../../../etc/passwd", out);
    check_refused(f, "loop", "a symbolic link that leads to itself");
    check_refused(f, "gone", "not readable: No such file or directory");
    check_refused(f, "huge", "4 GiB or larger");
}

/* Runs `body` in a child without root's rights, because root may read everything. */
static void run_without_rights(void (*body)(Fixture *), Fixture *f)
{
    int status;
    chmod(f->tree.at, 0755);
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0) {
            _exit(98);
        }
        body(f);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static bool keep_all(void *context, Arena *scratch, Str path)
{
    (void)scratch;
    (void)context;
    (void)path;
    return true;
}

static void expect_unreadable(Fixture *f)
{
    SourceText text;
    Str reason;
    SourceList list;
    if (source_open(f->arena, &f->root, STR("secret"), &text, &reason) ||
        !str_equal(reason, STR("not readable: Permission denied"))) {
        _exit(1);
    }
    if (!source_list(f->arena, &f->root, f->tree, NULL, 0,
                     &(SourceFilter){.keep = keep_all, .jobs = 2}, &list, &f->error) ||
        list.entries.count != 1 || list.skips.count != 2 || !list.skips.at[0].fatal ||
        !str_equal(list.skips.at[0].path, STR("closed")) || !list.skips.at[1].fatal ||
        !str_equal(list.skips.at[1].path, STR("link"))) {
        _exit(2);
    }
}

static void test_unreadable(void **state)
{
    Fixture *f = *state;
    tree_write(f->arena, f->tree, "secret", STR("x"));
    tree_write(f->arena, f->tree, "closed/a", STR("x"));
    tree_link(f->arena, f->tree, "closed/a", "link");
    chmod(tree_path(f->arena, f->tree, "secret"), 0);
    chmod(tree_path(f->arena, f->tree, "closed"), 0);
    run_without_rights(expect_unreadable, f);
    chmod(tree_path(f->arena, f->tree, "closed"), 0700);
}

static void test_binary(void **state)
{
    char text[8001];
    Str all = {.at = text, .len = sizeof text};
    (void)state;
    memset(text, 'a', sizeof text);
    text[8000] = '\0';
    assert_false(source_is_binary(all));
    text[7999] = '\0';
    assert_true(source_is_binary(all));
    assert_false(source_is_binary((Str){0}));
    assert_false(source_is_binary(STR("\xff\xfe")));
}

enum { THREADS = 4, ROUNDS = 300, FILES = 20 };

typedef struct {
    Fixture *fixture;
    atomic_int opened;
    atomic_bool stop;
} Shared;

static void *open_many(void *context)
{
    Shared *shared = context;
    Arena *arena = arena_new();
    for (int i = 0; i < ROUNDS; i++) {
        SourceText text;
        Str reason;
        Str path = arena_format(arena, "files/%d.sql", i % FILES);
        if (source_open(arena, &shared->fixture->root, path, &text, &reason)) {
            shared->opened += source_is_binary(text.text) + 1;
            source_close(&text);
        }
        arena_reset(arena);
    }
    arena_free(arena);
    return NULL;
}

/* Shrinks and grows a file under its readers: a mapping would end in SIGBUS. */
static void *resize_one(void *context)
{
    Shared *shared = context;
    int file =
        open(tree_path(shared->fixture->arena, shared->fixture->tree, "files/0.sql"), O_RDWR);
    for (off_t size = 1; !shared->stop; size = size * 7 % 100003) {
        if (ftruncate(file, size) != 0) {
            tree_die("ftruncate");
        }
    }
    close(file);
    return NULL;
}

static void test_threads(void **state)
{
    Fixture *f = *state;
    Shared shared = {.fixture = f};
    pthread_t threads[THREADS + 1];
    for (int i = 0; i < FILES; i++) {
        tree_write(f->arena, f->tree, arena_format(f->arena, "files/%d.sql", i).at, STR("x"));
    }
    pthread_create(&threads[THREADS], NULL, resize_one, &shared);
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, open_many, &shared);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    shared.stop = true;
    pthread_join(threads[THREADS], NULL);
    assert_true(shared.opened >= THREADS * ROUNDS);
}

static void check_root(Fixture *f, const char *directory, const char *given, const char *fallback,
                       const char *expected, bool in_repository)
{
    SourceRoot root;
    Str from = arena_format(f->arena, "%s%s", f->tree.at, directory);
    if (!source_find_root(f->arena, from, str_from(given), str_from(fallback), &root, &f->error)) {
        fail_msg("%s: %s", f->error.path, f->error.text);
    }
    check_str(root.root, arena_format(f->arena, "%s%s", f->tree.at, expected).at);
    assert_int_equal(root.in_repository, in_repository);
}

static void test_root(void **state)
{
    Fixture *f = *state;
    Str repository = arena_format(f->arena, "%s/repo", f->tree.at);
    tree_make_folder(f->arena, f->tree, "repo/a/b");
    tree_make_folder(f->arena, f->tree, "plain/c");
    tree_link(f->arena, f->tree, "repo/a", "link");
    tree_init_repository(repository);
    tree_run(f->tree, "git", "init", "-q", "--bare", "bare.git", NULL);
    check_root(f, "/repo/a/b", "", "", "/repo", true);
    check_root(f, "/repo/a/b", "", "/etc", "/repo", true);
    check_root(f, "/link", "", "", "/repo", true);
    check_root(f, "/repo/.git", "", "", "/repo", true);
    check_root(f, "/repo", "a/b/", "", "/repo/a/b", true);
    check_root(f, "/repo", "../plain", "", "/plain", false);
    check_root(f, "/repo", "..", "", "", false);
    check_root(f, "/plain/c", "", "", "/plain/c", false);
    check_root(f, "/plain/c", "", "..", "/plain", false);
    check_root(f, "/plain/c", "", "../../repo/a", "/repo", true);
    check_root(f, "/bare.git", "", "", "/bare.git", false);
    check_root(f, "/bare.git", "", "../plain", "/plain", false);
}

static void test_bad_root(void **state)
{
    Fixture *f = *state;
    SourceRoot root;
    tree_write(f->arena, f->tree, "file", STR("x"));
    assert_false(source_find_root(f->arena, f->tree, STR("nope"), (Str){0}, &root, &f->error));
    assert_string_equal(f->error.path, "nope");
    assert_string_equal(f->error.text, "cannot use this as the root: No such file or directory");
    assert_false(source_find_root(f->arena, f->tree, STR("file"), (Str){0}, &root, &f->error));
    assert_string_equal(f->error.text, "cannot use this as the root: Not a directory");
    assert_true(source_find_root(f->arena, STR("/"), STR("/"), (Str){0}, &root, &f->error));
    check_str(root.root, "/");
}

static bool list(Fixture *f)
{
    SourceList files;
    f->error = (Error){0};
    return source_find_root(f->arena, f->tree, (Str){0}, (Str){0}, &f->root, &f->error) &&
           source_list(f->arena, &f->root, f->tree, NULL, 0,
                       &(SourceFilter){.keep = keep_all, .jobs = 2}, &files, &f->error);
}

static void configure(Fixture *f, const char *key, const char *value)
{
    tree_run(f->tree, "git", "config", key, value, NULL);
}

static void test_repository_formats(void **state)
{
    Fixture *f = *state;
    tree_init_repository(f->tree);
    tree_write(f->arena, f->tree, "a.sql", STR("x"));
    tree_commit(f->tree);
    configure(f, "core.repositoryformatversion", "1");
    configure(f, "extensions.worktreeConfig", "true");
    configure(f, "extensions.partialClone", "origin");
    configure(f, "extensions.preciousObjects", "true");
    assert_true(list(f));
    tree_run(f->tree, "git", "update-index", "--index-version", "4", NULL);
    assert_true(list(f));
    tree_run(f->tree, "git", "update-index", "--split-index", NULL);
    assert_true(list(f));
    configure(f, "extensions.fromTheFuture", "true");
    assert_false(list(f));
    assert_non_null(strstr(f->error.text, "cannot read the git repository: "));
}

static void test_broken_repository(void **state)
{
    Fixture *f = *state;
    tree_init_repository(f->tree);
    tree_write(f->arena, f->tree, ".git/index", STR("no index at all, and long enough to be one"));
    assert_false(list(f));
    tree_write(f->arena, f->tree, ".git/config", STR("[core\n"));
    assert_false(list(f));
    assert_string_equal(f->error.path, f->tree.at);
}

static void test_foreign_owner(void **state)
{
    Fixture *f = *state;
    if (getuid() != 0) {
        skip();
    }
    tree_init_repository(f->tree);
    tree_run(f->tree, "chown", "-R", "65534:65534", f->tree.at, NULL);
    assert_true(list(f));
    assert_true(f->root.in_repository);
}

static void check_found(Fixture *f, const char *directory, const char *stop, const char *expected)
{
    const char *const names[] = {"ringfence.yaml", "ringfence.yml", "ringfence.json"};
    Str from = arena_format(f->arena, "%s%s", f->tree.at, directory);
    Str until = stop ? arena_format(f->arena, "%s%s", f->tree.at, stop) : (Str){0};
    Str found = source_find_upwards(f->arena, from, until, names, 3);
    check_str(found, expected ? arena_format(f->arena, "%s%s", f->tree.at, expected).at : "");
}

static void test_find_upwards(void **state)
{
    Fixture *f = *state;
    tree_write(f->arena, f->tree, "ringfence.json", STR("x"));
    tree_write(f->arena, f->tree, "a/ringfence.yml", STR("x"));
    tree_write(f->arena, f->tree, "a/ringfence.json", STR("x"));
    tree_make_folder(f->arena, f->tree, "a/b/ringfence.yaml");
    tree_make_folder(f->arena, f->tree, "a/b/c");
    tree_make_folder(f->arena, f->tree, "d");
    check_found(f, "/a/b/c", NULL, "/a/ringfence.yml");
    check_found(f, "/a/b/c/", "/a", "/a/ringfence.yml");
    check_found(f, "/a/b/c", "/a/b", NULL);
    check_found(f, "/a/b/c", "/a/b/c", NULL);
    check_found(f, "/d", NULL, "/ringfence.json");
    check_found(f, "/d", "", "/ringfence.json");
    check_found(f, "/d", "/a", NULL);
    check_found(f, "/nope", NULL, NULL);
    assert_int_equal(source_find_upwards(f->arena, STR("/"), (Str){0}, NULL, 0).len, 0);
}

int main(void)
{
    tree_isolate_git();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
        cmocka_unit_test(test_binary),
        cmocka_unit_test_setup_teardown(test_threads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_root, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_root, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repository_formats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_repository, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign_owner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_find_upwards, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
