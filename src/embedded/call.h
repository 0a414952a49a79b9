#ifndef RINGFENCE_EMBEDDED_CALL_H
#define RINGFENCE_EMBEDDED_CALL_H

#include "lexer/lexer.h"
#include "manifest/manifest.h"

/* What a string expression of a host language is for, by the call that it is an argument of. The
 * calls that are known stand in call_rows*.c, one table a language. */

typedef enum {
    CALL_NONE, /* nothing tells */
    CALL_SQL,  /* a statement; or a piece of one, where the call takes both */
    CALL_PART, /* a piece of a statement: where("x = ?") */
    CALL_NOT,  /* a log, an error, a test's name, another language: never SQL */
    CALL_KIND_COUNT
} CallKind;

/* What the string expression of tokens [first, behind) is: an argument of a call, however it is
 * spelled (query("…"), sql`…`, sql"…", @Query("…"), query!("…"), {text: "…"}, cmd.CommandText =
 * "…", execute "…", "…" |> query(), psql -c "…", sql << "…"), or marked by its heredoc's name
 * (<<~SQL) or a comment before it. What only trims, formats or collects its arguments is looked
 * through. `extra` holds more calls that take SQL, as names or with receivers: "run_sql", "db.run";
 * may be NULL. A bounded number of tokens is looked at, whatever the file's size. */
CallKind call_kind(const LexFile *file, uint32_t first, uint32_t behind, const StrList *extra);

/* Is the expression of tokens [first, behind), which is SQL for psql, its standard input: a
 * heredoc, or piped to it? Then psql sends one statement after the other. Not where it is told to
 * make one transaction of them. */
bool call_on_input(const LexFile *file, uint32_t first, uint32_t behind);

#endif
