#include "sql/parse.h"

#include <pg_query.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "sql/newer.h"
#include "sql/print.h"

#include "base/banned.h"

static Parse parse_refused(Arena *scratch, const char *message, uint32_t at)
{
    Str text =
        str_from(message); /* it quotes the rest of an unterminated string: one line is enough */
    size_t line = str_find_byte(text, '\n', 0);
    Str cut = line < text.len ? arena_format(scratch, "%.*s…\"", (int)line, message) : text;
    return (Parse){.refusal = arena_copy(scratch, cut), .refused_at = at};
}

/* libpg_query counts characters from 1; 0 is "nowhere". */
static uint32_t error_offset(Str sql, int cursor)
{
    return cursor > 0 ? (uint32_t)utf8_offset(sql, (size_t)cursor - 1) : 0;
}

/* The same without what only a newer grammar has, if that is accepted; else `refused`. */
static PgQueryParseResult parse_again(Arena *scratch, Str sql, PgQueryParseResult refused)
{
    Str older = newer_in_old_words(scratch, sql);
    PgQueryParseResult result = older.len ? pg_query_parse(older.at) : refused;
    bool better = older.len && !result.error;
    if (older.len) {
        pg_query_free_parse_result(better ? refused : result);
    }
    return better ? result : refused;
}

Parse parse_open(Arena *scratch, Str sql)
{
    size_t nul = str_find_byte(sql, '\0', 0);
    if (nul < sql.len) {
        return parse_refused(scratch, "a NUL byte, which PostgreSQL does not take", (uint32_t)nul);
    }
    print_short(true);
    PgQueryParseResult result = pg_query_parse(sql.at);
    result = result.error ? parse_again(scratch, sql, result) : result;
    print_short(false);
    Parse parse = {0};
    if (result.error) {
        parse = parse_refused(scratch, result.error->message,
                              error_offset(sql, result.error->cursorpos));
    } else {
        parse.json = result.parse_tree;
        result.parse_tree = NULL;
        const Node *root = tree_read(scratch, str_from(parse.json));
        parse.statements = node_get(root, KEY_stmts);
        if (!root) {
            parse.refusal = STR("nested too deeply to be read");
        } else if (!parse.statements) {
            parse.statements = root; /* no statement at all: a list of none */
        }
    }
    pg_query_free_parse_result(result);
    return parse;
}

void parse_close(Parse *parse)
{
    free(parse->json);
    *parse = (Parse){0};
}

const char *parse_version(void)
{
    return PG_VERSION;
}

const char *parse_major_version(void)
{
    return PG_MAJORVERSION;
}
