#include <string.h>

#include "lexer/lexer_decode.h"

#include "base/banned.h"

/* What a literal stands for: its pieces, one after the other, without indentation, escapes
 * resolved. */

void lexer_draft_byte(LexDraft *draft, char byte, uint32_t offset)
{
    const Span *last = draft->spans.count ? &draft->spans.at[draft->spans.count - 1] : NULL;
    if (!last || last->file + (draft->length - last->sql) != offset) {
        array_push(draft->arena, &draft->spans, (Span){.sql = draft->length, .file = offset});
    }
    draft->text[draft->length++] = byte ? byte : ' ';
}

static uint32_t tab_width(uint32_t width, char byte)
{
    return byte == '\t' ? (width | 7) + 1 : width + 1;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* The indentation of the lines in `piece`; *begins: it begins at a line's start, and then: so does
 * what follows. */
static uint32_t least_in_piece(Str text, Range piece, bool *begins, uint32_t least, bool last)
{
    for (uint32_t at = piece.start; at < piece.end || *begins;) {
        if (*begins) {
            uint32_t width = 0;
            for (; at < piece.end && is_blank(text.at[at]); at++) {
                width = tab_width(width, text.at[at]);
            }
            bool blank = at >= piece.end ? last : text.at[at] == '\n' || text.at[at] == '\r';
            least = !blank && width < least ? width : least;
            *begins = false;
        }
        const char *line = at < piece.end ? memchr(text.at + at, '\n', piece.end - at) : NULL;
        if (!line) {
            break;
        }
        at = (uint32_t)(line - text.at) + 1;
        *begins = true;
        if (at >= piece.end) {
            break;
        }
    }
    return least;
}

/* The blanks that the lines of the literal begin with at least; those of blank lines do not count,
 * but for Java's last one. */
static uint32_t least_indent(const LexDraft *draft, Range contents)
{
    uint32_t least = UINT32_MAX;
    bool begins = true;
    bool java = draft->form->dedent == DEDENT_JAVA;
    if (draft->first == draft->behind) {
        least = least_in_piece(draft->file->text, contents, &begins, least, !java);
    }
    for (uint32_t i = draft->first; i < draft->behind; i = lexer_next(draft->file, i)) {
        LexToken token = draft->file->tokens[i];
        if (token.kind == LEX_PIECE) {
            Range piece = {token.start, token.end};
            least = least_in_piece(draft->file->text, piece, &begins, least,
                                   !java && token.end >= contents.end);
        } else {
            least = begins ? 0 : least;
            begins = false;
        }
    }
    return java && begins ? 0 : least == UINT32_MAX ? 0 : least;
}

/* Where the line that `end` is in begins, if only blanks stand between; else `end`. */
static uint32_t blanks_before(Str text, uint32_t start, uint32_t end)
{
    uint32_t at = end;
    while (at > start && is_blank(text.at[at - 1])) {
        at--;
    }
    return at > start && text.at[at - 1] == '\n' ? at : end;
}

static uint32_t blank_width(Str text, uint32_t at, uint32_t end)
{
    uint32_t width = 0;
    for (; at < end && is_blank(text.at[at]); at++) {
        width = tab_width(width, text.at[at]);
    }
    return width;
}

/* Behind the first line's end when nothing but blanks stands before it. */
static uint32_t skip_first_line(Str text, Range contents)
{
    uint32_t at = contents.start;
    while (at < contents.end && (is_blank(text.at[at]) || text.at[at] == '\r')) {
        at++;
    }
    return at < contents.end && text.at[at] == '\n' ? at + 1 : contents.start;
}

static uint32_t without_line_end(Str text, uint32_t start, uint32_t end)
{
    end -= end > start && text.at[end - 1] == '\n';
    return end - (end > start && text.at[end - 1] == '\r');
}

/* Sets the draft's indentation and gives the part of the literal that counts. */
static Range plan_dedent(LexDraft *draft, Range contents, LexToken token)
{
    Str text = draft->file->text;
    bool heredoc_close = token.form == FORM_PHP_HEREDOC || token.form == FORM_PHP_NOWDOC;
    uint32_t last = blanks_before(text, contents.start, contents.end);
    switch (draft->form->dedent) {
    case DEDENT_LEAST:
        draft->indent = least_indent(draft, contents);
        break;
    case DEDENT_JAVA:
        contents.start = skip_first_line(text, contents);
        draft->indent = least_indent(draft, contents);
        draft->strips = true;
        break;
    case DEDENT_CLOSER:
        draft->indent = blank_width(text, last, contents.end);
        contents.start = skip_first_line(text, contents);
        last = last > contents.start ? last : contents.start;
        contents.end = without_line_end(text, contents.start, last);
        break;
    case DEDENT_CLOSER_LINE:
        if (heredoc_close) {
            draft->indent = blank_width(text, contents.end, token.end);
            contents.end = without_line_end(text, contents.start, contents.end);
        } else {
            draft->indent = blank_width(text, last, contents.end);
            contents.start = skip_first_line(text, contents);
            contents.end = last > contents.start ? last : contents.start;
        }
        break;
    case DEDENT_TABS:
        draft->indent = UINT32_MAX;
        break;
    default:
        break;
    }
    return contents;
}

static uint32_t skip_indent(const LexDraft *draft, uint32_t at, uint32_t end)
{
    Str text = draft->file->text;
    bool tabs = draft->form->dedent == DEDENT_TABS;
    uint32_t width = 0;
    while (at < end && (tabs ? text.at[at] == '\t' : is_blank(text.at[at]))) {
        width = tab_width(width, text.at[at]);
        if (width > draft->indent) {
            break;
        }
        at++;
    }
    return at;
}

static bool doubles_braces(const LexDraft *draft)
{
    return draft->form->holes == HOLES_PYTHON ||
           (draft->form->holes == HOLES_CSHARP && draft->form->dedent != DEDENT_CLOSER &&
            draft->form != &lexer_forms[FORM_CSHARP_RAW_HOLES]);
}

/* Does one byte stand for the two alike at `at`? */
static bool is_doubled(const LexDraft *draft, uint32_t at, uint32_t end)
{
    const char *text = draft->file->text.at;
    char byte = text[at];
    if (at + 1 >= end) {
        return false;
    }
    if (draft->form->holes == HOLES_SCALA && byte == '$') {
        return text[at + 1] == '$' || text[at + 1] == '"';
    }
    return text[at + 1] == byte && ((draft->form->doubled && byte == '"') ||
                                    (doubles_braces(draft) && (byte == '{' || byte == '}')));
}

/* Drops the blanks at the end of the line, which no escape has put there. */
static void strip_blanks(LexDraft *draft)
{
    while (draft->length > draft->kept && is_blank(draft->text[draft->length - 1])) {
        draft->length--;
    }
    while (draft->spans.count && draft->spans.at[draft->spans.count - 1].sql >= draft->length &&
           draft->length) {
        draft->spans.count--;
    }
}

static uint32_t decode_line_end(LexDraft *draft, uint32_t at, uint32_t end)
{
    Str text = draft->file->text;
    if (draft->strips) {
        strip_blanks(draft);
    }
    if (text.at[at] == '\r') {
        if (draft->form->returns) {
            lexer_draft_byte(draft, '\r', at);
        }
        at++;
    }
    if (at < end) {
        lexer_draft_byte(draft, '\n', at++);
    }
    draft->kept = draft->length;
    draft->line_start = true;
    return at;
}

static void decode_piece(LexDraft *draft, Range piece)
{
    const char *text = draft->file->text.at;
    uint32_t at = piece.start;
    while (at < piece.end) {
        char byte = text[at];
        if (draft->line_start && draft->indent) {
            draft->line_start = false;
            at = skip_indent(draft, at, piece.end);
            continue;
        }
        draft->line_start = false;
        if (byte == '\n' || (byte == '\r' && at + 1 < piece.end && text[at + 1] == '\n')) {
            at = decode_line_end(draft, at, piece.end);
        } else if (byte == '\\' && draft->form->escapes) {
            at = lexer_decode_escape(draft, at, piece.end);
            draft->kept = draft->length;
        } else if (byte == '&' && draft->form->entities) {
            at = lexer_decode_entity(draft, at, piece.end);
        } else if (is_doubled(draft, at, piece.end)) {
            lexer_draft_byte(draft, text[at + 1], at);
            at += 2;
        } else {
            lexer_draft_byte(draft, byte, at++);
        }
    }
}

static Range clip(Range piece, Range within)
{
    piece.start = piece.start > within.start ? piece.start : within.start;
    piece.end = piece.end < within.end ? piece.end : within.end;
    return piece;
}

static void decode_children(LexDraft *draft, Range contents)
{
    for (uint32_t i = draft->first; i < draft->behind; i = lexer_next(draft->file, i)) {
        LexToken token = draft->file->tokens[i];
        if (token.kind == LEX_PIECE) {
            decode_piece(draft, clip((Range){token.start, token.end}, contents));
        } else if (token.kind == LEX_HOLE) {
            array_push(draft->arena, &draft->holes, (LexHole){.at = draft->length, .token = i});
            draft->line_start = false;
            draft->kept = draft->length;
        }
    }
}

static uint32_t marks_of(LexToken token)
{
    bool lines = token.form == FORM_SWIFT_MARKED_BLOCK;
    return lines || token.form == FORM_SWIFT_MARKED ? token.open - (lines ? 3u : 1u) : 0;
}

LexText lexer_decode(Arena *arena, const LexFile *file, uint32_t index)
{
    LexToken token = file->tokens[index];
    LexDraft draft = {.arena = arena,
                      .file = file,
                      .form = &lexer_forms[token.form],
                      .marks = marks_of(token),
                      .line_start = true};
    Range contents = lexer_contents(file, index, &draft.first, &draft.behind);
    uint32_t start = contents.start;
    if (!token.heredoc && contents.start > token.start && contents.end < token.end) {
        draft.delimiters[0] = file->text.at[contents.start - 1];
        draft.delimiters[1] = file->text.at[contents.end];
    }
    draft.text = arena_take_raw(arena, (size_t)(contents.end - contents.start) + 1);
    contents = plan_dedent(&draft, contents, token);
    draft.line_start =
        token.heredoc || contents.start != start || draft.form->dedent == DEDENT_CLOSER_LINE;
    if (draft.first == draft.behind) {
        decode_piece(&draft, contents);
    } else {
        decode_children(&draft, contents);
    }
    if (draft.strips) {
        strip_blanks(&draft);
    }
    if (!draft.spans.count) {
        array_push(arena, &draft.spans, (Span){.sql = 0, .file = contents.start});
    }
    draft.text[draft.length] = '\0';
    return (LexText){.text = {.at = draft.text, .len = draft.length},
                     .spans = draft.spans.at,
                     .span_count = draft.spans.count,
                     .holes = draft.holes.at,
                     .hole_count = draft.holes.count};
}
