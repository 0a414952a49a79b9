#ifndef RINGFENCE_CHECK_SHARD_H
#define RINGFENCE_CHECK_SHARD_H

#include "base/str.h"

/* One of several runs that share the files among them. By its path alone a file belongs to exactly
 * one of them, whatever other files there are; by path alone so does a finding. */
typedef struct {
    size_t index, count; /* number `index`, from 1, of `count`; count 0: all is one's own */
} Shard;

enum { SHARDS_MOST = 10000 };

/* Parses "I/N". False when it is none, or I is not among 1 to N. */
bool shard_parse(Str text, Shard *shard);

/* Is the file at `path` one of the shard's? */
bool shard_has(Shard shard, Str path);

/* Could another shard's file matter for the findings of one's own? It does when it declares objects
 * or includes files: then it holds one of a few words. */
bool shard_needs_text(Str text);

#endif
