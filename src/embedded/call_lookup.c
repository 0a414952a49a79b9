#include "embedded/call_lookup.h"

#include "base/banned.h"

static const CallTable tables[] = {
    {"go", {call_rows_go, call_rows_common}},
    {"python", {call_rows_python, call_rows_common}},
    {"javascript typescript tsx vue svelte", {call_rows_javascript, call_rows_common}},
    {"java kotlin scala", {call_rows_jvm, call_rows_common}},
    {"csharp", {call_rows_csharp, call_rows_common}},
    {"ruby", {call_rows_ruby, call_rows_common}},
    {"php", {call_rows_php, call_rows_common}},
    {"rust", {call_rows_rust, call_rows_common}},
    {"elixir", {call_rows_elixir, call_rows_common}},
    {"perl", {call_rows_perl, call_rows_common}},
    {"c", {call_rows_c, call_rows_common}},
    {"cpp", {call_rows_cplusplus, call_rows_c, call_rows_common}},
    {"swift", {call_rows_swift, call_rows_common}},
    {"", {call_rows_common}},
};

static const CallTable *table_of(const Language *language)
{
    const CallTable *table = tables;
    while (*table->languages && !str_in_list(table->languages, language->name)) {
        table++;
    }
    return table;
}

static bool names_match(const char *names, const CallPath *path)
{
    for (Str name; (name = str_next_word(&names)).len;) {
        if (call_matches(path, name)) {
            return true;
        }
    }
    return false;
}

static bool needs_are_met(const CallRow *row, Str text, Str arguments)
{
    enum { HEAD = 8192 }; /* where imports are */
    return !row->needs || str_holds_any(arguments, row->needs) ||
           (!(row->flags & CALL_WITHIN) && str_holds_any(str_slice(text, 0, HEAD), row->needs));
}

static bool is_extra(const StrList *extra, const CallPath *path)
{
    for (size_t i = 0; extra && i < extra->count; i++) {
        if (call_matches(path, extra->at[i])) {
            return true;
        }
    }
    return false;
}

/* A name being looked up. */
typedef struct {
    const LexFile *file;
    const CallPath *path;
    Str arguments;
    bool tag;
} Lookup;

/* The first row that fits, of those that say "never SQL" or of the others. */
static const CallRow *find_row(const Lookup *lookup, const CallRow *rows, bool never)
{
    for (const CallRow *row = rows; row && row->names; row++) {
        if ((row->kind == CALL_NOT) == never && (!lookup->tag || row->flags & CALL_TAG) &&
            names_match(row->names, lookup->path) &&
            needs_are_met(row, lookup->file->text, lookup->arguments)) {
            return row;
        }
    }
    return NULL;
}

CallRow call_lookup(const LexFile *file, const CallPath *path, Str arguments, bool tag,
                    const StrList *extra)
{
    enum { LISTS = sizeof tables->rows / sizeof *tables->rows };
    const CallTable *table = table_of(file->language);
    Lookup lookup = {.file = file, .path = path, .arguments = arguments, .tag = tag};
    if (path->count && is_extra(extra, path)) {
        return (CallRow){.kind = CALL_SQL, .flags = CALL_TAG | CALL_LATER};
    }
    for (size_t i = 0; path->count && i < 2 * LISTS; i++) {
        const CallRow *row = find_row(&lookup, table->rows[i % LISTS], i < LISTS);
        if (row) {
            return *row;
        }
    }
    return (CallRow){.kind = CALL_NONE};
}

const CallField *call_field(Str name)
{
    for (const CallField *field = call_fields; field->names; field++) {
        if (str_in_list(field->names, name)) {
            return field;
        }
    }
    return NULL;
}
