#ifndef RINGFENCE_CHECK_BASELINE_H
#define RINGFENCE_CHECK_BASELINE_H

#include <stdio.h>

#include "base/map.h"
#include "check/judge.h"

/* The debt that was there when a team began: findings that are known and not reported again. A JSON
 * file, one line an entry, sorted, so that two branches that pay different debts merge. */

typedef struct {
    uint64_t identity; /* the findings' */
    Str rule, path, message;
    size_t count;
    Position at; /* in the baseline file */
} BaselineEntry;

typedef struct {
    Str path; /* as findings show it */
    BaselineEntry *at;
    size_t count;
} Baseline;

#define BASELINE_NAME ".ringfence-baseline.json"

/* Reads the text of a baseline file; `shown` is its path in messages. Everything lives in `arena`.
 */
bool baseline_parse(Arena *arena, Str text, Str shown, Baseline *baseline, Error *error);

/* The entries of `findings`: one an identity. What is about suppressing itself is no debt and left
 * out. */
Baseline baseline_of(Arena *arena, const Findings *findings);

/* Lowers `now`'s counts to those of `before`; without an entry there, to none. A changed statement
 * has another identity: its findings may take the places of those with the same path, rule and
 * message that are gone. Returns how many findings that left out. */
size_t baseline_lower(Arena *arena, Baseline *now, const Baseline *before);

/* Adds the entries of `before` whose path is not in `read` (see finish_paths). */
void baseline_keep(Arena *arena, Baseline *now, const Baseline *before, const Map *read);

/* Sorts and prints it. */
void baseline_write(FILE *out, Baseline *baseline);

/* How many findings all entries stand for. */
size_t baseline_total(const Baseline *baseline);

/* Marks the findings that the baseline knows, as often as it counts them: first those that nobody
 * asked for, so that of equal ones the new one stays; then, in what entries have left, findings of
 * changed statements. Returns, by entry, how many it holds that are not there any more. */
size_t *baseline_apply(Arena *arena, const Baseline *baseline, Findings *findings);

#endif
