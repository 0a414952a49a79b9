#include "embedded/mybatis_variants.h"

#include "embedded/call_escape.h"
#include "sql/hole.h"

#include "base/banned.h"

enum { FIRST_ROOM = 256, MOST_TEXT = 1 << 20, MOST_WRITTEN = 1 << 25 };

/* A text being put together. */
typedef struct {
    Mybatis *mybatis;
    FragmentDraft draft;
    const MybatisScope *scope;
    Range at; /* the outermost include that is being written; empty: none is */
    MybatisIfs ifs;
    unsigned depth;
} Composing;

/* Which texts of a node are to be written, as in MybatisVariant. */
typedef struct {
    uint32_t choice, branch;
} Pick;

/* Where what is written stands: at `range`, but for what an include brings. */
static Range place(const Composing *composing, Range range)
{
    return composing->at.end > composing->at.start ? composing->at : range;
}

static void write_text(Composing *composing, Str text, Range range)
{
    composing->mybatis->spent += text.len;
    fragment_append_hole(&composing->draft, text, place(composing, range));
}

static void write_range(Composing *composing, const SqlFragment *text, Range range)
{
    if (range.start >= range.end) {
        return;
    }
    composing->mybatis->spent += range.end - range.start;
    if (composing->at.end > composing->at.start) {
        fragment_append_hole(&composing->draft, str_slice(text->sql, range.start, range.end),
                             composing->at);
    } else {
        fragment_append(&composing->draft, text, range);
    }
}

static void write_hole(Composing *composing, Str source, Range range)
{
    write_text(composing, hole_raw_name(composing->draft.arena, source), range);
}

static void write_marked(Composing *composing, const SqlFragment *text);

/* ${name}, spelled `source`. */
static void write_pasted(Composing *composing, Str source, Range range)
{
    const MybatisScope *scope = composing->scope;
    const MybatisScope *saved = scope;
    Str value = mybatis_property(composing->mybatis, str_trim(str_slice(source, 2, source.len - 1)),
                                 &scope);
    if (!value.at || composing->depth >= MYBATIS_DEEPEST) {
        write_hole(composing, source, range);
        return;
    }
    Range at = place(composing, range);
    Span span = {.file = at.start, .hole = at.end - at.start};
    SqlFragment text = {.sql = value, .spans = &span, .span_count = 1};
    composing->scope = scope;
    composing->depth++;
    write_marked(composing, &text);
    composing->depth--;
    composing->scope = saved;
}

/* Behind the #{…} or ${…} at `at`, in which others may stand; 0: it is not closed. */
static uint32_t marked_end(Str sql, uint32_t at)
{
    uint32_t depth = 0;
    for (; at < sql.len; at++) {
        bool opens =
            at + 1 < sql.len && (sql.at[at] == '#' || sql.at[at] == '$') && sql.at[at + 1] == '{';
        depth += opens;
        at += opens;
        if (sql.at[at] == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return 0;
}

/* A text with #{…} and ${…} in it; a backslash before them makes them text. */
static void write_marked(Composing *composing, const SqlFragment *text)
{
    Str sql = text->sql;
    uint32_t written = 0;
    for (uint32_t at = 0; at + 1 < sql.len; at++) {
        bool opens = (sql.at[at] == '#' || sql.at[at] == '$') && sql.at[at + 1] == '{';
        if (!opens || (at > 0 && sql.at[at - 1] == '\\')) {
            continue;
        }
        uint32_t end = marked_end(sql, at);
        if (!end) {
            break;
        }
        Range in_file = {fragment_offset(text, at), fragment_behind(text, (Range){at, end})};
        write_range(composing, text, (Range){written, at});
        if (sql.at[at] == '#') {
            write_text(composing, STR(" $1 "), in_file);
        } else {
            write_pasted(composing, str_slice(sql, at, end), in_file);
        }
        written = end;
        at = end - 1;
    }
    write_range(composing, text, (Range){written, (uint32_t)sql.len});
}

static void write_literal(Composing *composing, const MybatisNode *node)
{
    Mybatis *mybatis = composing->mybatis;
    LexText value = lexer_decode(composing->draft.arena, mybatis->file, node->token);
    SqlFragment text = {.sql = value.text,
                        .spans = value.spans,
                        .span_count = value.span_count,
                        .lines = mybatis->lines};
    write_marked(composing, &text);
    /* MyBatis puts a blank between what two nodes write. */
    write_text(composing, STR(" "), (Range){node->tag.end - 1, node->tag.end});
}

static void write_children(Composing *composing, const MybatisNode *node, Pick pick);

static void write_include(Composing *composing, MybatisNode *node, Pick pick)
{
    Mybatis *mybatis = composing->mybatis;
    MybatisNode *fragment = mybatis_included(mybatis, node, composing->scope);
    if (!fragment || fragment->busy) {
        array_push(mybatis->arena, &mybatis->missing, place(composing, node->tag));
        write_hole(composing, lexer_source(mybatis->file, node->token), node->tag);
        write_text(composing, STR(" "), node->tag);
        return;
    }
    Range at = composing->at;
    MybatisScope scope = {.include = node, .outer = composing->scope};
    composing->at = place(composing, node->tag);
    composing->scope = &scope;
    fragment->busy = true;
    write_children(composing, fragment, pick);
    fragment->busy = false;
    composing->scope = scope.outer;
    composing->at = at;
}

/* The branch that `pick` means. */
static void write_choose(Composing *composing, MybatisNode *node, Pick pick)
{
    uint32_t all = mybatis_widths(composing->mybatis, node, composing->depth).choices;
    uint32_t choice = pick.choice % all;
    for (MybatisNode *child = node->child; child; child = child->next) {
        uint32_t width = child->kind == MYBATIS_BRANCH
                             ? mybatis_widths(composing->mybatis, child, composing->depth).choices
                             : 0;
        if (choice < width) {
            write_children(composing, child, (Pick){choice, pick.branch});
            return;
        }
        choice -= width;
    }
}

/* The length of what one of `overrides`, separated by bars, is at the start or the end of `sql`. */
static size_t override_length(Str sql, Str overrides, bool at_end)
{
    for (size_t start = 0; start < overrides.len;) {
        size_t end = str_find_byte(overrides, '|', start);
        Str word = str_trim(str_slice(overrides, start, end));
        size_t from = at_end && sql.len >= word.len ? sql.len - word.len : 0;
        size_t next = at_end ? from - 1 : word.len;
        bool letters = word.len && char_is_alpha(*word.at);
        bool ends =
            !letters || next >= sql.len ||
            !(char_is_alpha(sql.at[next]) || char_is_digit(sql.at[next]) || sql.at[next] == '_');
        if (word.len && word.len <= sql.len && ends &&
            str_equal_nocase(str_slice(sql, from, from + word.len), word)) {
            return word.len;
        }
        start = end + 1;
    }
    return 0;
}

/* What a trim puts around its contents, and takes from them. */
typedef struct {
    Str prefix, suffix, prefix_overrides, suffix_overrides;
} Trim;

static Trim trim_of(const Mybatis *mybatis, const MybatisNode *node)
{
    if (lexer_is(mybatis->file, node->token, STR("where"))) {
        return (Trim){.prefix = STR("WHERE"), .prefix_overrides = STR("AND|OR")};
    }
    if (lexer_is(mybatis->file, node->token, STR("set"))) {
        return (Trim){
            .prefix = STR("SET"), .prefix_overrides = STR(","), .suffix_overrides = STR(",")};
    }
    return (Trim){.prefix = mybatis_attribute(mybatis, node, STR("prefix")),
                  .suffix = mybatis_attribute(mybatis, node, STR("suffix")),
                  .prefix_overrides = mybatis_attribute(mybatis, node, STR("prefixOverrides")),
                  .suffix_overrides = mybatis_attribute(mybatis, node, STR("suffixOverrides"))};
}

/* Without white space around it. */
static Range trimmed(Str sql, Range range)
{
    while (range.start < range.end && char_is_space(sql.at[range.start])) {
        range.start++;
    }
    while (range.end > range.start && char_is_space(sql.at[range.end - 1])) {
        range.end--;
    }
    return range;
}

/* Where what comes behind the contents stands: the last byte of the element, so that no name ends
 * before it begins. */
static Range end_of(const MybatisNode *node)
{
    return (Range){node->in_file.end - 1, node->in_file.end};
}

static void write_around(Composing *composing, Str text, Range range)
{
    if (text.len) {
        write_text(composing, STR(" "), range);
        write_text(composing, text, range);
        write_text(composing, STR(" "), range);
    }
}

static void write_trim(Composing *composing, const MybatisNode *node, Pick pick)
{
    SqlFragment none = {.lines = composing->mybatis->lines};
    FragmentDraft outer = composing->draft;
    composing->draft = fragment_begin(outer.arena, &none, FIRST_ROOM);
    write_children(composing, node, pick);
    SqlFragment inner = fragment_end(&composing->draft, node->tag.start);
    composing->draft = outer;
    Range range = trimmed(inner.sql, (Range){0, (uint32_t)inner.sql.len});
    if (range.start >= range.end) {
        return;
    }
    Trim trim = trim_of(composing->mybatis, node);
    Str sql = str_slice(inner.sql, range.start, range.end);
    range.start += (uint32_t)override_length(sql, trim.prefix_overrides, false);
    sql = str_slice(inner.sql, range.start, range.end);
    range.end -= (uint32_t)override_length(sql, trim.suffix_overrides, true);
    write_around(composing, trim.prefix, node->tag);
    fragment_append(&composing->draft, &inner, range);
    write_around(composing, trim.suffix, end_of(node));
    write_text(composing, STR(" "), end_of(node));
}

/* Its contents once. */
static void write_each(Composing *composing, const MybatisNode *node, Pick pick)
{
    const Mybatis *mybatis = composing->mybatis;
    write_around(composing, mybatis_attribute(mybatis, node, STR("open")), node->tag);
    write_children(composing, node, pick);
    write_around(composing, mybatis_attribute(mybatis, node, STR("close")), end_of(node));
}

static void write_node(Composing *composing, MybatisNode *node, Pick pick)
{
    switch ((MybatisKind)node->kind) {
    case MYBATIS_TEXT:
        write_literal(composing, node);
        break;
    case MYBATIS_INCLUDE:
        write_include(composing, node, pick);
        break;
    case MYBATIS_CHOOSE:
        write_choose(composing, node, pick);
        break;
    case MYBATIS_TRIM:
        write_trim(composing, node, pick);
        break;
    case MYBATIS_EACH:
        write_each(composing, node, pick);
        break;
    case MYBATIS_IF:
    case MYBATIS_BRANCH:
    case MYBATIS_OTHER:
        write_children(composing, node, pick);
        break;
    default:
        break;
    }
}

/* Is if `child` true? *before are the texts of those before it; *inner is what is meant in it. */
static bool is_true(const Composing *composing, MybatisNode *child, uint32_t *before, Pick *inner)
{
    if (composing->ifs == MYBATIS_ALL) {
        return true;
    }
    uint32_t width =
        mybatis_widths(composing->mybatis, child, composing->depth).ifs[composing->ifs];
    width = width ? width : 1;
    bool meant = inner->branch >= *before && inner->branch - *before < width;
    inner->branch -= *before;
    *before += width;
    return meant;
}

static void write_children(Composing *composing, const MybatisNode *node, Pick pick)
{
    Mybatis *mybatis = composing->mybatis;
    uint32_t before = 0;
    if (composing->depth >= MYBATIS_DEEPEST || composing->draft.sql.count > MOST_TEXT ||
        mybatis->spent > MOST_WRITTEN) {
        write_hole(composing, lexer_source(mybatis->file, node->token), node->tag);
        write_text(composing, STR(" "), node->tag);
        return;
    }
    composing->depth++;
    for (MybatisNode *child = node->child; child; child = child->next) {
        Pick inner = pick;
        bool condition = child->kind == MYBATIS_IF;
        if (!condition && composing->ifs == MYBATIS_OF_NEIGHBOURS) {
            before = 0;
        }
        if (condition && !is_true(composing, child, &before, &inner)) {
            continue;
        }
        if (condition) {
            array_push(mybatis->arena, &mybatis->ifs, child);
        }
        write_node(composing, child, inner);
    }
    composing->depth--;
}

SqlFragment mybatis_compose(Mybatis *mybatis, MybatisNode *node, MybatisVariant variant)
{
    SqlFragment none = {.lines = mybatis->lines};
    Composing composing = {.mybatis = mybatis,
                           .ifs = variant.ifs,
                           .draft = fragment_begin(mybatis->arena, &none, FIRST_ROOM)};
    mybatis->ifs.count = mybatis->missing.count = 0;
    node->busy = true;
    write_children(&composing, node, (Pick){variant.choice, variant.branch});
    node->busy = false;
    SqlFragment sql = fragment_end(&composing.draft, node->tag.end);
    call_escape_replace(mybatis->arena, &sql);
    return sql;
}
