#ifndef RINGFENCE_EMBEDDED_CALL_ROWS_H
#define RINGFENCE_EMBEDDED_CALL_ROWS_H

#include "embedded/call.h"

/* The known calls: a new library is a row. The inside of call.c. */

/* More kinds, inside the tables only. */
enum {
    CALL_THROUGH = CALL_KIND_COUNT, /* what it returns is its argument: dedent("…") */
};

typedef enum {
    CALL_TAG = 1,    /* a name right before a literal, too: sql`…`, sql"…" */
    CALL_WITHIN = 4, /* what the row needs must stand in the call's brackets */
    CALL_LATER = 2,  /* the SQL may stand behind other strings: prepare("name", "SELECT …") */
} CallFlags;

typedef struct {
    const char *names; /* patterns of call_matches, separated by blanks; the first row wins */
    uint8_t kind;
    uint8_t flags;
    const char
        *needs; /* one of these texts, separated by bars, must stand in the call's brackets or
                   in the file's head (imports), else the row says nothing; NULL: no need */
} CallRow;

/* The rows of one language, or NULL, each list ended by a row without names. */
typedef struct {
    const char *languages;
    const CallRow *rows[3];
} CallTable;

extern const CallRow call_rows_common[], call_rows_go[], call_rows_python[], call_rows_javascript[],
    call_rows_jvm[], call_rows_csharp[], call_rows_ruby[], call_rows_php[], call_rows_rust[],
    call_rows_elixir[], call_rows_perl[], call_rows_c[], call_rows_cplusplus[], call_rows_swift[];

/* Named arguments and fields, of all languages: {text: "…"}, sql="…". */
typedef struct {
    const char *names;
    uint8_t kind;  /* CALL_THROUGH: the call around it decides */
    bool anywhere; /* x.CommandText = "…", too: outside of brackets */
} CallField;

extern const CallField call_fields[];

#endif
