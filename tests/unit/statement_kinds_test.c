/* Every statement node of libpg_query, and what is read in each: tests/unit/statement_kinds.txt
 * holds, for each node, statements and their accesses, one a line, or why there is nothing to read.
 *
 *   statement_kinds_test           compares
 *   statement_kinds_test UPDATE    rewrites the accesses in the file; read the diff
 *
 * A node that libpg_query's pg_query.proto has and the file has not fails, and so does an
 * ObjectType that object_type.c does not know: a new PostgreSQL version must be looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pg_query.h>

#include "base/array.h"
#include "base/buffer.h"
#include "sql/object_type.h"
#include "sql/read.h"
#include "sql/tree.h"

#include "base/banned.h"

static const char proto_path[] = "/usr/include/pg_query/pg_query.proto";
static const char list_path[] = "tests/unit/statement_kinds.txt";
static Arena *arena;
static Arena *scratch;

static Str read_file(const char *path)
{
    Buffer text = {0};
    char bytes[4096];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail_msg("%s cannot be read (run it from the repository's root)", path);
    }
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;) {
        buffer_append(&text, (Str){.at = bytes, .len = got});
    }
    fclose(file);
    Str copy = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}

/* The next line of *rest, without its end; false behind the last one. */
static bool next_line(Str *rest, Str *line)
{
    if (!rest->len) {
        return false;
    }
    size_t end = str_find_byte(*rest, '\n', 0);
    *line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->len);
    return true;
}

static void append_access(Buffer *out, const Access *access, AccessSet one)
{
    ObjectName name = access->written;
    buffer_append(out, str_from("    "));
    buffer_append(out, str_from(kind_name(access->kind)));
    buffer_append_byte(out, ' ');
    buffer_append(out, str_from(access_name(one)));
    buffer_append_byte(out, ' ');
    buffer_append(out, name.schema);
    buffer_append(out, name.schema.len && name.name.len ? STR(".") : STR(""));
    buffer_append(out, name.name);
    buffer_append_byte(out, ' ');
    buffer_append(out, str_from(context_name(access->context)));
    buffer_append_byte(out, '\n');
}

/* The accesses of statement `sql`, a line each; every name must stand where its access says. */
static size_t append_accesses(Buffer *out, Str sql)
{
    Span span = {0};
    LineIndex lines = lines_index(scratch, sql);
    SqlFragment fragment = {
        .sql = arena_copy(scratch, sql), .spans = &span, .span_count = 1, .lines = &lines};
    Statement statement = sql_read(arena, scratch, &fragment, NULL);
    if (statement.refusal.len) {
        fail_msg("%.*s: %.*s", (int)sql.len, sql.at, (int)statement.refusal.len,
                 statement.refusal.at);
    }
    for (size_t i = 0; i < statement.access_count; i++) {
        const Access *access = &statement.accesses[i];
        for (AccessSet rest = access->set; rest; rest &= rest - 1) {
            append_access(out, access, rest & -rest);
        }
    }
    return statement.access_count;
}

static bool has_node(Str sql, Str node)
{
    PgQueryParseResult result = pg_query_parse(sql.at);
    Str name = arena_format(arena, "\"%.*s\":{", (int)node.len, node.at);
    Str json = str_from(result.parse_tree ? result.parse_tree : "");
    bool found = str_find(json, name) < json.len;
    pg_query_free_parse_result(result);
    return found;
}

/* Is the line the reason why nothing is read? */
static bool is_reason(Str line)
{
    return str_starts_with(line, STR("    nothing: ")) && line.len > 20;
}

/* The file as it should be: its nodes, statements and reasons, with the accesses that are read now.
 */
static Str expected_list(Str list)
{
    Buffer out = {0};
    Str line, node = {0}, sql = {0};
    size_t accesses = 1;
    while (next_line(&list, &line)) {
        if (is_reason(line)) {
            if (sql.len && accesses) {
                fail_msg("%.*s: something is read", (int)sql.len, sql.at);
            }
            accesses = 1;
        } else if (str_starts_with(line, STR("    "))) {
            continue; /* what was read before */
        }
        if (!accesses) {
            fail_msg("%.*s: reads nothing, and no reason is given", (int)sql.len, sql.at);
        }
        buffer_append(&out, line);
        buffer_append_byte(&out, '\n');
        if (str_starts_with(line, STR("== "))) {
            node = str_slice(line, 3, line.len);
            sql = (Str){0};
        } else if (line.len && line.at[0] != '#' && line.at[0] != ' ') {
            arena_reset(scratch);
            sql = arena_copy(arena, line);
            if (!has_node(sql, node)) {
                fail_msg("%.*s: is no %.*s", (int)sql.len, sql.at, (int)node.len, node.at);
            }
            accesses = append_accesses(&out, sql);
        }
    }
    Str text = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return text;
}

static void print_difference(Str is, Str should)
{
    Str a, b, node = {0};
    while (next_line(&is, &a) && next_line(&should, &b)) {
        node = str_starts_with(a, STR("    ")) ? node : a;
        if (!str_equal(a, b)) {
            fail_msg("%s, at \"%.*s\":\n  the file: %.*s\n  read now: %.*s", list_path,
                     (int)node.len, node.at, (int)a.len, a.at, (int)b.len, b.at);
        }
    }
    fail_msg("%s is shorter or longer than what is read", list_path);
}

static void test_accesses(void **state)
{
    Str list = read_file(list_path);
    Str should = expected_list(list);
    (void)state;
    if (!str_equal(list, should)) {
        print_difference(list, should);
    }
}

/* Calls `visit` for the name in each line of `text`: what stands between `before` and a space.
 * Returns how many there were. */
static size_t each_name(Str text, const char *before, void (*visit)(Str name))
{
    Str line;
    size_t count = 0;
    while (next_line(&text, &line)) {
        Str trimmed = str_trim(line);
        if (str_starts_with(trimmed, str_from(before))) {
            Str name = str_slice(trimmed, strlen(before), trimmed.len);
            visit(str_slice(name, 0, str_find_byte(name, ' ', 0)));
            count++;
        }
    }
    return count;
}

/* A statement is a message of its own. */
static void find_node(Str name)
{
    Str list = read_file(list_path);
    Str heading = arena_format(arena, "\n== %.*s\n", (int)name.len, name.at);
    if (str_ends_with(name, STR("Stmt")) && str_find(list, heading) >= list.len) {
        fail_msg("%s has no \"== %.*s\"", list_path, (int)name.len, name.at);
    }
}

static void test_every_node(void **state)
{
    (void)state;
    assert_true(each_name(read_file(proto_path), "message ", find_node) > 100);
}

static void find_type(Str name)
{
    Str full = arena_format(arena, "OBJECT_%.*s", (int)name.len, name.at);
    if (!str_equal(full, STR("OBJECT_TYPE_UNDEFINED")) && !object_type(full)) {
        fail_msg("object_type.c has no row for %.*s", (int)full.len, full.at);
    }
}

static void test_every_object_type(void **state)
{
    Str proto = read_file(proto_path);
    Str types = str_slice(proto, str_find(proto, STR("enum ObjectType\n")), proto.len);
    types = str_slice(types, 0, str_find_byte(types, '}', 0));
    (void)state;
    assert_true(each_name(types, "OBJECT_", find_type) > 50);
}

static void update(void)
{
    Str should = expected_list(read_file(list_path));
    FILE *file = fopen(list_path, "wb");
    assert_non_null(file);
    fwrite(should.at, 1, should.len, file);
    fclose(file);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accesses),
        cmocka_unit_test(test_every_node),
        cmocka_unit_test(test_every_object_type),
    };
    arena = arena_new();
    scratch = arena_new();
    tree_prepare();
    if (argc > 1 && strcmp(argv[1], "UPDATE") == 0) {
        update();
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(scratch);
    arena_free(arena);
    return failed;
}
