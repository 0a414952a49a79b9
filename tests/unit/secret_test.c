#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/secret.h"

#include "base/banned.h"

static void check(const char *line, const char *expected)
{
    Arena *arena = arena_new();
    assert_string_equal(secret_mask(arena, str_from(line)).at, expected);
    arena_free(arena);
}

static void test_connections(void **state)
{
    (void)state;
    check("CONNECTION 'host=x password=geheim user=y'",
          "CONNECTION 'host=x password=****** user=y'");
    check("'password=a''b c'", "'password=**** c'");
    check("'postgres://u:pw@h/d'", "'postgres://u:**@h/d'");
    check("'postgres://u@h:5432/d'", "'postgres://u@h:5432/d'");
    check("postgres://u:p@w@h/d x", "postgres://u:***@h/d x");
    check("https://host:80/a", "https://host:80/a");
    check("DSN=host=a password=hunter2 dbname=b", "DSN=host=a password=******* dbname=b");
    check(".username(\"a\").password(\"b\").build()", ".username(\"a\").password(\"*\").build()");
    check("Host=db;Pwd=hunter2;Database=x", "Host=db;Pwd=*******;Database=x");
}

static void test_options(void **state)
{
    (void)state;
    check("PASSWORD 'ge\xc3\xa4heim' x", "PASSWORD '*******' x");
    check("OPTIONS (user 'u', password 'p')", "OPTIONS (user 'u', password '*')");
    check("\"database.password\": \"a b\", \"c\": 1", "\"database.password\": \"***\", \"c\": 1");
}

static void test_others(void **state)
{
    (void)state;
    check("password text NOT NULL", "password text NOT NULL");
    check("WHERE password = $1", "WHERE password = $1");
    check("ALTER ROLE a PASSWORD NULL", "ALTER ROLE a PASSWORD NULL");
    check("password", "password");
    check("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_connections),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
