#ifndef RINGFENCE_SOURCE_SOURCE_H
#define RINGFENCE_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/pool.h"
#include "source/lines.h"

/* Where files come from. The only user of libgit2. One thread finds the root and lists the files;
 * any number of threads open them. */

/* A file that could be read, before it is: its path and where to find it. */
typedef struct {
    Str path;   /* relative to the root, '/' between components: what findings show */
    bool named; /* named on the command line: read whatever include and exclude say */
    /* What source_list never says: */
    bool aside; /* read only for what it means to other files */
    Str text;   /* .at is set: what to read in the place of a file */
} SourceEntry;

/* Something that will not be read though one might expect it, and why. */
typedef struct {
    Str path;
    Str reason; /* "not readable: Permission denied", "a FIFO", "a symbolic link that leads nowhere"
                   … */
    bool fatal; /* named on the command line, or unreadable: the run must not end with 0 */
} SourceSkip;

typedef struct {
    struct {
        SourceEntry *at;
        size_t count;
    } entries; /* by path, bytewise, without repeats */
    struct {
        SourceSkip *at;
        size_t count;
    } skips; /* by path */
} SourceList;

/* Files as git keeps them, see snapshot.h. */
typedef struct SourceSnapshot SourceSnapshot;

/* A text in the place of a file: an editor's buffer. */
typedef struct {
    Str path, text;
} SourceOverlay;

/* Where a run happens. */
typedef struct {
    Str root; /* absolute, without links and a slash at its end: paths are relative to it */
    bool in_repository;             /* root (or a folder above) is a git working tree */
    const SourceSnapshot *snapshot; /* where files come from; NULL: the working tree */
    const SourceOverlay *overlay;   /* what source_open gives for one path; or NULL */
    int folder;                     /* see source_root_open */
    Str prefix; /* stands before each path in an entry and in source_open, as "name/"; may be empty
                 */
} SourceRoot;

/* Finds the root for working directory `directory`: `given` (--root) if not empty, else the working
 * tree of the git repository around it, else that around `fallback` (the manifest's folder), else
 * the fallback, else the directory. A bare repository is no working tree; one of another user is
 * read like any other, because nothing of it is ever executed. Memory from `arena`; false when a
 * folder does not exist or a repository cannot be read. */
bool source_find_root(Arena *arena, Str directory, Str given, Str fallback, SourceRoot *root,
                      Error *error);

/* Which files a list is to hold. */
typedef struct {
    /* Is the file of that path wanted, if it was found by walking? Asked by several threads at
     * once, unless files come from a snapshot: there in the order of the paths. */
    bool (*keep)(void *context, Arena *scratch, Str path);
    void *context;
    size_t jobs; /* threads; 0: one */
} SourceFilter;

/* Lists files. `arguments` are the paths of the command line, relative to `directory` (the
 * process's working directory); without any, the whole root. A folder is walked: in a repository
 * the tracked and the untracked-but-not-ignored files that the working tree holds (submodules and
 * nested repositories are left alone), outside one all files but .git folders; symbolic links to
 * folders are not followed, links to files inside the root are. `filter` decides which files
 * found by walking are wanted; files named explicitly always are. A named folder follows the rules
 * of the repository it is in, its own if it is a nested one; when it is ignored, nothing in it is.
 * A path that does not exist, or lies outside the root, is an Error. The list's memory is from
 * `arena`. */
bool source_list(Arena *arena, const SourceRoot *root, Str directory, const Str *arguments,
                 size_t argument_count, const SourceFilter *filter, SourceList *list, Error *error);

/* The entry of that path, or NULL. */
const SourceEntry *source_list_find(const SourceList *list, Str path);

/* The bytes of one file. */
typedef struct {
    Str text;
    void *block;       /* for source_close */
    LineGap *gaps;     /* what is left out of the text; by their places */
    size_t gap_count;  /* only source_open_lean leaves anything out */
    uint64_t left_out; /* bytes */
} SourceText;

/* Tells where a script's COPY data begin, while the script is being read. */
typedef struct {
    /* `text` is the script up to the end of a line that holds "stdin", without data that were left
     * out before. Do data begin behind it? It is asked about ever longer texts. */
    bool (*begins)(void *context, Str text);
    void *context;
    size_t window; /* bytes read at once; 0: what is best */
} SourceSieve;

/* Keeps the root's folder open, which makes opening many files quicker, until source_root_close. */
void source_root_open(SourceRoot *root);
void source_root_close(SourceRoot *root);

/* Whose descriptors threads that open files may use: what git keeps is read by libgit2, and its
 * descriptors are all threads'. */
PoolDescriptors source_descriptors(const SourceRoot *root);

/* Opens `path` below the root. Never blocks on a FIFO or device, never follows a link out of the
 * root. On failure returns false with a one-line reason in `reason` (static or from `arena`): no
 * regular file, not readable, 4 GiB or larger. UTF-16 that begins with a byte order mark is made
 * UTF-8. The text is a copy, so a file that shrinks meanwhile does no harm; it has no NUL behind
 * it; release it with source_close. An empty file has text.len 0. Thread-safe, with an arena for
 * each thread. */
bool source_open(Arena *arena, const SourceRoot *root, Str path, SourceText *text, Str *reason);

/* The same for the first `most` bytes of the file. What git keeps is read whole, and cut. */
bool source_open_head(Arena *arena, const SourceRoot *root, Str path, size_t most, SourceText *text,
                      Str *reason);

/* The same for a script: of a large file in the file system, the data of COPYs are left out, and
 * cost no memory. `sieve` says where they begin; NULL: as source_open. */
bool source_open_lean(Arena *arena, const SourceRoot *root, Str path, const SourceSieve *sieve,
                      SourceText *text, Str *reason);

/* Names of files. */
typedef struct {
    Str *at;
    size_t count, capacity;
} SourceNames;

/* The names of the files (and links) in `folder` below the root, bytewise in order: of the working
 * tree all there are, ignored ones too; of a snapshot its own. In `arena`. False where there are
 * more than `most`, or the folder cannot be read. */
bool source_folder(Arena *arena, const SourceRoot *root, Str folder, size_t most,
                   SourceNames *names);

/* Releases the text; once more, or after a failed source_open, does nothing. */
void source_close(SourceText *text);

/* Does the text look like a binary file: a NUL in its first 8,000 bytes (git's own rule)? */
bool source_is_binary(Str text);

/* The absolute path of the file `names[i]` (first that exists, in order) in `directory` or the
 * nearest folder above it, not above `stop` (a folder, or empty: the file system's root). Empty
 * when there is none. */
Str source_find_upwards(Arena *arena, Str directory, Str stop, const char *const *names,
                        size_t count);

#endif
