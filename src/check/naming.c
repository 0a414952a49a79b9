#include "check/naming.h"

#include "base/banned.h"

static bool is_in(const Str *words, size_t count, Str word)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(words[i], word)) {
            return true;
        }
    }
    return false;
}

static bool is_name_byte(char c)
{
    return char_is_digit(c) || c == '_' || c == '$' ||
           (char_to_lower(c) >= 'a' && char_to_lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

/* Names follow. */
static bool is_verb(Str word)
{
    static const Str verbs[] = {STR("create"), STR("alter"),    STR("drop"),
                                STR("into"),   STR("function"), STR("procedure")};
    return is_in(verbs, sizeof verbs / sizeof *verbs, word);
}

/* No more names follow. */
static bool is_end(Str word)
{
    static const Str ends[] = {STR("as"),   STR("add"),    STR("set"),   STR("select"),
                               STR("from"), STR("values"), STR("where"), STR("returns")};
    return is_in(ends, sizeof ends / sizeof *ends, word);
}

/* What stands between a verb and a name, or two names. */
static bool is_noise(Str word)
{
    static const Str noise[] = {STR("table"),        STR("view"),      STR("index"),
                                STR("unique"),       STR("if"),        STR("not"),
                                STR("exists"),       STR("or"),        STR("replace"),
                                STR("temp"),         STR("temporary"), STR("materialized"),
                                STR("trigger"),      STR("schema"),    STR("type"),
                                STR("sequence"),     STR("foreign"),   STR("unlogged"),
                                STR("concurrently"), STR("cascade"),   STR("restrict"),
                                STR("extension"),    STR("domain"),    STR("aggregate"),
                                STR("rename"),       STR("to"),        STR("column"),
                                STR("constraint"),   STR("only"),      STR("owner"),
                                STR("of"),           STR("attach"),    STR("partition"),
                                STR("detach"),       STR("on"),        STR("after"),
                                STR("before"),       STR("insert"),    STR("update"),
                                STR("delete"),       STR("for"),       STR("each"),
                                STR("row"),          STR("execute"),   STR("by"),
                                STR("range"),        STR("list"),      STR("hash"),
                                STR("using"),        STR("with"),      STR("authorization"),
                                STR("all"),          STR("in"),        STR("null"),
                                STR("default"),      STR("data"),      STR("role"),
                                STR("user"),         STR("policy"),    STR("server"),
                                STR("publication"),  STR("language")};
    return is_in(noise, sizeof noise / sizeof *noise, word);
}

/* One that a source file might spell in another way, with escapes. */
static bool is_plain(Str name)
{
    bool plain = name.len >= WORD_SET_SHORTEST;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        plain = plain && c != '"' && c != '\\' && c != '\'' && c >= ' ' && (unsigned char)c < 0x7f;
    }
    return plain;
}

/* PostgreSQL cuts names to 63 bytes. */
static void add_name(Arena *arena, Naming *naming, Str name)
{
    name = str_slice(name, 0, 63);
    if (word_set_has(&naming->names, name)) {
        return;
    }
    naming->unknown |= !is_plain(name) || naming->names.count == WORD_SET_MOST;
    if (!naming->unknown) {
        word_set_add(&naming->names, arena_copy(arena, name));
    }
}

/* The word at `at`, behind which *end is; empty at anything else. A quoted name is its words: in a
 * source file quotes may be the string's. */
static Str next_word(Str text, size_t at, size_t *end)
{
    *end = at;
    while (*end < text.len && is_name_byte(text.at[*end])) {
        ++*end;
    }
    Str word = str_slice(text, at, *end);
    *end += *end == at;
    return word;
}

/* Is the word that ends at `end` a schema's? */
static bool is_qualifier(Str text, size_t end)
{
    end += end < text.len && text.at[end] == '"';
    return end < text.len && text.at[end] == '.';
}

/* Scripts whose names come from elsewhere: templates, psql's variables and included files. */
static bool is_computed(Str text)
{
    static const Str marks[] = {STR("{{"),    STR("{%"),  STR("${"),     STR("\\i"),
                                STR("\\set"), STR(":\""), STR("\\gset"), STR("<%")};
    bool computed = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !computed; i++) {
        computed = str_find(text, marks[i]) < text.len;
    }
    return computed;
}

/* The word behind `at`, blanks aside. */
static Str word_behind(Str text, size_t at)
{
    size_t end;
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return next_word(text, at, &end);
}

/* DDL that is put together at run time, and names that a trigger gives its rows. */
static bool is_opaque(Str text, Str word, size_t end, bool script)
{
    static const Str of_triggers[] = {STR("function"), STR("procedure"), STR("on")};
    return str_equal_nocase(word, STR("referencing")) ||
           (script && str_equal_nocase(word, STR("execute")) &&
            !is_in(of_triggers, sizeof of_triggers / sizeof *of_triggers, word_behind(text, end)));
}

void naming_collect(Arena *arena, Naming *naming, Str text, bool script)
{
    bool names = false;
    naming->unknown |= script && is_computed(text);
    for (size_t at = 0, end; at < text.len && !naming->unknown; at = end) {
        Str word = next_word(text, at, &end);
        bool quoted = word.len && end < text.len && text.at[end] == '"';
        if (text.at[at] == '(' || text.at[at] == ';' || (!quoted && is_end(word))) {
            names = false;
        } else if (!quoted && is_verb(word)) {
            names = true;
        } else if (!quoted && is_opaque(text, word, end, script)) {
            naming->unknown = true;
        } else if (names && word.len && !is_qualifier(text, end) && (quoted || !is_noise(word))) {
            add_name(arena, naming, word);
        }
    }
}

/* Is the attribute whose name ends before byte `end`, with "Name", that of a relation or routine?
 */
static bool names_object(Str text, size_t end)
{
    static const Str kinds[] = {STR("table"),     STR("view"),     STR("sequence"),
                                STR("procedure"), STR("function"), STR("references")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t start = end - kinds[i].len;
        if (kinds[i].len <= end && str_equal_nocase(str_slice(text, start, end), kinds[i])) {
            return true;
        }
    }
    return false;
}

static void add_words(Arena *arena, Naming *naming, Str value)
{
    naming->unknown |= str_find(value, STR("${")) < value.len;
    for (size_t at = 0, end; at < value.len; at = end) {
        Str word = next_word(value, at, &end);
        if (word.len && !naming->unknown) {
            add_name(arena, naming, word);
        }
    }
}

void naming_collect_attributes(Arena *arena, Naming *naming, Str text)
{
    static const Str name = STR("Name");
    for (size_t at = 0; at < text.len && !naming->unknown;) {
        size_t equals = str_find_byte(text, '=', at);
        size_t end = equals;
        while (end > at && char_is_space(text.at[end - 1])) {
            end--;
        }
        bool named = end >= name.len && str_equal(str_slice(text, end - name.len, end), name);
        size_t quote = equals + 1;
        while (quote < text.len && char_is_space(text.at[quote])) {
            quote++;
        }
        at = equals + 1;
        if (quote < text.len && (text.at[quote] == '"' || text.at[quote] == '\'') &&
            names_object(text, named ? end - name.len : end)) {
            size_t close = str_find_byte(text, text.at[quote], quote + 1);
            add_words(arena, naming, str_slice(text, quote + 1, close));
            at = close;
        }
    }
}

bool naming_is_in(const Naming *naming, Str text)
{
    return naming->unknown || word_set_is_in(&naming->names, text);
}
