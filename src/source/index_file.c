#include "source/index_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "base/banned.h"

enum {
    HEADER = 12,
    CHECKSUM = GIT_OID_RAWSZ,
    MODE_AT = 24,
    ID_AT = 40,
    FLAGS_AT = 60,
    FIXED = INDEX_ENTRY_NUMBERS, /* up to the path, or the extended flags */
    FLAG_EXTENDED = 0x4000,
    FLAG_STAGE = 0x3000,
    EXTENDED_SKIPPED = 0x4000,
    EXTENDED_INTENDED = 0x2000,
    LONGEST_PATH = 4096, /* Linux opens no longer one; without a limit, 1 MB could mean gigabytes */
};

/* Bytes that are read from the front; `bad` once there were not enough. */
typedef struct {
    const uint8_t *at, *end;
    bool bad;
} Bytes;

static const uint8_t *take(Bytes *bytes, size_t size)
{
    const uint8_t *at = bytes->at;
    bytes->bad |= size > (size_t)(bytes->end - bytes->at);
    bytes->at = bytes->bad ? bytes->end : at + size;
    return bytes->bad ? NULL : at;
}

static uint32_t number_at(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t take_number(Bytes *bytes)
{
    const uint8_t *at = take(bytes, 4);
    return at ? number_at(at) : 0;
}

/* What stands before the next `end`, which is passed. */
static Str take_until(Bytes *bytes, char end)
{
    const uint8_t *start = bytes->at;
    const uint8_t *found = memchr(start, end, (size_t)(bytes->end - start));
    Str text = {.at = (const char *)start, .len = found ? (size_t)(found - start) : 0};
    take(bytes, found ? text.len + 1 : SIZE_MAX);
    return text;
}

/* A number of version 4: seven bits a byte, one added for each that continues. Source: git,
 * varint.c. */
static size_t take_varint(Bytes *bytes)
{
    const uint8_t *byte = take(bytes, 1);
    size_t value = byte ? *byte & 127u : 0;
    while (byte && *byte & 128u && (byte = take(bytes, 1))) {
        bytes->bad |= value > UINT32_MAX;
        value = ((value + 1) << 7) | (*byte & 127u);
    }
    return value;
}

/* Version 4 shares the beginning of its path with the entry before. */
static Str take_path(Arena *arena, Bytes *bytes, const uint8_t *start, uint32_t version, Str before)
{
    if (version < 4) {
        Str path = take_until(bytes, '\0');
        size_t length = (size_t)(bytes->at - start);
        take(bytes, (8 - length % 8) % 8);
        bytes->bad |= path.len > LONGEST_PATH;
        return path;
    }
    size_t dropped = take_varint(bytes);
    Str rest = take_until(bytes, '\0');
    bytes->bad |= dropped > before.len || before.len - dropped + rest.len > LONGEST_PATH;
    if (bytes->bad) {
        return (Str){0};
    }
    size_t kept = before.len - dropped;
    char *path = arena_take_raw(arena, kept + rest.len + 1);
    if (kept) {
        memcpy(path, before.at, kept);
    }
    memcpy(path + kept, rest.at, rest.len);
    path[kept + rest.len] = '\0';
    return (Str){.at = path, .len = kept + rest.len};
}

static IndexEntry take_entry(Arena *arena, Bytes *bytes, uint32_t version, Str before)
{
    const uint8_t *start = take(bytes, FIXED);
    unsigned flags = start ? (unsigned)start[FLAGS_AT] << 8 : 0;
    const uint8_t *more = flags & FLAG_EXTENDED ? take(bytes, 2) : NULL;
    unsigned extended = more ? (unsigned)*more << 8 : 0;
    return (IndexEntry){.path =
                            bytes->bad ? (Str){0} : take_path(arena, bytes, start, version, before),
                        .raw = start,
                        .conflict = flags & FLAG_STAGE,
                        .intended = extended & EXTENDED_INTENDED,
                        .skipped = extended & EXTENDED_SKIPPED};
}

static bool take_entries(Arena *arena, Bytes *bytes, IndexFile *file)
{
    uint32_t version = take_number(bytes);
    uint32_t count = take_number(bytes);
    bytes->bad |= version < 2 || version > 4 || count > (size_t)(bytes->end - bytes->at) / FIXED;
    if (bytes->bad) {
        return false;
    }
    file->entries = ARENA_ARRAY(arena, IndexEntry, count + 1);
    Str before = {0};
    for (; file->count < count && !bytes->bad; file->count++) {
        file->entries[file->count] = take_entry(arena, bytes, version, before);
        before = file->entries[file->count].path;
    }
    return !bytes->bad;
}

/* A folder of the cache tree that is still to be filled. */
typedef struct {
    Str path;
    uint64_t folders; /* that follow */
} Above;

/* One record: its name, how many entries, how many folders, and the object if the first is known.
 */
static bool take_folder(Arena *arena, Bytes *bytes, Str above, Str *path, uint64_t *folders,
                        IndexFolder *folder)
{
    uint64_t entries = 0;
    Str name = take_until(bytes, '\0');
    Str count = take_until(bytes, ' ');
    Str inner = take_until(bytes, '\n');
    bool known = str_to_number(count, UINT32_MAX, &entries);
    const uint8_t *id = known ? take(bytes, GIT_OID_RAWSZ) : NULL;
    if (bytes->bad || !str_to_number(inner, UINT32_MAX, folders) ||
        above.len + name.len > LONGEST_PATH) {
        return false;
    }
    *path = above.len
                ? arena_format(arena, "%.*s/%.*s", (int)above.len, above.at, (int)name.len, name.at)
                : arena_copy(arena, name);
    *folder = (IndexFolder){.path = *path, .entries = id ? (size_t)entries : SIZE_MAX};
    if (id) {
        memcpy(folder->id.id, id, GIT_OID_RAWSZ);
    }
    return true;
}

static int compare_folders(const void *left, const void *right)
{
    return str_compare(((const IndexFolder *)left)->path, ((const IndexFolder *)right)->path);
}

/* Depth first. It only saves work: one that makes no sense is left out. */
static void take_folders(Arena *arena, Bytes bytes, IndexFile *file)
{
    ARRAY(IndexFolder) folders = {0};
    ARRAY(Above) above = {0};
    array_push(arena, &above, (Above){.folders = 1});
    while (above.count && bytes.at < bytes.end) {
        Above *last = &above.at[above.count - 1];
        Above next;
        IndexFolder folder;
        if (!last->folders) {
            above.count--;
            continue;
        }
        last->folders--;
        if (!take_folder(arena, &bytes, last->path, &next.path, &next.folders, &folder)) {
            return;
        }
        array_push(arena, &above, next);
        if (folder.entries != SIZE_MAX) {
            array_push(arena, &folders, folder);
        }
    }
    if (folders.count) {
        qsort(folders.at, folders.count, sizeof *folders.at, compare_folders);
    }
    file->folders = folders.at;
    file->folder_count = folders.count;
}

static bool take_link(Bytes bytes, IndexFile *file)
{
    const uint8_t *id = take(&bytes, GIT_OID_RAWSZ);
    git_oid shared;
    if (!id) {
        return false;
    }
    git_oid_fromraw(&shared, id);
    git_oid_tostr(file->shared, sizeof file->shared, &shared);
    file->split = !git_oid_is_zero(&shared);
    file->special = true;
    file->link = (Str){.at = (const char *)bytes.at, .len = (size_t)(bytes.end - bytes.at)};
    return true;
}

/* What begins with a capital may be passed over. */
static bool take_extensions(Arena *arena, Bytes *bytes, IndexFile *file)
{
    while (bytes->at < bytes->end) {
        const uint8_t *name = take(bytes, 4);
        uint32_t size = take_number(bytes);
        const uint8_t *at = take(bytes, size);
        if (bytes->bad) {
            return false;
        }
        Bytes inside = {.at = at, .end = at + size};
        if (memcmp(name, "TREE", 4) == 0) {
            take_folders(arena, inside, file);
        } else if (memcmp(name, "sdir", 4) == 0) {
            file->sparse = file->special = true;
        } else if (memcmp(name, "link", 4) == 0) {
            bytes->bad = !take_link(inside, file);
        } else {
            bytes->bad = *name < 'A' || *name > 'Z';
        }
    }
    return !bytes->bad;
}

bool index_file_read(Arena *arena, Str text, IndexFile *file, const char **problem)
{
    Bytes bytes = {.at = (const uint8_t *)text.at, .end = (const uint8_t *)text.at + text.len};
    *file = (IndexFile){0};
    *problem = "it is cut short, no index, or has a path of more than 4096 bytes";
    if (text.len < HEADER + CHECKSUM || memcmp(text.at, "DIRC", 4) != 0) {
        return false;
    }
    bytes.at += 4;
    bytes.end -= CHECKSUM;
    if (!take_entries(arena, &bytes, file)) {
        return false;
    }
    *problem = "it has an extension that is not known here";
    return take_extensions(arena, &bytes, file);
}

uint32_t index_entry_mode(const IndexEntry *entry)
{
    uint32_t mode = number_at(entry->raw + MODE_AT);
    bool plain = (mode & 0170000) == 0100000;
    bool runs = mode & 0100;
    return plain ? (runs ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB) : mode;
}

void index_entry_write(uint8_t *raw, uint32_t mode, const git_oid *id)
{
    for (size_t i = 0; i < 4; i++) {
        raw[MODE_AT + i] = (uint8_t)(mode >> (24 - 8 * i));
    }
    memcpy(raw + ID_AT, id->id, GIT_OID_RAWSZ);
}

git_oid index_entry_id(const IndexEntry *entry)
{
    git_oid id;
    git_oid_fromraw(&id, entry->raw + ID_AT);
    return id;
}

static unsigned stage_of(const IndexEntry *entry)
{
    return entry->raw[FLAGS_AT] & (FLAG_STAGE >> 8);
}

static int compare_entries(const void *left, const void *right)
{
    const IndexEntry *a = left;
    const IndexEntry *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : (int)stage_of(a) - (int)stage_of(b);
}

void index_file_sort(IndexEntry *entries, size_t count)
{
    if (count) {
        qsort(entries, count, sizeof *entries, compare_entries);
    }
}

static bool follows(const IndexEntry *entry, const IndexEntry *before)
{
    int order = str_compare(before->path, entry->path);
    return order < 0 || (order == 0 && stage_of(before) && stage_of(before) < stage_of(entry));
}

bool index_file_in_order(const IndexFile *file, const char **problem)
{
    *problem = "its entries are out of order, or one is there twice";
    for (size_t i = 0; i < file->count; i++) {
        if (!file->entries[i].path.len ||
            (i && !follows(&file->entries[i], &file->entries[i - 1]))) {
            return false;
        }
    }
    return true;
}

const IndexFolder *index_file_folder(const IndexFile *file, Str path)
{
    IndexFolder key = {.path = path};
    return file->folder_count ? bsearch(&key, file->folders, file->folder_count,
                                        sizeof *file->folders, compare_folders)
                              : NULL;
}
