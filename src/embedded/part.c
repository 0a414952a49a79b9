#include "embedded/part.h"

#include "base/banned.h"

/* What a piece that begins with one of these words may stand behind. No relation is named here. */
typedef struct {
    const char *words; /* NULL: any */
    const char *before;
} Frame;

static const Frame frames[] = {
    {"where group order having limit offset for window union except intersect from into",
     "SELECT 1 "},
    {"join left right inner full cross natural", "SELECT 1 FROM (SELECT 1) AS a "},
    {"on using", "SELECT 1 FROM (SELECT 1) AS a JOIN (SELECT 1) AS b "},
    {"and or", "SELECT 1 WHERE true "},
    {"in not", "SELECT 1 "},
    {"exists not", "SELECT "},
    {NULL, "SELECT 1 FROM "},
    {NULL, "SELECT 1 WHERE "},
    {NULL, "SELECT "},
    {NULL, "SELECT 1 WHERE true ORDER BY "},
};

static Str first_word(Str sql)
{
    size_t start = 0;
    while (start < sql.len && char_is_space(sql.at[start])) {
        start++;
    }
    size_t end = start;
    while (end < sql.len && char_is_alpha(sql.at[end])) {
        end++;
    }
    return str_slice(sql, start, end);
}

/* The frame to try, or NULL: those of the first word, else those of any. */
static const Frame *frame_of(Str word, unsigned attempt)
{
    bool known = false;
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        bool any = !frames[i].words;
        bool fits = any ? !known : str_in_list_nocase(frames[i].words, word);
        known |= fits && !any;
        if (fits && attempt-- == 0) {
            return &frames[i];
        }
    }
    return NULL;
}

bool part_complete(Arena *arena, const SqlFragment *sql, unsigned attempt, SqlFragment *whole)
{
    const Frame *frame = frame_of(first_word(sql->sql), attempt);
    if (!frame) {
        return false;
    }
    Str before = str_from(frame->before);
    Range all = {.end = (uint32_t)sql->sql.len};
    uint32_t start = fragment_offset(sql, 0);
    FragmentDraft draft = fragment_begin(arena, sql, before.len + sql->sql.len);
    fragment_append_hole(&draft, before, (Range){start, start});
    fragment_append(&draft, sql, all);
    *whole = fragment_end(&draft, start);
    return true;
}
