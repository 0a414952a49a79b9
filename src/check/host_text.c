#include "check/host_text.h"

#include <string.h>

#include "check/shard.h"
#include "embedded/call_escape.h"
#include "embedded/likely.h"
#include "embedded/part.h"
#include "sql/hole.h"

#include "base/banned.h"

/* How a text is read. */
typedef enum {
    AS_NOTHING,
    AS_SQL,       /* it is SQL: what is refused is reported */
    AS_PLAUSIBLE, /* in a known call, without a statement's shape: what is refused is nothing */
    AS_UNCERTAIN, /* the same, and so is what names nothing that is known */
    AS_PIECE,
    AS_UNCERTAIN_PIECE,
} Manner;

/* Only the run time knows how it begins. */
static bool begins_with_hole(Str sql)
{
    Token token = token_next(sql, 0);
    return token.kind == TOKEN_WORD && hole_is(str_slice(sql, token.start, token.end));
}

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
    if (text->kind == CALL_SQL && text->holes && begins_with_hole(sql)) {
        return AS_SQL;
    }
    Manner manner = (Manner)manners[text->kind][likely_sql(sql)];
    return manner == AS_UNCERTAIN && !likely_names_known(sql) ? AS_NOTHING : manner;
}

size_t host_text_fragment(Reading *reading, const SqlFragment *sql, bool client)
{
    PsqlVariables variables = {.arena = reading->of_file};
    Script script = script_open_embedded(sql, &variables, client);
    ScriptStatement part;
    size_t refused = 0;
    while (arena_reset(reading->scratch), script_next(&script, reading->scratch, &part)) {
        Statement statement = gathering_read(reading, &part);
        statement.fingerprint = part.fingerprint;
        refused += statement.refusal.len > 0 || !statement.command[0];
        array_push(reading->of_file, &reading->statements, statement);
        array_push(reading->of_file, &reading->layout.statements, part.in_text);
    }
    return refused;
}

void host_text_take_back(Reading *reading, size_t before)
{
    reading->statements.count = before;
    reading->layout.statements.count = before;
}

/* Drops the statements from `before` on that were refused. */
static void drop_refused(Reading *reading, size_t before)
{
    size_t kept = before;
    for (size_t i = before; i < reading->statements.count; i++) {
        if (!reading->statements.at[i].refusal.len) {
            reading->layout.statements.at[kept] = reading->layout.statements.at[i];
            reading->statements.at[kept++] = reading->statements.at[i];
        }
    }
    host_text_take_back(reading, kept);
}

/* Reads a piece of a statement as the first whole that PostgreSQL accepts and that names anything.
 */
static void read_piece(Reading *reading, const SqlFragment *sql)
{
    size_t before = reading->statements.count;
    SqlFragment whole;
    for (unsigned i = 0; part_complete(reading->of_file, sql, i, &whole); i++) {
        size_t refused = host_text_fragment(reading, &whole, false);
        if (!refused && reading->statements.count == before + 1 &&
            reading->statements.at[before].access_count) {
            reading->statements.at[before].piece = true;
            reading->statements.at[before].telling = likely_is_query_piece(sql->sql);
            return;
        }
        host_text_take_back(reading, before);
    }
}

static void read_statements(Reading *reading, const HostText *text)
{
    size_t before = reading->statements.count;
    if (host_text_fragment(reading, &text->sql, text->client) && text->straight) {
        host_text_take_back(reading, before);
        host_text_fragment(reading, text->straight, text->client);
    }
}

/* (SELECT …) AS name is refused as a statement, and a piece of one. */
static void read_bracketed(Reading *reading, const HostText *text, size_t before)
{
    Str sql = text->sql.sql;
    bool refused =
        reading->statements.count == before + 1 && reading->statements.at[before].refusal.len;
    if (refused && token_is_symbol(sql, token_next(sql, 0), '(')) {
        Statement statement = reading->statements.at[before];
        Range range = reading->layout.statements.at[before];
        host_text_take_back(reading, before);
        read_piece(reading, &text->sql);
        if (reading->statements.count == before) {
            array_push(reading->of_file, &reading->statements, statement);
            array_push(reading->of_file, &reading->layout.statements, range);
        }
    }
}

static Effect *effects_with(Arena *arena, const Statement *statement, Effect more, bool before)
{
    Effect *effects = ARENA_ARRAY(arena, Effect, statement->effect_count + 1);
    if (statement->effect_count) {
        memcpy(effects + before, statement->effects, statement->effect_count * sizeof *effects);
    }
    effects[before ? 0 : statement->effect_count] = more;
    return effects;
}

/* The server runs all statements of one text in one transaction, if they do not say otherwise; psql
 * sends those of a script one by one. Source: PostgreSQL, "Multiple Statements in a Simple Query".
 */
static void wrap_transaction(Arena *arena, Statement *statements, size_t count)
{
    Statement *first = &statements[0];
    Statement *last = &statements[count - 1];
    first->effects = effects_with(arena, first, (Effect){.kind = EFFECT_BEGIN}, true);
    first->effect_count++;
    last->effects = effects_with(arena, last, (Effect){.kind = EFFECT_COMMIT}, false);
    last->effect_count++;
}

void host_text_join(Reading *reading, size_t before)
{
    size_t count = reading->statements.count - before;
    Statement *statements = reading->statements.at + before;
    for (size_t i = 1; i < count; i++) {
        statements[i].connected = statements[i].same_program = false;
    }
    if (count > 1) {
        wrap_transaction(reading->arena, statements, count);
    }
}

/* What the comments in a text, or before it, are for: all of it, between its statements. */
static void widen_layout(Range *ranges, size_t count, Range in_file)
{
    ranges[0].start = in_file.start < ranges[0].start ? in_file.start : ranges[0].start;
    ranges[count - 1].end =
        in_file.end > ranges[count - 1].end ? in_file.end : ranges[count - 1].end;
}

/* All of `ranges`; a heredoc stands behind the expression that it is a part of. */
static Range range_around(const Range *ranges, size_t count)
{
    Range around = ranges[0];
    for (size_t i = 1; i < count; i++) {
        around.start = ranges[i].start < around.start ? ranges[i].start : around.start;
        around.end = ranges[i].end > around.end ? ranges[i].end : around.end;
    }
    return around;
}

/* All statements of one text run in one session; what is made in it for the time of the session may
 * be there for the next text. */
static void make_session(Reading *reading, Range in_file, size_t before, bool client)
{
    size_t count = reading->statements.count - before;
    Statement *statements = reading->statements.at + before;
    if (count > 0) {
        statements[0].connected = statements[0].same_program = true;
        Range *ranges = reading->layout.statements.at + before;
        widen_layout(ranges, count, in_file);
        array_push(reading->of_file, &reading->layout.texts, range_around(ranges, count));
    }
    if (count > 1 && !client) {
        wrap_transaction(reading->arena, statements, count);
    }
}

/* A condition that names no relation, but to which text is joined that may name one: where("a = 1
 * AND " + x). It counts, and is no finding: what is joined is mostly another such condition. */
static void count_pasted(Reading *reading, const SqlFragment *sql)
{
    static const Str frame = STR("SELECT 1 WHERE ");
    size_t before = reading->statements.count;
    uint32_t start = fragment_offset(sql, 0);
    FragmentDraft draft = fragment_begin(reading->of_file, sql, frame.len + sql->sql.len);
    fragment_append_hole(&draft, frame, (Range){start, start});
    fragment_append(&draft, sql, (Range){0, (uint32_t)sql->sql.len});
    SqlFragment whole = fragment_end(&draft, start);
    size_t refused = host_text_fragment(reading, &whole, false);
    bool one = !refused && reading->statements.count == before + 1;
    const Statement *statement = one ? &reading->statements.at[before] : NULL;
    bool dynamic = one && statement->command[0] && !statement->access_count;
    if (dynamic && statement->notice_count) {
        reading->facts->coverage.statements++;
        reading->facts->coverage.dynamic++;
    }
    host_text_take_back(reading, before);
}

void host_text_finish(Reading *reading, Range in_file, size_t before, HostTextNotes notes)
{
    make_session(reading, in_file, before, notes.client);
    for (size_t i = before; i < reading->statements.count; i++) {
        Statement *statement = &reading->statements.at[i];
        statement->uncertain = notes.uncertain;
        statement->again = notes.again && !statement->refusal.len;
        if (!notes.uncertain && !statement->again) {
            gathering_count(reading, statement);
        }
    }
    bool read = reading->statements.count > before;
    if (read && !notes.uncertain && !notes.again) {
        reading->facts->coverage.fragments++;
        reading->facts->coverage.host_fragments++;
    }
}

/* To other files, when it is read aside. */
static bool may_matter(Str sql)
{
    return shard_needs_text(sql) || str_holds_nocase(sql, STR("dblink"));
}

void host_text_read(Reading *reading, const HostText *as_written)
{
    HostText replaced = *as_written;
    const HostText *text = &replaced;
    call_escape_replace(reading->of_file, &replaced.sql);
    size_t before = reading->statements.count;
    Manner manner = manner_of(text);
    bool uncertain = manner == AS_UNCERTAIN || manner == AS_UNCERTAIN_PIECE;
    if (reading->facts->aside && !may_matter(text->sql.sql)) {
        return;
    }
    if (manner == AS_NOTHING) {
        if (text->kind == CALL_PART && text->holes && !text->again) {
            count_pasted(reading, &text->sql);
        }
        return;
    }
    if (manner == AS_PIECE || manner == AS_UNCERTAIN_PIECE) {
        read_piece(reading, &text->sql);
        if (reading->statements.count == before && text->straight) {
            read_piece(reading, text->straight);
        }
    } else {
        read_statements(reading, text);
    }
    if (manner != AS_PIECE && manner != AS_UNCERTAIN_PIECE) {
        read_bracketed(reading, text, before);
    }
    if (manner != AS_SQL) {
        drop_refused(reading, before);
    }
    host_text_finish(
        reading, text->in_file, before,
        (HostTextNotes){.uncertain = uncertain, .again = text->again, .client = text->client});
}
