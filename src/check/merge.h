#ifndef RINGFENCE_CHECK_MERGE_H
#define RINGFENCE_CHECK_MERGE_H

#include "check/bundle.h"

/* Puts together what several runs have gathered. `shown[i]` is the path of bundle number i in
 * messages, `manifest` the hash of this run's manifest. `gathered` gets all files by path, as one
 * run would have gathered them, `skips` what was not read, `partial` whether some run was asked for
 * a part only. False (and `error` says why) when a shard is missing or there twice, when two
 * bundles hold the same file, or when they do not come from the same manifest or the same files:
 * then nobody could say what the whole is. Memory from `arena`. */
bool merge_bundles(Arena *arena, const Bundle *bundles, const Str *shown, size_t count,
                   uint64_t manifest, Gathered *gathered, SourceList *skips, bool *partial,
                   Error *error);

#endif
