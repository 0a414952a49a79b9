/* From a draft to the statement's text, with all branches of its ifs or one of them. */
#include "extract/draft.h"
#include "extract/placeholder.h"

#include "base/banned.h"

/* An if whose end was not met yet. */
typedef struct {
    bool chain; /* an if; else another block */
    int branch; /* the one being read */
    uint32_t start;
    bool has_else;
    size_t ranges; /* of `left_out` when it began */
} OpenTag;

typedef ARRAY(Range) Ranges;

static int branch_count(const Draft *draft, size_t tag)
{
    size_t depth = 0;
    int count = 1;
    for (size_t i = tag + 1; i < draft->tags.count; i++) {
        TemplateKind kind = draft->tags.at[i].kind;
        if (kind == TEMPLATE_IF || kind == TEMPLATE_BEGIN) {
            depth++;
        } else if (kind == TEMPLATE_END && depth-- == 0) {
            break;
        } else if (kind == TEMPLATE_ELSE && depth == 0) {
            count++;
        }
    }
    return count;
}

int draft_branches(const Draft *draft)
{
    enum { MOST_BRANCHES = 8, MOST_TAGS = 1000, MOST_SPLICES = 10000 };
    int most = 0;
    if (draft->tags.count > MOST_TAGS || draft->splices.count > MOST_SPLICES) {
        return 0;
    }
    for (size_t i = 0; i < draft->tags.count; i++) {
        if (draft->tags.at[i].kind == TEMPLATE_IF) {
            int count = branch_count(draft, i);
            count = count == 1 ? 2 : count; /* without an else there may be nothing */
            most = count > most ? count : most;
        }
    }
    return most < MOST_BRANCHES ? most : MOST_BRANCHES;
}

static bool holds_words(Str text, Range range)
{
    text.len = range.end;
    for (Token token = token_next(text, range.start); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token.kind != TOKEN_SYMBOL && !placeholder_is_leading(text, token)) {
            return true;
        }
    }
    return false;
}

/* Behind the tag that a branch begins with: a template's, or a line of psql's. */
static uint32_t behind_tag(const Draft *draft, Range branch)
{
    char close = draft->text.at[branch.start] == '\\'  ? '\n'
                 : draft->text.at[branch.start] == '<' ? '>'
                                                       : '}';
    size_t behind = str_find_byte(draft->text, close, branch.start) + 1;
    bool doubled = behind < branch.end && draft->text.at[behind] == close;
    return (uint32_t)(behind < branch.end ? behind + doubled : branch.end);
}

/* The branch that if number `tag` takes in a loop that goes round once, or `branch` where that is
 * open. A branch with names in it is left out by no guess. */
static int branch_of_turn(const Draft *draft, size_t tag, int branch)
{
    DraftTag first = draft->tags.at[tag];
    if (first.way != TEMPLATE_LEFT || tag + 1 >= draft->tags.count) {
        return first.way == TEMPLATE_TAKEN ? 0 : branch;
    }
    Range range = {first.at, draft->tags.at[tag + 1].at};
    range.start = behind_tag(draft, range);
    return holds_words(draft->text, range) ? branch : 1;
}

/* The branches that are not number `branch`. */
static Ranges left_out(Arena *arena, const Draft *draft, int branch)
{
    Ranges ranges = {0};
    ARRAY(OpenTag) open = {0};
    for (size_t i = 0; i <= draft->tags.count && branch != DRAFT_ALL_BRANCHES; i++) {
        bool past = i == draft->tags.count;
        DraftTag tag =
            past ? (DraftTag){.kind = TEMPLATE_END, .at = draft->end} : draft->tags.at[i];
        OpenTag *inner = open.count ? &open.at[open.count - 1] : NULL;
        if ((tag.kind == TEMPLATE_ELSE || tag.kind == TEMPLATE_END) && inner && inner->chain &&
            inner->branch != branch) {
            array_push(arena, &ranges, (Range){inner->start, tag.at});
        }
        if (tag.kind == TEMPLATE_IF || tag.kind == TEMPLATE_BEGIN) {
            bool chain = tag.kind == TEMPLATE_IF;
            int last = chain ? branch_count(draft, i) - 1 : 0;
            int taken = chain ? branch_of_turn(draft, i, branch) : branch;
            /* Where there are fewer branches, the last one is taken, as if it were this one. */
            int number = taken != branch             ? branch - taken
                         : last > 0 && branch > last ? branch - last
                                                     : 0;
            array_push(arena, &open, (OpenTag){.chain = chain, .start = tag.at, .branch = number});
        } else if (tag.kind == TEMPLATE_ELSE && inner && inner->chain) {
            inner->branch++;
            inner->start = tag.at;
        } else if (tag.kind == TEMPLATE_END && inner) {
            open.count--;
        }
    }
    return ranges;
}

bool draft_loses_words(Arena *arena, const Draft *draft, int branch)
{
    Ranges ranges = left_out(arena, draft, branch);
    for (size_t i = 0; i < ranges.count; i++) {
        Range range = {behind_tag(draft, ranges.at[i]), ranges.at[i].end};
        if (holds_words(draft->text, range)) {
            return true;
        }
    }
    return false;
}

/* All but the line ends, which still separate strings that are one ('a' and 'b' on two lines). */
static void blank_bytes(char *sql, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        sql[i] = sql[i] == '\n' ? '\n' : ' ';
    }
}

static void blank_ranges(const Draft *draft, char *sql, const Range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Range blank = ranges[i];
        uint32_t start = blank.start > draft->start ? blank.start : draft->start;
        uint32_t end = blank.end < draft->end ? blank.end : draft->end;
        if (start < end) {
            blank_bytes(sql, start - draft->start, end - draft->start);
        }
    }
}

static bool is_left_out(const Ranges *ranges, uint32_t at)
{
    for (size_t i = 0; i < ranges->count; i++) {
        if (at >= ranges->at[i].start && at < ranges->at[i].end) {
            return true;
        }
    }
    return false;
}

/* The splices inside the statement, from its start; one that grew to the left replaces what it
 * covers. */
static size_t splices_within(Arena *arena, const Draft *draft, const Ranges *without, Splice **out)
{
    size_t count = 0;
    *out = ARENA_ARRAY(arena, Splice, draft->splices.count);
    for (size_t i = 0; i < draft->splices.count; i++) {
        Splice splice = draft->splices.at[i];
        if (splice.range.start < draft->start || splice.range.end > draft->end ||
            is_left_out(without, splice.range.start)) {
            continue;
        }
        splice.range.start -= draft->start;
        splice.range.end -= draft->start;
        while (count && (*out)[count - 1].range.start >= splice.range.start) {
            count--;
        }
        (*out)[count++] = splice;
    }
    return count;
}

/* Where the statement's bytes stand in the file. */
static const Span *spans_of(Arena *arena, const Draft *draft, size_t *count)
{
    Range range = {draft->start, draft->end};
    if (draft->origin) {
        SqlFragment part = fragment_of_range(arena, draft->origin, range);
        *count = part.span_count;
        return part.spans;
    }
    Span *span = ARENA_NEW(arena, Span);
    *span = (Span){.file = draft->start};
    *count = 1;
    return span;
}

SqlFragment draft_render(Arena *arena, const Draft *draft, int branch)
{
    Str sql = arena_copy(arena, str_slice(draft->text, draft->start, draft->end));
    Ranges without = left_out(arena, draft, branch);
    blank_ranges(draft, (char *)sql.at, draft->blanks.at, draft->blanks.count);
    blank_ranges(draft, (char *)sql.at, without.at, without.count);
    SqlFragment plain = {.sql = sql, .span_count = 1};
    plain.spans = spans_of(arena, draft, &plain.span_count);
    if (!draft->splices.count) {
        return plain;
    }
    Splice *splices;
    size_t count = splices_within(arena, draft, &without, &splices);
    return count ? splice_all(arena, &plain, splices, count) : plain;
}
