#include "check/declaring.h"

#include <string.h>

#include "sql/token.h"

#include "base/banned.h"

static bool is_one(Str word, const Str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* The letters from `at` on. */
static Str word_at(Str text, size_t at)
{
    size_t end = at;
    while (end < text.len && char_is_alpha(text.at[end])) {
        end++;
    }
    return str_slice(text, at, end);
}

static size_t skip_blanks(Str text, size_t at)
{
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* What may stand behind CREATE and ALTER. */
static bool is_ddl_word(Str word)
{
    static const Str words[] = {
        STR("access"),     STR("aggregate"),   STR("cast"),         STR("collation"),
        STR("constraint"), STR("conversion"),  STR("database"),     STR("default"),
        STR("domain"),     STR("event"),       STR("extension"),    STR("foreign"),
        STR("function"),   STR("global"),      STR("group"),        STR("index"),
        STR("language"),   STR("large"),       STR("local"),        STR("materialized"),
        STR("operator"),   STR("or"),          STR("policy"),       STR("procedural"),
        STR("procedure"),  STR("publication"), STR("recursive"),    STR("role"),
        STR("routine"),    STR("rule"),        STR("schema"),       STR("sequence"),
        STR("server"),     STR("statistics"),  STR("subscription"), STR("system"),
        STR("table"),      STR("tablespace"),  STR("temp"),         STR("temporary"),
        STR("text"),       STR("transform"),   STR("trigger"),      STR("trusted"),
        STR("type"),       STR("unique"),      STR("unlogged"),     STR("user"),
        STR("view")};
    return is_one(word, words, sizeof words / sizeof *words);
}

/* A verb ends at `end`. In SQL a blank follows, a comment, or the end of a literal that something
 * is put behind; in `create(`, `created`, `create.` and `create =` it is a program's own. */
static bool is_ddl(Str text, size_t end)
{
    static const char joined[] = "\"'`\\/-+%$#{<|&";
    size_t next = skip_blanks(text, end);
    if (next == text.len) {
        return false;
    }
    Str word = word_at(text, next);
    return word.len ? next > end && is_ddl_word(word) : strchr(joined, text.at[next]) != NULL;
}

/* Is the INTO at `at` an INSERT's, or a MERGE's? */
static bool is_of_insert(Str text, size_t at)
{
    static const Str verbs[] = {STR("insert"), STR("merge"), STR("replace")};
    while (at > 0 && char_is_space(text.at[at - 1])) {
        at--;
    }
    size_t start = at;
    while (start > 0 && char_is_alpha(text.at[start - 1])) {
        start--;
    }
    return is_one(str_slice(text, start, at), verbs, sizeof verbs / sizeof *verbs);
}

static bool declares_at(Str text, size_t at)
{
    Str word = word_at(text, at);
    size_t end = at + word.len;
    if (str_equal_nocase(word, STR("create")) || str_equal_nocase(word, STR("alter"))) {
        return is_ddl(text, end);
    }
    if (str_equal_nocase(word, STR("import"))) {
        return str_equal_nocase(word_at(text, skip_blanks(text, end)), STR("foreign"));
    }
    return str_equal_nocase(word, STR("into")) && !is_of_insert(text, at);
}

/* After an escape as in "\ncreate" a word begins, too. */
static bool begins_word(Str text, size_t at)
{
    return at == 0 || !char_is_alpha(text.at[at - 1]) || (at > 1 && text.at[at - 2] == '\\');
}

bool declaring_in_source(Str text)
{
    for (size_t at = 0; at < text.len; at++) {
        char first = char_to_lower(text.at[at]);
        if ((first == 'c' || first == 'a' || first == 'i') && begins_word(text, at) &&
            declares_at(text, at)) {
            return true;
        }
    }
    return false;
}

/* Does a connection string's `name =` stand here? */
static bool is_setting(Str text, size_t at, Str word)
{
    static const Str names[] = {STR("host"), STR("hostaddr"), STR("user"), STR("dbname"),
                                STR("service")};
    size_t next = skip_blanks(text, at + word.len);
    return next < text.len && text.at[next] == '=' &&
           is_one(word, names, sizeof names / sizeof *names);
}

/* A body's word that matters outside of it; INTO sets a variable there. */
static bool matters_at(Str body, size_t at)
{
    static const Str paths[] = {STR("search_path"), STR("set_config")};
    static const Str link = STR("dblink");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (str_equal_nocase(str_slice(body, at, at + paths[i].len), paths[i])) {
            return true;
        }
    }
    Str word = word_at(body, at);
    return str_equal_nocase(str_slice(word, 0, link.len), link) || is_setting(body, at, word) ||
           (!str_equal_nocase(word, STR("into")) && declares_at(body, at));
}

static bool is_idle_body(Str body)
{
    static const char first_letters[] = "caisdhu";
    bool idle = true;
    for (size_t at = 0; at < body.len && idle; at++) {
        char first = char_to_lower(body.at[at]);
        bool is_template = first == '{' || first == '$' || first == '<';
        bool word = char_is_alpha(first) && strchr(first_letters, first) && begins_word(body, at);
        idle = !(is_template && at + 1 < body.len && strchr("{%", body.at[at + 1])) &&
               !(word && matters_at(body, at));
    }
    return idle;
}

/* What stands between the tags of $tag$…$tag$; empty where `token` is no such string. */
static Range inside(Str sql, Token token)
{
    size_t tag = sql.at[token.start] == '$' ? str_find_byte(sql, '$', token.start + 1) : sql.len;
    size_t length = tag + 1 - token.start;
    bool quoted = tag < token.end && token.end - token.start >= 2 * length;
    return quoted ? (Range){(uint32_t)(tag + 1), (uint32_t)(token.end - length)} : (Range){0};
}

Str declaring_without_bodies(Arena *arena, Str sql)
{
    Str copy = {0};
    for (Token token = token_next(sql, 0); token.kind != TOKEN_END;
         token = token_next(sql, token.end)) {
        Range body = token.kind == TOKEN_STRING ? inside(sql, token) : (Range){0};
        if (body.end > body.start && is_idle_body(str_slice(sql, body.start, body.end))) {
            copy = copy.at ? copy : arena_copy(arena, sql);
            memset((char *)copy.at + body.start, ' ', body.end - body.start);
        }
    }
    return copy.at ? copy : sql;
}
