#include "extract/reading.h"
#include "extract/alias.h"

#include <string.h>

#include "extract/alias.h"
#include "extract/repair.h"
#include "sql/hole.h"

#include "base/banned.h"

enum { MOST_COMPARED = 1000 };

static bool same_place(Place a, Place b)
{
    return a.start.line == b.start.line && a.start.column == b.start.column &&
           a.end.line == b.end.line && a.end.column == b.end.column;
}

/* The number, from 1, of an access like `access` among the first `count`, or 0. */
static uint32_t find_access(const Access *accesses, size_t count, const Access *access)
{
    for (size_t i = 0; i < count; i++) {
        if (accesses[i].kind == access->kind && accesses[i].set == access->set &&
            same_place(accesses[i].place, access->place)) {
            return (uint32_t)i + 1;
        }
    }
    return 0;
}

/* Both arrays' elements in one. */
static void *append(Arena *arena, const void *a, size_t a_count, const void *b, size_t b_count,
                    size_t size)
{
    char *all = arena_take(arena, (a_count + b_count) * size + 1);
    if (a_count) {
        memcpy(all, a, a_count * size);
    }
    if (b_count) {
        memcpy(all + a_count * size, b, b_count * size);
    }
    return all;
}

/* The accesses of another branch that were not met before; queries stay apart. Returns, by the
 * number of an access in `from` (from 1), its number in `into`. */
static const uint32_t *merge_accesses(Arena *arena, Arena *scratch, Statement *into,
                                      const Statement *from)
{
    uint32_t queries = (uint32_t)into->query_count;
    size_t before = into->access_count;
    size_t compared = before < MOST_COMPARED ? before : MOST_COMPARED;
    uint32_t *numbers = ARENA_ARRAY(scratch, uint32_t, from->access_count + 1);
    into->accesses = append(arena, into->accesses, before, from->accesses, from->access_count,
                            sizeof *into->accesses);
    for (size_t i = 0; i < from->access_count; i++) {
        Access access = from->accesses[i];
        numbers[i + 1] = find_access(into->accesses, compared, &access);
        if (!numbers[i + 1]) {
            access.query += access.query ? queries : 0;
            access.subject = access.subject <= i ? numbers[access.subject] : 0;
            into->accesses[into->access_count++] = access;
            numbers[i + 1] = (uint32_t)into->access_count;
        }
    }
    into->query_count += from->query_count;
    into->queries = ARENA_ARRAY(arena, Query, into->query_count);
    return numbers;
}

static void merge_declarations(Arena *arena, Statement *into, const Statement *from,
                               const uint32_t *numbers)
{
    size_t before = into->declaration_count;
    into->declarations = append(arena, into->declarations, before, from->declarations,
                                from->declaration_count, sizeof *into->declarations);
    into->declaration_count += from->declaration_count;
    for (size_t i = before; i < into->declaration_count; i++) {
        into->declarations[i].access_count = numbers[into->declarations[i].access_count];
    }
}

static void merge_notices(Arena *arena, Statement *into, const Statement *from,
                          const uint32_t *numbers)
{
    size_t before = into->notice_count;
    into->notices = append(arena, into->notices, before, from->notices, from->notice_count,
                           sizeof *into->notices);
    for (size_t i = 0; i < from->notice_count; i++) {
        Notice notice = from->notices[i];
        bool known = false;
        for (size_t j = 0; j < before && j < MOST_COMPARED && !known; j++) {
            known = into->notices[j].kind == notice.kind &&
                    same_place(into->notices[j].place, notice.place);
        }
        if (!known) {
            notice.access = numbers[notice.access];
            into->notices[into->notice_count++] = notice;
        }
    }
}

static void merge(Arena *arena, Arena *scratch, Statement *into, const Statement *from)
{
    const uint32_t *numbers = merge_accesses(arena, scratch, into, from);
    merge_declarations(arena, into, from, numbers);
    merge_notices(arena, into, from, numbers);
    into->effects = append(arena, into->effects, into->effect_count, from->effects,
                           from->effect_count, sizeof *into->effects);
    into->effect_count += from->effect_count;
    into->inner_statements += from->inner_statements;
    into->inner_checked += from->inner_checked;
}

static bool is_empty(Str sql)
{
    return token_next(sql, 0).kind == TOKEN_END;
}

/* Each branch of the ifs for itself; what could be read of all of them in one statement. */
static bool read_branches(Arena *arena, Arena *scratch, const LineIndex *lines,
                          const ScriptStatement *part, Statement *statement)
{
    int branches = draft_branches(part->draft);
    bool any = false;
    bool all = true;
    bool lost = true; /* every branch that was read leaves out what might be a name */
    for (int i = 0; i < branches; i++) {
        SqlFragment fragment = draft_render(scratch, part->draft, i);
        fragment.lines = lines;
        if (is_empty(fragment.sql)) {
            continue;
        }
        bool holes = false;
        Statement branch = sql_read(arena, scratch, &fragment, repair_inner);
        bool read = !branch.refusal.len || repair_read(arena, scratch, &fragment, &branch, &holes);
        if (read && any) {
            merge(arena, scratch, statement, &branch);
        } else if (read) {
            *statement = branch;
        }
        any |= read;
        all &= read;
        lost &= !read || draft_loses_words(scratch, part->draft, i);
    }
    if (any && !all && lost) {
        SqlFragment fragment = part->sql;
        fragment.lines = lines;
        repair_note(arena, statement, &fragment, (Range){0, (uint32_t)fragment.sql.len},
                    STR("a branch of it could not be read"));
    }
    return any;
}

/* Nothing of it could be read, for all that a template leaves open. */
static Statement dynamic_statement(Arena *arena, const SqlFragment *fragment)
{
    Range all = {token_next(fragment->sql, 0).start, (uint32_t)fragment->sql.len};
    Statement statement = {.command = "", .place = fragment_place(fragment, all)};
    repair_note(arena, &statement, fragment, all, STR("it is put together at run time"));
    return statement;
}

static Statement read_refused(Arena *arena, Arena *scratch, const SqlFragment *fragment,
                              const ScriptStatement *part, Statement refused)
{
    bool holes = false;
    Statement statement = refused;
    SqlFragment aliased;
    if (alias_is_missing(refused.refusal) && alias_fill(scratch, fragment, &aliased)) {
        return sql_read(arena, scratch, &aliased, repair_inner);
    }
    if (repair_read(arena, scratch, fragment, &statement, &holes)) {
        return statement;
    }
    Statement branch;
    if (part->draft->tags.count && read_branches(arena, scratch, fragment->lines, part, &branch)) {
        return branch;
    }
    return holes ? dynamic_statement(arena, fragment) : statement;
}

/* The string constants that are all that a SELECT returns; 0 if there is anything else. */
static size_t constant_columns(Arena *scratch, Str sql, Token **out)
{
    ARRAY(Token) columns = {0};
    Token token = token_next(sql, 0);
    if (!token_is_word(sql, token, STR("select"))) {
        return 0;
    }
    do {
        token = token_next(sql, token.end);
        if (token.kind != TOKEN_STRING) {
            return 0;
        }
        array_push(scratch, &columns, token);
        token = token_next(sql, token.end);
        if (token_is_word(sql, token, STR("as"))) {
            token = token_next(sql, token_next(sql, token.end).end);
        }
    } while (token_is_symbol(sql, token, ','));
    bool ends = token.kind == TOKEN_END || token_is_word(sql, token, STR("from")) ||
                token_is_word(sql, token, STR("where"));
    *out = columns.at;
    return ends ? columns.count : 0;
}

/* \gexec: what the query returns is SQL that runs. */
static void read_executed(Arena *arena, Arena *scratch, const SqlFragment *fragment,
                          Statement *statement)
{
    Token *columns = NULL;
    size_t count = constant_columns(scratch, fragment->sql, &columns);
    for (size_t i = 0; i < count; i++) {
        SqlFragment text = fragment_of_string(scratch, fragment, columns[i]);
        Statement executed = sql_read(arena, scratch, &text, repair_inner);
        if (executed.refusal.len) {
            repair_note(arena, statement, fragment, (Range){columns[i].start, columns[i].end},
                        STR("what it returns is executed, and is no SQL"));
        } else {
            merge(arena, scratch, statement, &executed);
        }
    }
    if (!count) {
        Range all = {token_next(fragment->sql, 0).start, (uint32_t)fragment->sql.len};
        repair_note(arena, statement, fragment, all,
                    STR("what it returns at run time is executed"));
    }
}

Statement reading_statement(Arena *arena, Arena *scratch, const LineIndex *lines,
                            const ScriptStatement *part)
{
    SqlFragment fragment = part->sql;
    fragment.lines = lines;
    Statement statement = sql_read(arena, scratch, &fragment, repair_inner);
    if (statement.refusal.len) {
        statement = read_refused(arena, scratch, &fragment, part, statement);
    } else if (part->draft->splices.count || (part->draft->origin && hole_in_text(fragment.sql))) {
        repair_note_clauses(arena, scratch, &fragment, &statement);
    }
    if (part->executes && !statement.refusal.len) {
        read_executed(arena, scratch, &fragment, &statement);
    }
    return statement;
}
