#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/pool.h"
#include "base/sanitizer.h"
#include "sql/tree.h"

#include "base/banned.h"

static Arena *arena;

/* The text in a block of exactly its size, so that a sanitizer sees any read behind it. */
static const Node *read_copy(Str json)
{
    char *copy = arena_take_raw(arena, json.len + 1);
    memcpy(copy, json.at, json.len);
    copy[json.len] = '\0';
    return tree_read(arena, (Str){.at = copy, .len = json.len});
}

static int set_up(void **state)
{
    (void)state;
    tree_prepare();
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_nodes(void **state)
{
    const Node *root =
        read_copy(STR("{\"version\":150001,\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"all\":true,"
                      "\"fromClause\":[{\"RangeVar\":{\"relname\":\"a\\\"\\u00e9\\n\",\"inh\":true,"
                      "\"location\":14}}]}},\"stmt_len\":20}]}"));
    (void)state;
    assert_non_null(root);
    assert_int_equal(node_number(root, KEY_version), 150001);
    const Node *stmts = node_get(root, KEY_stmts);
    assert_int_equal(node_length(stmts), 1);
    assert_int_equal(node_number(node_item(stmts, 0), KEY_stmt_len), 20);
    assert_int_equal(node_number(node_item(stmts, 0), KEY_stmt_location), 0);
    assert_null(node_item(stmts, 1));
    const Node *select = node_get(node_item(stmts, 0), KEY_stmt);
    assert_true(node_is(select, NODE_SelectStmt));
    assert_true(node_bool(select, KEY_all));
    assert_false(node_bool(select, KEY_unique));
    const Node *range = node_item(node_get(select, KEY_fromClause), 0);
    assert_true(node_is(range, NODE_RangeVar));
    assert_true(str_equal(node_text(range, KEY_relname), STR("a\"\xc3\xa9\n")));
    assert_int_equal(node_number(range, KEY_location), 14);
}

static void test_scalars(void **state)
{
    const Node *list = read_copy(
        STR("[{\"String\":{\"sval\":\"x\"}},{\"Integer\":{\"ival\":-7}},"
            "{\"List\":{\"items\":[{\"String\":{\"sval\":\"y\"}}]}},"
            "{\"BrandNewNode\":{\"relation\":{\"relname\":\"z\",\"relpersistence\":\"p\"}}}]"));
    (void)state;
    assert_int_equal(node_length(list), 4);
    assert_true(str_equal(node_as_text(node_item(list, 0)), STR("x")));
    assert_int_equal(node_length(node_item(list, 2)), 1);
    assert_true(str_equal(node_as_text(node_item(node_item(list, 2), 0)), STR("y")));
    /* A node that is not known keeps what stands below it. */
    const Node *fresh = node_item(list, 3);
    assert_non_null(fresh);
    assert_true(node_is(node_get(fresh, KEY_relation), NODE_RangeVar));
}

static void test_nothing(void **state)
{
    (void)state;
    assert_null(node_get(NULL, KEY_stmts));
    assert_int_equal(node_length(NULL), 0);
    assert_null(node_item(NULL, 0));
    assert_int_equal(node_text(NULL, KEY_relname).len, 0);
    assert_int_equal(node_number(NULL, KEY_location), 0);
    assert_int_equal(node_as_text(NULL).len, 0);
    assert_false(node_is(NULL, NODE_RangeVar));
}

/* Whatever is cut off or mangled is refused or read, and never read beyond. */
static void test_malformed(void **state)
{
    static const char *const refused[] = {
        "",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "[1",
        "[1,",
        "\"",
        "\"a",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "}",
        "]",
        "{\"stmts\":}",
        "{stmts:1}",
        "{\"stmts\":[}",
        "{\"stmts\":[1 2]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (read_copy(str_from(refused[i]))) {
            fail_msg("taken: %s", refused[i]);
        }
    }
}

static void test_every_prefix(void **state)
{
    static const char json[] =
        "{\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"targetList\":[{\"A_Const\":{\"ival\":{\"ival\":-"
        "12}}},"
        "{\"String\":{\"sval\":\"a\\\\\\u20ac\\ud83d\\ude00\"}},null,true,false,-15]}}}]}";
    (void)state;
    assert_non_null(read_copy(STR(json)));
    for (size_t length = 0; length + 1 < sizeof json; length++) {
        assert_null(read_copy((Str){.at = json, .len = length}));
    }
    /* Any byte changed: a result or none. */
    for (size_t i = 0; i + 1 < sizeof json; i++) {
        char changed[sizeof json];
        for (const char *byte = "\"{}[]:,\\0 "; *byte; byte++) {
            memcpy(changed, json, sizeof json);
            changed[i] = *byte;
            read_copy((Str){.at = changed, .len = sizeof json - 1});
        }
    }
}

static const Node *read_nested(size_t depth)
{
    Buffer json = {0};
    for (size_t i = 0; i < depth; i++) {
        buffer_append_byte(&json, '[');
    }
    for (size_t i = 0; i < depth; i++) {
        buffer_append_byte(&json, ']');
    }
    const Node *root = read_copy(buffer_str(&json));
    buffer_free(&json);
    return root;
}

/* On a stack of the size that workers have. ThreadSanitizer keeps 65,536 frames of calls and writes
 * beyond them. */
#ifdef __SANITIZE_THREAD__
enum { TOO_DEEP = 0 };
#else
enum { TOO_DEEP = TREE_DEPTH + 10 };
#endif

static void read_too_deep(void *context, size_t worker, size_t item)
{
    const Node **root = context;
    (void)worker;
    (void)item;
    *root = TOO_DEEP ? read_nested(TOO_DEEP) : NULL;
}

static void test_depth(void **state)
{
    static const Node unread;
    const Node *root = &unread;
    (void)state;
    assert_non_null(read_nested(1000));
    pool_run(1, 1, DESCRIPTORS_SHARED, read_too_deep, &root);
    assert_null(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nodes),        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_nothing),      cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_every_prefix), cmocka_unit_test(test_depth),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
