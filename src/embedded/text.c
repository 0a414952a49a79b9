#include "embedded/text_walk.h"

#include <stdlib.h>
#include <string.h>

#include "embedded/elsewhere.h"
#include "embedded/likely.h"

#include "base/banned.h"

/* The source between the literal's delimiters. */
Str text_contents(const LexFile *file, uint32_t literal)
{
    uint32_t first;
    uint32_t behind;
    Range range = lexer_contents(file, literal, &first, &behind);
    return str_slice(file->text, range.start, range.end);
}

/* Is token `at` one of the symbols of `list`, which are of one byte? */
static bool is_byte_of(const LexFile *file, uint32_t at, const char *list)
{
    LexToken token = at < file->count ? file->tokens[at] : (LexToken){.kind = LEX_NAME};
    return token.kind == LEX_SYMBOL && token.end - token.start == 1 &&
           strchr(list, file->text.at[token.start]);
}

/* Is the literal an element or argument by itself? Notes where in its list. */
static bool note_list(TextWalk *walk, uint32_t literal)
{
    const LexFile *file = walk->file;
    ListRun *run = &walk->run;
    bool alone = literal > 0 && is_byte_of(file, literal - 1, ",([{") &&
                 is_byte_of(file, lexer_next(file, literal), ",)]}");
    bool follows = alone && run->count && lexer_next(file, run->last) == literal - 1;
    *run = follows ? *run : (ListRun){0};
    run->last = literal;
    run->count = alone ? run->count + 1 : 0;
    return alone;
}

/* What the literal, or the sum from token `start` on that it begins, is an argument of. */
static CallKind kind_of(TextWalk *walk, uint32_t literal, uint32_t start)
{
    ListRun *run = &walk->run;
    bool listed = run->count > 1 && start == literal;
    if (listed && run->known) {
        return run->kind;
    }
    CallKind kind = call_kind(walk->file, start, lexer_next(walk->file, literal), walk->extra);
    run->known = listed;
    run->kind = kind;
    return kind;
}

/* May a text without a call be SQL? */
static bool may_count(Str text)
{
    Likely likely = likely_sql(text);
    return likely == LIKELY_PART || (likely == LIKELY_STATEMENT && likely_names_known(text));
}

static void look_at(TextWalk *walk, uint32_t literal)
{
    const LexFile *file = walk->file;
    bool alone = note_list(walk, literal);
    Str source = text_contents(file, literal);
    bool likely = likely_literal(source);
    if (str_starts_with(str_trim(source), STR("<script>"))) { /* MyBatis, in an annotation */
        walk->scripts +=
            call_kind(file, literal, lexer_next(file, literal), walk->extra) == CALL_SQL;
        return;
    }
    if (!likely && !likely_condition(source)) {
        return;
    }
    uint32_t start = expression_start(file, walk->style, literal);
    CallKind kind = kind_of(walk, literal, start);
    if (!likely && kind != CALL_PART) {
        return;
    }
    bool plain = alone && start == literal && lexer_next(file, literal) == literal + 1 &&
                 !memchr(source.at, '\\', source.len);
    bool hopeless = kind == CALL_NONE && plain && !may_count(source);
    bool stream = kind == CALL_NONE && start < literal && /* std::cerr << "…" */
                  lexer_is(file, literal - 1, STR("<<")) &&
                  call_kind(file, literal, lexer_next(file, literal), walk->extra) == CALL_NOT;
    if (kind != CALL_NOT && !hopeless && !stream) {
        text_read_expression(walk, literal, start, kind);
    }
}

static int compare_texts(const void *a, const void *b)
{
    uint32_t left = ((const HostText *)a)->in_file.start;
    uint32_t right = ((const HostText *)b)->in_file.start;
    bool second = ((const HostText *)a)->again;
    return left != right ? (left > right) - (left < right) : second - ((const HostText *)b)->again;
}

/* What only went into other texts by its name is none of its own. */
static void drop_consumed(TextWalk *walk)
{
    size_t kept = 0;
    for (size_t i = 0; i < walk->texts.count; i++) {
        HostText text = walk->texts.at[i];
        uint8_t consumed = walk->composer.consumed[text.first];
        bool piece = likely_sql(text.sql.sql) <= LIKELY_PART;
        bool whole =
            text.bound ? text.kind == CALL_SQL && !piece : consumed != COMPOSER_CHOSEN || !piece;
        if (whole || !consumed) {
            walk->texts.at[kept++] = text;
        }
    }
    walk->texts.count = kept;
}

HostTexts text_read(Arena *arena, const LexFile *file, const LineIndex *lines, const StrList *extra,
                    const Others *others)
{
    TextWalk walk = {.arena = arena,
                     .file = file,
                     .extra = extra,
                     .style = style_of(file->language),
                     .taken = ARENA_ARRAY(arena, uint8_t, file->count + 1)};
    walk.names = names_open(arena, file, walk.style);
    walk.composer = (Composer){.arena = arena,
                               .file = file,
                               .lines = lines,
                               .style = walk.style,
                               .names = &walk.names,
                               .others = others,
                               .spent = ARENA_NEW(arena, size_t),
                               .taken = walk.taken,
                               .consumed = ARENA_ARRAY(arena, uint8_t, file->count + 1)};
    for (uint32_t i = 0; i < file->count; i++) {
        LexToken token = file->tokens[i];
        if (token.kind == LEX_SYMBOL && token.end - token.start == 1) {
            char c = file->text.at[token.start];
            walk.depth += c == '(' || c == '[' || c == '{';
            walk.depth -= (c == ')' || c == ']' || c == '}') && walk.depth;
        } else if (token.kind == LEX_STRING && !walk.taken[i] && lexer_role(token) == LEX_TEXT) {
            look_at(&walk, i);
        }
    }
    drop_consumed(&walk);
    if (walk.texts.count) {
        qsort(walk.texts.at, walk.texts.count, sizeof *walk.texts.at, compare_texts);
    }
    return (HostTexts){.at = walk.texts.at,
                       .count = walk.texts.count,
                       .elsewhere = elsewhere_count(&walk.names) + walk.scripts};
}
