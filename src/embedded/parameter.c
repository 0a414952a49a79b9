#include "embedded/parameter.h"

#include <string.h>

#include "base/banned.h"

enum { FARTHEST_CALL = 10, HEAD = 4096 };

/* Tags that only give the text back. */
static const char plain_tags[] = "raw dedent outdent stripIndent html css gql graphql";

/* Prefixes of Scala's interpolators that paste. */
static const char pasting[] = "s f raw";

static const char interpolated[] =
    "FromSql FromSqlInterpolated ExecuteSql ExecuteSqlAsync ExecuteSqlInterpolated "
    "ExecuteSqlInterpolatedAsync SqlQuery";

/* Swift libraries whose statements make parameters of \(x). */
static const Str swift_libraries[] = {STR("PostgresNIO"), STR("PostgresKit"), STR("SQLKit"),
                                      STR("Fluent")};

static const char raw[] = "raw unsafe lit unescaped unsafeRaw sql_raw";

/* Calls and casts that give a number, a quoted value or a quoted name. */
static const char values[] =
    "Itoa FormatInt Sanitize QuoteIdentifier QuoteLiteral len int intval floatval count sizeof "
    "parseInt parseFloat Number str_repeat size length quote quote_literal quoteLiteral "
    "escapeLiteral escape escape_literal pg_escape_literal pg_escape_string pg_escape_identifier "
    "Literal Placeholder Identifier Identifiers quote_ident quote_identifier quoteIdentifier "
    "quoteIdent quote_table_name quote_column_name quoteName escapeIdentifier escape_identifier "
    "valueOf "
    "to_i toInt Int Long";

static bool is_list(const LexFile *file, const char *languages)
{
    return str_in_list(languages, file->language->name);
}

static bool has_tag(const LexFile *file, uint32_t literal)
{
    LexToken token = file->tokens[literal];
    if (file->text.at[token.start] != '`' || !literal || !token.joined) {
        return false;
    }
    LexToken before = file->tokens[literal - 1];
    bool tag = before.kind == LEX_NAME || lexer_is(file, literal - 1, STR(")")) ||
               lexer_is(file, literal - 1, STR(">"));
    return tag && !str_in_list(plain_tags, lexer_source(file, literal - 1));
}

/* The letters before the quote. */
static Str prefix_of(const LexFile *file, uint32_t literal)
{
    Str source = lexer_source(file, literal);
    size_t end = 0;
    while (end < source.len && char_is_alpha(source.at[end])) {
        end++;
    }
    return str_slice(source, 0, end);
}

/* Is the literal the argument of one of `calls`? */
static bool is_argument_of(const LexFile *file, uint32_t literal, const char *calls)
{
    uint32_t at = literal;
    for (int i = 0; i < FARTHEST_CALL && at > 0; i++) {
        at--;
        if (lexer_is_name(file, at) && str_in_list(calls, lexer_source(file, at))) {
            return true;
        }
        if (lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("{"))) {
            return false;
        }
    }
    return false;
}

static bool imports_one(const LexFile *file, const Str *names, size_t count)
{
    Str head = str_slice(file->text, 0, HEAD);
    for (size_t i = 0; i < count; i++) {
        if (str_find(head, names[i]) < head.len) {
            return true;
        }
    }
    return false;
}

bool parameter_makes(const LexFile *file, uint32_t literal)
{
    if (is_list(file, "javascript typescript tsx vue svelte")) {
        return has_tag(file, literal);
    }
    if (is_list(file, "scala")) {
        Str prefix = prefix_of(file, literal);
        return prefix.len && !str_in_list(pasting, prefix);
    }
    if (is_list(file, "python")) {
        Str prefix = prefix_of(file, literal);
        return memchr(prefix.at, 't', prefix.len) || memchr(prefix.at, 'T', prefix.len);
    }
    if (is_list(file, "csharp")) {
        return is_argument_of(file, literal, interpolated);
    }
    return is_list(file, "swift") &&
           imports_one(file, swift_libraries, sizeof swift_libraries / sizeof *swift_libraries);
}

bool parameter_nests(const LexFile *file, uint32_t literal)
{
    return is_list(file, "scala python") && parameter_makes(file, literal);
}

/* The name of the call that the expression is, or of its last part; or empty. */
static Str called(const LexFile *file, uint32_t first, uint32_t behind)
{
    if (behind <= first) {
        return (Str){0};
    }
    uint32_t at = behind - 1;
    uint32_t depth = lexer_is(file, at, STR(")"));
    while (depth && at > first) {
        at--;
        depth += lexer_is(file, at, STR(")"));
        depth -= lexer_is(file, at, STR("("));
    }
    at -= at < behind - 1 && at > first;
    return lexer_is_name(file, at) ? lexer_source(file, at) : (Str){0};
}

bool parameter_is_raw(const LexFile *file, uint32_t first, uint32_t behind)
{
    bool label = first + 1 < behind && lexer_is(file, first + 1, STR(":"));
    bool spliced = first > 1 && is_list(file, "scala") && file->tokens[first].start > 2 &&
                   file->text.at[file->tokens[first].start - 1] == '{' &&
                   file->text.at[file->tokens[first].start - 3] == '#';
    return spliced ||
           str_in_list(raw, label ? lexer_source(file, first) : called(file, first, behind));
}

bool parameter_is_value(const LexFile *file, uint32_t first, uint32_t behind)
{
    if (behind <= first) {
        return false;
    }
    bool cast = behind > first + 3 && lexer_is(file, first, STR("(")) &&
                lexer_is(file, first + 2, STR(")")) &&
                str_in_list("int integer float long", lexer_source(file, first + 1));
    bool number = behind == first + 1 && file->tokens[first].kind == LEX_NUMBER;
    return cast || number || str_in_list(values, called(file, first, behind));
}
