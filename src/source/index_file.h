#ifndef RINGFENCE_SOURCE_INDEX_FILE_H
#define RINGFENCE_SOURCE_INDEX_FILE_H

#include <git2.h>

#include "base/arena.h"

/* Private to source/: the bytes of git's index, versions 2 to 4, split and sparse ones too, which
 * libgit2 1.5 does not read. Its checksum is not verified, as git itself does not when it reads.
 * Source: git, gitformat-index(5); split-index.c and ewah/ewah_io.c for the merging of two. */

/* One path. */
typedef struct {
    Str path;           /* a NUL is behind it */
    const uint8_t *raw; /* its numbers: when and how large the file was, its mode, its object */
    bool conflict;      /* a merge left several versions; each is an entry */
    bool intended;      /* git add -N: it has no content yet */
    bool skipped;       /* not in the working tree (sparse checkouts) */
} IndexEntry;

/* A folder whose tree object is known: the cache tree. */
typedef struct IndexFolder {
    Str path; /* without a slash at its end; empty for the top */
    git_oid id;
    size_t entries; /* all below it */
} IndexFolder;

typedef struct {
    IndexEntry *entries; /* in git's order: by path, and by version where there are several */
    size_t count;
    IndexFolder *folders; /* those that are known, by path */
    size_t folder_count;
    bool sparse; /* an entry may be a folder: its path ends in a slash, its object is a tree */
    bool split;  /* it says how it differs from a shared one */
    char shared[GIT_OID_HEXSZ + 1]; /* the name of that, if it has one */
    Str link;                       /* how it differs: private */
    bool special;                   /* libgit2 1.5 does not read it */
} IndexFile;

/* Reads `bytes`, which must outlive the result. False with what is wrong with them. */
bool index_file_read(Arena *arena, Str bytes, IndexFile *file, const char **problem);

/* Makes `file`, a split one, whole: `shared` and what it says of that. False with what is wrong. */
bool index_file_join(Arena *arena, IndexFile *file, const IndexFile *shared, const char **problem);

enum { INDEX_ENTRY_NUMBERS = 62 };

/* Writes `raw`, of INDEX_ENTRY_NUMBERS zeroed bytes. */
void index_entry_write(uint8_t *raw, uint32_t mode, const git_oid *id);

/* git's mode: GIT_FILEMODE_…, or GIT_FILEMODE_TREE for a folder of a sparse index. */
uint32_t index_entry_mode(const IndexEntry *entry);
git_oid index_entry_id(const IndexEntry *entry);

/* Puts entries in git's order. */
void index_file_sort(IndexEntry *entries, size_t count);

/* Is each entry behind the one before, as git writes them? Nothing can be looked up in another one:
 * `git fsck` refuses it. False with what is wrong. */
bool index_file_in_order(const IndexFile *file, const char **problem);

/* The folder at `path`, or NULL. */
const IndexFolder *index_file_folder(const IndexFile *file, Str path);

#endif
