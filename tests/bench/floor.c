/* The floor: libpg_query's own split plus raw parse of every file named on standard input, and
 * nothing else. Its raw parse is no public function, so it is declared here as pg_query_internal.h
 * of 15-4.0.0 has it. */
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    void *tree;
    char *stderr_buffer;
    PgQueryError *error;
} RawParse;

RawParse pg_query_raw_parse(const char *input);
void *pg_query_enter_memory_context(void);
void pg_query_exit_memory_context(void *context);
void pg_query_free_error(PgQueryError *error);

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    if (!text || fread(text, 1, *length, file) != *length) {
        exit(2);
    }
    text[*length] = '\0';
    fclose(file);
    return text;
}

static size_t parse_statement(const char *sql)
{
    void *context = pg_query_enter_memory_context();
    RawParse parse = pg_query_raw_parse(sql);
    size_t parsed = parse.error == NULL;
    if (parse.error) {
        pg_query_free_error(parse.error);
    }
    free(parse.stderr_buffer);
    pg_query_exit_memory_context(context);
    return parsed;
}

static size_t parse_file(const char *text)
{
    size_t parsed = 0;
    PgQuerySplitResult split = pg_query_split_with_scanner(text);
    for (int i = 0; !split.error && i < split.n_stmts; i++) {
        size_t length = (size_t)split.stmts[i]->stmt_len;
        char *statement = malloc(length + 1);
        memcpy(statement, text + split.stmts[i]->stmt_location, length);
        statement[length] = '\0';
        parsed += parse_statement(statement);
        free(statement);
    }
    if (!split.error) {
        pg_query_free_split_result(split);
    }
    return parsed;
}

int main(void)
{
    char path[4096];
    size_t statements = 0;
    size_t bytes = 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        size_t length;
        char *text = read_file(path, &length);
        statements += parse_file(text);
        bytes += length;
        free(text);
    }
    printf("%zu statements, %zu bytes\n", statements, bytes);
    return 0;
}
