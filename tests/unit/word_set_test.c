#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/word_set.h"

#include "base/banned.h"

static const Str words[] = {STR("t9"), STR("Orders"), STR("or_"), STR("z\xc3\xa9x"), STR("a$1"),
                            STR("q1"), STR("q2"),     STR("q3"),  STR("q44"),        STR("@[x")};

enum { WORDS = sizeof words / sizeof *words };

static WordSet make(size_t count)
{
    WordSet set = {0};
    for (size_t i = 0; i < count; i++) {
        word_set_add(&set, words[i]);
    }
    return set;
}

/* The plain way. */
static bool expected(size_t count, Str text)
{
    bool found = false;
    for (size_t at = 0; at < text.len; at++) {
        for (size_t i = 0; i < count; i++) {
            found |= str_equal_nocase(str_slice(text, at, at + words[i].len), words[i]);
        }
    }
    return found;
}

static void everywhere(void **state)
{
    (void)state;
    char text[100];
    WordSet set = make(WORDS);
    for (size_t len = 0; len < sizeof text; len++) {
        for (size_t i = 0; i < WORDS; i++) {
            for (size_t at = 0; at + words[i].len <= len; at++) {
                memset(text, '.', sizeof text);
                memcpy(text + at, words[i].at, words[i].len);
                assert_true(word_set_is_in(&set, (Str){text, len}));
                text[at] ^= 0x20; /* the other case, or another byte */
                Str changed = {text, len};
                assert_int_equal(word_set_is_in(&set, changed), expected(WORDS, changed));
            }
        }
        memset(text, 't', sizeof text);
        assert_false(word_set_is_in(&set, (Str){text, len}));
    }
}

static void random_texts(void **state)
{
    (void)state;
    static const char letters[] = "tT9oOrRdDeEsS_qQ123a$z\xc3\xa9x[@`{ \n";
    uint32_t seed = 1;
    char text[200];
    for (size_t round = 0; round < 20000; round++) {
        size_t len = round % sizeof text;
        size_t count = 1 + round % WORDS;
        WordSet set = make(count);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = round % 3 ? letters[(seed >> 16) % (sizeof letters - 1)] : (char)(seed >> 24);
        }
        Str here = {text, len};
        assert_int_equal(word_set_is_in(&set, here), expected(count, here));
    }
}

static void members(void **state)
{
    (void)state;
    WordSet set = make(3);
    WordSet none = {0};
    assert_true(word_set_has(&set, STR("ORDERS")));
    assert_false(word_set_has(&set, STR("order")));
    assert_false(word_set_has(&none, STR("order")));
    assert_false(word_set_is_in(&none, STR("order")));
    assert_false(word_set_is_in(&set, (Str){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everywhere),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
