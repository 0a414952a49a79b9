#include "embedded/mybatis_fault.h"

#include "base/array.h"
#include "lexer/language_xml.h"

#include "base/banned.h"

enum { LONGEST_NAME = 60 };

typedef struct {
    Arena *arena;
    Str text;
    const char *kind; /* of document */
    const LineIndex *lines;
    size_t at;
    ARRAY(Range) open; /* the names of elements that are not closed */
    bool rooted;       /* the root element has begun */
    MybatisFault fault;
} Check;

/* Always false. */
static bool fail(Check *check, size_t start, size_t end, Str reason)
{
    end = end < check->text.len ? end : check->text.len;
    check->fault = (MybatisFault){
        .at = {(uint32_t)start, (uint32_t)end},
        .reason = arena_format(check->arena, "this %s's XML %.*s", check->kind, STR_ARGS(reason)),
    };
    return false;
}

static char byte_at(const Check *check, size_t at)
{
    return at < check->text.len ? check->text.at[at] : '\0';
}

static bool begins_name(char byte)
{
    return char_is_alpha(byte) || byte == '_' || byte == ':' || (unsigned char)byte >= 0x80;
}

static size_t name_end(const Check *check, size_t at)
{
    while (char_is_name(byte_at(check, at)) || byte_at(check, at) == '-' ||
           byte_at(check, at) == '.' || byte_at(check, at) == ':') {
        at++;
    }
    return at;
}

static size_t skip_space(const Check *check, size_t at)
{
    while (at < check->text.len && char_is_space(check->text.at[at])) {
        at++;
    }
    return at;
}

/* The offset of `needle` from `at` on, or the text's length. */
static size_t find(const Check *check, size_t at, Str needle)
{
    return at < check->text.len ? at + str_find(str_slice(check->text, at, check->text.len), needle)
                                : check->text.len;
}

/* "<select> of line 7 is closed", as the innermost open element's. */
static Str open_element(const Check *check)
{
    Range range = check->open.at[check->open.count - 1];
    Str name = str_slice(check->text, range.start, range.end);
    name = name.len > LONGEST_NAME ? STR("element") : name;
    return arena_format(check->arena, "<%.*s> of line %u is closed", STR_ARGS(name),
                        lines_position(check->lines, range.start).line);
}

/* Is what stands at `at` one of XML's own references: &lt; &#10; &#xA;? */
static bool is_reference(const Check *check, size_t at)
{
    Str rest = str_slice(check->text, at + 1, at + 1 + LONGEST_NAME);
    size_t end = str_find_byte(rest, ';', 0);
    Str name = str_slice(rest, 0, end);
    if (end == rest.len || name.len < 2 || *name.at != '#') {
        return end < rest.len && str_in_list("lt gt amp quot apos", name);
    }
    bool hexadecimal = name.at[1] == 'x';
    for (size_t i = 1 + hexadecimal; i < name.len; i++) {
        char byte = char_to_lower(name.at[i]);
        if (!char_is_digit(byte) && (!hexadecimal || byte < 'a' || byte > 'f')) {
            return false;
        }
    }
    return name.len > 1u + hexadecimal;
}

static bool read_references(Check *check, size_t start, size_t end)
{
    Str text = str_slice(check->text, 0, end);
    for (size_t at = start; (at = str_find_byte(text, '&', at)) < end; at++) {
        if (!is_reference(check, at)) {
            return fail(check, at, at + 1, STR("has an & that stands for nothing (write &amp;)"));
        }
    }
    return true;
}

static bool read_text(Check *check)
{
    size_t start = skip_space(check, check->at);
    check->at = str_find_byte(check->text, '<', check->at);
    if (start < check->at && !check->open.count) {
        return fail(check, start, start + 1, STR("has text outside of its root element"));
    }
    return read_references(check, start, check->at);
}

static bool read_comment(Check *check)
{
    size_t start = check->at;
    size_t dashes = find(check, start + 4, STR("--"));
    if (dashes >= check->text.len) {
        return fail(check, start, start + 4, STR("has a comment that is not closed"));
    }
    if (byte_at(check, dashes + 2) != '>') {
        return fail(check, dashes, dashes + 2,
                    STR("has -- in a comment: it may be one that is not closed"));
    }
    check->at = dashes + 3;
    return true;
}

static bool read_cdata(Check *check)
{
    size_t end = find(check, check->at, STR("]]>"));
    if (end >= check->text.len) {
        return fail(check, check->at, check->at + 9, STR("has <![CDATA[ without ]]>"));
    }
    if (!check->open.count) {
        return fail(check, check->at, check->at + 9, STR("has text outside of its root element"));
    }
    check->at = end + 3;
    return true;
}

static bool read_instruction(Check *check)
{
    size_t end = find(check, check->at + 2, STR("?>"));
    if (end >= check->text.len) {
        return fail(check, check->at, check->at + 2, STR("has <? without ?>"));
    }
    check->at = end + 2;
    return true;
}

/* The document type: up to its > or, when it declares something itself, to the ]. */
static bool read_declaration(Check *check)
{
    size_t start = check->at;
    bool type = str_starts_with(str_slice(check->text, start, check->text.len), STR("<!DOCTYPE"));
    if (!type || check->rooted) {
        return fail(check, start, start + 2, STR("has <! that begins nothing"));
    }
    size_t end = str_find_byte(check->text, '>', start);
    size_t own = str_find_byte(str_slice(check->text, 0, end), '[', start);
    if (own < end) {
        size_t close = find(check, own, STR("]>"));
        size_t entity = own + str_find(str_slice(check->text, own, close), STR("<!ENTITY"));
        if (entity < close) {
            return fail(check, entity, entity + 8, STR("declares entities, which are not read"));
        }
        end = close < check->text.len ? close + 1 : close;
    }
    if (end >= check->text.len) {
        return fail(check, start, start + 9, STR("has a document type that is not closed"));
    }
    check->at = end + 1;
    return true;
}

static bool fail_tag(Check *check, size_t start)
{
    return fail(check, start, check->at > start ? check->at : start + 1,
                STR("has a tag that is not closed"));
}

static bool read_end_tag(Check *check)
{
    size_t start = check->at;
    size_t end = name_end(check, start + 2);
    Str name = str_slice(check->text, start + 2, end);
    check->at = skip_space(check, end);
    if (!name.len || byte_at(check, check->at) != '>') {
        return fail_tag(check, start);
    }
    check->at++;
    if (!check->open.count) {
        return fail(check, start, check->at, STR("has an end tag that ends nothing"));
    }
    Range open = check->open.at[check->open.count - 1];
    if (!str_equal(str_slice(check->text, open.start, open.end), name)) {
        return fail(check, start, check->at,
                    arena_format(check->arena, "has another end tag before %.*s",
                                 STR_ARGS(open_element(check))));
    }
    check->open.count--;
    return true;
}

static bool read_value(Check *check)
{
    size_t quote = check->at;
    size_t end = language_value_end(check->text, quote);
    if (!end) {
        return fail(check, quote, quote + 1, STR("has a quote that is not closed"));
    }
    size_t less = str_find_byte(str_slice(check->text, 0, end), '<', quote);
    if (less < end) {
        return fail(check, less, less + 1, STR("has < in an attribute (write &lt;)"));
    }
    check->at = end + 1;
    return read_references(check, quote, end);
}

static bool read_attribute(Check *check)
{
    size_t start = check->at;
    size_t at = skip_space(check, name_end(check, start));
    char before = check->text.at[start - 1];
    if (char_is_space(before) && begins_name(check->text.at[start]) && byte_at(check, at) == '=') {
        check->at = skip_space(check, at + 1);
        if (byte_at(check, check->at) == '"' || byte_at(check, check->at) == '\'') {
            return read_value(check);
        }
    }
    return fail(check, start, at > start ? at : start + 1,
                STR("has an attribute that is not name=\"value\""));
}

static bool read_start_tag(Check *check)
{
    size_t start = check->at;
    if (!begins_name(byte_at(check, start + 1))) {
        return fail(check, start, start + 1,
                    STR("has < in its text (write &lt;, or put the SQL in <![CDATA[ ]]>)"));
    }
    if (check->rooted && !check->open.count) {
        return fail(check, start, start + 1, STR("goes on behind its root element"));
    }
    check->rooted = true;
    Range name = {(uint32_t)start + 1, (uint32_t)name_end(check, start + 1)};
    check->at = name.end;
    for (;;) {
        size_t last = check->at;
        check->at = skip_space(check, last);
        char byte = byte_at(check, check->at);
        bool empty = byte == '/' && byte_at(check, check->at + 1) == '>';
        if (byte == '>' || empty) {
            check->at += 1 + empty;
            if (!empty) {
                array_push(check->arena, &check->open, name);
            }
            return true;
        }
        if (check->at >= check->text.len || byte == '<') {
            check->at = last;
            return fail_tag(check, start);
        }
        if (!read_attribute(check)) {
            return false;
        }
    }
}

/* Reads what begins with < and goes on as it does; the last one fits all. */
static bool read_markup(Check *check)
{
    static const struct {
        Str mark;
        bool (*read)(Check *check);
    } marks[] = {
        {STR("<!--"), read_comment},   {STR("<![CDATA["), read_cdata},
        {STR("<!"), read_declaration}, {STR("<?"), read_instruction},
        {STR("</"), read_end_tag},     {STR("<"), read_start_tag},
    };
    Str rest = str_slice(check->text, check->at, check->text.len);
    size_t i = 0;
    while (!str_starts_with(rest, marks[i].mark)) {
        i++;
    }
    return marks[i].read(check);
}

MybatisFault mybatis_fault(Arena *arena, Str text, const char *kind, const LineIndex *lines)
{
    Check check = {.arena = arena, .text = text, .kind = kind, .lines = lines};
    check.at = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    bool good = true;
    while (good && check.at < text.len) {
        good = text.at[check.at] == '<' ? read_markup(&check) : read_text(&check);
    }
    if (good && check.open.count) {
        size_t end = text.len;
        while (end > 1 && char_is_space(text.at[end - 1])) {
            end--;
        }
        fail(&check, end - 1, end,
             arena_format(arena, "ends before %.*s", STR_ARGS(open_element(&check))));
    }
    return check.fault;
}
