#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "source_fixture.h"

#include "base/banned.h"

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
    assert_true(source_list(f->arena, &root, f->tree, arguments, 2,
                            &(SourceFilter){.keep = keep_sql, .jobs = 2}, &f->list, &error));
    check_str(join_entries(f), "a.sql a.txt!");
    assert_true(source_list(f->arena, &root, f->tree, arguments, 3,
                            &(SourceFilter){.keep = keep_sql, .jobs = 2}, &f->list, &error));
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
    assert_true(source_list(f->arena, &root, sub, arguments, 3,
                            &(SourceFilter){.keep = keep_all, .jobs = 2}, &f->list, &f->error));
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
    assert_true(source_list(f->arena, &f->root, f->tree, NULL, 0,
                            &(SourceFilter){.keep = keep_sql, .jobs = 2}, &f->list, &f->error));
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
        cmocka_unit_test_setup_teardown(test_deep_folders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_files, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
