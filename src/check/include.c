#include "check/include.h"

#include <string.h>

#include "base/map.h"

#include "base/banned.h"

static Str folder_of(Str path)
{
    while (path.len && path.at[path.len - 1] != '/') {
        path.len--;
    }
    path.len -= path.len > 0;
    return path;
}

Str include_stem(Str path)
{
    Str folder = folder_of(path);
    Str name = str_slice(path, folder.len ? folder.len + 1 : 0, path.len);
    size_t dot = str_find_byte(name, '.', 0);
    return str_slice(name, 0, dot);
}

/* folder/argument without "." and ".."; false when it leads out of the root. */
static bool join(Arena *arena, Str folder, Str argument, Str *path)
{
    char *text = arena_take_raw(arena, folder.len + argument.len + 2);
    size_t length = folder.len;
    if (folder.len) {
        memcpy(text, folder.at, folder.len);
    }
    for (size_t at = 0; at < argument.len;) {
        size_t end = str_find_byte(argument, '/', at);
        Str part = str_slice(argument, at, end);
        at = end + 1;
        if (str_equal(part, STR("..")) && !length) {
            return false;
        }
        if (str_equal(part, STR(".."))) {
            length = folder_of((Str){.at = text, .len = length}).len;
        } else if (part.len && !str_equal(part, STR("."))) {
            text[length] = '/';
            length += length > 0;
            memcpy(text + length, part.at, part.len);
            length += part.len;
        }
    }
    text[length] = '\0';
    *path = (Str){.at = text, .len = length};
    return length > 0;
}

bool include_open(Arena *arena, const SourceRoot *root, Str path, Str argument, bool relative,
                  Str *found, SourceText *source)
{
    Str folder = folder_of(path);
    Str reason;
    bool absolute = str_starts_with(argument, STR("/")) || memchr(argument.at, '\0', argument.len);
    for (;; folder = folder_of(folder)) {
        if (!absolute && join(arena, folder, argument, found) &&
            source_open(arena, root, *found, source, &reason)) {
            return true;
        }
        if (absolute || relative || !folder.len) {
            return false;
        }
    }
}

typedef struct {
    Arena *arena;
    Gathered *gathered;
    Map counted; /* paths of files whose coverage is counted */
    bool *dropped, *covered;
} Link;

/* The index of the entry of that path, or the number of entries. */
static size_t find_entry(const Gathered *gathered, Str path)
{
    size_t low = 0;
    size_t high = gathered->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(gathered->at[middle].file.path, path);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return gathered->count;
}

/* Marks every entry but `self` that is included somewhere below `facts`. */
static void mark(const Link *link, const FileFacts *facts, size_t self, bool *marks)
{
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        const FileFacts *inner = facts->inclusions[i].facts;
        size_t entry = find_entry(link->gathered, inner->file.path);
        if (entry < link->gathered->count && entry != self) {
            marks[entry] = true;
        }
        mark(link, inner, self, marks);
    }
}

/* Puts the first readings in their entries' places. */
static void place(Link *link, FileFacts *outermost, const FileFacts *facts)
{
    static char yes;
    Gathered *gathered = link->gathered;
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        FileFacts *inner = facts->inclusions[i].facts;
        size_t entry = find_entry(gathered, inner->file.path);
        bool first = !map_get(&link->counted, inner->file.path);
        map_put(link->arena, &link->counted, inner->file.path, &yes);
        bool listed = entry < gathered->count;
        if (first && listed && link->dropped[entry]) {
            gathered->at[entry] = *inner;
        } else if (first && !listed) {
            inner->extra = true;
            coverage_add(&outermost->coverage, &inner->coverage);
        }
        place(link, outermost, inner);
    }
}

/* In a circle every file is included by another one: the first of them stays. */
static void choose(Link *link)
{
    const Gathered *gathered = link->gathered;
    for (size_t i = 0; i < gathered->count; i++) {
        if (!link->dropped[i]) {
            mark(link, &gathered->at[i], i, link->dropped);
        }
    }
    for (size_t i = 0; i < gathered->count; i++) {
        if (!link->dropped[i]) {
            mark(link, &gathered->at[i], i, link->covered);
        }
    }
    for (size_t i = 0; i < gathered->count; i++) {
        if (link->dropped[i] && !link->covered[i]) { /* too deep to be reached from the others */
            link->dropped[i] = false;
            mark(link, &gathered->at[i], i, link->covered);
        }
    }
}

void include_link(Arena *arena, Gathered *gathered)
{
    bool any = false;
    for (size_t i = 0; i < gathered->count; i++) {
        any |= gathered->at[i].inclusion_count > 0;
    }
    if (!any) {
        return;
    }
    Link link = {.arena = arena,
                 .gathered = gathered,
                 .dropped = ARENA_ARRAY(arena, bool, gathered->count),
                 .covered = ARENA_ARRAY(arena, bool, gathered->count)};
    choose(&link);
    for (size_t i = 0; i < gathered->count; i++) {
        if (!link.dropped[i]) {
            FileFacts *outermost = &gathered->at[i];
            place(&link, outermost, outermost);
        }
    }
}
