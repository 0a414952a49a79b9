#ifndef RINGFENCE_CHECK_JUDGE_H
#define RINGFENCE_CHECK_JUDGE_H

#include "check/gather.h"

/* The second pass: names are resolved against everything the repository declares, and the rules are
 * asked. */

typedef struct {
    Finding *at;
    size_t count;
} Findings;

/* Resolves every access of every file in place, on as many threads as have gathered; findings go to
 * `arena`, and what they point to may be in those of `gathered`. `levels` are by rule index;
 * `today` is yyyymmdd; findings about the manifest itself are at `manifest_path`. Sets
 * exceptions_used[i] where the manifest's exception number i allows something. */
Findings judge(Arena *arena, const Manifest *manifest, Str manifest_path, const Level *levels,
               uint32_t today, Gathered *gathered, bool *exceptions_used);

/* A hash of what the finding is about: rule, service, owner, object and `path`, which mostly is its
 * own. It stays when lines move, or the statement is edited. */
uint64_t judge_hash(const Finding *finding, Str path);

#endif
