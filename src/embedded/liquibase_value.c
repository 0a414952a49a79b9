#include "embedded/liquibase_value.h"

#include "sql/hole.h"

#include "base/banned.h"

enum { FIRST_ROOM = 256, MOST_PASTED = 1 << 22, DEEPEST_PROPERTY = 8 };

Str liquibase_name(const Changelog *log, const MybatisNode *node)
{
    Str name = lexer_source(log->xml.file, node->token);
    size_t colon = str_find_byte(name, ':', 0);
    return colon < name.len ? str_slice(name, colon + 1, name.len) : name;
}

/* The token of an attribute's value, or 0. */
static uint32_t value_token(const Changelog *log, const MybatisNode *node, Str name)
{
    const LexFile *file = log->xml.file;
    for (uint32_t at = node->token + 1; at + 2 < node->behind; at++) {
        if (lexer_is(file, at, name) && lexer_is(file, at + 1, STR("=")) &&
            file->tokens[at + 2].kind == LEX_STRING) {
            return at + 2;
        }
    }
    return 0;
}

void liquibase_append(FragmentDraft *draft, Str text, Range at)
{
    if (text.len) {
        fragment_append_hole(draft, text, at);
    }
}

/* ${name} from byte `at` on: behind it; 0: it is none, or not closed. */
static uint32_t behind_property(Str text, uint32_t at)
{
    if (!str_starts_with(str_slice(text, at, text.len), STR("${"))) {
        return 0;
    }
    size_t end = str_find_byte(text, '}', at);
    return end < text.len ? (uint32_t)end + 1 : 0;
}

static void write_expanded(Changelog *log, FragmentDraft *draft, const SqlFragment *text,
                           unsigned depth);

/* The value of ${name}, or a hole where it is not known. */
static void write_property(Changelog *log, FragmentDraft *draft, Str source, Range at,
                           unsigned depth)
{
    Str name = str_trim(str_slice(source, 2, source.len - 1));
    const Str *value = map_get(&log->properties, name);
    if (!value || !value->at || depth >= DEEPEST_PROPERTY || log->spent > MOST_PASTED) {
        liquibase_append(draft, hole_raw_name(log->arena, source), at);
        return;
    }
    log->spent += value->len;
    Span span = {.file = at.start, .hole = at.end - at.start};
    SqlFragment text = {.sql = *value, .spans = &span, .span_count = 1, .lines = log->xml.lines};
    write_expanded(log, draft, &text, depth + 1);
}

/* Appends a text with its properties filled in. */
static void write_expanded(Changelog *log, FragmentDraft *draft, const SqlFragment *text,
                           unsigned depth)
{
    uint32_t written = 0;
    uint32_t length = (uint32_t)text->sql.len;
    for (uint32_t at = 0; at < length; at++) {
        uint32_t end = text->sql.at[at] == '$' ? behind_property(text->sql, at) : 0;
        if (end) {
            Range range = {at, end};
            fragment_append(draft, text, (Range){written, at});
            write_property(log, draft, str_slice(text->sql, at, end),
                           (Range){fragment_offset(text, at), fragment_behind(text, range)}, depth);
            written = end;
            at = end - 1;
        }
    }
    fragment_append(draft, text, (Range){written, length});
}

static SqlFragment literal(const Changelog *log, uint32_t token)
{
    LexText value = lexer_decode(log->arena, log->xml.file, token);
    return (SqlFragment){.sql = value.text,
                         .spans = value.spans,
                         .span_count = value.span_count,
                         .lines = log->xml.lines};
}

FragmentDraft liquibase_begin(const Changelog *log)
{
    SqlFragment none = {.lines = log->xml.lines};
    return fragment_begin(log->arena, &none, FIRST_ROOM);
}

Str liquibase_attribute(Changelog *log, const MybatisNode *node, Str name, Range *at)
{
    uint32_t token = value_token(log, node, name);
    if (!token) {
        return (Str){0};
    }
    LexToken value = log->xml.file->tokens[token];
    uint32_t quotes = value.end - value.start > 2; /* an empty value stands at its quotes */
    SqlFragment text = literal(log, token);
    FragmentDraft draft = liquibase_begin(log);
    write_expanded(log, &draft, &text, 0);
    *at = (Range){value.start + quotes, value.end - quotes};
    return fragment_end(&draft, at->start).sql;
}

bool liquibase_has(const Changelog *log, const MybatisNode *node, Str name)
{
    return value_token(log, node, name) != 0;
}

bool liquibase_write_attribute(Changelog *log, FragmentDraft *draft, const MybatisNode *node,
                               Str name)
{
    uint32_t token = value_token(log, node, name);
    if (token) {
        SqlFragment text = literal(log, token);
        write_expanded(log, draft, &text, 0);
    }
    return token;
}

static bool has_letters(Str text, char first, char last)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= first && text.at[i] <= last) {
            return true;
        }
    }
    return false;
}

static bool is_plain(Str name)
{
    bool plain = name.len && !char_is_digit(*name.at);
    for (size_t i = 0; i < name.len; i++) {
        plain = plain && char_is_word(name.at[i]);
    }
    return plain;
}

static Str quote(const Changelog *log, Str name, bool fold)
{
    char *text = arena_take_raw(log->arena, 2 * name.len + 2);
    size_t length = 0;
    text[length++] = '"';
    for (size_t i = 0; i < name.len; i++) {
        text[length] = '"';
        length += name.at[i] == '"';
        text[length++] = fold ? char_to_lower(name.at[i]) : name.at[i];
    }
    text[length++] = '"';
    return (Str){.at = text, .len = length};
}

/* Liquibase quotes names of both cases and with other signs, and all if it is told to; the others
 * PostgreSQL folds. Without a schema, one may be a word of SQL's. */
static Str name_text(const Changelog *log, Str name, bool lone)
{
    bool upper = has_letters(name, 'A', 'Z');
    bool exact = upper && (log->exact_names || has_letters(name, 'a', 'z'));
    if (hole_in_name(name)) {
        return name;
    }
    bool folds = is_plain(name) && !exact;
    return folds && !lone ? name : quote(log, name, folds);
}

void liquibase_write_name(Changelog *log, FragmentDraft *draft, const MybatisNode *node, Str schema,
                          Str name)
{
    Range at = node->tag;
    Range unused;
    Str space = schema.len ? liquibase_attribute(log, node, schema, &unused) : (Str){0};
    Str text = liquibase_attribute(log, node, name, &at);
    if (!text.len) {
        text = hole_raw_name(log->arena, name);
    }
    Str all = space.len
                  ? arena_format(log->arena, "%.*s.%.*s", STR_ARGS(name_text(log, space, false)),
                                 STR_ARGS(name_text(log, text, false)))
                  : name_text(log, text, true);
    liquibase_append(draft, all, at);
}

SqlFragment liquibase_body(Changelog *log, const MybatisNode *node)
{
    FragmentDraft draft = liquibase_begin(log);
    for (const MybatisNode *child = node->child; child; child = child->next) {
        if (child->kind == MYBATIS_TEXT) {
            SqlFragment text = literal(log, child->token);
            write_expanded(log, &draft, &text, 0);
            liquibase_append(&draft, STR("\n"), (Range){child->tag.end - 1, child->tag.end});
        }
    }
    return fragment_end(&draft, node->tag.end - 1);
}

/* nextval('…') of a sequence that an attribute names. */
static bool write_nextval(Changelog *log, FragmentDraft *draft, const MybatisNode *node, Str name)
{
    Range at;
    Str sequence = liquibase_attribute(log, node, name, &at);
    if (sequence.len && str_find_byte(sequence, '\'', 0) == sequence.len) {
        liquibase_append(draft, arena_format(log->arena, "nextval('%.*s')", STR_ARGS(sequence)),
                         at);
        return true;
    }
    return false;
}

void liquibase_write_value(Changelog *log, FragmentDraft *draft, const MybatisNode *node,
                           const char *prefix)
{
    Str computed = arena_format(log->arena, "%sComputed", prefix);
    Str next = arena_format(log->arena, "%sSequenceNext", prefix);
    Str current = arena_format(log->arena, "%sSequenceCurrent", prefix);
    if (value_token(log, node, computed)) {
        liquibase_append(draft, STR("("), node->tag);
        liquibase_write_attribute(log, draft, node, computed);
        liquibase_append(draft, STR(")"), node->tag);
    } else if (!write_nextval(log, draft, node, next) &&
               !write_nextval(log, draft, node, current)) {
        liquibase_append(draft, STR("NULL"), node->tag);
    }
}

void liquibase_write_type(Changelog *log, FragmentDraft *draft, const MybatisNode *node, Str name)
{
    Range at;
    Str type = liquibase_attribute(log, node, name, &at);
    bool qualified = str_find_byte(type, '.', 0) < str_find_byte(type, '(', 0) &&
                     !str_starts_with(type, STR("java.")) && str_find_byte(type, '.', 0) < type.len;
    liquibase_append(draft, qualified ? type : STR("text"), qualified ? at : node->tag);
}
