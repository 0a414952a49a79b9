#include "audit/statements.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "sql/token.h"

#include "base/banned.h"

/* The extension's own view, whatever else is called so. */
static const char view_query[] =
    "SELECT format('%I.%I', n.nspname, c.relname)\n"
    "FROM pg_extension AS e\n"
    "JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid\n"
    "    AND d.deptype = 'e' AND d.classid = 'pg_class'::regclass\n"
    "JOIN pg_class AS c ON c.oid = d.objid AND c.relname = e.extname AND c.relkind = 'v'\n"
    "JOIN pg_namespace AS n ON n.oid = c.relnamespace\n"
    "WHERE e.extname = 'pg_stat_statements'";

/* PostgreSQL's own queryid depends on the tables' OIDs: the text's hash is the same after a
 * restore. */
static const char rows_query[] =
    "SELECT r.rolname, quote_ident(r.rolname), CASE WHEN s.queryid IS NOT NULL THEN s.query END,\n"
    "    count(*)\n"
    "FROM %.*s AS s\n"
    "JOIN pg_roles AS r ON r.oid = s.userid\n"
    "WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())\n"
    "GROUP BY r.rolname, s.query, s.queryid IS NOT NULL";

/* How statements begin that touch data, or take on another role or path. What others made stands in
 * the database. */
static const Str verbs[] = {
    STR("select"), STR("insert"), STR("update"),  STR("delete"),   STR("merge"),   STR("with"),
    STR("values"), STR("table"),  STR("copy"),    STR("truncate"), STR("lock"),    STR("call"),
    STR("do"),     STR("set"),    STR("explain"), STR("declare"),  STR("prepare"),
};

enum { ROLE, SHOWN_ROLE, TEXT, COUNT };

typedef struct {
    Arena *arena;
    const Ownership *ownership;
    ARRAY(GatherText) texts;
    Str view;
    size_t hidden;
} Collecting;

static void take_view(void *context, const Str *columns)
{
    Collecting *collecting = context;
    collecting->view = arena_copy(collecting->arena, columns[0]);
}

static bool is_wanted(Str query)
{
    Token token = token_next(query, 0);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (token_is_word(query, token, verbs[i])) {
            return true;
        }
    }
    return token_is_symbol(query, token, '(');
}

static void take_row(void *context, const Str *columns)
{
    Collecting *collecting = context;
    const OwnedRole *role = ownership_role(collecting->ownership, columns[ROLE]);
    if (!role) {
        return;
    }
    uint64_t count = 0;
    if (!columns[TEXT].len) { /* "<insufficient privilege>" */
        collecting->hidden += str_to_number(columns[COUNT], SIZE_MAX / 2, &count) ? count : 1;
    } else if (is_wanted(columns[TEXT])) {
        Arena *arena = collecting->arena;
        array_push(arena, &collecting->texts,
                   (GatherText){
                       .path = arena_format(arena, "database:statement %016llx of %.*s",
                                            (unsigned long long)str_hash(columns[TEXT]),
                                            STR_ARGS(columns[SHOWN_ROLE])),
                       .text = arena_copy(arena, columns[TEXT]),
                       .service = role->service,
                   });
    }
}

static int compare_texts(const void *left, const void *right)
{
    const GatherText *a = left;
    const GatherText *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : str_compare(a->text, b->text);
}

static void say_unseen(const Collecting *collecting, bool read, const Error *error, Audit *audit)
{
    Arena *arena = collecting->arena;
    if (!read) {
        audit->unseen = arena_format(arena, "what was run is not audited: %s", error->text);
    } else if (!collecting->view.len) {
        audit->unseen = STR("what was run is not audited: the extension pg_stat_statements is not "
                            "in this database");
    } else if (collecting->hidden) {
        audit->unseen = arena_format(
            arena,
            "%zu statement%s of the services' roles cannot be seen by this role: it is no "
            "member of pg_read_all_stats",
            collecting->hidden, collecting->hidden == 1 ? "" : "s");
    }
}

void statements_read(Arena *arena, const Manifest *manifest, Database *database, Audit *audit)
{
    Collecting collecting = {.arena = arena, .ownership = manifest->ownership};
    Error error;
    for (size_t i = 0; i < audit->texts.count; i++) {
        array_push(arena, &collecting.texts, audit->texts.at[i]);
    }
    bool read = database_query(database, str_from(view_query), take_view, &collecting, &error);
    if (read && collecting.view.len) {
        Buffer query = {0};
        buffer_format(&query, rows_query, STR_ARGS(collecting.view));
        read = database_query(database, buffer_str(&query), take_row, &collecting, &error);
        buffer_free(&query);
    }
    say_unseen(&collecting, read, &error, audit);
    if (collecting.texts.count) {
        qsort(collecting.texts.at, collecting.texts.count, sizeof *collecting.texts.at,
              compare_texts);
    }
    audit->texts.at = collecting.texts.at;
    audit->texts.count = collecting.texts.count;
}
