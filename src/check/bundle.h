#ifndef RINGFENCE_CHECK_BUNDLE_H
#define RINGFENCE_CHECK_BUNDLE_H

#include "check/gather.h"

/* What the first pass found, in a file, so that another process can do the second one: `facts
 * --for-merge` writes it, `merge` reads it. The format is for one build of ringfence: a line that
 * says which, and bytes. */
typedef struct {
    uint64_t manifest;    /* hash of the manifest's text */
    uint64_t list;        /* hash of the paths of all files, other shards' too */
    size_t shard, shards; /* this is number `shard`, from 1, of so many */
    bool partial;         /* only some of the repository's files were asked for */
    Str prefix;           /* stands before every path; may be empty */
    FileFacts *files;     /* by path */
    size_t file_count;
    SourceSkip *skips; /* what was not read */
    size_t skip_count;
} Bundle;

/* Appends the bundle to `out`. The facts must be as gather left them. */
void bundle_write(Buffer *out, const Bundle *bundle);

/* Reads the text of a facts file, any bytes; `shown` is its path in messages. Everything lives in
 * `arena`, services are `manifest`'s. */
bool bundle_read(Arena *arena, Str text, Str shown, const Manifest *manifest, Bundle *bundle,
                 Error *error);

#endif
