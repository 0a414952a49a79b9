#include "check/rebound.h"

#include "embedded/constants.h"
#include "embedded/others_bound.h"

#include "base/banned.h"

enum { LARGEST_FILE = 1 << 20 }; /* as siblings.c */

static bool is_script(const Language *language)
{
    return str_in_list(OTHERS_SCRIPTS, language->name);
}

static bool is_python(const Language *language)
{
    return str_equal(language->name, STR("python"));
}

static Str folder_of(Str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return str_slice(path, 0, end);
}

/* The file's name up to its first dot. */
static Str stem_of(Str path)
{
    Str name = str_slice(path, folder_of(path).len, path.len);
    return str_slice(name, 0, str_find_byte(name, '.', 0));
}

/* False once there are too many, or where the word is too short. */
static bool add_word(Arena *arena, WordSet *set, Str word)
{
    bool fits = word.len >= WORD_SET_SHORTEST && set->count < WORD_SET_MOST;
    if (!word_set_has(set, word) && fits) {
        word_set_add(set, arena_copy(arena, word));
    }
    return word_set_has(set, word);
}

static void add_file(Arena *arena, Rebound *rebound, Str path)
{
    static char yes;
    const Language *language = language_of_name(path);
    rebound->any = true;
    if (is_python(language) || is_script(language)) {
        rebound->python |= is_python(language);
        rebound->scripts |= is_script(language);
        rebound->any_stem |= !add_word(arena, &rebound->stems, stem_of(path));
    } else {
        map_put(arena, &rebound->folders, arena_copy(arena, folder_of(path)), &yes);
    }
}

/* Of the file at `path`; none where it holds none, or is no program. */
static HostConstants read_constants(Arena *scratch, const SourceRoot *root, Str path)
{
    SourceText source;
    Str reason;
    HostConstants constants = {0};
    const Language *language = language_of_name(path);
    if (!language || language->guess || !source_open(scratch, root, path, &source, &reason)) {
        return constants;
    }
    if (source.text.len <= LARGEST_FILE && !source_is_binary(source.text)) {
        LexFile file = lexer_read(scratch, language, source.text);
        constants = constants_read(scratch, scratch, &file);
    }
    source_close(&source);
    return constants;
}

static bool is_same(const HostConstants *one, const HostConstants *other, Str key)
{
    const Str *left = map_get(&one->values, key);
    const Str *right = map_get(&other->values, key);
    bool both = left && right && left->at && right->at;
    return both ? str_equal(*left, *right)
                : (!left && !right) || (left && right && left->at == right->at);
}

/* What `one` binds and `other` does not, or to something else. */
static bool add_names(Arena *arena, Rebound *rebound, const HostConstants *one,
                      const HostConstants *other)
{
    bool found = false;
    for (size_t i = 0; i < one->key_count; i++) {
        Str key = one->keys[i];
        if (!is_same(one, other, key)) {
            size_t dot = str_find_byte(key, '.', 0);
            Str name = dot < key.len ? str_slice(key, dot + 1, key.len) : key;
            rebound->any_name |= !add_word(arena, &rebound->names, name);
            found = true;
        }
    }
    return found;
}

void rebound_compare(Arena *arena, Rebound *rebound, const SourceRoot *before, Str old_path,
                     const SourceRoot *now, Str path)
{
    static const HostConstants none;
    Arena *scratch = arena_new();
    HostConstants old = read_constants(scratch, before, old_path);
    HostConstants new = read_constants(scratch, now, path);
    bool moved = !str_equal(old_path, path) || !str_equal(old.package, new.package);
    if (add_names(arena, rebound, &old, moved ? &none : &new)) {
        add_file(arena, rebound, old_path);
    }
    if (add_names(arena, rebound, &new, moved ? &none : &old)) {
        add_file(arena, rebound, path);
    }
    arena_free(scratch);
}

bool rebound_may_concern(const Rebound *rebound, Str path)
{
    const Language *language = rebound->any ? language_of_name(path) : NULL;
    if (!language || language->guess) {
        return false;
    }
    return is_python(language)   ? rebound->python
           : is_script(language) ? rebound->scripts
                                 : map_get(&rebound->folders, folder_of(path)) != NULL;
}

bool rebound_is_in(const Rebound *rebound, Str path, Str text)
{
    if (!rebound_may_concern(rebound, path)) {
        return false;
    }
    const Language *language = language_of_name(path);
    bool imports = is_python(language) || is_script(language);
    return (!imports || rebound->any_stem || word_set_is_in(&rebound->stems, text)) &&
           (rebound->any_name || word_set_is_in(&rebound->names, text));
}
