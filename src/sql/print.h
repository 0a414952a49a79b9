#ifndef RINGFENCE_SQL_PRINT_H
#define RINGFENCE_SQL_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How libpg_query prints its tree: with us instead of its own printf, if it is linked statically;
 * else these functions change nothing.
 *
 * Between print_short(true) and print_short(false), in this thread, a word that words.h lists is
 * not printed as
 * `"word":` but as PRINTED_BYTES: PRINTED_KEY or PRINTED_TYPE and its number. No JSON holds such
 * bytes. */
enum { PRINTED_KEY = 1, PRINTED_TYPE = 2, PRINTED_BYTES = 3 };

void print_short(bool on);

/* The number in the two bytes behind PRINTED_KEY or PRINTED_TYPE. */
static inline uint16_t printed_word(const char *at)
{
    return (uint16_t)(((unsigned char)at[0] & 0x7f) | ((unsigned char)at[1] & 0x7f) << 7);
}

#endif
