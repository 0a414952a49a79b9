#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/needles.h"

#include "base/banned.h"

static const struct {
    Str word;
    unsigned how;
} words[] = {
    {STR("select"), NEEDLE_ANY_CASE | NEEDLE_BEGINS},
    {STR("from"), NEEDLE_ANY_CASE | NEEDLE_BEGINS},
    {STR("from"), NEEDLE_BEGINS},
    {STR("$table"), NEEDLE_BEGINS},
    {STR("ostgre"), NEEDLE_EXACT},
    {STR("'pg'"), NEEDLE_EXACT},
    {STR("ringfence:"), NEEDLE_ANY_CASE},
    {STR("Table"), NEEDLE_BEGINS},
};

enum { WORDS = sizeof words / sizeof *words };

static bool in_name(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* What stands at `at`, a bit a word; the plain way. */
static uint32_t words_at(Str text, size_t at)
{
    uint32_t found = 0;
    for (size_t i = 0; i < WORDS; i++) {
        Str here = str_slice(text, at, at + words[i].word.len);
        bool same = words[i].how & NEEDLE_ANY_CASE ? str_equal_nocase(here, words[i].word)
                                                   : str_equal(here, words[i].word);
        bool begins = at == 0 || !in_name(text.at[at - 1]) || (at > 1 && text.at[at - 2] == '\\');
        found |= (uint32_t)(same && (begins || !(words[i].how & NEEDLE_BEGINS))) << i;
    }
    return found;
}

static void check_text(Arena *arena, Str text, size_t room)
{
    Needles needles = {0};
    for (size_t i = 0; i < WORDS; i++) {
        needles_add(&needles, words[i].word, words[i].how);
    }
    uint32_t *found = ARENA_ARRAY(arena, uint32_t, text.len + 1);
    NeedleHit *hits = ARENA_ARRAY(arena, NeedleHit, room);
    size_t last = 0;
    for (size_t from = 0; from < text.len;) {
        size_t before = from;
        size_t count = needles_find(&needles, text, &from, hits, room);
        assert_true(from > before && from <= text.len && count <= room);
        for (size_t i = 0; i < count; i++) {
            assert_true(hits[i].at >= last && hits[i].at < text.len);
            last = hits[i].at;
            found[hits[i].at] |= 1u << hits[i].needle;
        }
    }
    for (size_t at = 0; at < text.len; at++) {
        assert_int_equal(found[at], words_at(text, at));
    }
}

/* Each word at each place of texts of each length around a block's. */
static void test_places(void **state)
{
    (void)state;
    for (size_t length = 0; length < 110; length++) {
        for (size_t at = 0; at < length; at++) {
            Arena *arena = arena_new();
            Str word = words[at % WORDS].word;
            char *bytes = arena_take(arena, length + 1);
            memset(bytes, " x\\"[length % 3], length);
            memcpy(bytes + at, word.at, word.len < length - at ? word.len : length - at);
            check_text(arena, (Str){.at = bytes, .len = length}, NEEDLE_HITS_LEAST);
            arena_free(arena);
        }
    }
}

/* Pieces of words, all over again. */
static void test_random(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "select", "SeLeCt", "from",     "FROM", "$table", "postgres", "'pg'", "Table",     "fro",
        " ",      "\\n",    "\xc3\xa9", "_",    "\n",     "(",        "7",    "ringfence:"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    uint32_t random = 1;
    for (int round = 0; round < 200; round++) {
        Arena *arena = arena_new();
        char *bytes = arena_take(arena, 4000);
        size_t length = 0;
        while (length < 3900) {
            random = random * 1664525u + 1013904223u;
            Str piece = str_from(pieces[(random >> 16) % PIECES]);
            memcpy(bytes + length, piece.at, piece.len);
            length += piece.len;
        }
        check_text(arena, (Str){.at = bytes, .len = length}, NEEDLE_HITS_LEAST);
        arena_free(arena);
    }
}

/* More hits than there is room for. */
static void test_room(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *bytes = arena_take(arena, 50001);
    for (size_t i = 0; i < 50000; i += 5) {
        memcpy(bytes + i, "from ", 5);
    }
    check_text(arena, (Str){.at = bytes, .len = 50000}, NEEDLE_HITS_LEAST);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
