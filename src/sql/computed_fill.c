/* Holes in computed text: found, and filled so that the parser takes it. */
#include "sql/computed.h"

#include "base/banned.h"

bool computed_has_hole(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= HOLE_NAME && text.at[i] <= HOLE_TEXT) {
            return true;
        }
    }
    return false;
}

char computed_only_hole(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != text.at[0] || text.at[i] < HOLE_NAME || text.at[i] > HOLE_TEXT) {
            return '\0';
        }
    }
    return text.len ? text.at[0] : '\0';
}

static bool is_word_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80 || (c >= HOLE_NAME && c <= HOLE_TEXT);
}

/* Appends the word at `word`, which has a hole in it. */
static void fill_word(FragmentDraft *draft, const SqlFragment *from, Range word, FillMode mode)
{
    char only = computed_only_hole(str_slice(from->sql, word.start, word.end));
    uint32_t file = fragment_offset(from, word.start);
    if (only == HOLE_VALUE) {
        bool glued = word.end < from->sql.len && char_is_alpha(from->sql.at[word.end]);
        Str value = mode == FILL_STRINGS   ? STR("'' ")
                    : mode == FILL_NUMBERS ? STR("0 ")
                                           : STR("$1 ");
        fragment_append_text(draft, str_slice(value, 0, glued ? value.len : value.len - 1), file);
    } else if (only == HOLE_TEXT && mode == FILL_BLANKS) {
        fragment_append_text(draft, STR(" "), file);
    } else {
        fragment_append_text(draft, STR("\""), file);
        fragment_append(draft, from, word);
        fragment_append_text(draft, STR("\""), fragment_offset(from, word.end - 1));
    }
}

/* The end of what begins at `at`: a token, or a word with or without holes. */
static uint32_t piece_end(Str sql, uint32_t at, bool *hole)
{
    Token token = token_next(sql, at);
    *hole = false;
    bool quoted = token.kind == TOKEN_STRING || token.kind == TOKEN_QUOTED_NAME;
    if (token.start > at || quoted || !is_word_byte(sql.at[at])) {
        return token.start > at ? token.start : token.end;
    }
    uint32_t end = at;
    while (end < sql.len && sql.at[end] == HOLE_VALUE) {
        end++;
    }
    if (end > at && end < sql.len && char_is_alpha(sql.at[end])) {
        *hole = true; /* quote_literal(v) || 'ORDER BY' */
        return end;
    }
    end = at;
    while (end < sql.len && is_word_byte(sql.at[end])) {
        *hole |= sql.at[end] >= HOLE_NAME && sql.at[end] <= HOLE_TEXT;
        end++;
    }
    return *hole ? end : token.end;
}

SqlFragment computed_fill(Arena *arena, const SqlFragment *fragment, FillMode mode)
{
    if (!computed_has_hole(fragment->sql)) {
        return *fragment;
    }
    FragmentDraft draft = fragment_begin(arena, fragment, fragment->sql.len);
    for (uint32_t at = 0; at < fragment->sql.len;) {
        bool hole;
        Range piece = {at, piece_end(fragment->sql, at, &hole)};
        if (hole) {
            fill_word(&draft, fragment, piece, mode);
        } else {
            fragment_append(&draft, fragment, piece);
        }
        at = piece.end;
    }
    return fragment_end(&draft, fragment_offset(fragment, 0));
}
