#ifndef RINGFENCE_COMMAND_HOOK_FILE_H
#define RINGFENCE_COMMAND_HOOK_FILE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

/* The file that git runs before a commit: its text, and putting it in place. */

#define HOOK_NAME "pre-commit"
#define HOOK_EARLIER HOOK_NAME ".before-ringfence"

typedef enum {
    HOOK_NONE,
    HOOK_OURS,
    HOOK_SAME,    /* ours, with the very text that would be written, and executable */
    HOOK_FOREIGN, /* a file or a link that somebody else put there */
} HookKind;

/* Appends the script. `binary` is the absolute path of the ringfence that it runs, empty for the
 * one on PATH, which it falls back to in any case; `manifest` may be empty. */
void hook_text(Buffer *out, Str binary, Str manifest);

/* What stands in `folder` now, compared with `text`. False when that cannot be told, or is no file.
 */
bool hook_look(Arena *arena, Str folder, Str text, HookKind *kind, Error *error);

/* Makes the folder if need be and puts the hook there, with mode 755: whole or not at all. With
 * `keep`, what was there is renamed to HOOK_EARLIER, which the hook runs first; at every moment one
 * of the two hooks is in force. Fails when a HOOK_EARLIER would be lost. */
bool hook_put(Arena *arena, Str folder, Str text, bool keep, Error *error);

/* Removes the hook, or puts HOOK_EARLIER in its place; *restored tells which. */
bool hook_remove(Arena *arena, Str folder, bool *restored, Error *error);

#endif
