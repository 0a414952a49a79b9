/* Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the greedy one. */
#include "base/diff.h"

#include <string.h>

#include "base/array.h"

#include "base/banned.h"

enum { AROUND = 3, MOST_EDITS = 1500 };

typedef struct {
    Str *at;
    bool *changed; /* by line: removed from the old text, added in the new one */
    size_t count;
} Lines;

typedef struct {
    Arena *arena;
    Lines old, new;
} Diff;

static Lines split(Arena *arena, Str text)
{
    ARRAY(Str) lines = {0};
    for (size_t start = 0, end; start < text.len; start = end + 1) {
        end = str_find_byte(text, '\n', start);
        array_push(arena, &lines, str_slice(text, start, end));
    }
    return (Lines){
        .at = lines.at, .changed = ARENA_ARRAY(arena, bool, lines.count + 1), .count = lines.count};
}

static size_t count_equal_starts(const Diff *diff)
{
    size_t same = 0;
    while (same < diff->old.count &&
           same < diff->new.count &&str_equal(diff->old.at[same], diff->new.at[same])) {
        same++;
    }
    return same;
}

static size_t count_equal_ends(const Diff *diff, size_t starts)
{
    size_t same = 0;
    while (same + starts < diff->old.count &&
           same + starts < diff->new.count &&str_equal(diff->old.at[diff->old.count - 1 - same],
                                                       diff->new.at[diff->new.count - 1 - same])) {
        same++;
    }
    return same;
}

/* Lines [first, last) of both texts. On diagonal k = x - y, x lines of the old text and y of the
 * new one are done. */
typedef struct {
    const Diff *diff;
    size_t first;
    int old_count, new_count;
    int *furthest[MOST_EDITS + 1]; /* after d edits: the x of each diagonal -d … d */
} Search;

static bool is_same(const Search *search, int x, int y)
{
    return str_equal(search->diff->old.at[search->first + (size_t)x],
                     search->diff->new.at[search->first + (size_t)y]);
}

/* Whether diagonal k is best reached, with the d-th edit, by adding a line. */
static bool comes_by_adding(const Search *search, int d, int k)
{
    const int *before = search->furthest[d - 1] + d - 1; /* before[k] for -d < k < d */
    return k == -d || (k != d && before[k - 1] < before[k + 1]);
}

static int start_of(const Search *search, int d, int k)
{
    if (d == 0) {
        return 0;
    }
    const int *before = search->furthest[d - 1] + d - 1;
    return comes_by_adding(search, d, k) ? before[k + 1] : before[k - 1] + 1;
}

/* The number of edits, or -1 when it is too large. */
static int search_path(Search *search)
{
    for (int d = 0; d <= MOST_EDITS; d++) {
        search->furthest[d] = ARENA_ARRAY(search->diff->arena, int, (size_t)(2 * d + 1));
        for (int k = -d; k <= d; k += 2) {
            int x = start_of(search, d, k);
            int y = x - k;
            while (x < search->old_count && y >= 0 && y < search->new_count &&
                   is_same(search, x, y)) {
                x++;
                y++;
            }
            search->furthest[d][k + d] = x;
            if (x >= search->old_count && y >= search->new_count) {
                return d;
            }
        }
    }
    return -1;
}

/* Goes the found path back and marks its edits. */
static void mark_path(const Search *search, int edits)
{
    int k = search->old_count - search->new_count;
    for (int d = edits; d > 0; d--) {
        int x = start_of(search, d, k);
        if (comes_by_adding(search, d, k)) {
            search->diff->new.changed[search->first + (size_t)(x - k - 1)] = true;
            k++;
        } else {
            search->diff->old.changed[search->first + (size_t)(x - 1)] = true;
            k--;
        }
    }
}

static void mark_changes(const Diff *diff)
{
    size_t starts = count_equal_starts(diff);
    size_t ends = count_equal_ends(diff, starts);
    Search *search = ARENA_NEW(diff->arena, Search);
    *search = (Search){.diff = diff,
                       .first = starts,
                       .old_count = (int)(diff->old.count - starts - ends),
                       .new_count = (int)(diff->new.count - starts - ends)};
    int edits = search_path(search);
    if (edits >= 0) {
        mark_path(search, edits);
        return;
    }
    memset(diff->old.changed + starts, true, (size_t)search->old_count);
    memset(diff->new.changed + starts, true, (size_t)search->new_count);
}

static void append_line(Buffer *out, char sign, Str line)
{
    buffer_append_byte(out, sign);
    buffer_append(out, line);
    buffer_append_byte(out, '\n');
}

/* Moves over lines until `around` equal ones in a row have passed, or all lines. */
static void find_end(const Diff *diff, size_t *old, size_t *new, size_t around)
{
    for (size_t equal = 0; equal < around;) {
        if (*old < diff->old.count && diff->old.changed[*old]) {
            ++*old;
            equal = 0;
        } else if (*new < diff->new.count && diff->new.changed[*new]) {
            ++*new;
            equal = 0;
        } else if (*old == diff->old.count) {
            return;
        } else {
            ++*old;
            ++*new;
            equal++;
        }
    }
}

static void append_hunk(Buffer *out, const Diff *diff, size_t old, size_t new, size_t old_end,
                        size_t new_end)
{
    buffer_format(out, "@@ -%zu,%zu +%zu,%zu @@\n", old + (old_end > old), old_end - old,
                  new + (new_end > new), new_end - new);
    while (old < old_end || new < new_end) {
        if (old < old_end && diff->old.changed[old]) {
            append_line(out, '-', diff->old.at[old++]);
        } else if (new < new_end && diff->new.changed[new]) {
            append_line(out, '+', diff->new.at[new ++]);
        } else {
            append_line(out, ' ', diff->old.at[old++]);
            new ++;
        }
    }
}

static void append_hunks(Buffer *out, const Diff *diff)
{
    size_t old = 0, new = 0;
    while (old < diff->old.count || new < diff->new.count) {
        if (!diff->old.changed[old] && !diff->new.changed[new]) {
            old++;
            new ++;
            continue;
        }
        size_t before = old < AROUND ? old : AROUND;
        size_t old_end = old, new_end = new;
        find_end(diff, &old_end, &new_end, 2 * AROUND);
        size_t after = 0; /* equal lines at its end; the hunk shows AROUND of them */
        while (after < 2 * AROUND && old_end - after > old && new_end - after > new &&
               !diff->old.changed[old_end - after - 1] && !diff->new.changed[new_end - after - 1]) {
            after++;
        }
        after = after > AROUND ? after - AROUND : 0;
        append_hunk(out, diff, old - before, new - before, old_end - after, new_end - after);
        old = old_end;
        new = new_end;
    }
}

void diff_append(Buffer *out, Str old, Str new, Str old_name, Str new_name)
{
    if (str_equal(old, new)) {
        return;
    }
    Diff diff = {.arena = arena_new()};
    diff.old = split(diff.arena, old);
    diff.new = split(diff.arena, new);
    mark_changes(&diff);
    buffer_append(out, STR("--- "));
    buffer_append(out, old_name);
    buffer_append(out, STR("\n+++ "));
    buffer_append(out, new_name);
    buffer_append_byte(out, '\n');
    append_hunks(out, &diff);
    arena_free(diff.arena);
}
