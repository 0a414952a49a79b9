#include "grants/script.h"

#include "grants/quote.h"
#include "grants/texts.h"

#include "base/banned.h"

enum {
    SET_OPTION_SINCE = 16
}; /* GRANT … WITH INHERIT, SET; pg_has_role's SET. Source: release notes of 16 */

/* The rows of one VALUES list. */
typedef struct {
    Buffer *out;
    size_t count;
} Rows;

static void rows_open(Rows *rows, Buffer *out, const char *name, const char *columns)
{
    *rows = (Rows){.out = out};
    buffer_format(out, "    %s (%s) AS (", name, columns);
}

/* Ends the row before. */
static void rows_next(Rows *rows)
{
    buffer_append(rows->out, rows->count++ ? STR(",\n") : STR("\n        VALUES\n"));
}

static void rows_comment(Rows *rows, const char *prefix, Str text)
{
    buffer_format(rows->out, "            -- %s", prefix);
    quote_comment(rows->out, text);
    buffer_append_byte(rows->out, '\n');
}

/* `nothing` is the select list of the query that stands there instead of no rows. */
static void rows_close(Rows *rows, const char *nothing)
{
    if (!rows->count) {
        buffer_format(rows->out, "SELECT %s WHERE false", nothing);
    }
    buffer_append(rows->out, rows->count ? STR("\n    ),\n") : STR("),\n"));
}

/* A column of the row that is being written. */
static void put(Buffer *out, const char *before, Str text)
{
    buffer_append(out, str_from(before));
    quote_literal_or_null(out, text);
}

static Str service_name(const Service *service)
{
    return service ? service->name : STR("");
}

static void write_server(Buffer *out, const Plan *plan)
{
    buffer_format(out,
                  "    plan_server (act_as, create_roles, only_service) AS (\n"
                  "        VALUES ('%s', %s, ",
                  plan->postgres >= SET_OPTION_SINCE ? "SET" : "MEMBER",
                  plan->create_roles ? "true" : "false");
    quote_literal_or_null(out, plan->only ? plan->only->name : STR(""));
    buffer_append(out, STR(")\n    ),\n"));
}

static void write_policies(Buffer *out, const Plan *plan)
{
    Rows rows;
    buffer_append(out, STR("    -- What a service's roles may do with what it owns, and everyone "
                           "with what is shared.\n"));
    rows_open(&rows, out, "plan_policy", "purpose, kind, privileges");
    for (size_t i = 0; i < plan->policies.count; i++) {
        const PlanPolicy *policy = &plan->policies.at[i];
        rows_next(&rows);
        buffer_format(out, "            ('%s', '%s', '%s')", plan_purpose_name(policy->purpose),
                      plan_kind_name(policy->kind), policy->privileges);
    }
    rows_close(&rows, "");
}

static void write_roles(Buffer *out, const Plan *plan)
{
    Rows rows;
    const Service *last = NULL;
    rows_open(&rows, out, "plan_roles", "name, service, purpose, stage");
    for (size_t i = 0; i < plan->roles.count; i++) {
        const PlanRole *role = &plan->roles.at[i];
        rows_next(&rows);
        if (role->service != last && role->service->team.len) {
            rows_comment(&rows, "", role->service->team);
        }
        last = role->service;
        put(out, "            (", role->name);
        put(out, ", ", role->service->name);
        buffer_format(out, ", '%s', '%s')", plan_purpose_name(role->purpose),
                      plan_stage(plan, role->service));
    }
    rows_close(&rows, "NULL::text, NULL::text, NULL::text, NULL::text");
}

static void write_claims(Buffer *out, const Plan *plan)
{
    Rows rows;
    buffer_append(out, STR("    -- Who owns what; without a name, the whole schema.\n"));
    rows_open(&rows, out, "plan_claims", "service, stage, shared, schema, name");
    for (size_t i = 0; i < plan->claims.count; i++) {
        const PlanClaim *claim = &plan->claims.at[i];
        rows_next(&rows);
        put(out, "            (", service_name(claim->service));
        buffer_format(out, ", '%s', %s", plan_claim_stage(plan, claim),
                      claim->shared ? "true" : "false");
        put(out, ", ", claim->schema);
        put(out, ", ", claim->name);
        buffer_append_byte(out, ')');
    }
    rows_close(&rows, "NULL::text, NULL::text, false, NULL::text, NULL::text");
}

static void write_arguments(Buffer *out, const PlanAllowance *allowance)
{
    if (!allowance->has_arguments) {
        buffer_append(out, STR(", NULL::text[]"));
        return;
    }
    buffer_append(out, STR(", ARRAY["));
    for (size_t i = 0; i < allowance->arguments.count; i++) {
        buffer_append(out, i ? STR(", ") : STR(""));
        quote_literal(out, allowance->arguments.at[i]);
    }
    buffer_append(out, STR("]::text[]"));
}

static void write_date(Buffer *out, uint32_t date)
{
    if (date) {
        buffer_format(out, ", '%04u-%02u-%02u'::date)", date / 10000, date / 100 % 100, date % 100);
    } else {
        buffer_append(out, STR(", NULL::date)"));
    }
}

static void write_allowances(Buffer *out, const Plan *plan)
{
    Rows rows;
    buffer_append(out, STR("    -- What others may touch: publications, then exceptions; without a "
                           "grantee, all other "
                           "services.\n"));
    rows_open(&rows, out, "plan_allowances",
              "kind, schema, name, arguments, privileges, service, grantee, until");
    for (size_t i = 0; i < plan->allowances.count; i++) {
        const PlanAllowance *allowance = &plan->allowances.at[i];
        rows_next(&rows);
        if (allowance->reason.len) {
            rows_comment(&rows, "exception: ", allowance->reason);
        }
        buffer_format(out, "            ('%s'", plan_kind_name(allowance->kind));
        put(out, ", ", allowance->schema);
        put(out, ", ", allowance->name);
        write_arguments(out, allowance);
        put(out, ", ", allowance->privileges);
        put(out, ", ", service_name(allowance->owner));
        put(out, ", ", service_name(allowance->grantee));
        write_date(out, allowance->until);
    }
    rows_close(&rows, "NULL::text, NULL::text, NULL::text, NULL::text[], NULL::text, NULL::text, "
                      "NULL::text, NULL::date");
}

/* The query up to its last SELECT. */
static void write_with(Buffer *out, const Plan *plan)
{
    buffer_append(out, STR("    WITH RECURSIVE\n"));
    write_server(out, plan);
    write_policies(out, plan);
    write_roles(out, plan);
    write_claims(out, plan);
    write_allowances(out, plan);
    buffer_append(out, str_from(grants_server));
    buffer_append(out, str_from(grants_privileges));
    buffer_append(out, str_from(grants_differences));
}

void script_query(Buffer *out, const Plan *plan)
{
    write_with(out, plan);
    buffer_append(out, STR("    SELECT stage, problem, object, roles, privileges, statement, can\n"
                           "    FROM differences ORDER BY stage, statement COLLATE \"C\"\n"));
}

void script_drift(Buffer *out, const Plan *plan)
{
    write_with(out, plan);
    buffer_append(out, str_from(grants_drift));
}

/* One line for each service: all that the script touches. */
static void write_touched(Buffer *out, const Plan *plan)
{
    const Service *last = NULL;
    for (size_t i = 0; i < plan->roles.count; i++) {
        const PlanRole *role = &plan->roles.at[i];
        if (role->service != last) {
            buffer_format(out, "%s--   the roles of %.*s:", last ? "\n" : "",
                          STR_ARGS(role->service->name));
        }
        buffer_append(out, role->service == last ? STR(", ") : STR(" "));
        quote_name(out, role->name);
        last = role->service;
    }
    buffer_append(out, last ? STR("\n") : STR(""));
}

static void write_claimed(Buffer *out, const Plan *plan)
{
    const Service *last = NULL;
    for (size_t i = 0; i < plan->claims.count; i++) {
        const PlanClaim *claim = &plan->claims.at[i];
        if (claim->service && claim->service->stage == STAGE_SPLIT) {
            continue;
        }
        bool follows = i && claim->service == last && !claim->shared;
        if (!follows) {
            Str whose = claim->shared ? STR("shared") : claim->service->name;
            buffer_format(out, "--   what is %.*s:", STR_ARGS(whose));
        }
        buffer_append_byte(out, ' ');
        quote_name(out, claim->schema);
        if (claim->name.len) {
            buffer_append_byte(out, '.');
            quote_name(out, claim->name);
        }
        const PlanClaim *next = i + 1 < plan->claims.count ? claim + 1 : NULL;
        bool goes_on = next && next->service == claim->service && !claim->shared && !next->shared;
        buffer_append(out, goes_on ? STR(",") : STR("\n"));
        last = claim->service;
    }
}

static void write_header(Buffer *out, const Plan *plan, const char *purpose)
{
    buffer_append(out, STR("-- Made by `ringfence generate-grants` from the manifest: change that, "
                           "not this.\n--\n"));
    buffer_append(out, str_from(purpose));
    buffer_format(out, "-- For PostgreSQL %u. It concerns the database it is run in",
                  plan->postgres);
    if (plan->only) {
        buffer_format(out, ", and of the services only %.*s", STR_ARGS(plan->only->name));
    }
    buffer_append(out, STR(", and there\n"));
    write_touched(out, plan);
    write_claimed(out, plan);
    buffer_append(
        out,
        STR("-- Roles that the manifest does not name keep what they have, but for what they have "
            "through PUBLIC.\n\n"));
}

/* The planner knows nothing of how many rows the plan's lists make, and takes them for a handful.
 */
static void write_settings(Buffer *out, const char *begin)
{
    buffer_format(out,
                  "%s;\nSET LOCAL client_encoding = 'UTF8';\nSET LOCAL search_path = pg_catalog;\n"
                  "SET LOCAL enable_nestloop = off;\nSET LOCAL jit = off;\n\n",
                  begin);
}

/* The head with the server's version filled in. */
static void write_head(Buffer *out, const Plan *plan)
{
    static const Str hole = STR("@POSTGRES@");
    Str rest = str_from(grants_apply_head);
    for (size_t at; (at = str_find(rest, hole)) < rest.len;) {
        buffer_append(out, str_slice(rest, 0, at));
        buffer_format(out, "%u", plan->postgres);
        rest = str_slice(rest, at + hole.len, rest.len);
    }
    buffer_append(out, rest);
}

void script_apply(Buffer *out, const Plan *plan)
{
    Buffer body = {0};
    write_header(out, plan,
                 "-- Makes the server so, in one transaction. It runs the statements that are "
                 "needed and says each; a "
                 "second run\n-- finds nothing to do. What the current role may not do is a "
                 "WARNING, with the statement.\n--\n");
    write_settings(out, "BEGIN");
    buffer_append(out, STR("DO "));
    write_head(&body, plan);
    write_with(&body, plan);
    buffer_append(&body, str_from(grants_apply_tail));
    quote_dollar(out, buffer_str(&body));
    buffer_append(out, STR(";\n\nCOMMIT;\n"));
    buffer_free(&body);
}

void script_assert(Buffer *out, const Plan *plan)
{
    write_header(out, plan,
                 "-- Changes nothing. Returns a row for each privilege that is missing or extra, "
                 "with the statement that\n"
                 "-- mends it; none when the server is as the manifest says.\n--\n");
    write_settings(out, "BEGIN TRANSACTION READ ONLY");
    write_with(out, plan);
    buffer_append(
        out,
        STR("    SELECT problem, object, roles, privileges, statement FROM differences\n"
            "    WHERE problem <> 'note' ORDER BY stage, statement COLLATE \"C\";\n\nCOMMIT;\n"));
}
