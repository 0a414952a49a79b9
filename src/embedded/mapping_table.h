#ifndef RINGFENCE_EMBEDDED_MAPPING_TABLE_H
#define RINGFENCE_EMBEDDED_MAPPING_TABLE_H

#include "base/str.h"

enum {
    MAPPING_WEAK = 1,         /* it may mean something else, unless a schema is named … */
    MAPPING_ALWAYS_WEAK = 2,  /* … or even then */
    MAPPING_NEEDS_SCHEMA = 4, /* without one it is no mapping */
    MAPPING_FOLDS = 8,        /* the library does not quote names: PostgreSQL folds them */
    MAPPING_MORE = 16,        /* a table is not the only argument; with MAPPING_ALWAYS_WEAK */

    /* It is no mapping, but a step of a migration: */
    MAPPING_CREATES = 32,
    MAPPING_ALTERS = 64,
    MAPPING_DROPS = 128,
    MAPPING_REFERENCES = 256, /* a foreign key's target */
    MAPPING_ALSO = 1024,      /* more rows for the same place follow */
    MAPPING_COMMON = 2048, /* the word is common: before a file is lexed for it, what stands for the
                              table's name must look like one */
    MAPPING_COLUMN = 512,  /* the name's last part is a column's: inventory.products.id */
};

/* How libraries write a mapping, one row a way of writing it.
 *
 * A row matches at a name token that is its `anchor`, where the tokens `before` stand before it and
 * those `behind` right behind it. They are separated by blanks, and
 *
 *     NAME  is any name
 *     ANY   is any literal, name or symbol
 *     PATH  (at the start of `before`) a qualified name's beginning, or nothing: javax.persistence.
 *     []    a group in brackets, or nothing; <> in angle brackets
 *
 * The language `php-comment` is that of annotations in PHP's comments.
 *
 * `table` and `schema` say where the names are, as alternatives of which the first one found
 * counts:
 *
 *     0 1 2   that argument of the list that the last token of `behind` opens
 *     Some1   the same, if it is Some("…")
 *     name    the named argument (key, property); not inside further parentheses
 *     =       the token right behind the match
 *     #       names right behind the match, or those joined by dots: inventory.orders
 *     :table: what follows `table:` in the string right behind the match
 *     ,schema a neighbour in the same braces
 *     ^word   what is said of `word` in the same class, or in the braces that follow: word = "…",
 *             word("…"), word "…"
 *     ^word/key   … the key of what is said: word = {"key": "…"}
 *     $make   what the object before the anchor's dot was made with: x = make("…"), x.table
 *     ~word   what is said of `word` in the same chain of calls: x.word("…").anchor(…)
 *     *Make/key   the named argument of the file's only call Make(…, key="…"), or its number
 *     NAME    the name that NAME of `behind` stands for, or the value that is an ANY */
typedef struct {
    const char *languages;
    Str anchor;
    const char *before, *behind;
    const char *table, *schema;
    unsigned flags; /* MAPPING_… */
} MappingRow;

extern const MappingRow mapping_rows[];
extern const unsigned mapping_row_count;

#endif
