#include "embedded/call_mark.h"

#include "embedded/call_lookup.h"

#include "base/banned.h"

/* The kind of a tag; one that only passes its text on says nothing. */
static CallKind kind_of_tag(const LexFile *file, const CallPath *path, const StrList *extra)
{
    CallRow row = call_lookup(file, path, STR(""), true, extra);
    return row.kind == CALL_THROUGH ? CALL_NONE : (CallKind)row.kind;
}

/* sql"…" and ~SQL"""…""": the letters before the quote. */
static CallKind kind_of_prefix(const LexFile *file, uint32_t first, const StrList *extra)
{
    Str source = lexer_source(file, first);
    size_t end = 0;
    while (end < source.len && (char_is_alpha(source.at[end]) || char_is_digit(source.at[end]) ||
                                source.at[end] == '~')) {
        end++;
    }
    CallPath path = {.parts = {str_slice(source, 0, end)}, .count = 1};
    return end && str_in_list("scala elixir", file->language->name)
               ? kind_of_tag(file, &path, extra)
               : CALL_NONE;
}

/* sql`…`, sql.type(T)`…`, db.$queryRaw<T>`…` */
static CallKind kind_of_template(const CallTokens *before, uint32_t first, const StrList *extra)
{
    const LexFile *file = before->file;
    if (file->text.at[file->tokens[first].start] != '`' ||
        !str_in_list("javascript typescript tsx vue svelte", file->language->name)) {
        return CALL_NONE;
    }
    CallPath path = call_path(before, before->count - 1);
    if (path.count && call_closes(before, before->count - 1) && !file->tokens[first].joined) {
        return CALL_NONE;
    }
    return path.count ? kind_of_tag(file, &path, extra) : CALL_NONE;
}

/* <<~SQL, <<<'PGSQL': by a convention that editors know. */
static CallKind kind_of_heredoc(const LexFile *file, uint32_t first)
{
    Str opener = lexer_source(file, first);
    opener = str_slice(opener, 0, str_find_byte(opener, '\n', 0));
    return str_starts_with(opener, STR("<<")) && str_holds_nocase(opener, STR("sql")) ? CALL_SQL
                                                                                      : CALL_NONE;
}

/* The comment that stands right before offset `at`, or empty. */
static Str comment_before(const LexFile *file, uint32_t at)
{
    uint32_t low = 0;
    uint32_t high = file->comment_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->comments[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return STR("");
    }
    Range comment = file->comments[low - 1];
    Str between = str_slice(file->text, comment.end, at);
    bool near = str_trim(str_slice(between, 0, 200)).len == 0 && between.len < 200;
    return near ? str_slice(file->text, comment.start, comment.end) : STR("");
}

/* A comment that names the language, as editors know it: language=SQL, sql. */
static CallKind kind_of_comment(const LexFile *file, uint32_t first)
{
    Str comment = comment_before(file, file->tokens[first].start);
    while (comment.len && (*comment.at == '/' || *comment.at == '*' || *comment.at == '#' ||
                           *comment.at == '-' || char_is_space(*comment.at))) {
        comment = str_slice(comment, 1, comment.len);
    }
    while (comment.len &&
           (comment.at[comment.len - 1] == '/' || comment.at[comment.len - 1] == '*' ||
            char_is_space(comment.at[comment.len - 1]))) {
        comment.len--;
    }
    bool language = comment.len < 40 && (str_holds_nocase(comment, STR("language=sql")) ||
                                         str_holds_nocase(comment, STR("language=postgresql")));
    return language || str_equal_nocase(comment, STR("sql")) ? CALL_SQL : CALL_NONE;
}

/* An option whose argument is SQL for psql: -c, -Atc, --command. */
static bool is_command_option(Str word)
{
    return str_equal(word, STR("--command")) ||
           (word.len > 1 && word.len < 8 && word.at[0] == '-' && word.at[1] != '-' &&
            word.at[word.len - 1] == 'c');
}

/* run("psql", "-c", "…") and run(["psql", "-c", "…"]) in any language. */
static CallKind kind_of_option(const CallTokens *before)
{
    int index = before->count - 1;
    if (!call_is(before, index, STR(",")) || call_token(before, index - 1).kind != LEX_STRING) {
        return CALL_NONE;
    }
    LexToken option = call_token(before, index - 1);
    Str word = str_slice(before->file->text, option.start + option.open, option.end - option.close);
    for (index -= 2; is_command_option(word) && index >= 0 && !call_opens(before, index); index--) {
        if (call_token(before, index).kind == LEX_STRING &&
            str_holds_nocase(call_source(before, index), STR("psql"))) {
            return CALL_SQL;
        }
    }
    return CALL_NONE;
}

/* Does the shell token end a command? */
static bool ends_command(Str source)
{
    return str_in_list("; | || && & ( ) { }", source);
}

/* What the client that shell token `source` names makes of SQL. */
static CallKind kind_of_client(Str source)
{
    if (str_holds_nocase(source, STR("mysql")) || str_holds_nocase(source, STR("sqlite")) ||
        str_holds_nocase(source, STR("clickhouse")) || str_holds_nocase(source, STR("cqlsh"))) {
        return CALL_NOT;
    }
    return str_holds_nocase(source, STR("psql")) ? CALL_SQL : CALL_NONE;
}

/* The client in the command before the literal. */
static CallKind kind_of_words(const CallTokens *before, uint32_t first)
{
    bool line_start = before->file->tokens[first].first;
    for (int i = before->count - 1; i >= 0 && !line_start; i--) {
        Str source = call_source(before, i);
        LexToken token = call_token(before, i);
        CallKind kind = kind_of_client(source);
        if (kind != CALL_NONE) {
            return kind;
        }
        if (token.kind == LEX_SYMBOL && ends_command(source)) {
            break;
        }
        line_start = token.first;
    }
    return CALL_NONE;
}

/* Does token `at` stand on the line of token `behind`, and near it? */
static bool on_line(const LexFile *file, uint32_t behind, uint32_t at)
{
    enum { LONGEST_LINE = 1000 };
    return at < file->count && !file->tokens[at].first && at - behind < LONGEST_LINE;
}

/* The client that the rest of the line pipes it to: echo "…" | psql. */
static CallKind kind_of_pipeline(const LexFile *file, uint32_t behind)
{
    bool piped = false;
    for (uint32_t i = behind; on_line(file, behind, i); i = lexer_next(file, i)) {
        Str source = lexer_source(file, i);
        piped |= str_equal(source, STR("|"));
        CallKind kind = piped ? kind_of_client(source) : CALL_NONE;
        if (kind != CALL_NONE) {
            return kind;
        }
    }
    return CALL_NONE;
}

/* Does the command only print it, and to no file? */
static bool is_printed(const CallTokens *before, uint32_t behind)
{
    const LexFile *file = before->file;
    int i = before->count - 1;
    while (i > 0 && !call_token(before, i).first && !ends_command(call_source(before, i - 1))) {
        i--;
    }
    if (i < 0 ||
        !str_in_list("echo printf logger log warn die error info", call_source(before, i))) {
        return false;
    }
    for (uint32_t at = behind; on_line(file, behind, at); at = lexer_next(file, at)) {
        Str source = lexer_source(file, at);
        if (source.len && *source.at == '>' && !lexer_is(file, at + 1, STR("&")) &&
            !str_starts_with(source, STR(">&"))) {
            return false;
        }
    }
    return true;
}

static CallKind kind_of_shell(const CallTokens *before, uint32_t first, uint32_t behind)
{
    if (!str_in_list("shell", before->file->language->name)) {
        return CALL_NONE;
    }
    CallKind kind = kind_of_words(before, first);
    kind = kind == CALL_NONE ? kind_of_pipeline(before->file, behind) : kind;
    return kind == CALL_NONE && is_printed(before, behind) ? CALL_NOT : kind;
}

/* Is one of the words of the line around token `at` an option that makes one transaction of a
 * script? */
static bool is_single_transaction(const LexFile *file, uint32_t at)
{
    while (at > 0 && !file->tokens[at].first) {
        at--;
    }
    for (bool line = true; line && at < file->count; at = lexer_next(file, at)) {
        Str from = str_slice(file->text, file->tokens[at].start, file->text.len);
        if (str_starts_with(from, STR("-1")) || str_starts_with(from, STR("--single-tr"))) {
            return true;
        }
        uint32_t next = lexer_next(file, at);
        line = next < file->count && !file->tokens[next].first;
    }
    return false;
}

bool call_on_input(const LexFile *file, uint32_t first, uint32_t behind)
{
    return str_in_list("shell", file->language->name) &&
           (file->tokens[first].heredoc || kind_of_pipeline(file, behind) == CALL_SQL) &&
           !is_single_transaction(file, first);
}

CallKind call_mark(const CallTokens *before, uint32_t first, uint32_t behind, const StrList *extra)
{
    const LexFile *file = before->file;
    CallKind kind = kind_of_shell(before, first, behind);
    if (kind == CALL_NONE && file->tokens[first].kind == LEX_STRING) {
        kind = kind_of_heredoc(file, first);
        kind = kind == CALL_NONE ? kind_of_comment(file, first) : kind;
        kind = kind == CALL_NONE ? kind_of_prefix(file, first, extra) : kind;
        kind = kind == CALL_NONE ? kind_of_template(before, first, extra) : kind;
    }
    return kind == CALL_NONE ? kind_of_option(before) : kind;
}
