#include "embedded/glance.h"

#include <string.h>

#include "base/banned.h"

/* In bytes: the longest group, name of a table, and type between a name and its value. */
enum { LONGEST_GROUP = 400, LONGEST_TABLE = 200, LONGEST_TYPE = 60, NEAR = 2000, SHORT_NAME = 2 };

typedef enum { NO, YES, MAYBE } Answer;

/* What is never a query builder, however its methods are called. */
static const char no_builders[] =
    "path Path posix win32 filepath strings bytes Array Buffer Object Promise Observable Set Map "
    "Uint Float List";

/* Calls that give the text that they are given, or format it. */
static const char texts[] = "Sprintf sprintf format String raw lit text SQL sql name ref table id";

static char byte_at(Str text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static size_t skip_space(Str text, size_t at)
{
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

static size_t skip_name(Str text, size_t at)
{
    while (at < text.len && char_is_name(text.at[at])) {
        at++;
    }
    return at;
}

/* Behind the angle brackets at `at`; `at` where they are not closed. */
static size_t skip_angles(Str text, size_t at)
{
    size_t depth = 0;
    for (size_t i = at; i < text.len && i < at + LONGEST_GROUP; i++) {
        depth += text.at[i] == '<';
        depth -= depth && text.at[i] == '>';
        if (!depth) {
            return i + 1;
        }
    }
    return at;
}

/* Do the words of `behind` follow? *at moves behind them. */
static Answer look_behind(Str text, const char *behind, size_t *at)
{
    while (*behind) {
        Str word = str_next_word(&behind);
        *at = skip_space(text, *at);
        char c = byte_at(text, *at);
        if (c == '/' || c == '#') {
            return MAYBE; /* a comment */
        } else if (str_equal(word, STR("[]"))) {
            if (c == '[') {
                return MAYBE;
            }
        } else if (str_equal(word, STR("<>"))) {
            *at = c == '<' ? skip_angles(text, *at) : *at;
        } else if (str_equal(word, STR("NAME"))) {
            if (!char_is_name(c)) {
                return NO;
            }
            *at = skip_name(text, *at);
        } else if (str_equal(word, STR("ANY"))) {
            size_t end = c && strchr("\"'`", c) ? str_find_byte(text, c, *at + 1) + 1
                                                : skip_name(text, *at + (c == ':'));
            if (end > *at + LONGEST_TABLE || end == *at) {
                return NO;
            }
            *at = end;
        } else if (str_starts_with(str_slice(text, *at, text.len), word)) {
            *at += word.len;
        } else {
            return NO;
        }
    }
    return YES;
}

static size_t skip_space_back(Str text, size_t at, bool *line)
{
    while (at > 0 && char_is_space(text.at[at - 1])) {
        *line |= text.at[--at] == '\n';
    }
    return at;
}

static size_t name_start(Str text, size_t at)
{
    while (at > 0 && char_is_name(text.at[at - 1])) {
        at--;
    }
    return at;
}

/* Do the words of `before` stand before `at`? */
static Answer look_before(Str text, const char *before, size_t at)
{
    size_t end = before ? strlen(before) : 0;
    while (end > 0) {
        size_t start = end;
        while (start > 0 && before[start - 1] != ' ') {
            start--;
        }
        Str word = {.at = before + start, .len = end - start};
        end = start - (start > 0);
        bool line = false; /* a comment may end there */
        at = skip_space_back(text, at, &line);
        Str head = str_slice(text, 0, at);
        if (str_equal(word, STR("PATH"))) {
            if (at > 0 && strchr(".\\:", text.at[at - 1])) {
                return MAYBE;
            }
        } else if (str_equal(word, STR("ANY"))) {
            return MAYBE;
        } else if (str_equal(word, STR("NAME"))) {
            size_t name = name_start(text, at);
            if (name == at) {
                return line || str_ends_with(head, STR("*/")) ? MAYBE : NO;
            }
            at = name;
        } else if (str_ends_with(head, word)) {
            at -= word.len;
        } else {
            return line || str_ends_with(head, STR("*/")) ? MAYBE : NO;
        }
    }
    return YES;
}

/* The name that ends before `at`, without what transpilers and bundlers put around it: path of
 * _path2.default. */
static Str receiver(Str text, size_t at)
{
    static const Str exported = STR(".default");
    if (str_ends_with(str_slice(text, 0, at), exported)) {
        at -= exported.len;
    }
    size_t start = name_start(text, at);
    while (at > start && char_is_digit(text.at[at - 1])) {
        at--;
    }
    while (start < at && text.at[start] == '_') {
        start++;
    }
    return str_slice(text, start, at);
}

/* Is `.` before the anchor, and before that what no builder is called? */
static bool on_other(Str text, size_t at)
{
    bool line = false;
    at = skip_space_back(text, at, &line);
    if (at == 0 || text.at[at - 1] != '.') {
        return false;
    }
    at -= 1 + (at > 1 && text.at[at - 2] == '?');
    return str_in_list(no_builders, receiver(text, skip_space_back(text, at, &line)));
}

/* May the literal whose quote is at `at` name a table? */
static bool looks_like_table(Str text, size_t at)
{
    char quote = text.at[at];
    size_t start = at;
    while (start < at + 3 && byte_at(text, start) == quote) {
        start++;
    }
    start = start == at + 2 ? at + 1 : start; /* two quotes: it is empty */
    start = skip_space(text, start);
    for (size_t i = start; i < text.len && i < start + LONGEST_TABLE; i++) {
        char c = text.at[i];
        if (strchr("$%{", c)) {
            return true; /* a part of it is written elsewhere */
        }
        if (c == '\\') {
            char escape = byte_at(text, i + 1);
            bool blank = escape && strchr("nrtfv", escape);
            return blank ? i > start : escape != '\\' && escape != '\'';
        }
        if (c == quote || char_is_space(c)) {
            return i > start;
        }
        if (i == start && (char_is_digit(c) || c == '-' || c == '.')) {
            return false;
        }
        if (!char_is_name(c) && !strchr(".\"[]`-", c)) {
            return false;
        }
    }
    return false;
}

/* Does a literal follow the name that ends at `at`, as its value? Behind it a type may stand. */
static bool is_bound(Str text, size_t at)
{
    size_t end = at + LONGEST_TYPE;
    for (; at < text.len && at < end; at++) {
        char c = text.at[at];
        if (c == '=' || c == ':') {
            size_t value = skip_space(text, at + 1 + (byte_at(text, at + 1) == '='));
            size_t quote = skip_name(text, value);
            char first = byte_at(text, quote);
            if (first && strchr("\"'`", first) && quote <= value + 2) {
                return looks_like_table(text, quote);
            }
        } else if (c == ',' || c == ';' || c == '\n' || c == '(' || c == ')') {
            return false;
        }
    }
    return false;
}

/* Is the name bound to the name of a table anywhere? */
static bool search(Str text, Str name)
{
    for (size_t at = 0; at < text.len;) {
        Str rest = str_slice(text, at, text.len);
        at += str_find(rest, name) + name.len;
        if (at <= text.len && !char_is_name(byte_at(text, at)) && is_bound(text, at)) {
            return true;
        }
    }
    return false;
}

/* Is the name that ends at `at` bound there: = or :, and no == => :: in their place? */
static bool binds(Str text, size_t at)
{
    size_t next = skip_space(text, at);
    char c = byte_at(text, next);
    char second = byte_at(text, next + 1);
    return (c == '=' && second != '=' && second != '>') || (c == ':' && second != ':');
}

/* The same for a name of a byte or two, which minified code binds over and over: the last time
 * before `at`, nearby. */
static bool search_near(Str text, Str name, size_t at)
{
    Str near = str_slice(text, 0, at);
    bool bound = false;
    for (size_t i = at > NEAR ? at - NEAR : 0; i < at;) {
        size_t found = i + str_find(str_slice(near, i, at), name);
        i = found + name.len;
        bool whole = found < at && (found == 0 || !char_is_name(text.at[found - 1])) &&
                     !char_is_name(byte_at(near, i));
        bound = whole && binds(near, i) ? is_bound(near, i) : bound;
    }
    return bound;
}

static bool names_table(Glance *glance, Str name)
{
    if (name.len && name.len <= SHORT_NAME) {
        return search_near(glance->text, name, (size_t)(name.at - glance->text.at));
    }
    for (size_t i = 0; i < glance->count; i++) {
        if (str_equal(glance->names[i], name)) {
            return glance->bound[i];
        }
    }
    if (!name.len || glance->count == GLANCE_NAMES) {
        return name.len > 0;
    }
    bool bound = search(glance->text, name);
    glance->names[glance->count] = name;
    glance->bound[glance->count++] = bound;
    return bound;
}

/* Is the literal or name at `at` all that is between parentheses? */
static bool is_alone(Str text, size_t at)
{
    char quote = byte_at(text, at);
    if (quote && strchr("\"'`", quote)) {
        size_t end = at + LONGEST_TABLE;
        for (at++; at < text.len && at < end && text.at[at] != quote; at++) {
            at += text.at[at] == '\\';
        }
        at++;
    } else {
        at = skip_name(text, at);
    }
    return byte_at(text, skip_space(text, at)) == ')';
}

/* May what is at `at` be the name of a table: a literal, or what gives one? */
static bool may_be_table(Glance *glance, const MappingRow *row, size_t at)
{
    Str text = glance->text;
    at = skip_space(text, at);
    if (row->flags & MAPPING_MORE && is_alone(text, at)) {
        return false;
    }
    char c = byte_at(text, at);
    if (c == '/' || c == '#' || (c == '<' && byte_at(text, at + 1) == '<')) {
        return true; /* a comment; a heredoc */
    }
    size_t name = at;
    size_t end = at;
    for (;;) {
        end = skip_name(text, name + (byte_at(text, name) == '$'));
        size_t joint = end;
        while (byte_at(text, joint) && strchr(".:->?", text.at[joint])) {
            joint++;
        }
        if (joint == end || !(char_is_name(byte_at(text, joint)) || byte_at(text, joint) == '$')) {
            break;
        }
        name = joint;
    }
    c = byte_at(text, end);
    if (c == ':' && byte_at(text, end + 1) != ':' && end > at) { /* table: 'orders' */
        end = skip_space(text, end + 1);
        c = byte_at(text, end);
    }
    if (c && strchr("\"'`", c)) {
        return looks_like_table(text, end);
    }
    Str last = str_slice(text, name + (byte_at(text, name) == '$'), end);
    return c == '(' || c == '!' ? str_in_list(texts, last) : names_table(glance, last);
}

bool glance_at(Glance *glance, const MappingRow *row, size_t at)
{
    Str text = glance->text;
    size_t end = at + row->anchor.len;
    if (char_is_name(byte_at(text, end)) || (at > 0 && char_is_name(text.at[at - 1]))) {
        return false;
    }
    Answer before = look_before(text, row->before, at);
    Answer behind = before == NO ? NO : look_behind(text, row->behind, &end);
    bool plain = row->flags & MAPPING_ALWAYS_WEAK && str_in_list(row->table, STR("0"));
    if (behind == NO || (plain && on_other(text, at))) {
        return false;
    }
    bool common = row->flags & MAPPING_COMMON;
    return !(plain || common) || behind == MAYBE || may_be_table(glance, row, end);
}
