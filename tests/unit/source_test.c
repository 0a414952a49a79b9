#include <setjmp.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "temp_tree.h"

#include <cmocka.h>

#include "base/array.h"
#include "source/source.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    Str tree;
    SourceRoot root;
    SourceList list;
    Error error;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->tree = tree_new(fixture->arena);
    *state = fixture;
    return 0;
}

static int set_up_repository(void **state)
{
    set_up(state);
    tree_init_repository(((Fixture *)*state)->tree);
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

static void write_file(Fixture *f, const char *path)
{
    tree_write(f->arena, f->tree, path, STR("select 1;\n"));
}

static bool keep_all(void *context, Str path)
{
    (void)context;
    (void)path;
    return true;
}

static bool keep_sql(void *context, Str path)
{
    (void)context;
    return str_ends_with(path, STR(".sql"));
}

static bool list_from(Fixture *f, Str directory, const char *const *arguments)
{
    ARRAY(Str) paths = {0};
    f->error = (Error){0};
    if (!source_find_root(f->arena, directory, (Str){0}, (Str){0}, &f->root, &f->error)) {
        return false;
    }
    for (size_t i = 0; arguments && arguments[i]; i++) {
        array_push(f->arena, &paths, str_from(arguments[i]));
    }
    return source_list(f->arena, &f->root, directory, paths.at, paths.count, keep_all, NULL,
                       &f->list, &f->error);
}

static Str join_entries(Fixture *f)
{
    Str all = {0};
    for (size_t i = 0; i < f->list.entries.count; i++) {
        SourceEntry entry = f->list.entries.at[i];
        all =
            arena_format(f->arena, "%.*s%s%.*s%s", (int)all.len, all.at ? all.at : "", i ? " " : "",
                         (int)entry.path.len, entry.path.at, entry.named ? "!" : "");
    }
    return all;
}

static Str join_skips(Fixture *f)
{
    Str all = {0};
    for (size_t i = 0; i < f->list.skips.count; i++) {
        SourceSkip skip = f->list.skips.at[i];
        all = arena_format(f->arena, "%.*s%s%.*s%s (%.*s)", (int)all.len, all.at ? all.at : "",
                           i ? "; " : "", (int)skip.path.len, skip.path.at, skip.fatal ? "!" : "",
                           (int)skip.reason.len, skip.reason.at);
    }
    return all;
}

static void check_str(Str actual, const char *expected)
{
    if (!str_equal(actual, str_from(expected))) {
        fail_msg("\"%.*s\" should be \"%s\"", (int)actual.len, actual.at ? actual.at : "",
                 expected);
    }
}

static void check_arguments(Fixture *f, Str directory, const char *const *arguments,
                            const char *entries, const char *skips)
{
    if (!list_from(f, directory, arguments)) {
        fail_msg("%s: %s", f->error.path, f->error.text);
    }
    check_str(join_entries(f), entries);
    check_str(join_skips(f), skips);
}

static void check(Fixture *f, const char *entries, const char *skips)
{
    check_arguments(f, f->tree, NULL, entries, skips);
}

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* git's own answer, for the files that exist. */
static Str ask_git(Fixture *f, Str folder)
{
    static char *const command[] = {"git",           "ls-files", "-co", "--exclude-standard",
                                    "--deduplicate", "-z",       NULL};
    FILE *file = tmpfile();
    assert_int_equal(tree_spawn(folder, command, fileno(file)), 0);
    size_t len = (size_t)lseek(fileno(file), 0, SEEK_END);
    char *text = arena_take(f->arena, len + 1);
    assert_int_equal(pread(fileno(file), text, len, 0), len);
    fclose(file);
    return (Str){.at = text, .len = len};
}

static int compare_strings(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void check_against_git(Fixture *f)
{
    ARRAY(Str) expected = {0};
    struct stat status;
    Str output = ask_git(f, f->tree);
    for (size_t start = 0, end; start < output.len; start = end + 1) {
        end = str_find_byte(output, '\0', start);
        Str path = str_slice(output, start, end);
        if (stat(tree_path(f->arena, f->tree, path.at), &status) == 0 && S_ISREG(status.st_mode)) {
            array_push(f->arena, &expected, path);
        }
    }
    qsort(expected.at, expected.count, sizeof(Str), compare_strings);
    assert_true(list_from(f, f->tree, NULL));
    for (size_t i = 0; i < expected.count && i < f->list.entries.count; i++) {
        check_str(f->list.entries.at[i].path, expected.at[i].at);
    }
    assert_int_equal(f->list.entries.count, expected.count);
}

static void test_plain_folder(void **state)
{
    Fixture *f = *state;
    write_file(f, "b.sql");
    write_file(f, "a/z.sql");
    write_file(f, "a-b.sql");
    write_file(f, "a/.hidden");
    write_file(f, "empty/.git/HEAD");
    write_file(f, ".gitignore");
    tree_make_folder(f->arena, f->tree, "nothing/here");
    check(f, ".gitignore a-b.sql a/.hidden a/z.sql b.sql", "");
    assert_false(f->root.in_repository);
}

static void test_keep(void **state)
{
    Fixture *f = *state;
    Error error;
    write_file(f, "a.sql");
    write_file(f, "a.txt");
    write_file(f, "b/c.txt");
    Str arguments[] = {STR("a.txt"), STR("."), STR("a.sql")};
    SourceRoot root = {.root = f->tree};
    assert_true(
        source_list(f->arena, &root, f->tree, arguments, 2, keep_sql, NULL, &f->list, &error));
    check_str(join_entries(f), "a.sql a.txt!");
    assert_true(
        source_list(f->arena, &root, f->tree, arguments, 3, keep_sql, NULL, &f->list, &error));
    check_str(join_entries(f), "a.sql! a.txt!");
}

static void make_special_files(Fixture *f)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", f->tree.at);
    assert_int_equal(bind(descriptor, (struct sockaddr *)&address, sizeof address), 0);
    close(descriptor);
    assert_int_equal(mkfifo(tree_path(f->arena, f->tree, "fifo"), 0600), 0);
}

static void test_special_files(void **state)
{
    Fixture *f = *state;
    make_special_files(f);
    check(f, "", "fifo (a FIFO); socket (a socket)");
    check_arguments(f, f->tree, ARGUMENTS("fifo", "."), "", "fifo! (a FIFO); socket (a socket)");
}

static void test_links(void **state)
{
    Fixture *f = *state;
    write_file(f, "d/a.sql");
    tree_link(f->arena, f->tree, "a.sql", "d/relative");
    tree_link(f->arena, f->tree, tree_path(f->arena, f->tree, "d/a.sql"), "absolute");
    tree_link(f->arena, f->tree, "/etc/passwd", "outside");
    tree_link(f->arena, f->tree, "../../../../../../../etc/passwd", "d/outside");
    tree_link(f->arena, f->tree, "/etc", "outside-folder");
    tree_link(f->arena, f->tree, "gone", "dangling");
    tree_link(f->arena, f->tree, "loop", "loop");
    tree_link(f->arena, f->tree, "..", "d/up");
    tree_link(f->arena, f->tree, "d", "folder");
    check(f, "absolute d/a.sql d/relative",
          "d/outside (a symbolic link that leads out of the root); "
          "dangling (a symbolic link that leads nowhere); "
          "loop (a symbolic link that leads to itself); "
          "outside (a symbolic link that leads out of the root); "
          "outside-folder (a symbolic link that leads out of the root)");
    check_arguments(f, f->tree, ARGUMENTS("absolute", "folder", "d/up/d/relative", "dangling"),
                    "absolute! d/a.sql d/relative!",
                    "d/outside (a symbolic link that leads out of the root); "
                    "dangling! (a symbolic link that leads nowhere)");
    assert_false(list_from(f, f->tree, ARGUMENTS("outside-folder")));
}

static void test_arguments(void **state)
{
    Fixture *f = *state;
    Str sub = arena_format(f->arena, "%s/a", f->tree.at);
    write_file(f, "a/b/c.sql");
    write_file(f, "a/d.sql");
    write_file(f, "e.sql");
    check_arguments(f, f->tree, ARGUMENTS("./a/d.sql", "a/../e.sql", "a//b/"),
                    "a/b/c.sql a/d.sql! e.sql!", "");
    check_arguments(f, f->tree, ARGUMENTS("e.sql", "./e.sql", sub.at, "a/b/.."),
                    "a/b/c.sql a/d.sql e.sql!", "");
    SourceRoot root = {.root = f->tree};
    Str arguments[] = {STR("d.sql"), STR("../e.sql"), STR("b/.")};
    assert_true(
        source_list(f->arena, &root, sub, arguments, 3, keep_all, NULL, &f->list, &f->error));
    check_str(join_entries(f), "a/b/c.sql a/d.sql! e.sql!");
}

static void test_bad_arguments(void **state)
{
    Fixture *f = *state;
    write_file(f, "a.sql");
    assert_false(list_from(f, f->tree, ARGUMENTS("nope.sql")));
    assert_string_equal(f->error.path, "nope.sql");
    assert_string_equal(f->error.text, "cannot read this path: No such file or directory");
    assert_false(list_from(f, f->tree, ARGUMENTS("nope/a.sql")));
    assert_false(list_from(f, f->tree, ARGUMENTS("nope/../a.sql")));
    assert_false(list_from(f, f->tree, ARGUMENTS("a.sql/")));
    assert_string_equal(f->error.text, "cannot read this path: Not a directory");
    assert_false(list_from(f, f->tree, ARGUMENTS("")));
    assert_false(list_from(f, f->tree, ARGUMENTS("..")));
    assert_non_null(strstr(f->error.text, "this path is outside the root "));
    assert_false(list_from(f, f->tree, ARGUMENTS("a.sql", "/etc/passwd")));
    assert_string_equal(f->error.path, "/etc/passwd");
}

static void test_ignored(void **state)
{
    Fixture *f = *state;
    tree_write(f->arena, f->tree, ".gitignore", STR("*.log\n/build/\n!keep.log\n"));
    tree_write(f->arena, f->tree, ".git/info/exclude", STR("secret*\n"));
    tree_write(f->arena, f->tree, "a/.gitignore", STR("x.sql\n*.tmp\n!y.tmp\n"));
    const char *const files[] = {"a/x.sql",  "a/y.tmp", "a/z.tmp",   "x.sql",      "b.log",
                                 "keep.log", "build/o", "a/build/o", "secret.sql", "a/secret2"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_file(f, files[i]);
    }
    check(f, ".gitignore a/.gitignore a/build/o a/y.tmp keep.log x.sql", "");
    check_against_git(f);
    tree_run(f->tree, "git", "add", "-f", "build/o", "b.log", NULL);
    write_file(f, "build/untracked");
    check(f, ".gitignore a/.gitignore a/build/o a/y.tmp b.log build/o keep.log x.sql", "");
    check_against_git(f);
    check_arguments(f, f->tree, ARGUMENTS("a/x.sql", "secret.sql"), "a/x.sql! secret.sql!", "");
}

static void test_named_ignored_folder(void **state)
{
    Fixture *f = *state;
    tree_write(f->arena, f->tree, ".gitignore", STR("build\n"));
    write_file(f, "build/deep/a.sql");
    check(f, ".gitignore", "");
    check_arguments(f, f->tree, ARGUMENTS("build"), "build/deep/a.sql", "");
    check_arguments(f, f->tree, ARGUMENTS("build/deep/"), "build/deep/a.sql", "");
    check_arguments(f, f->tree, ARGUMENTS("build", "."), ".gitignore build/deep/a.sql", "");
}

static void test_index_states(void **state)
{
    Fixture *f = *state;
    write_file(f, "committed.sql");
    write_file(f, "deleted.sql");
    write_file(f, "folder/was-file");
    tree_write(f->arena, f->tree, "empty.sql", STR(""));
    tree_commit(f->tree);
    write_file(f, "staged.sql");
    write_file(f, "staged-then-deleted.sql");
    tree_run(f->tree, "git", "add", "-A", NULL);
    unlink(tree_path(f->arena, f->tree, "staged-then-deleted.sql"));
    unlink(tree_path(f->arena, f->tree, "deleted.sql"));
    tree_run(f->tree, "rm", "-r", "folder", NULL);
    tree_link(f->arena, f->tree, "/etc", "folder");
    write_file(f, "untracked.sql");
    assert_int_equal(chmod(tree_path(f->arena, f->tree, "committed.sql"), 0755), 0);
    check(f, "committed.sql empty.sql staged.sql untracked.sql",
          "folder (a symbolic link that leads out of the root)");
}

static void test_unborn_head(void **state)
{
    Fixture *f = *state;
    check(f, "", "");
    assert_true(f->root.in_repository);
    write_file(f, "a.sql");
    check(f, "a.sql", "");
    tree_run(f->tree, "git", "add", "a.sql", NULL);
    check(f, "a.sql", "");
}

static void test_conflict(void **state)
{
    Fixture *f = *state;
    write_file(f, "a.sql");
    tree_commit(f->tree);
    tree_run(f->tree, "git", "checkout", "-q", "-b", "other", NULL);
    tree_write(f->arena, f->tree, "a.sql", STR("theirs\n"));
    tree_commit(f->tree);
    tree_run(f->tree, "git", "checkout", "-q", "main", NULL);
    tree_write(f->arena, f->tree, "a.sql", STR("ours\n"));
    tree_commit(f->tree);
    int quiet = open("/dev/null", O_WRONLY);
    assert_int_equal(
        tree_spawn(f->tree, (char *const[]){"git", "merge", "-q", "other", NULL}, quiet), 1);
    close(quiet);
    check(f, "a.sql", "");
}

static void test_odd_names(void **state)
{
    Fixture *f = *state;
    const char *const files[] = {"caf\xc3\xa9.sql", "new\nline.sql", "quo\"te.sql", "sp ace.sql",
                                 "back\\slash",     "-dash",         "bad\xff.sql", "*star?[x].sql",
                                 "#hash",           "!bang",         ".gitmodules2"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_file(f, files[i]);
    }
    check_against_git(f);
    assert_int_equal(f->list.entries.count, sizeof files / sizeof *files);
    tree_commit(f->tree);
    check_against_git(f);
    check_arguments(f, f->tree, ARGUMENTS("new\nline.sql", "*star?[x].sql"),
                    "*star?[x].sql! new\nline.sql!", "");
}

static void test_subfolder(void **state)
{
    Fixture *f = *state;
    Str sub = arena_format(f->arena, "%s/services/orders", f->tree.at);
    tree_write(f->arena, f->tree, ".gitignore", STR("/services/orders/out\n"));
    write_file(f, "services/orders/a.sql");
    write_file(f, "services/orders/out/b.sql");
    write_file(f, "services/billing/c.sql");
    tree_commit(f->tree);
    check_arguments(f, sub, NULL, ".gitignore services/billing/c.sql services/orders/a.sql", "");
    check_str(f->root.root, f->tree.at);
    check_arguments(f, sub, ARGUMENTS(".", "../billing/c.sql"),
                    "services/billing/c.sql! services/orders/a.sql", "");
    assert_true(source_find_root(f->arena, f->tree, STR("services/orders/"), STR("/"), &f->root,
                                 &f->error));
    check_str(f->root.root, sub.at);
    assert_true(f->root.in_repository);
    assert_true(source_list(f->arena, &f->root, sub, NULL, 0, keep_all, NULL, &f->list, &f->error));
    check_str(join_entries(f), "a.sql");
}

static void test_submodule(void **state)
{
    Fixture *f = *state;
    Str inner = arena_format(f->arena, "%s/inner", f->tree.at);
    Str outer = arena_format(f->arena, "%s/outer", f->tree.at);
    write_file(f, "inner/lib.sql");
    tree_init_repository(inner);
    tree_commit(inner);
    tree_make_folder(f->arena, f->tree, "outer");
    tree_init_repository(outer);
    tree_run(outer, "git", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
             inner.at, "sub", NULL);
    tree_commit(outer);
    tree_write(f->arena, outer, "sub/.gitignore", STR("*.log\n"));
    tree_write(f->arena, outer, "sub/a.log", STR("x"));
    write_file(f, "outer/own.sql");
    check_arguments(f, outer, NULL, ".gitmodules own.sql", "");
    check_arguments(f, outer, ARGUMENTS("sub"), "sub/.gitignore sub/lib.sql", "");
    check_arguments(f, outer, ARGUMENTS("sub/a.log", "sub/lib.sql"), "sub/a.log! sub/lib.sql!", "");
    check_arguments(f, outer, ARGUMENTS("sub", "own.sql", ".", "sub"),
                    ".gitmodules own.sql! sub/.gitignore sub/lib.sql", "");
}

static void test_nested_repository(void **state)
{
    Fixture *f = *state;
    Str nested = arena_format(f->arena, "%s/nested", f->tree.at);
    write_file(f, "nested/.gitignore");
    write_file(f, "nested/a.sql");
    write_file(f, "own.sql");
    write_file(f, "src/b.sql");
    tree_init_repository(nested);
    check(f, "own.sql src/b.sql", "");
    check_arguments(f, f->tree, ARGUMENTS("nested", "src"),
                    "nested/.gitignore nested/a.sql src/b.sql", "");
    tree_commit(nested);
    check_against_git(f);
    check(f, "own.sql src/b.sql", "");
}

static void test_worktree(void **state)
{
    Fixture *f = *state;
    Str main_tree = arena_format(f->arena, "%s/main", f->tree.at);
    Str second = arena_format(f->arena, "%s/second", f->tree.at);
    write_file(f, "main/a.sql");
    tree_init_repository(main_tree);
    tree_write(f->arena, main_tree, ".git/info/exclude", STR("*.log\n"));
    tree_commit(main_tree);
    tree_run(main_tree, "git", "worktree", "add", "-q", "../second", NULL);
    write_file(f, "second/b.sql");
    write_file(f, "second/c.log");
    check_arguments(f, second, NULL, "a.sql b.sql", "");
    check_str(f->root.root, second.at);
    assert_true(f->root.in_repository);
}

static void test_deep_folders(void **state)
{
    enum { LEVELS = 300 };
    static const char name[] = "twenty-bytes-of-name";
    Fixture *f = *state;
    tree_run(f->tree, "git", "init", "-q", NULL);
    int folder = open(f->tree.at, O_DIRECTORY);
    for (int i = 0; i < LEVELS; i++) {
        assert_int_equal(mkdirat(folder, name, 0777), 0);
        int deeper = openat(folder, name, O_DIRECTORY);
        close(folder);
        folder = deeper;
    }
    int file = openat(folder, "a.sql", O_CREAT | O_WRONLY, 0666);
    assert_int_equal(write(file, "deep", 4), 4);
    close(file);
    close(folder);
    assert_true(list_from(f, f->tree, NULL));
    assert_int_equal(f->list.entries.count, 1);
    assert_int_equal(f->list.skips.count, 0);
    assert_int_equal(f->list.entries.at[0].path.len, LEVELS * sizeof name + 5);
    SourceText text;
    Str reason;
    assert_true(source_open(f->arena, &f->root, f->list.entries.at[0].path, &text, &reason));
    check_str(text.text, "deep");
    source_close(&text);
    f->root.in_repository = false;
    assert_true(
        source_list(f->arena, &f->root, f->tree, NULL, 0, keep_sql, NULL, &f->list, &f->error));
    assert_int_equal(f->list.entries.count, 1);
}

static double seconds_since(struct timespec start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static void time_listing(Fixture *f, const char *what, size_t expected)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    assert_true(list_from(f, f->tree, NULL));
    print_message("20,000 files, %s: %.3f s\n", what, seconds_since(start));
    assert_int_equal(f->list.entries.count, expected);
}

static void test_many_files(void **state)
{
    enum { COUNT = 20000 };
    Fixture *f = *state;
    for (int i = 0; i < COUNT; i++) {
        write_file(f, arena_format(f->arena, "services/s%d/db/m%d/%d.sql", i % 40, i % 11, i).at);
    }
    time_listing(f, "plain", COUNT);
    tree_init_repository(f->tree);
    tree_write(f->arena, f->tree, ".gitignore", STR("*.log\nnode_modules/\n/out\n*.o\n*.tmp\n"));
    time_listing(f, "untracked", COUNT + 1);
    tree_run(f->tree, "git", "add", "-A", NULL);
    time_listing(f, "tracked", COUNT + 1);
}

int main(void)
{
    tree_isolate_git();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_special_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arguments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_arguments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ignored, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_named_ignored_folder, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_index_states, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_unborn_head, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_conflict, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_odd_names, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_subfolder, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_submodule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nested_repository, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_worktree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deep_folders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_files, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
