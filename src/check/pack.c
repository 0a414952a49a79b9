#include "check/pack.h"

#include <string.h>

#include "base/banned.h"

/* Deep enough for every layout of ours: inclusions in inclusions are the deepest. */
enum { DEEPEST = 64 };

typedef struct {
    Buffer *out;
    Arena *arena;
    Map texts, shared; /* -> their numbers, from 1 */
    size_t text_count, shared_count;
} Writer;

static void write_struct(Writer *writer, const PackLayout *layout, const void *from);

static void write_number(Writer *writer, uint64_t number)
{
    while (number >= 0x80) {
        buffer_append_byte(writer->out, (char)(number | 0x80));
        number >>= 7;
    }
    buffer_append_byte(writer->out, (char)number);
}

/* 0: none; 1: a new one follows; n: number n - 1 once more. */
static void write_text(Writer *writer, Str text)
{
    size_t number = text.at ? (size_t)map_get(&writer->texts, text) : 0;
    if (!text.at || number) {
        write_number(writer, text.at ? number + 1 : 0);
        return;
    }
    map_put(writer->arena, &writer->texts, text, (void *)++writer->text_count);
    write_number(writer, 1);
    write_number(writer, text.len);
    buffer_append(writer->out, text);
}

/* Likewise; numbered when it is written, so that no struct can be inside itself. */
static void write_shared(Writer *writer, const PackLayout *layout, const void *from)
{
    Str key = {.at = (const char *)&from, .len = sizeof from};
    size_t number = from ? (size_t)map_get(&writer->shared, key) : 0;
    if (!from || number) {
        write_number(writer, from ? number + 1 : 0);
        return;
    }
    write_number(writer, 1);
    write_struct(writer, layout, from);
    map_put(writer->arena, &writer->shared, arena_copy(writer->arena, key),
            (void *)++writer->shared_count);
}

static uint64_t load_number(const void *at, size_t size)
{
    uint64_t number = 0; /* little-endian or not: each size by its own type */
    switch (size) {
    case 1:
        return *(const uint8_t *)at;
    case 4:
        return *(const uint32_t *)at;
    default:
        memcpy(&number, at, sizeof number);
        return number;
    }
}

static const void *load_pointer(const void *at)
{
    const void *pointer;
    memcpy(&pointer, at, sizeof pointer);
    return pointer;
}

static size_t load_count(const void *from, const PackField *field)
{
    return *(const size_t *)((const char *)from + field->count);
}

static void write_list(Writer *writer, const PackField *field, const void *from, const char *items)
{
    size_t count = load_count(from, field);
    write_number(writer, count);
    for (size_t i = 0; i < count; i++) {
        if (field->kind == PACK_BLANKS) {
            write_number(writer, 0); /* a byte each, so that no count is larger than its bytes */
        } else {
            write_struct(writer, field->of, items + i * field->of->size);
        }
    }
}

static void write_field(Writer *writer, const PackField *field, const void *from)
{
    const char *at = (const char *)from + field->offset;
    const Service *service;
    switch (field->kind) {
    case PACK_NUMBER:
        write_number(writer, load_number(at, field->size));
        break;
    case PACK_NUMBERS:
        write_number(writer, load_count(from, field));
        for (size_t i = 0; i < load_count(from, field); i++) {
            write_number(writer, load_number(at + i * sizeof(size_t), sizeof(size_t)));
        }
        break;
    case PACK_TEXT:
        write_text(writer, *(const Str *)at);
        break;
    case PACK_CSTRING:
        write_text(writer, str_from(load_pointer(at)));
        break;
    case PACK_SERVICE:
        service = load_pointer(at);
        write_text(writer, service ? service->name : (Str){0});
        break;
    case PACK_STRUCT:
        write_struct(writer, field->of, at);
        break;
    case PACK_LIST:
    case PACK_BLANKS:
        write_list(writer, field, from, load_pointer(at));
        break;
    case PACK_OWN:
        write_struct(writer, field->of, load_pointer(at));
        break;
    case PACK_SHARED:
        write_shared(writer, field->of, load_pointer(at));
        break;
    case PACK_NOT:
        break;
    }
}

static void write_struct(Writer *writer, const PackLayout *layout, const void *from)
{
    for (size_t i = 0; i < layout->field_count; i++) {
        write_field(writer, &layout->fields[i], from);
    }
}

void pack_write(Buffer *out, const PackLayout *layout, const void *from)
{
    Writer writer = {.out = out, .arena = arena_new()};
    write_struct(&writer, layout, from);
    arena_free(writer.arena);
}

typedef struct {
    Arena *arena;
    Str text;
    size_t at;
    const Manifest *manifest;
    ARRAY(Str) texts;
    ARRAY(struct Shared {
        const PackLayout *layout;
        void *at;
    })
    shared;
    unsigned depth;
    bool failed; /* then everything is read as nothing */
} Reader;

static void read_struct(Reader *reader, const PackLayout *layout, void *to);

static uint64_t fail(Reader *reader)
{
    reader->failed = true;
    reader->at = reader->text.len;
    return 0;
}

static uint64_t read_number(Reader *reader, uint64_t most)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && reader->at < reader->text.len; shift += 7) {
        uint64_t byte = (unsigned char)reader->text.at[reader->at++];
        if (shift == 63 && byte > 1) {
            break;
        }
        number |= (byte & 0x7f) << shift;
        if (byte < 0x80) {
            return number <= most ? number : fail(reader);
        }
    }
    return fail(reader);
}

/* A number of things of at least `bytes` bytes each that are still to come. */
static size_t read_count(Reader *reader, size_t bytes)
{
    size_t count = (size_t)read_number(reader, UINT64_MAX);
    size_t left = reader->text.len - reader->at;
    return count <= left / (bytes ? bytes : 1) ? count : (size_t)fail(reader);
}

static Str read_text(Reader *reader)
{
    uint64_t number = read_number(reader, reader->texts.count + 1);
    if (number == 0) {
        return (Str){0};
    }
    if (number > 1) {
        return reader->texts.at[number - 2];
    }
    size_t length = read_count(reader, 1);
    Str text = arena_copy(reader->arena, (Str){.at = reader->text.at + reader->at, .len = length});
    reader->at += length;
    array_push(reader->arena, &reader->texts, text);
    return text;
}

static void *read_new(Reader *reader, const PackLayout *layout)
{
    void *to = arena_take(reader->arena, layout->size);
    if (++reader->depth > DEEPEST) {
        fail(reader);
    } else {
        read_struct(reader, layout, to);
    }
    reader->depth--;
    return to;
}

static void *read_shared(Reader *reader, const PackLayout *layout)
{
    uint64_t number = read_number(reader, reader->shared.count + 1);
    if (number > 1) {
        const struct Shared *known = &reader->shared.at[number - 2];
        if (known->layout != layout) {
            fail(reader);
        }
        return reader->failed ? NULL : known->at;
    }
    if (number == 0) {
        return NULL;
    }
    void *to = read_new(reader, layout);
    array_push(reader->arena, &reader->shared, (struct Shared){.layout = layout, .at = to});
    return to;
}

static void store_number(void *at, size_t size, uint64_t number)
{
    if (size == 1) {
        *(uint8_t *)at = (uint8_t)number;
    } else if (size == 4) {
        *(uint32_t *)at = (uint32_t)number;
    } else {
        memcpy(at, &number, sizeof number);
    }
}

static uint64_t most_of(const PackField *field)
{
    uint64_t fits = field->size == 4 ? UINT32_MAX : field->size == 1 ? UINT8_MAX : UINT64_MAX;
    return field->most < fits ? field->most : fits;
}

static void store_pointer(void *at, const void *pointer)
{
    memcpy(at, &pointer, sizeof pointer);
}

static void read_list(Reader *reader, const PackField *field, void *to, void *at)
{
    bool blank = field->kind == PACK_BLANKS;
    size_t count = read_count(reader, blank ? 1 : field->of->field_count / 2);
    char *items = arena_take(reader->arena, count * field->of->size + 1);
    for (size_t i = 0; i < count && !reader->failed; i++) {
        if (blank) {
            read_number(reader, 0);
        } else {
            read_struct(reader, field->of, items + i * field->of->size);
        }
    }
    store_pointer(at, items);
    *(size_t *)((char *)to + field->count) = reader->failed ? 0 : count;
}

static void read_numbers(Reader *reader, const PackField *field, void *to, void *at)
{
    size_t count = (size_t)read_number(reader, field->size / sizeof(size_t));
    for (size_t i = 0; i < count; i++) {
        ((size_t *)at)[i] = (size_t)read_number(reader, field->most);
    }
    *(size_t *)((char *)to + field->count) = count;
}

static const Service *read_service(Reader *reader)
{
    Str name = read_text(reader);
    const Service *service = name.at ? manifest_service(reader->manifest, name) : NULL;
    if (name.at && !service) {
        fail(reader);
    }
    return service;
}

static void read_field(Reader *reader, const PackField *field, void *to)
{
    char *at = (char *)to + field->offset;
    switch (field->kind) {
    case PACK_NUMBER:
        store_number(at, field->size, read_number(reader, most_of(field)));
        break;
    case PACK_NUMBERS:
        read_numbers(reader, field, to, at);
        break;
    case PACK_TEXT:
        *(Str *)at = read_text(reader);
        break;
    case PACK_CSTRING:
        store_pointer(at, read_text(reader).at);
        break;
    case PACK_SERVICE:
        store_pointer(at, read_service(reader));
        break;
    case PACK_STRUCT:
        read_struct(reader, field->of, at);
        break;
    case PACK_LIST:
    case PACK_BLANKS:
        read_list(reader, field, to, at);
        break;
    case PACK_OWN:
        store_pointer(at, read_new(reader, field->of));
        break;
    case PACK_SHARED:
        store_pointer(at, read_shared(reader, field->of));
        break;
    case PACK_NOT:
        break;
    }
}

static void read_struct(Reader *reader, const PackLayout *layout, void *to)
{
    for (size_t i = 0; i < layout->field_count && !reader->failed; i++) {
        read_field(reader, &layout->fields[i], to);
    }
    if (!reader->failed && layout->is_valid && !layout->is_valid(to)) {
        fail(reader);
    }
}

bool pack_read(Arena *arena, Str text, const Manifest *manifest, const PackLayout *layout, void *to)
{
    Reader reader = {.arena = arena, .text = text, .manifest = manifest};
    read_struct(&reader, layout, to);
    return !reader.failed && reader.at == text.len;
}

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return str_hash_more(hash, (Str){.at = (const char *)&number, .len = sizeof number});
}

/* Layouts may be made of themselves: a few levels tell them apart. */
static uint64_t hash_layout(uint64_t hash, const PackLayout *layout, unsigned depth)
{
    hash = hash_number(str_hash_more(hash, str_from(layout->name)), layout->size);
    for (size_t i = 0; i < layout->field_count; i++) {
        const PackField *field = &layout->fields[i];
        hash = str_hash_more(hash, str_from(field->name));
        hash = hash_number(hash_number(hash, field->kind), field->most);
        hash = hash_number(hash, field->size);
        if (field->of && depth) {
            hash = hash_layout(hash, field->of, depth - 1);
        }
    }
    return hash;
}

uint64_t pack_digest(const PackLayout *layout)
{
    return hash_layout(str_hash(STR("")), layout, 8);
}
