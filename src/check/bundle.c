#include "check/bundle.h"

#include "check/bundle_layout.h"
#include "sql/parse.h"

#include "base/banned.h"

/* A file is the line `ringfence facts VERSION, PostgreSQL MAJOR, LAYOUT`, the packed bundle, and
 * eight bytes: the hash of all before them. */
static const Str mark = STR("ringfence facts ");
enum { HASH_BYTES = 8 };

/* Rules are kept by their index, so their list is a part of the layout. */
static uint64_t layout_digest(void)
{
    uint64_t hash = pack_digest(&bundle_layout);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        hash = str_hash_more(hash, rules_all[i]->id);
    }
    return hash;
}

static void write_line(Buffer *out)
{
    buffer_append(out, mark);
    buffer_format(out, "%s, PostgreSQL %s, %016llx\n", RINGFENCE_VERSION, parse_major_version(),
                  (unsigned long long)layout_digest());
}

void bundle_write(Buffer *out, const Bundle *bundle)
{
    size_t start = out->len;
    write_line(out);
    pack_write(out, &bundle_layout, bundle);
    uint64_t hash = str_hash(str_slice(buffer_str(out), start, out->len));
    for (unsigned i = 0; i < HASH_BYTES; i++) {
        buffer_append_byte(out, (char)(hash >> (8 * i)));
    }
}

static bool is_whole(Str text)
{
    if (text.len < HASH_BYTES) {
        return false;
    }
    size_t end = text.len - HASH_BYTES;
    uint64_t hash = str_hash(str_slice(text, 0, end));
    for (unsigned i = 0; i < HASH_BYTES; i++) {
        if (text.at[end + i] != (char)(hash >> (8 * i))) {
            return false;
        }
    }
    return true;
}

static bool refuse_foreign(Str text, Str shown, Error *error)
{
    bool json = str_starts_with(text, STR("{\""));
    return error_set(error, shown, (Position){0},
                     json ? "these are facts for reading; `ringfence facts --for-merge` writes "
                            "those that can be merged"
                          : "this is no facts file; `ringfence facts --for-merge` writes one");
}

/* The first line must be ours to the byte. */
static bool check_line(Str text, Str shown, Str *rest, Error *error)
{
    Buffer line = {0};
    write_line(&line);
    bool same = str_starts_with(text, buffer_str(&line));
    *rest = str_slice(text, line.len, text.len);
    buffer_free(&line);
    size_t end = str_find_byte(text, '\n', 0);
    if (same) {
        return true;
    }
    if (!str_starts_with(text, mark) || end == text.len) {
        return refuse_foreign(text, shown, error);
    }
    Str other = str_slice(text, mark.len, end < 200 ? end : 200);
    return error_set(error, shown, (Position){0},
                     "another ringfence (%.*s) wrote these facts; gather and merge with the same "
                     "one, this is %s, PostgreSQL %s, %016llx",
                     STR_ARGS(other), RINGFENCE_VERSION, parse_major_version(),
                     (unsigned long long)layout_digest());
}

bool bundle_read(Arena *arena, Str text, Str shown, const Manifest *manifest, Bundle *bundle,
                 Error *error)
{
    Str rest;
    *bundle = (Bundle){0};
    if (!text.len) {
        return error_set(error, shown, (Position){0},
                         "the file is empty: the job that gathered these facts did not finish");
    }
    if (!check_line(text, shown, &rest, error)) {
        return false;
    }
    if (!is_whole(text)) {
        return error_set(error, shown, (Position){0},
                         "the file is cut short or damaged; gather these facts once more");
    }
    rest.len -= HASH_BYTES;
    return pack_read(arena, rest, manifest, &bundle_layout, bundle) ||
           error_set(error, shown, (Position){0},
                     "these facts do not fit the manifest, or are damaged; gather them once more");
}
