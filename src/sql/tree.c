#include "sql/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "sql/print.h"
#include "sql/tree_eight.h"
#include "sql/tree_words.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    const char *at, *end;
    size_t depth;
    Field *stack; /* fields of the objects being read; items use the value only */
    size_t used, capacity;
    bool moved; /* the stack is memory of its own: the first one was too small */
} Reader;

enum { FIRST_STACK = 128 }; /* fields: enough for most statements */

static bool read_value(Reader *reader, Node *node);

static void reader_grow(Reader *reader)
{
    const Field *first = reader->moved ? NULL : reader->stack;
    reader->capacity *= 2;
    reader->stack = memory_resize(first ? NULL : reader->stack, reader->capacity * sizeof(Field));
    if (first) {
        memcpy(reader->stack, first, reader->used * sizeof(Field));
    }
    reader->moved = true;
}

static Field *reader_push(Reader *reader)
{
    if (reader->used == reader->capacity) {
        reader_grow(reader);
    }
    return &reader->stack[reader->used++];
}

static bool reader_take(Reader *reader, char expected)
{
    if (reader->at < reader->end && *reader->at == expected) {
        reader->at++;
        return true;
    }
    return false;
}

static char escaped_byte(char escape)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    const char *found = memchr(from, escape, sizeof from - 1);
    return found ? to[found - from] : escape;
}

/* Decodes the escapes of `raw`; libpg_query writes \uXXXX for control characters only. */
static Str unescape(Arena *arena, Str raw)
{
    char *out = arena_take_raw(arena, raw.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.at[i] != '\\' || i + 1 >= raw.len) {
            out[length++] = raw.at[i];
        } else if (raw.at[++i] == 'u' && i + 4 < raw.len) {
            char digits[5] = {raw.at[i + 1], raw.at[i + 2], raw.at[i + 3], raw.at[i + 4], '\0'};
            length += utf8_encode((uint32_t)strtoul(digits, NULL, 16), out + length);
            i += 4;
        } else {
            out[length++] = escaped_byte(raw.at[i]);
        }
    }
    return (Str){.at = out, .len = length};
}

/* A key of an object and the colon behind it, or what sql/print.h has in their place: what word it
 * is, and whether it is a type's name. Keys never hold escapes. */
static bool read_key(Reader *reader, uint16_t *word, bool *type)
{
    const char *at = reader->at;
    const char *end = reader->end;
    uint64_t hash = 0;
    if (end - at >= PRINTED_BYTES && (*at == PRINTED_KEY || *at == PRINTED_TYPE)) {
        *type = *at == PRINTED_TYPE;
        *word = printed_word(at + 1);
        reader->at = at + PRINTED_BYTES;
        return true;
    }
    if (at >= end || *at++ != '"') {
        return false;
    }
    *type = at < end && *at >= 'A' && *at <= 'Z';
    uint64_t eight;
    size_t length = EIGHT;
    while ((size_t)(end - at) >= EIGHT && (length = eight_before_quote(at, &eight)) == EIGHT) {
        hash = TREE_WORD_HASH(hash, eight);
        at += EIGHT;
    }
    if ((size_t)(end - at) < EIGHT) { /* the text's last bytes */
        char rest[EIGHT] = {0};
        memcpy(rest, at, (size_t)(end - at));
        length = eight_before_quote(rest, &eight);
    }
    hash = TREE_WORD_HASH(hash, eight);
    at += length;
    if (end - at < 2 || at[1] != ':') {
        return false;
    }
    *word = tree_word_hashed(hash);
    reader->at = at + 2;
    return true;
}

static bool read_text(Reader *reader, Str *text)
{
    if (!reader_take(reader, '"')) {
        return false;
    }
    const char *start = reader->at;
    const char *end = reader->end;
    const char *at = start;
    bool escaped = false;
    while (eight_are_plain(at, end)) {
        at += EIGHT;
    }
    for (; at < end && *at != '"'; at++) {
        if (*at == '\\') {
            escaped = true;
            at++;
        }
    }
    if (at >= end) {
        return false;
    }
    *text = (Str){.at = start, .len = (size_t)(at - start)};
    reader->at = at + 1;
    if (escaped) {
        *text = unescape(reader->arena, *text);
    }
    return true;
}

/* Moves what is on the stack above `base` into the arena, as fields or as a list's items. */
static void node_close(Reader *reader, size_t base, bool list, Node *node)
{
    size_t count = reader->used - base;
    const Field *from = reader->stack + base;
    reader->used = base;
    node->count = (uint32_t)count;
    if (list) {
        Node *items = arena_take_raw(reader->arena, count * sizeof(Node));
        for (size_t i = 0; i < count; i++) {
            items[i] = from[i].value;
        }
        node->items = items;
    } else {
        Field *fields = arena_take_raw(reader->arena, count * sizeof(Field));
        if (count) {
            memcpy(fields, from, count * sizeof(Field));
        }
        node->fields = fields;
    }
}

static bool read_list(Reader *reader, Node *node)
{
    size_t base = reader->used;
    node->tag = NODE_LIST;
    reader->at++;
    if (!reader_take(reader, ']')) {
        do {
            Node item = {0};
            if (!read_value(reader, &item)) {
                return false;
            }
            reader_push(reader)->value = item;
        } while (reader_take(reader, ','));
        if (!reader_take(reader, ']')) {
            return false;
        }
    }
    node_close(reader, base, true, node);
    return true;
}

/* A wrapper's node becomes what it stands for: its text, number or list, or the tagged node itself.
 */
static void node_unwrap(Node *node, uint16_t tag)
{
    const Node *inner = NULL;
    switch (tag) {
    case NODE_String:
        inner = node_get(node, KEY_sval);
        *node = inner ? *inner : (Node){.tag = NODE_TEXT, .text = ""};
        break;
    case NODE_Integer:
        *node = (Node){.tag = NODE_NUMBER, .number = node_number(node, KEY_ival)};
        break;
    case NODE_List:
        inner = node_get(node, KEY_items);
        *node = inner ? *inner : (Node){.tag = NODE_LIST};
        break;
    default:
        node->tag = tag ? tag : NODE_OBJECT;
    }
}

static bool is_scalar(const Node *node)
{
    return node->tag == NODE_TEXT || node->tag == NODE_NUMBER || node->tag == NODE_BOOL;
}

/* The type of an object without one, told by a field that no other type has; or 0. */
static uint16_t tag_told_by(uint16_t key)
{
    switch (key) {
    case KEY_relpersistence:
        return NODE_RangeVar;
    case KEY_typemod:
        return NODE_TypeName;
    case KEY_collname:
        return NODE_CollateClause;
    default:
        return 0;
    }
}

/* The fields up to the closing brace; a {"Type":{…}} is unwrapped. */
static bool read_object(Reader *reader, Node *node)
{
    size_t base = reader->used;
    node->tag = NODE_OBJECT;
    reader->at++;
    if (reader_take(reader, '}')) {
        node->tag = NODE_NULL;
        return true;
    }
    do {
        uint16_t word;
        bool type;
        Node value = {0};
        if (!read_key(reader, &word, &type) || !read_value(reader, &value)) {
            return false;
        }
        if (type) {
            reader->used = base;
            *node = value;
            node_unwrap(node, word);
            return reader_take(reader, '}');
        }
        if (tag_told_by(word)) {
            node->tag = tag_told_by(word);
        }
        if (word || !is_scalar(&value)) {
            Field *field = reader_push(reader);
            field->value = value;
            field->key = word;
        }
    } while (reader_take(reader, ','));
    node_close(reader, base, false, node);
    return reader_take(reader, '}');
}

static bool read_number(Reader *reader, Node *node)
{
    bool negative = reader_take(reader, '-');
    const char *start = reader->at;
    int64_t number = 0;
    while (reader->at < reader->end && char_is_digit(*reader->at)) {
        number = (int64_t)((uint64_t)number * 10 + (uint64_t)(*reader->at++ - '0'));
    }
    *node = (Node){.tag = NODE_NUMBER, .number = negative ? -number : number};
    return reader->at > start;
}

static bool read_literal(Reader *reader, Str literal, Node value, Node *node)
{
    if ((size_t)(reader->end - reader->at) < literal.len ||
        memcmp(reader->at, literal.at, literal.len) != 0) {
        return false;
    }
    reader->at += literal.len;
    *node = value;
    return true;
}

static bool read_nested(Reader *reader, Node *node)
{
    if (++reader->depth > TREE_DEPTH) {
        return false;
    }
    bool read = *reader->at == '{' ? read_object(reader, node) : read_list(reader, node);
    reader->depth--;
    return read;
}

static bool read_value(Reader *reader, Node *node)
{
    if (reader->at >= reader->end) {
        return false;
    }
    switch (*reader->at) {
    case '{':
    case '[':
        return read_nested(reader, node);
    case '"': {
        Str text;
        if (!read_text(reader, &text)) {
            return false;
        }
        *node = (Node){.tag = NODE_TEXT, .count = (uint32_t)text.len, .text = text.at};
        return true;
    }
    case 't':
        return read_literal(reader, STR("true"), (Node){.tag = NODE_BOOL, .number = 1}, node);
    case 'f':
        return read_literal(reader, STR("false"), (Node){.tag = NODE_BOOL}, node);
    case 'n':
        return read_literal(reader, STR("null"), (Node){.tag = NODE_NULL}, node);
    default:
        return read_number(reader, node);
    }
}

const Node *tree_read(Arena *arena, Str json)
{
    Field first[FIRST_STACK];
    Reader reader = {.arena = arena,
                     .at = json.at,
                     .end = json.at + json.len,
                     .stack = first,
                     .capacity = FIRST_STACK};
    Node *root = ARENA_NEW(arena, Node);
    bool read = read_value(&reader, root) && reader.at == reader.end;
    if (reader.moved) {
        free(reader.stack);
    }
    return read ? root : NULL;
}

const Node *node_get(const Node *node, NodeKey key)
{
    if (!node || node->tag <= NODE_LIST) {
        return NULL;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->fields[i].key == key) {
            return &node->fields[i].value;
        }
    }
    return NULL;
}

Str node_as_text(const Node *node)
{
    return node_is(node, NODE_TEXT) ? (Str){.at = node->text, .len = node->count} : (Str){0};
}

Str node_text(const Node *node, NodeKey key)
{
    return node_as_text(node_get(node, key));
}

int64_t node_number(const Node *node, NodeKey key)
{
    const Node *value = node_get(node, key);
    return value && (value->tag == NODE_NUMBER || value->tag == NODE_BOOL) ? value->number : 0;
}

bool node_bool(const Node *node, NodeKey key)
{
    return node_number(node, key) != 0;
}

const Node *node_item(const Node *list, size_t index)
{
    return index < node_length(list) ? &list->items[index] : NULL;
}

size_t node_length(const Node *list)
{
    return node_is(list, NODE_LIST) ? list->count : 0;
}

bool node_is(const Node *node, NodeTag tag)
{
    return node && node->tag == tag;
}
