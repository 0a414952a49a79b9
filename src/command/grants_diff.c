#include "command/grants_diff.h"

#include "database/database.h"
#include "grants/quote.h"
#include "grants/script.h"

#include "base/banned.h"

enum { STAGE, PROBLEM, OBJECT, ROLES, PRIVILEGES, STATEMENT };

typedef struct {
    Buffer *out;
    size_t differences;
} Listing;

static void add_row(void *context, const Str *columns)
{
    Listing *listing = context;
    buffer_append(listing->out, STR("-- "));
    if (!columns[STATEMENT].len) {
        quote_comment(listing->out, columns[OBJECT]);
        buffer_append_byte(listing->out, '\n');
        return;
    }
    quote_comment(listing->out, columns[PROBLEM]);
    buffer_append(listing->out, STR(": "));
    quote_comment(listing->out, columns[OBJECT]);
    buffer_append_byte(listing->out, '\n');
    buffer_append(listing->out, columns[STATEMENT]);
    buffer_append(listing->out, STR(";\n"));
    listing->differences++;
}

bool grants_diff(Buffer *out, const Plan *plan, Str conninfo, size_t *differences, Error *error)
{
    Listing listing = {.out = out};
    Buffer query = {0};
    Database *database = database_open(conninfo, error);
    if (!database) {
        return false;
    }
    script_query(&query, plan);
    bool done = database_version(database) == plan->postgres
                    ? database_query(database, buffer_str(&query), add_row, &listing, error)
                    : error_set(error, STR(""), (Position){0},
                                "the manifest says postgres: %u, the server is %u", plan->postgres,
                                database_version(database));
    buffer_free(&query);
    database_close(database);
    *differences = listing.differences;
    return done;
}
