#include "check/host_text.h"

#include "embedded/likely.h"
#include "embedded/part.h"
#include "sql/hole.h"

#include "base/banned.h"

/* How a text is read. */
typedef enum {
    AS_NOTHING,
    AS_SQL,       /* it is SQL: what is refused is reported */
    AS_PLAUSIBLE, /* in a known call, without a statement's shape: what is refused is nothing */
    AS_UNCERTAIN, /* the same, and so is what names no known relation */
    AS_PIECE,
    AS_UNCERTAIN_PIECE,
} Manner;

static Manner manner_of(const HostText *text)
{
    static const uint8_t manners[CALL_KIND_COUNT][LIKELY_STATEMENT + 1] = {
        [CALL_NONE] = {[LIKELY_PART] = AS_UNCERTAIN_PIECE, [LIKELY_STATEMENT] = AS_UNCERTAIN},
        [CALL_SQL] =
            {[LIKELY_PART] = AS_PIECE, [LIKELY_VERB] = AS_PLAUSIBLE, [LIKELY_STATEMENT] = AS_SQL},
        [CALL_PART] = {[LIKELY_PART] = AS_PIECE,
                       [LIKELY_VERB] = AS_UNCERTAIN,
                       [LIKELY_STATEMENT] = AS_PLAUSIBLE},
    };
    Str sql = text->sql.sql;
    if (text->kind == CALL_SQL && text->holes &&
        hole_is(str_slice(sql, 0, str_find_byte(sql, ' ', 0)))) {
        return AS_SQL;
    }
    Manner manner = (Manner)manners[text->kind][likely_sql(sql)];
    return manner == AS_UNCERTAIN && !likely_names_relation(sql) ? AS_NOTHING : manner;
}

/* Adds the statements of `sql` to the file's. How many of them were refused. */
static size_t read_fragment(Reading *reading, const SqlFragment *sql)
{
    Script script = script_open_embedded(sql);
    ScriptStatement part;
    size_t refused = 0;
    bool first = true;
    while (arena_reset(reading->scratch), script_next(&script, reading->scratch, &part)) {
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        statement.connected = first;
        first = false;
        refused += statement.refusal.len > 0;
        array_push(reading->of_file, &reading->statements, statement);
    }
    return refused;
}

/* Drops the statements from `before` on that were refused. */
static void drop_refused(Reading *reading, size_t before)
{
    size_t kept = before;
    for (size_t i = before; i < reading->statements.count; i++) {
        if (!reading->statements.at[i].refusal.len) {
            reading->statements.at[kept++] = reading->statements.at[i];
        }
    }
    reading->statements.count = kept;
}

/* Reads a piece of a statement as the first whole that PostgreSQL accepts and that names anything.
 */
static void read_piece(Reading *reading, const SqlFragment *sql)
{
    size_t before = reading->statements.count;
    SqlFragment whole;
    for (unsigned i = 0; part_complete(reading->of_file, sql, i, &whole); i++) {
        size_t refused = read_fragment(reading, &whole);
        if (!refused && reading->statements.count == before + 1 &&
            reading->statements.at[before].access_count) {
            reading->statements.at[before].piece = true;
            return;
        }
        reading->statements.count = before;
    }
}

static void read_statements(Reading *reading, const HostText *text)
{
    size_t before = reading->statements.count;
    if (read_fragment(reading, &text->sql) && text->straight) {
        reading->statements.count = before;
        read_fragment(reading, text->straight);
    }
}

void host_text_read(Reading *reading, const HostText *text)
{
    size_t before = reading->statements.count;
    Manner manner = manner_of(text);
    bool uncertain = manner == AS_UNCERTAIN || manner == AS_UNCERTAIN_PIECE;
    if (manner == AS_NOTHING) {
        return;
    }
    if (manner == AS_PIECE || manner == AS_UNCERTAIN_PIECE) {
        read_piece(reading, &text->sql);
    } else {
        read_statements(reading, text);
    }
    if (manner != AS_SQL) {
        drop_refused(reading, before);
    }
    for (size_t i = before; i < reading->statements.count; i++) {
        Statement *statement = &reading->statements.at[i];
        statement->uncertain = uncertain;
        if (!uncertain && (!text->again || statement->refusal.len)) {
            gathering_count(reading, statement);
        }
    }
    bool read = reading->statements.count > before;
    reading->facts->coverage.fragments += read && !uncertain && !text->again;
}
