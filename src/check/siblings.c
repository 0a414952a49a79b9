#include "check/siblings.h"

#include <string.h>

#include "embedded/constants.h"

#include "base/banned.h"

enum { MOST_FILES = 500, LARGEST_FILE = 1 << 20 };

struct Siblings {
    Arena *arena, *scratch;
    const SourceRoot *root;
    Map files;   /* HostConstants *, by path; `none` where it cannot be read */
    Map folders; /* SourceNames *, paths, by path */
    bool asked;
};

Siblings *siblings_open(const SourceRoot *root)
{
    Arena *arena = arena_new();
    Siblings *siblings = ARENA_NEW(arena, Siblings);
    *siblings = (Siblings){.arena = arena, .scratch = arena_new(), .root = root};
    return siblings;
}

void siblings_close(Siblings *siblings)
{
    if (siblings) {
        arena_free(siblings->scratch);
        arena_free(siblings->arena);
    }
}

/* Reads the file's constants; NULL: it is not there, or too large. */
static HostConstants *read_file(Siblings *siblings, const Language *language, Str path)
{
    SourceText source;
    Str reason;
    HostConstants *constants = NULL;
    if (!source_open(siblings->scratch, siblings->root, path, &source, &reason)) {
        return NULL;
    }
    if (source.text.len <= LARGEST_FILE && !source_is_binary(source.text)) {
        LexFile file = lexer_read(siblings->scratch, language, source.text);
        constants = ARENA_NEW(siblings->arena, HostConstants);
        *constants = constants_read(siblings->arena, siblings->scratch, &file);
    }
    source_close(&source);
    return constants;
}

/* The constants of the file at `path`, or NULL. */
static const HostConstants *constants_of(Siblings *siblings, const Language *language, Str path)
{
    static HostConstants none; /* only its address matters */
    HostConstants *known = map_get(&siblings->files, path);
    if (!known) {
        known = read_file(siblings, language, path);
        arena_reset(siblings->scratch);
        map_put(siblings->arena, &siblings->files, arena_copy(siblings->arena, path),
                known ? known : &none);
    }
    return known == &none ? NULL : known;
}

static Str join(Arena *arena, Str folder, Str name)
{
    return folder.len ? arena_format(arena, "%.*s/%.*s", (int)folder.len, folder.at, (int)name.len,
                                     name.at)
                      : arena_copy(arena, name);
}

/* Could it be a file of `language`, by the extension? */
static bool has_extension(const Language *language, Str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.at[dot - 1] != '.') {
        dot--;
    }
    return dot > 1 && str_in_list_nocase(language->extensions, str_slice(name, dot - 1, name.len));
}

/* The first file that is there of those that an import of `query->file` can mean. */
static const HostConstants *find_file(Siblings *siblings, const OthersQuery *query)
{
    static const char scripts[] = ".ts .tsx .mts .cts .js .jsx .mjs .cjs";
    bool script = language_named(STR("typescript")) == query->language ||
                  str_in_list("javascript tsx vue svelte", query->language->name);
    Str stem = query->file;
    for (size_t i = 0; script && i < stem.len; i++) { /* './a.js' may be a.ts */
        bool ends = str_in_list(scripts, str_slice(stem, i, stem.len));
        stem = ends ? str_slice(stem, 0, i) : stem;
    }
    const char *extension = script ? scripts : query->language->extensions;
    while (*extension) {
        size_t length = strcspn(extension, " ");
        Str name = arena_format(siblings->scratch, "%.*s%.*s", (int)stem.len, stem.at, (int)length,
                                extension);
        Str path = join(siblings->arena, query->folder, name);
        const Language *language = language_of_name(path);
        const HostConstants *found = str_equal(path, query->self) || !language
                                         ? NULL
                                         : constants_of(siblings, language, path);
        if (found) {
            return found;
        }
        extension += length;
        extension += *extension == ' ';
    }
    return NULL;
}

/* The paths of the files in a folder; without any where there are too many. */
static const SourceNames *paths_of(Siblings *siblings, Str folder)
{
    SourceNames *names = map_get(&siblings->folders, folder);
    if (!names) {
        names = ARENA_NEW(siblings->arena, SourceNames);
        if (!source_folder(siblings->arena, siblings->root, folder, MOST_FILES, names)) {
            *names = (SourceNames){0};
        }
        for (size_t i = 0; i < names->count; i++) {
            names->at[i] = join(siblings->arena, folder, names->at[i]);
        }
        map_put(siblings->arena, &siblings->folders, arena_copy(siblings->arena, folder), names);
    }
    return names;
}

/* What all other files of the package say of the name: all that bind it must agree. */
static bool find_in_package(Siblings *siblings, const OthersQuery *query, Str *value)
{
    const SourceNames *paths = paths_of(siblings, query->folder);
    bool tests = str_ends_with(query->self, STR("_test.go"));
    *value = (Str){0};
    for (size_t i = 0; i < paths->count; i++) {
        Str path = paths->at[i];
        if (str_equal(path, query->self) || !has_extension(query->language, path) ||
            (!tests && str_ends_with(path, STR("_test.go")))) {
            continue;
        }
        const HostConstants *constants = constants_of(siblings, query->language, path);
        if (!constants) {
            return false; /* it might bind the name */
        }
        const Str *found = str_equal(constants->package, query->package)
                               ? map_get(&constants->values, query->name)
                               : NULL;
        bool other = found && (!found->at || (value->at && !str_equal(*found, *value)));
        if (other || map_get(&constants->assigned, query->name)) {
            return false;
        }
        *value = found ? *found : *value;
    }
    return value->at != NULL;
}

static bool find(void *context, const OthersQuery *query, Str *value)
{
    Siblings *siblings = context;
    siblings->asked = true;
    if (!query->file.len) {
        return find_in_package(siblings, query, value);
    }
    const HostConstants *constants = find_file(siblings, query);
    return constants &&
           constants_find(siblings->scratch, constants, query->owner, query->name, value);
}

Others siblings_of(Siblings *siblings, Str path)
{
    siblings->asked = false;
    return (Others){.find = find, .context = siblings, .path = path};
}

bool siblings_were_asked(const Siblings *siblings)
{
    return siblings->asked;
}
