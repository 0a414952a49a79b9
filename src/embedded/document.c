#include "embedded/document_parts.h"

#include <string.h>

#include "base/banned.h"

static const struct {
    DocumentKind kind;
    const char *name, *endings;
    void (*read)(DocumentParts *parts);
} kinds[] = {
    {DOCUMENT_MARKDOWN, "markdown", ".md .markdown .mdown .mdx .rmd .qmd", document_read_markdown},
    {DOCUMENT_NOTEBOOK, "notebook", ".ipynb", document_read_notebook},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const char sql_words[] = "sql postgres postgresql pgsql psql plpgsql postgres-sql";

/* What neither a language of ours nor the ending of its files is called. */
static const struct {
    const char *word, *language;
} others[] = {{"golang", "go"},       {"python3", "python"},  {"ipython", "python"},
              {"ipython3", "python"}, {"node", "javascript"}, {"c#", "csharp"},
              {"c++", "cpp"},         {"objective-c", "c"},   {"bash", "shell"}};

static Str ending_of(Str path)
{
    size_t dot = path.len;
    while (dot > 0 && path.at[dot - 1] != '.' && path.at[dot - 1] != '/') {
        dot--;
    }
    return dot > 0 && path.at[dot - 1] == '.' ? str_slice(path, dot - 1, path.len) : (Str){0};
}

DocumentKind document_kind(Str path)
{
    Str ending = ending_of(path);
    for (size_t i = 0; i < KINDS; i++) {
        if (str_in_list_nocase(kinds[i].endings, ending)) {
            return kinds[i].kind;
        }
    }
    return DOCUMENT_NONE;
}

const char *document_name(DocumentKind kind)
{
    return kind == DOCUMENT_NONE ? "" : kinds[kind - 1].name;
}

const Language *document_language(Str word, bool *sql)
{
    enum { LONGEST = 24 };
    char name[LONGEST + 3] = "x.";
    *sql = str_in_list_nocase(sql_words, word);
    if (!word.len || word.len > LONGEST || *sql) {
        return NULL;
    }
    for (size_t i = 0; i < word.len; i++) {
        name[2 + i] = char_to_lower(word.at[i]);
    }
    Str lower = {.at = name + 2, .len = word.len};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        lower = str_equal(lower, str_from(others[i].word)) ? str_from(others[i].language) : lower;
    }
    const Language *language = language_named(lower);
    if (!language) {
        language = language_of_name((Str){.at = name, .len = 2 + word.len});
    }
    return language && !language->guess ? language : NULL; /* no XML */
}

/* A text of the document's length that holds no more than its line ends; a notebook's are none of
 * its code. */
static char *blank(Arena *arena, DocumentKind kind, Str source)
{
    char *text = arena_take_raw(arena, source.len + 1);
    for (size_t i = 0; i < source.len; i++) {
        text[i] = source.at[i] == '\n' && kind == DOCUMENT_MARKDOWN ? '\n' : ' ';
    }
    text[source.len] = '\0';
    return text;
}

void document_keep(DocumentParts *parts, const Language *language, size_t at, char byte)
{
    parts->text[at] = byte;
    if (language) {
        char **program = &parts->programs[language_index(language)];
        *program = *program ? *program : blank(parts->arena, parts->document->kind, parts->source);
        (*program)[at] = byte;
    }
}

void document_keep_range(DocumentParts *parts, const Language *language, Range range)
{
    for (size_t i = range.start; i < range.end; i++) {
        document_keep(parts, language, i, parts->source.at[i]);
    }
}

Document document_read(Arena *arena, DocumentKind kind, Str text)
{
    Document document = {.kind = kind};
    DocumentParts parts = {
        .arena = arena, .source = text, .text = blank(arena, kind, text), .document = &document};
    kinds[kind - 1].read(&parts);
    document.text = (Str){.at = parts.text, .len = text.len};
    document.hosts = ARENA_ARRAY(arena, const Language *, LANGUAGE_MOST);
    document.programs = ARENA_ARRAY(arena, Str, LANGUAGE_MOST);
    for (size_t i = 0; i < LANGUAGE_MOST; i++) {
        if (parts.programs[i]) {
            document.hosts[document.host_count] = language_at(i);
            document.programs[document.host_count++] =
                (Str){.at = parts.programs[i], .len = text.len};
        }
    }
    return document;
}
