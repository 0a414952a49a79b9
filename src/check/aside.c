#include "check/aside.h"

#include "embedded/credentials.h"
#include "embedded/document.h"
#include "lexer/language.h"

#include "base/banned.h"

bool aside_is(const SourceList *sources, Str path)
{
    const SourceEntry *entry = source_list_find(sources, path);
    return entry && entry->aside;
}

/* What begins like this declares nothing and leaves the session as it is. */
static bool is_idle_word(Str sql, Token word)
{
    static const Str words[] = {STR("insert"),   STR("update"), STR("delete"), STR("merge"),
                                STR("copy"),     STR("grant"),  STR("revoke"), STR("comment"),
                                STR("truncate"), STR("values"), STR("vacuum"), STR("analyze"),
                                STR("refresh"),  STR("lock"),   STR("notify")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is_word(sql, word, words[i])) {
            return true;
        }
    }
    return false;
}

/* SELECT … INTO makes a table, set_config() sets the search_path; a dbt model is a relation. */
static bool is_idle_query(const Script *script, Str sql, Token word)
{
    return token_is_word(sql, word, STR("select")) && !script->dbt &&
           !str_holds_nocase(sql, STR("into")) && !str_holds_nocase(sql, STR("set_config"));
}

bool aside_needs(const Script *script, const ScriptStatement *statement)
{
    Str sql = statement->sql.sql;
    Token word = token_next(sql, 0);
    return statement->connected || statement->executes ||
           !(is_idle_word(sql, word) || is_idle_query(script, sql, word));
}

static uint64_t letter_bit(char c)
{
    return (uint64_t)1 << (char_to_lower(c) & 63);
}

/* Do the letters of one of `words` stand anywhere in `text`? */
static bool any_word(Str text, const Str *words, size_t count)
{
    uint64_t first = 0;
    for (size_t i = 0; i < count; i++) {
        first |= letter_bit(words[i].at[0]);
    }
    for (size_t at = 0; at < text.len; at++) {
        for (size_t i = 0; first & letter_bit(text.at[at]) && i < count; i++) {
            if (str_equal_nocase(str_slice(text, at, at + words[i].len), words[i])) {
                return true;
            }
        }
    }
    return false;
}

bool aside_has_ddl(Str text)
{
    static const Str verbs[] = {STR("create"), STR("alter"), STR("drop")};
    static const Str things[] = {STR("table"),    STR("view"),     STR("schema"),
                                 STR("sequence"), STR("function"), STR("procedure"),
                                 STR("type"),     STR("domain"),   STR("server"),
                                 STR("index"),    STR("trigger"),  STR("publication")};
    enum { NEAR = 64 };
    for (size_t at = 0; at < text.len; at++) {
        char c = char_to_lower(text.at[at]);
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs && (c == 'c' || c == 'a' || c == 'd');
             i++) {
            size_t end = at + verbs[i].len;
            if (end < text.len && char_is_space(text.at[end]) &&
                str_equal_nocase(str_slice(text, at, end), verbs[i]) &&
                any_word(str_slice(text, end, end + NEAR), things,
                         sizeof things / sizeof *things)) {
                return true;
            }
        }
    }
    return false;
}

bool aside_is_script(Str path)
{
    return !credentials_in_file(path) && !language_of_name(path) && !document_kind(path);
}

bool aside_may_declare(Str path)
{
    static const Str words[] = {STR("migrat"), STR("alembic"),   STR("schema"),
                                STR("ddl"),    STR("changelog"), STR("liquibase")};
    return aside_is_script(path) ||
           (!credentials_in_file(path) && any_word(path, words, sizeof words / sizeof *words));
}
