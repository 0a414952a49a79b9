#include "lexer/language.h"

#include <string.h>

#include "lexer/language_xml.h"
#include "lexer/lexer_state.h"

#include "base/banned.h"

/* A new language of a known family is a row here. */
static const Language languages[] = {
    {STR("go"), ".go", "", "", NULL, &lexer_go},
    {STR("python"), ".py .pyi .pyw", "SConstruct wscript", "python pypy", NULL, &lexer_python},
    {STR("javascript"), ".js .mjs .cjs .jsx .es6", "Jakefile", "node nodejs deno bun", NULL,
     &lexer_javascript},
    {STR("typescript"), ".ts .mts .cts", "", "ts-node tsx", NULL, &lexer_typescript},
    {STR("tsx"), ".tsx", "", "", NULL, &lexer_tsx},
    {STR("java"), ".java", "", "", NULL, &lexer_java},
    {STR("kotlin"), ".kt .kts", "", "kotlin", NULL, &lexer_kotlin},
    {STR("scala"), ".scala .sc .sbt", "", "scala scala-cli", NULL, &lexer_scala},
    {STR("csharp"), ".cs .csx", "", "dotnet-script", NULL, &lexer_csharp},
    {STR("ruby"), ".rb .rake .gemspec .ru .builder .jbuilder .podspec .thor",
     "Rakefile Gemfile Capfile Guardfile Vagrantfile Thorfile Podfile Fastfile Brewfile",
     "ruby jruby", NULL, &lexer_ruby},
    {STR("php"), ".php .phtml .php3 .php4 .php5 .php7 .inc", "", "php", NULL, &lexer_php},
    {STR("rust"), ".rs", "", "rust-script", NULL, &lexer_rust},
    {STR("elixir"), ".ex .exs", "", "elixir", NULL, &lexer_elixir},
    {STR("perl"), ".pl .pm .t .psgi .plx", "cpanfile Makefile.PL", "perl", NULL, &lexer_perl},
    {STR("c"), ".c", "", "", NULL, &lexer_clang},
    /* A header may be either's; C is read by C++'s rules without harm. */
    {STR("cpp"), ".cpp .cc .cxx .c++ .h .hpp .hh .hxx .h++ .ipp .tpp .inl", "", "", NULL,
     &lexer_cplusplus},
    {STR("swift"), ".swift", "", "swift", NULL, &lexer_swift},
    {STR("shell"), ".sh .bash .ksh .zsh .bats", ".bashrc .profile .bash_profile .zshrc PKGBUILD",
     "sh bash dash ksh zsh ash", NULL, &lexer_shell},
    {STR("vue"), ".vue", "", "", NULL, &lexer_script},
    {STR("svelte"), ".svelte", "", "", NULL, &lexer_script},
    /* Prisma's schemas hold no SQL, but mappings; their comments and strings are JavaScript's. */
    {STR("prisma"), ".prisma", "", "", NULL, &lexer_javascript},
    {STR("mybatis"), ".xml", "", "", language_is_mapper, &lexer_xml},
    {STR("liquibase"), ".xml", "", "", language_is_changelog, &lexer_xml},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };
_Static_assert((int)LANGUAGES <= (int)LANGUAGE_MOST, "room for every language");

static Str file_name(Str path)
{
    size_t start = path.len;
    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    return str_slice(path, start, path.len);
}

static Str extension(Str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.at[dot - 1] != '.') {
        dot--;
    }
    return dot > 1 ? str_slice(name, dot - 1, name.len) : STR("");
}

/* The next word of `line` from *at on. */
static Str next_word(Str line, size_t *at)
{
    while (*at < line.len && char_is_space(line.at[*at])) {
        (*at)++;
    }
    size_t start = *at;
    while (*at < line.len && !char_is_space(line.at[*at])) {
        (*at)++;
    }
    return str_slice(line, start, *at);
}

/* The interpreter that a script's first line names, without its version: python of "#!/usr/bin/env
 * -S python3.11". */
static Str interpreter(Str head)
{
    if (!str_starts_with(head, STR("#!"))) {
        return STR("");
    }
    Str line = str_slice(head, 2, str_find_byte(head, '\n', 0));
    size_t at = 0;
    Str word = file_name(next_word(line, &at));
    while (str_equal(word, STR("env")) || (word.len && *word.at == '-') ||
           str_find_byte(word, '=', 0) < word.len) {
        word = file_name(next_word(line, &at));
    }
    while (word.len && (char_is_digit(word.at[word.len - 1]) || word.at[word.len - 1] == '.')) {
        word.len--;
    }
    return word;
}

static const Language *find_language(size_t field, Str word)
{
    for (size_t i = 0; word.len && i < LANGUAGES; i++) {
        const char *const *list = (const void *)((const char *)&languages[i] + field);
        if (str_in_list_nocase(*list, word)) {
            return &languages[i];
        }
    }
    return NULL;
}

const Language *language_of_name(Str path)
{
    Str name = file_name(path);
    /* Endings first: every path of a repository is asked about. */
    const Language *found = find_language(offsetof(Language, extensions), extension(name));
    return found ? found : find_language(offsetof(Language, names), name);
}

/* The kind of the files that are called as those of `named` are, by the beginning; NULL: none. */
static const Language *find_guessed(const Language *named, Str head, LanguageGuess guess)
{
    for (size_t i = language_index(named); i < LANGUAGES; i++) {
        const Language *language = &languages[i];
        if (language->guess && strcmp(language->extensions, named->extensions) == 0 &&
            language->guess(head) == guess) {
            return language;
        }
    }
    return NULL;
}

bool language_wants_more(Str path, Str head)
{
    const Language *named = language_of_name(path);
    return named && named->guess && head.len >= LANGUAGE_HEAD &&
           find_guessed(named, head, LANGUAGE_WANTS_MORE);
}

const Language *language_of_file(Str path, Str text)
{
    const Language *named = language_of_name(path);
    Str head = str_slice(text, 0, LANGUAGE_HEAD);
    if (named) {
        return named->guess
                   ? find_guessed(named, str_slice(text, 0, LANGUAGE_FARTHEST), LANGUAGE_IS)
                   : named;
    }
    return extension(file_name(path)).len
               ? NULL
               : find_language(offsetof(Language, shebangs), interpreter(head));
}

const Language *language_named(Str name)
{
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (str_equal(languages[i].name, name)) {
            return &languages[i];
        }
    }
    return NULL;
}

const Language *language_at(size_t index)
{
    return index < LANGUAGES ? &languages[index] : NULL;
}

size_t language_index(const Language *language)
{
    return (size_t)(language - languages);
}
