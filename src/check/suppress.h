#ifndef RINGFENCE_CHECK_SUPPRESS_H
#define RINGFENCE_CHECK_SUPPRESS_H

#include "rules/rules.h"
#include "source/lines.h"

/* Comments that let findings pass: `ringfence:allow RULE[,RULE] reason="…" [until=YYYY-MM-DD]` for
 * a statement, `ringfence:allow-file …` for the whole file. */

typedef struct {
    Place place;
    Position from, to;        /* findings that begin from `from` to before `to` are meant */
    size_t rules[RULE_COUNT]; /* their indexes */
    bool used[RULE_COUNT];    /* by position in `rules`: it let something pass */
    size_t rule_count;
    Str reason;
    Str until_text;
    uint32_t until; /* yyyymmdd, the last day it holds; 0: for good */
    Str mistake;    /* why it lets nothing pass; or empty */
} Suppression;

typedef struct {
    Suppression *at; /* in the order of the file */
    size_t count;
} Suppressions;

/* Where a script's statements stand, and the data between them that is no SQL; both in order. */
typedef struct {
    const Range *statements;
    size_t statement_count;
    const Range *data;
    size_t data_count;
    const Range *texts; /* of a host file: the strings that the statements stand in */
    size_t text_count;
} ScriptLayout;

/* Could `text` hold any? Quick: most files do not. */
bool suppress_is_worth(Str text);

/* Reads the comments of an SQL script. One inside a statement is for that statement; inside a
 * body in quotes, for what follows up to the next semicolon; any other one for the next statement.
 */
Suppressions suppress_read(Arena *arena, Str text, const LineIndex *lines,
                           const ScriptLayout *layout);

/* Reads those of a host file: its `count` comments, in order, and SQL's own comments inside of the
 * layout's statements. SQL's are for the statement that they stand in, or the next one; the host
 * language's for all of the next string. */
Suppressions suppress_read_host(Arena *arena, Str text, const LineIndex *lines,
                                const ScriptLayout *layout, const Range *comments, size_t count);

/* Marks the findings of the file, in the order of their places, that its suppressions let pass. */
void suppress_apply(const Suppressions *suppressions, uint32_t today, Finding *findings,
                    size_t count);

#endif
