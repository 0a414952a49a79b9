/* Any bytes in any language: the first byte picks it. Tokens are in order, nested and within
 * bounds; decoded literals map back into the source. */
#include <string.h>

#include "lexer/lexer.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

static void check_decoded(Arena *arena, const LexFile *file, uint32_t index)
{
    LexToken token = file->tokens[index];
    uint32_t first, behind;
    Range contents = lexer_contents(file, index, &first, &behind);
    LexText text = lexer_decode(arena, file, index);
    fuzz_require(contents.start <= contents.end && contents.end <= file->text.len);
    fuzz_require(token.heredoc || (contents.start >= token.start && contents.end <= token.end));
    fuzz_require(text.text.len <= contents.end - contents.start && text.span_count >= 1);
    fuzz_require(text.text.at[text.text.len] == '\0' && text.spans[0].sql == 0);
    for (size_t i = 0; i < text.span_count; i++) {
        uint32_t end = i + 1 < text.span_count ? text.spans[i + 1].sql : (uint32_t)text.text.len;
        fuzz_require(text.spans[i].sql <= end);
        fuzz_require(text.spans[i].file >= contents.start);
        fuzz_require(text.spans[i].file + (end - text.spans[i].sql) <= contents.end);
    }
    for (size_t i = 0; i < text.hole_count; i++) {
        fuzz_require(text.holes[i].at <= text.text.len);
        fuzz_require(i == 0 || text.holes[i].at >= text.holes[i - 1].at);
        fuzz_require(file->tokens[text.holes[i].token].kind == LEX_HOLE);
    }
    fuzz_require(text.text.len <= contents.end - contents.start);
}

/* Tokens `first` to `behind` lie in [start, end), each behind the one before. */
static void check_siblings(const LexFile *file, uint32_t first, uint32_t behind, Range within)
{
    uint32_t at = within.start;
    for (uint32_t i = first; i < behind;) {
        LexToken token = file->tokens[i];
        bool parent = token.kind == LEX_HOLE || token.kind == LEX_BODY ||
                      (token.kind == LEX_STRING && !token.heredoc);
        fuzz_require(token.start >= at && token.end >= token.start && token.end <= within.end);
        fuzz_require(token.end > token.start || token.kind == LEX_HOLE || token.kind == LEX_BODY ||
                     token.kind == LEX_STRING);
        fuzz_require((token.kind != LEX_PIECE || token.end > token.start));
        fuzz_require(token.kind != LEX_STRING ||
                     token.open + token.close <= token.end - token.start);
        if (token.heredoc) {
            fuzz_require(token.link > i && token.link < file->count);
            fuzz_require(file->tokens[token.link].kind == LEX_BODY);
        }
        if (parent) {
            fuzz_require(token.link > i && token.link <= behind);
            check_siblings(file, i + 1, token.link, (Range){token.start, token.end});
        }
        at = token.end;
        i = parent ? token.link : i + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t languages = 0;
    while (language_at(languages)) {
        languages++;
    }
    if (size == 0) {
        return 0;
    }
    Arena *arena = arena_new();
    /* A copy of its own, without a byte behind it that a lexer could read unnoticed. */
    char *copy = size > 1 ? memcpy(malloc(size - 1), data + 1, size - 1) : NULL;
    LexFile file =
        lexer_read(arena, language_at(data[0] % languages), (Str){.at = copy, .len = size - 1});
    check_siblings(&file, 0, file.count, (Range){0, (uint32_t)size - 1});
    for (uint32_t i = 0; i < file.count; i++) {
        if (file.tokens[i].kind == LEX_STRING) {
            check_decoded(arena, &file, i);
        }
    }
    uint32_t steps = 0;
    for (uint32_t i = 0; i < file.count; i = lexer_next(&file, i)) {
        fuzz_require(steps++ < file.count);
    }
    for (uint32_t i = 0; i < file.comment_count; i++) {
        fuzz_require(file.comments[i].start <= file.comments[i].end &&
                     file.comments[i].end <= size - 1);
        fuzz_require(i == 0 || file.comments[i].start >= file.comments[i - 1].end);
    }
    free(copy);
    arena_free(arena);
    return 0;
}
