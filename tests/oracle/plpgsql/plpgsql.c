/* Compares the SQL that our reader finds in PL/pgSQL bodies with what libpg_query's own PL/pgSQL
 * parser finds.
 *
 *   plpgsql FILE…
 *
 * Every routine and DO block of the files is read by both. Where libpg_query accepts it, the
 * expressions and queries must be the same, and as many. It runs in a child: some routines abort
 * it. */
#include <fcntl.h>
#include <jansson.h>
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "extract/script.h"
#include "sql/computed.h"
#include "sql/parse.h"
#include "sql/plpgsql.h"

#include "base/banned.h"

typedef ARRAY(Str) Texts;

typedef struct {
    Arena *arena, *scratch;
    Str body;
    Texts ours, theirs;
    bool refused;        /* by our reader */
    const char *message; /* its */
} Case;

typedef struct {
    size_t routines, equal, different, rejected, crashed;
    size_t read, counted; /* of those that libpg_query does not take */
} Counts;

/* The tokens of `text` with a blank between: layout and comments do not count. */
static Str normalise(Arena *arena, Str text)
{
    Buffer buffer = {0};
    for (Token token = token_next(text, 0); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (buffer.len) {
            buffer_append_byte(&buffer, ' ');
        }
        buffer_append(&buffer, str_slice(text, token.start, token.end));
    }
    Str copy = arena_copy(arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return copy;
}

static void take_part(void *context, const PlpgsqlPart *part)
{
    Case *test = context;
    Str text = arena_copy(test->arena, str_slice(test->body, part->range.start, part->range.end));
    if (part->kind == PLPGSQL_TYPE || part->kind == PLPGSQL_COLLATION ||
        part->kind == PLPGSQL_DECLARATION || part->kind == PLPGSQL_TARGET) {
        return;
    }
    if (part->kind == PLPGSQL_REFUSED) {
        test->refused = true;
        test->message = part->message;
        return;
    }
    if (part->kind == PLPGSQL_STATEMENT && part->part.end) {
        for (uint32_t i = part->part.start; i < part->part.end; i++) {
            ((char *)text.at)[i - part->range.start] = ' ';
        }
    }
    if (part->kind == PLPGSQL_PERFORM) {
        text = arena_format(test->arena, "SELECT %.*s", (int)text.len, text.at);
    }
    array_push(test->arena, &test->ours, normalise(test->arena, text));
}

/* What libpg_query makes of CASE x WHEN a, b: "__Case__Variable_2__" IN (a, b). */
static Str without_case_variable(Str query)
{
    static const Str head = STR("\"__Case__Variable_");
    if (!str_starts_with(query, head)) {
        return query;
    }
    size_t open = str_find_byte(query, '(', 0);
    return str_slice(query, open + 1, query.len - 1);
}

/* One argument of a cursor, without the name that libpg_query 17 puts behind it: 5 AS a. */
static void take_argument(Case *test, Str text)
{
    Token before_last = {0};
    Token last = {0};
    for (Token token = token_next(text, 0); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token_is_word(text, last, STR("as")) && token_next(text, token.end).kind == TOKEN_END) {
            text = str_slice(text, 0, before_last.end);
            break;
        }
        before_last = last;
        last = token;
    }
    array_push(test->arena, &test->theirs, normalise(test->arena, text));
}

/* A cursor's arguments are one query to libpg_query; to us each is an expression. */
static void take_arguments(Case *test, Str query)
{
    size_t start = 0;
    int depth = 0;
    for (Token token = token_next(query, 0); token.kind != TOKEN_END;
         token = token_next(query, token.end)) {
        depth += token_is_symbol(query, token, '(') || token_is_symbol(query, token, '[');
        depth -= token_is_symbol(query, token, ')') || token_is_symbol(query, token, ']');
        if (depth == 0 && token_is_symbol(query, token, ',')) {
            take_argument(test, str_slice(query, start, token.start));
            start = token.end;
        }
    }
    take_argument(test, str_slice(query, start, query.len));
}

static void collect(Case *test, json_t *json)
{
    const char *key;
    json_t *value;
    size_t index;
    if (json_is_array(json)) {
        json_array_foreach(json, index, value)
        {
            collect(test, value);
        }
    }
    json_object_foreach(json, key, value)
    {
        if (strcmp(key, "argquery") == 0) {
            json_t *expression = json_object_get(value, "PLpgSQL_expr");
            take_arguments(test, str_from(json_string_value(json_object_get(expression, "query"))));
        } else if (strcmp(key, "query") == 0 && json_is_string(value)) {
            Str query = without_case_variable(str_from(json_string_value(value)));
            if (!str_ends_with(query,
                               STR("'::pg_catalog.refcursor"))) { /* a bound cursor's own name */
                array_push(test->arena, &test->theirs, normalise(test->arena, query));
            }
        } else {
            collect(test, value);
        }
    }
}

/* libpg_query's JSON of the routine, its message behind a '!', or nothing when it died. In *buffer.
 */
static void ask(const char *sql, Buffer *buffer)
{
    int pipes[2];
    char chunk[65536];
    ssize_t got;
    if (pipe(pipes) != 0) {
        abort();
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql);
        FILE *out = fdopen(pipes[1], "w");
        fprintf(out, "%s%s", result.error ? "!" : "",
                result.error ? result.error->message : result.plpgsql_funcs);
        fclose(out);
        _exit(0);
    }
    close(pipes[1]);
    while ((got = read(pipes[0], chunk, sizeof chunk)) > 0) {
        buffer_append(buffer, (Str){.at = chunk, .len = (size_t)got});
    }
    close(pipes[0]);
    int status;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status)) {
        buffer_clear(buffer);
    }
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

/* RETURN of a row variable alone has no expression there. */
static bool is_bare_name(Str text)
{
    Range name = token_dotted_name(text, 0);
    return name.end == text.len && text.len;
}

/* What a RECORD is declared with: libpg_query 17 leaves it out of its JSON. */
static bool is_record_default(Case *test, Str text)
{
    static const char *const heads[] = {"record :=", "record not null :="};
    Str body = normalise(test->arena, test->body);
    for (size_t i = 0; PG_VERSION_NUM >= 160000 && i < sizeof heads / sizeof *heads; i++) {
        Str head = normalise(test->arena, str_from(heads[i]));
        Str whole = arena_format(test->arena, "%s %s ;", head.at, text.at);
        if (str_find(body, whole) < body.len) {
            return true;
        }
    }
    return false;
}

/* Prints what only one side has; true when nothing is. */
static bool compare(Case *test, const char *where)
{
    size_t i = 0;
    size_t j = 0;
    bool equal = true;
    if (test->ours.count) {
        qsort(test->ours.at, test->ours.count, sizeof(Str), compare_texts);
    }
    if (test->theirs.count) {
        qsort(test->theirs.at, test->theirs.count, sizeof(Str), compare_texts);
    }
    while (i < test->ours.count || j < test->theirs.count) {
        int order = i == test->ours.count     ? 1
                    : j == test->theirs.count ? -1
                                              : str_compare(test->ours.at[i], test->theirs.at[j]);
        if (order < 0 && !is_bare_name(test->ours.at[i]) &&
            !is_record_default(test, test->ours.at[i])) {
            printf("%s: only we: %s\n", where, test->ours.at[i].at);
            equal = false;
        } else if (order > 0) {
            printf("%s: only libpg_query: %s\n", where, test->theirs.at[j].at);
            equal = false;
        }
        i += order <= 0;
        j += order >= 0;
    }
    return equal;
}

static const Node *option_value(const Node *options, Str name, uint32_t *location)
{
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        if (str_equal(node_text(option, KEY_defname), name)) {
            *location = (uint32_t)node_number(option, KEY_location);
            return node_get(option, KEY_arg);
        }
    }
    return NULL;
}

/* The PL/pgSQL body of the statement, if it has one. */
static bool find_body(Arena *arena, const Node *statement, Str *body)
{
    bool block = node_is(statement, NODE_DoStmt);
    if (!block && !node_is(statement, NODE_CreateFunctionStmt)) {
        return false;
    }
    const Node *options = node_get(statement, block ? KEY_args : KEY_options);
    uint32_t location;
    Str language = node_as_text(option_value(options, STR("language"), &location));
    const Node *as = option_value(options, STR("as"), &location);
    *body = arena_copy(arena, node_as_text(node_length(as) ? node_item(as, 0) : as));
    return as && (str_equal(language, STR("plpgsql")) || (block && !language.len));
}

static void check_routine(Case *test, const char *sql, const char *where, Counts *counts)
{
    Buffer answer = {0};
    counts->routines++;
    plpgsql_read(test->arena, test->body, take_part, test);
    ask(sql, &answer);
    const char *text = buffer_cstring(&answer);
    json_t *json = text[0] == '[' ? json_loads(text, JSON_ALLOW_NUL, NULL) : NULL;
    if (!json) {
        counts->read += !test->refused;
        counts->counted += test->refused;
        counts->crashed += text[0] != '!';
        counts->rejected += text[0] == '!';
        printf("%s: libpg_query %s%s%s; %zu parts read\n", where,
               text[0] == '!' ? "refuses it: " : "dies of it", text[0] == '!' ? text + 1 : "",
               test->refused ? "; so do we" : "", test->ours.count);
    } else {
        collect(test, json);
        bool equal = compare(test, where);
        if (test->refused) {
            printf("%s: only we refuse it: %s\n", where, test->message);
        }
        counts->equal += equal && !test->refused;
        counts->different += !equal || test->refused;
        json_decref(json);
    }
    buffer_free(&answer);
}

static void check_statement(Arena *arena, Arena *scratch, const ScriptStatement *part,
                            const char *path, uint32_t line, Counts *counts)
{
    Parse parse = parse_open(scratch, part->sql.sql);
    for (size_t i = 0; i < node_length(parse.statements); i++) {
        Case test = {.arena = arena, .scratch = scratch};
        if (find_body(arena, node_get(node_item(parse.statements, i), KEY_stmt), &test.body)) {
            Str where = arena_format(arena, "%s:%u", path, line);
            check_routine(&test, part->sql.sql.at, where.at, counts);
        }
    }
    parse_close(&parse);
}

static bool read_file(const char *path, Buffer *buffer)
{
    char chunk[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(buffer, (Str){.at = chunk, .len = got});
    }
    fclose(file);
    return true;
}

static void check_file(const char *path, Counts *counts)
{
    Buffer buffer = {0};
    Arena *arena = arena_new();
    Arena *scratch = arena_new();
    const char *name = strrchr(path, '/');
    if (read_file(path, &buffer)) {
        PsqlVariables variables = {.arena = arena};
        Script script = script_open(buffer_str(&buffer), &variables);
        ScriptStatement part;
        uint32_t line = 1;
        uint32_t at = 0;
        while (script_next(&script, scratch, &part)) {
            for (; at < part.in_text.start; at++) {
                line += buffer.at[at] == '\n';
            }
            if (part.kind == SCRIPT_SQL) {
                check_statement(arena, scratch, &part, name ? name + 1 : path, line, counts);
            }
            arena_reset(scratch);
        }
    }
    arena_free(scratch);
    arena_free(arena);
    buffer_free(&buffer);
}

int main(int count, char **paths)
{
    Counts counts = {0};
    tree_prepare();
    for (int i = 1; i < count; i++) {
        check_file(paths[i], &counts);
    }
    printf("%zu routines: %zu accepted by libpg_query, %zu refused, %zu died of; of the latter two "
           "we read "
           "%zu and report %zu\n",
           counts.routines, counts.equal + counts.different, counts.rejected, counts.crashed,
           counts.read, counts.counted);
    printf("%zu passed, %zu failed\n", counts.equal, counts.different);
    return counts.different != 0;
}
