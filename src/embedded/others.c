#include "embedded/others.h"

#include "embedded/others_bound.h"

#include "base/banned.h"

enum { MOST_PLACES = 400, LONGEST_IMPORT = 200 };

static const char package_languages[] = "go kotlin";
static const char class_languages[] = "java kotlin scala csharp php ruby";

/* The first token of the line that token `at` is on. */
static uint32_t line_start(const LexFile *file, uint32_t at)
{
    while (at > 0 && !file->tokens[at].first) {
        at--;
    }
    return at;
}

/* The folder and the last component of `path`. */
static void split_path(Str path, Str *folder, Str *name)
{
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/') {
        slash--;
    }
    *name = str_slice(path, slash, path.len);
    *folder = str_slice(path, 0, slash ? slash - 1 : 0);
}

/* One folder up; false above the root. */
static bool go_up(Str *folder)
{
    Str name;
    bool inside = folder->len > 0;
    split_path(*folder, folder, &name);
    return inside;
}

/* An import of the name at token `import`. */
typedef struct {
    uint32_t import; /* the name's token in it */
    Str original;    /* what the other file calls it; empty: the name is that of the file itself */
} Import;

/* ./a/b of JavaScript, from the folder of the query. */
static bool take_script_path(Arena *arena, Str path, OthersQuery *query)
{
    if (!str_starts_with(path, STR("./")) && !str_starts_with(path, STR("../"))) {
        return false;
    }
    for (size_t start = 0; start < path.len;) {
        size_t end = str_find_byte(path, '/', start);
        Str part = str_slice(path, start, end);
        bool last = end >= path.len;
        if (str_equal(part, STR(".."))) {
            if (last || !go_up(&query->folder)) {
                return false;
            }
        } else if (last) {
            query->file = part;
        } else if (!str_equal(part, STR("."))) {
            Str folder = query->folder;
            query->folder = folder.len ? arena_format(arena, "%.*s/%.*s", (int)folder.len,
                                                      folder.at, (int)part.len, part.at)
                                       : part;
        }
        start = end + 1;
    }
    return query->file.len > 0;
}

/* import { X as Y } from './a', import * as y from './a', const { X } = require('./a'). */
static bool find_script_import(const HostNames *names, uint32_t place, OthersQuery *query,
                               Import *import)
{
    const LexFile *file = names->file;
    uint32_t end = place;
    for (uint32_t i = 0; i < LONGEST_IMPORT && end < file->count; i++, end++) {
        if (lexer_is(file, end, STR(";")) || others_is_kind(file, end, LEX_STRING)) {
            break;
        }
    }
    uint32_t start = place;
    for (uint32_t i = 0; i < LONGEST_IMPORT && start > 0; i++) {
        if (lexer_is(file, start, STR("import")) || lexer_is(file, start, STR("const"))) {
            break;
        }
        if (lexer_is(file, start, STR(";")) || lexer_is(file, start, STR(")"))) {
            return false;
        }
        start--;
    }
    bool imports =
        lexer_is(file, start, STR("import")) && end > 0 && lexer_is(file, end - 1, STR("from"));
    bool requires = lexer_is(file, start, STR("const")) && end > 1 &&
                    lexer_is(file, end - 1, STR("(")) && lexer_is(file, end - 2, STR("require"));
    if ((!imports && !requires) || !others_is_kind(file, end, LEX_STRING)) {
        return false;
    }
    bool braces = lexer_is(file, start + 1, STR("{")) ||
                  (lexer_is(file, start + 1, STR("type")) && lexer_is(file, start + 2, STR("{")));
    bool renamed = lexer_is(file, place - 1, STR("as")) || lexer_is(file, place - 1, STR(":"));
    bool all = !braces && (requires || (renamed && lexer_is(file, place - 2, STR("*"))));
    bool known = all || (braces && !lexer_is(file, place + 1, STR("as")) &&
                         !lexer_is(file, place + 1, STR(":")));
    *import = (Import){.import = place};
    if (!all) {
        import->original = lexer_source(file, renamed ? place - 2 : place);
    }
    Str source = lexer_source(file, end);
    return known && source.len > 2 &&
           take_script_path(names->arena, str_slice(source, 1, source.len - 1), query);
}

/* The tokens of .a.b, or a.b, from `at` on up to `end`: a file of the query's folder or one above
 * it. */
static bool take_module(const LexFile *file, uint32_t at, uint32_t end, OthersQuery *query)
{
    Str package = query->folder;
    Str name;
    uint32_t dots = 0;
    for (; at < end && file->tokens[at].kind == LEX_SYMBOL; at++) {
        Str symbol = lexer_source(file, at);
        dots += (uint32_t)symbol.len;
    }
    for (uint32_t i = 1; i < dots; i++) {
        if (!go_up(&query->folder)) {
            return false;
        }
    }
    if (at >= end) { /* from . import queries: the file is what is imported */
        return dots > 0;
    }
    query->file = lexer_source(file, end - 1);
    if (dots) {
        return at + 1 == end;
    }
    for (uint32_t part = end - 1; part >= at + 2; part -= 2) { /* from app.sub.queries */
        split_path(package, &package, &name);
        if (!str_equal(name, lexer_source(file, part - 2))) {
            return false;
        }
    }
    return true;
}

/* from .a import X as Y, from . import a, import a. */
static bool find_python_import(const LexFile *file, uint32_t place, OthersQuery *query,
                               Import *import)
{
    uint32_t start = line_start(file, place);
    for (uint32_t i = 0; i < LONGEST_IMPORT && start > 0 && !lexer_is(file, start, STR("from")) &&
                         !lexer_is(file, start, STR("import"));
         i++) {
        start = line_start(file, start - 1); /* one of several lines in parentheses */
    }
    bool renamed = place > 1 && lexer_is(file, place - 1, STR("as"));
    uint32_t original = renamed ? place - 2 : place;
    *import = (Import){.import = place};
    if (lexer_is(file, place + 1, STR("as"))) {
        return false;
    }
    if (lexer_is(file, start, STR("import"))) {
        bool plain = original == start + 1 || lexer_is(file, original - 1, STR(","));
        query->file = lexer_source(file, original);
        return plain;
    }
    uint32_t word = start + 1;
    while (word < place && !lexer_is(file, word, STR("import"))) {
        word++;
    }
    int depth = 0;
    for (uint32_t at = word + 1; at < place; at++) { /* the name must belong to this import */
        depth += lexer_is(file, at, STR("("));
        depth -= lexer_is(file, at, STR(")"));
        bool part = file->tokens[at].kind == LEX_NAME || lexer_is(file, at, STR(",")) ||
                    lexer_is(file, at, STR("("));
        if (!part || (depth <= 0 && file->tokens[at].first)) {
            return false;
        }
    }
    if (!lexer_is(file, start, STR("from")) || word >= place ||
        (depth <= 0 && file->tokens[place].first)) {
        return false;
    }
    import->original = lexer_source(file, original);
    if (!take_module(file, start + 1, word, query)) {
        return false;
    }
    if (!query->file.len) { /* from . import queries */
        query->file = import->original;
        import->original = (Str){0};
    }
    return true;
}

/* Where the name of token `use` is imported from. */
static bool find_import(HostNames *names, uint32_t use, OthersQuery *query, Import *import)
{
    const uint32_t *places;
    size_t count = names_places(names, lexer_source(names->file, use), &places);
    for (size_t i = 0; i < count && i < MOST_PLACES && places[i] < use; i++) {
        OthersQuery found = *query;
        bool imported = others_is_of(names, "python")
                            ? find_python_import(names->file, places[i], &found, import)
                            : find_script_import(names, places[i], &found, import);
        if (imported) {
            *query = found;
            return true;
        }
    }
    return false;
}

/* Python and JavaScript: X, or queries.X, by an import. */
static bool take_import(HostNames *names, uint32_t first, uint32_t behind, OthersQuery *query)
{
    Import import;
    uint32_t parts = behind - first;
    if ((parts != 1 && parts != 3) || !find_import(names, first, query, &import) ||
        others_may_be_bound(names, first, import.import)) {
        return false;
    }
    query->name = parts == 1 ? import.original : lexer_source(names->file, behind - 1);
    return (parts == 1) == (import.original.len > 0);
}

/* Is the class imported, so that the folder's own is not meant? */
static bool is_imported(HostNames *names, Str name)
{
    const LexFile *file = names->file;
    const uint32_t *places;
    size_t count = names_places(names, name, &places);
    for (size_t i = 0; i < count; i++) {
        uint32_t start = line_start(file, places[i]);
        if (lexer_is(file, start, STR("import")) || lexer_is(file, start, STR("use")) ||
            lexer_is(file, start, STR("using"))) {
            return true;
        }
    }
    return false;
}

/* OrderQueries as order_queries. */
static Str underscored(Arena *arena, Str name)
{
    char *text = arena_take_raw(arena, 2 * name.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < name.len; i++) {
        bool capital = name.at[i] >= 'A' && name.at[i] <= 'Z';
        if (capital && i > 0) {
            text[length++] = '_';
        }
        text[length++] = char_to_lower(name.at[i]);
    }
    text[length] = '\0';
    return (Str){.at = text, .len = length};
}

/* Queries.X: a file called like the class. */
static bool take_class(HostNames *names, uint32_t first, uint32_t behind, OthersQuery *query)
{
    const LexFile *file = names->file;
    bool rooted = others_is_of(names, "php ruby");
    if (behind - first < 3 || (!rooted && behind - first != 3)) {
        return false;
    }
    Str owner = lexer_source(file, behind - 3);
    for (size_t i = owner.len; i > 0; i--) { /* \Shop\Queries is one token in PHP */
        if (owner.at[i - 1] == '\\') {
            owner = str_slice(owner, i, owner.len);
            break;
        }
    }
    bool capital = owner.len && *owner.at >= 'A' && *owner.at <= 'Z';
    if (!capital || others_may_be_bound(names, behind - 3, behind - 3) ||
        is_imported(names, owner)) {
        return false;
    }
    query->owner = owner;
    query->name = lexer_source(file, behind - 1);
    query->file = others_is_of(names, "ruby") ? underscored(names->arena, owner) : owner;
    return true;
}

/* X of Go and Kotlin: any file of the package. */
static bool take_package(HostNames *names, uint32_t first, uint32_t behind, OthersQuery *query)
{
    const LexFile *file = names->file;
    uint32_t at = 0;
    while (at + 1 < file->count &&
           !(file->tokens[at].first && lexer_is(file, at, STR("package")))) {
        at++;
    }
    if (behind - first != 1 || at + 1 >= file->count || others_may_be_bound(names, first, first) ||
        is_imported(names, lexer_source(file, first))) {
        return false;
    }
    uint32_t end = at + 1;
    while (end + 1 < file->count && !file->tokens[end + 1].first) {
        end++;
    }
    query->package = str_slice(file->text, file->tokens[at + 1].start, file->tokens[end].end);
    query->name = lexer_source(file, first);
    return true;
}

bool others_value(const Others *others, HostNames *names, uint32_t first, uint32_t behind,
                  Str *value)
{
    if (!others || !others->find || !others_is_kind(names->file, behind - 1, LEX_NAME)) {
        return false;
    }
    Str name;
    OthersQuery query = {.language = names->file->language, .self = others->path};
    split_path(others->path, &query.folder, &name);
    bool known = false;
    if (others_is_of(names, "python") || others_is_of(names, OTHERS_SCRIPTS)) {
        known = take_import(names, first, behind, &query);
    } else if (behind - first == 1 && others_is_of(names, package_languages)) {
        known = take_package(names, first, behind, &query);
    } else if (others_is_of(names, class_languages)) {
        known = take_class(names, first, behind, &query);
    }
    return known && others->find(others->context, &query, value);
}
