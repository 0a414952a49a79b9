#include "extract/repair.h"

#include <string.h>

#include "extract/alias.h"
#include "extract/clause.h"
#include "extract/draft.h"
#include "extract/splice.h"
#include "sql/hole.h"
#include "sql/parse.h"

#include "base/banned.h"

/* What can stand in a hole's place, in the order in which it is tried. */
typedef enum {
    FORM_NAME,    /* a value as well: a column */
    FORM_TEXT,    /* where the grammar wants a string */
    FORM_NUMBER,  /* … a number */
    FORM_LIST,    /* … parentheses: IN %s, VALUES %s */
    FORM_NULL,    /* … a word: IS %s */
    FORM_NOTHING, /* a clause or an operator */
    FORM_QUERY,
    FORM_ASSIGNMENT, /* UPDATE … SET %s */
    FORM_COLUMN,     /* a definition in CREATE TABLE */
    FORM_AND,        /* between two conditions, or another operator */
    FORM_COUNT,
} Form;

typedef struct {
    Form form;
    unsigned tried; /* bit set of forms */
} Choice;

typedef struct {
    Arena *scratch;
    const SqlFragment *fragment;
    Placeholders holes;
    Choice *choices;
} Repair;

enum { MOST_ATTEMPTS = 64, FEWEST_ATTEMPTS = 8, MOST_BYTES = 16 * 1024 * 1024 };

static Str form_text(Arena *arena, Form form, Str name)
{
    static const Str fixed[FORM_COUNT] = {
        [FORM_NUMBER] = STR(" 0 "), [FORM_LIST] = STR(" (0) "),     [FORM_NULL] = STR(" NULL "),
        [FORM_NOTHING] = STR(" "),  [FORM_QUERY] = STR(" SELECT "), [FORM_AND] = STR(" AND ")};
    switch (form) {
    case FORM_NAME:
        return arena_format(arena, " %.*s ", (int)name.len, name.at);
    case FORM_TEXT:
        return arena_format(arena, " '%.*s' ", (int)name.len, name.at);
    case FORM_ASSIGNMENT:
        return arena_format(arena, " %.*s = 0 ", (int)name.len, name.at);
    case FORM_COLUMN:
        return arena_format(arena, " %.*s int ", (int)name.len, name.at);
    default:
        return fixed[form];
    }
}

static Str text_for(const Repair *repair, size_t i)
{
    Placeholder hole = repair->holes.at[i];
    Str spelled = str_slice(repair->fragment->sql, hole.range.start, hole.range.end);
    if (hole.kind == PLACEHOLDER_ESCAPE) {
        return str_slice(spelled, 1, 2);
    }
    if (hole.kind == PLACEHOLDER_TEST) {
        return STR(" TRUE ");
    }
    Str name = hole.kind == PLACEHOLDER_HOLE ? spelled : hole_name(repair->scratch, spelled);
    return form_text(repair->scratch, repair->choices[i].form, name);
}

static SqlFragment fill(const Repair *repair)
{
    Splice *splices = ARENA_ARRAY(repair->scratch, Splice, repair->holes.count);
    for (size_t i = 0; i < repair->holes.count; i++) {
        splices[i] = (Splice){.range = repair->holes.at[i].range, .text = text_for(repair, i)};
    }
    return splice_all(repair->scratch, repair->fragment, splices, repair->holes.count);
}

/* What is tried first. Behind an operand only a clause can stand, or an alias. */
static Form first_form(const Placeholder *hole)
{
    bool clause = hole->kind == PLACEHOLDER_HOLE && hole->behind_operand;
    return hole->kind == PLACEHOLDER_STRING ? FORM_TEXT : clause ? FORM_NOTHING : FORM_NAME;
}

/* Takes the next form for a hole; false when all were tried, and it has its first one again. */
static bool next_form(Repair *repair, size_t i)
{
    Choice *choice = &repair->choices[i];
    PlaceholderKind kind = repair->holes.at[i].kind;
    if (kind == PLACEHOLDER_ESCAPE || kind == PLACEHOLDER_TEST) {
        return false;
    }
    choice->tried |= 1u << choice->form;
    for (Form form = FORM_NAME; form < FORM_COUNT; form++) {
        if (!(choice->tried & 1u << form)) {
            choice->form = form;
            return true;
        }
    }
    choice->form = first_form(&repair->holes.at[i]);
    return false;
}

/* Changes the last hole at or before byte `refused` of `text` that has a form left. */
static bool change(Repair *repair, uint32_t refused)
{
    size_t count = 0;
    int64_t moved = 0;
    for (; count < repair->holes.count; count++) {
        Range range = repair->holes.at[count].range;
        if ((int64_t)range.start + moved > (int64_t)refused) {
            break;
        }
        moved += (int64_t)text_for(repair, count).len - (range.end - range.start);
    }
    while (count > 0) {
        if (next_form(repair, --count)) {
            return true;
        }
    }
    return false;
}

/* Finds forms with which the text parses. The parser alone is asked: nothing is read yet. */
static bool find_forms(Repair *repair)
{
    size_t attempts = MOST_BYTES / (repair->fragment->sql.len + 1);
    attempts = attempts > MOST_ATTEMPTS     ? MOST_ATTEMPTS
               : attempts < FEWEST_ATTEMPTS ? FEWEST_ATTEMPTS
                                            : attempts;
    Arena *own = repair->scratch;
    Arena *attempt = arena_new();
    bool parsed = false;
    bool more = true;
    repair->scratch = attempt;
    for (size_t i = 0; i < attempts && more && !parsed; i++) {
        arena_reset(attempt);
        SqlFragment filled = fill(repair);
        Parse parse = parse_open(attempt, filled.sql);
        SqlFragment aliased;
        parsed = parse.statements != NULL ||
                 (alias_is_missing(parse.refusal) && alias_fill(attempt, &filled, &aliased));
        more = parsed || change(repair, parse.refused_at);
        parse_close(&parse);
    }
    repair->scratch = own;
    arena_free(attempt);
    return parsed;
}

void repair_note(Arena *arena, Statement *statement, const SqlFragment *fragment, Range range,
                 Str why)
{
    Notice *notices = ARENA_ARRAY(arena, Notice, statement->notice_count + 1);
    if (statement->notice_count) {
        memcpy(notices, statement->notices, statement->notice_count * sizeof *notices);
    }
    notices[statement->notice_count] = (Notice){
        .kind = NOTICE_DYNAMIC_SQL, .place = fragment_place(fragment, range), .subject = why};
    statement->notices = notices;
    statement->notice_count++;
}

/* Is a hole, which has the form `form`, more than a value or a name? */
static bool is_clause(Str sql, Placeholder hole, Form form, ClauseKind kind)
{
    bool name =
        form == FORM_NAME && (hole.kind == PLACEHOLDER_HOLE || hole.kind == PLACEHOLDER_VALUE);
    bool raw = hole_is_raw(str_slice(sql, hole.range.start, hole.range.end));
    bool clause = form >= FORM_NOTHING || ((name || form == FORM_NULL) && hole.behind_operand);
    return kind == CLAUSE_DIRECTION ? false : clause || (raw && kind == CLAUSE_WHOLE);
}

/* The first hole that is a clause, or empty. */
static Range first_clause(const Repair *repair)
{
    Str sql = repair->fragment->sql;
    ClauseKind *kinds = clause_find(repair->scratch, sql, &repair->holes);
    for (size_t i = 0; i < repair->holes.count; i++) {
        Placeholder hole = repair->holes.at[i];
        if (is_clause(sql, hole, repair->choices[i].form, kinds[i])) {
            return hole.range;
        }
    }
    return (Range){0};
}

/* One notice at most for clauses: the first one says it all. */
static void note_clauses(Arena *arena, const Repair *repair, Statement *statement)
{
    Range clause = first_clause(repair);
    if (clause.end) {
        repair_note(arena, statement, repair->fragment, clause,
                    STR("a part of it is put in at run time"));
    }
}

static Repair repair_open(Arena *scratch, const SqlFragment *fragment)
{
    Repair repair = {.scratch = scratch,
                     .fragment = fragment,
                     .holes = placeholder_find(scratch, fragment->sql)};
    repair.choices = ARENA_ARRAY(scratch, Choice, repair.holes.count);
    for (size_t i = 0; i < repair.holes.count; i++) {
        repair.choices[i].form = first_form(&repair.holes.at[i]);
    }
    return repair;
}

void repair_note_clauses(Arena *arena, Arena *scratch, const SqlFragment *fragment,
                         Statement *statement)
{
    Repair repair = repair_open(scratch, fragment);
    size_t kept = 0;
    for (size_t i = 0; i < repair.holes.count; i++) {
        if (repair.holes.at[i].kind == PLACEHOLDER_HOLE) {
            repair.holes.at[kept++] = repair.holes.at[i];
        }
    }
    repair.holes.count = kept;
    note_clauses(arena, &repair, statement);
}

bool repair_read(Arena *arena, Arena *scratch, const SqlFragment *fragment, Statement *statement,
                 bool *holes)
{
    Repair repair = repair_open(scratch, fragment);
    for (size_t i = 0; i < repair.holes.count; i++) {
        *holes |= repair.holes.at[i].kind == PLACEHOLDER_HOLE;
    }
    if (!repair.holes.count) {
        return false;
    }
    bool parsed = find_forms(&repair);
    for (size_t i = 0; i < repair.holes.count && !parsed; i++) {
        repair.choices[i].form = first_form(&repair.holes.at[i]);
    }
    SqlFragment filled = fill(&repair);
    *statement = sql_read(arena, scratch, &filled, repair_inner);
    if (parsed && statement->refusal.len) {
        SqlFragment aliased;
        alias_fill(scratch, &filled, &aliased);
        *statement = sql_read(arena, scratch, &aliased, repair_inner);
    }
    if (parsed) {
        note_clauses(arena, &repair, statement);
    }
    return parsed;
}

/* The constructs of template languages as names: the script's own reading leaves text in single
 * quotes alone. */
static SqlFragment without_templates(Arena *scratch, const SqlFragment *fragment)
{
    Draft draft = draft_open(scratch, fragment->sql);
    draft_inside(&draft, (Range){0, (uint32_t)fragment->sql.len});
    return splice_all(scratch, fragment, draft.splices.at, draft.splices.count);
}

bool repair_inner(Arena *scratch, const SqlFragment *fragment, SqlFragment *filled, Place *clause)
{
    SqlFragment *named = ARENA_NEW(scratch, SqlFragment);
    *named = without_templates(scratch, fragment);
    Repair repair = repair_open(scratch, named);
    if (!repair.holes.count || !find_forms(&repair)) {
        return alias_fill(scratch, named, filled);
    }
    SqlFragment *aliased = ARENA_NEW(scratch, SqlFragment);
    *filled = fill(&repair);
    *filled = alias_fill(scratch, filled, aliased) ? *aliased : *filled;
    Range range = first_clause(&repair);
    if (range.end) {
        *clause = fragment_place(named, range);
    }
    return true;
}
