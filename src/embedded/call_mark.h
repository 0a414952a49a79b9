#ifndef RINGFENCE_EMBEDDED_CALL_MARK_H
#define RINGFENCE_EMBEDDED_CALL_MARK_H

#include "embedded/call.h"
#include "embedded/call_tokens.h"

/* What stands right at the literal says: its tag or prefix, its heredoc's name, a comment before
 * it (language=SQL), psql's -c before it; in shell, the command that it belongs to. CALL_NONE:
 * nothing does. `before` are the tokens before `first`. */
CallKind call_mark(const CallTokens *before, uint32_t first, uint32_t behind, const StrList *extra);

#endif
