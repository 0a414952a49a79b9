#ifndef RINGFENCE_SOURCE_BELOW_H
#define RINGFENCE_SOURCE_BELOW_H

#include <sys/stat.h>

#include "source/source.h"

/* Private to source/: the file system below a folder that nothing may lead out of. */

typedef enum {
    LINKS_REFUSED, /* no component may be a symbolic link: errno ELOOP */
    LINKS_INSIDE   /* links are followed while they stay below the root: else errno EXDEV */
} SourceLinks;

/* Opens `path` (relative, may be empty for the root itself, any length) with `flags` and O_CLOEXEC.
 * The caller closes the descriptor; -1 with errno on failure. */
int source_open_below(Str root, Str path, int flags, SourceLinks links);

/* The same with a descriptor of the root, opened by source_open_root; negative: as above. For many
 * files. */
int source_open_from(int folder, Str root, Str path, int flags, SourceLinks links);

/* A descriptor of the folder `root` for the function above, for the caller to close; or -1. */
int source_open_root(Str root);

/* source_open with a choice about links. */
bool source_read_below(Arena *arena, Str root, Str path, SourceLinks links, SourceText *text,
                       Str *reason);

/* One line saying why `mode` is no regular file ("a folder", "a FIFO", …); empty when it is one. */
Str source_kind_reason(mode_t mode);

/* The same for a failed open or read: "not readable: Permission denied". In `arena`. */
Str source_errno_reason(Arena *arena, int number);

/* `path`, relative to `directory` or absolute, without `.`, `..`, links and a slash at its end, as
 * a C string too. Empty, with errno set, when it does not exist. */
Str source_real_path(Arena *arena, Str directory, Str path);

/* `folder`/`name` as a C string too; just `name` when the folder is empty. */
Str source_join(Arena *arena, Str folder, Str name);

/* Is `path` the folder `root` or below it? Then sets `relative` to the rest, empty for root itself.
 * Both are real paths. */
bool source_is_below(Str root, Str path, Str *relative);

#endif
