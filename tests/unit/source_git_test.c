#include "source_fixture.h"

#include "base/banned.h"

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

static void add_rules(Fixture *f, const char *folder, const char *rules)
{
    tree_write(f->arena, f->tree, arena_format(f->arena, "%s.gitignore", folder).at,
               str_from(rules));
}

/* Rules of one file that take back what another one ignores, and every piece of syntax. */
static void test_ignore_rules(void **state)
{
    static const char *const folders[] = {"", "a/", "a/b/", "build/", "a/build/x.d/"};
    static const char *const names[] = {"x.sql", "X.SQL", "keep.log", "y.log", "c ",  "[z]",
                                        "#h",    "!i",    "lib",      "a b",   "q\\r"};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            write_file(f, arena_format(f->arena, "%s%s", folders[i], names[j]).at);
        }
    }
    tree_write(f->arena, f->tree, ".git/info/exclude", STR("*.log\nlib\n"));
    check_against_git(f);
    add_rules(f, "", "\xef\xbb\xbf!keep.log\r\n\\#h\n\\!i  \nc\\ \n\\[z\\]\n# no\n\nq\\\\r\n");
    check_against_git(f);
    add_rules(f, "", "/*\n!/a\n*.sql\n");
    add_rules(f, "a/", "!x.sql\n!b/**/lib\n");
    check_against_git(f);
    add_rules(f, "", "**/x.sql\na/**/y.log\nbuild/**\n!build/keep.log\n/a/*/[!a-y]*.d/\n");
    add_rules(f, "a/", "[[:upper:]]*\n?.sql\n!*/\nb/\n***/lib");
    check_against_git(f);
    add_rules(f, "", "build/\n");
    add_rules(f, "a/", "!build\n");
    tree_run(f->tree, "git", "add", "-f", "build/lib", NULL);
    check_against_git(f);
}

static void test_outside_rules(void **state)
{
    Fixture *f = *state;
    Str config = arena_format(f->arena, "%s/config", f->tree.at);
    tree_write(f->arena, f->tree, "config/git/ignore", STR("*.bak\n"));
    tree_write(f->arena, f->tree, "other-rules", STR("*.OLD\n"));
    write_file(f, "a.bak");
    write_file(f, "a.old");
    setenv("XDG_CONFIG_HOME", config.at, 1);
    check(f, "a.old config/git/ignore other-rules", "");
    tree_run(f->tree, "git", "config", "core.excludesFile",
             tree_path(f->arena, f->tree, "other-rules"), NULL);
    check(f, "a.bak a.old config/git/ignore other-rules", "");
    tree_run(f->tree, "git", "config", "core.ignoreCase", "true", NULL);
    check(f, "a.bak config/git/ignore other-rules", "");
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
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
    assert_true(source_list(f->arena, &f->root, sub, NULL, 0,
                            &(SourceFilter){.keep = keep_all, .jobs = 2}, &f->list, &f->error));
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

int main(void)
{
    tree_isolate_git();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ignored, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_ignore_rules, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_outside_rules, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_named_ignored_folder, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_index_states, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_unborn_head, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_conflict, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_odd_names, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_subfolder, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_submodule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nested_repository, set_up_repository, tear_down),
        cmocka_unit_test_setup_teardown(test_worktree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
