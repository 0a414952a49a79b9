#ifndef RINGFENCE_CHECK_PACK_H
#define RINGFENCE_CHECK_PACK_H

#include "base/array.h"
#include "base/buffer.h"
#include "base/map.h"
#include "manifest/manifest.h"

/* Structs as bytes and back, by tables of their fields. Numbers are LEB128, a text or a shared
 * struct that was there before is its number. */

typedef enum {
    PACK_NUMBER,  /* bool, enum, or an unsigned integer: at most `most` */
    PACK_NUMBERS, /* a fixed array of such, as many as the field at `count` says, `most` each */
    PACK_TEXT,    /* Str */
    PACK_CSTRING, /* const char *, may be NULL */
    PACK_SERVICE, /* const Service *, may be NULL: by its name */
    PACK_STRUCT,  /* a struct */
    PACK_LIST,    /* a pointer to as many structs as the field at `count` says */
    PACK_BLANKS,  /* the same, and nothing in them is kept */
    PACK_OWN,     /* a pointer to a struct, never NULL */
    PACK_SHARED,  /* a pointer to a struct that others may point to as well; may be NULL */
    PACK_NOT,     /* not kept: a later step fills it in */
} PackKind;

typedef struct {
    const char *name;
    PackKind kind;
    size_t offset, size, count;
    uint64_t most;
    const struct PackLayout *of;
} PackField;

typedef struct PackLayout {
    const char *name;
    size_t size; /* of the struct */
    const PackField *fields;
    size_t field_count;
    bool (*is_valid)(const void *); /* of a struct that was read; NULL: always */
} PackLayout;

/* A field of struct type T, in the order of the kinds above. */
#define PACK_FIELD(T, field) \
    .name = #field, .offset = offsetof(T, field), .size = sizeof(((T *)0)->field)
#define FIELD_NUMBER(T, field, limit)                              \
    {                                                              \
        PACK_FIELD(T, field), .kind = PACK_NUMBER, .most = (limit) \
    }
#define FIELD_BOOL(T, field) FIELD_NUMBER(T, field, 1)
#define FIELD_COUNT(T, field) FIELD_NUMBER(T, field, UINT64_MAX)
#define FIELD_NUMBERS(T, field, length, limit)                                                    \
    {                                                                                             \
        PACK_FIELD(T, field), .kind = PACK_NUMBERS, .count = offsetof(T, length), .most = (limit) \
    }
#define FIELD_TEXT(T, field)                    \
    {                                           \
        PACK_FIELD(T, field), .kind = PACK_TEXT \
    }
#define FIELD_CSTRING(T, field)                    \
    {                                              \
        PACK_FIELD(T, field), .kind = PACK_CSTRING \
    }
#define FIELD_SERVICE(T, field)                    \
    {                                              \
        PACK_FIELD(T, field), .kind = PACK_SERVICE \
    }
#define FIELD_STRUCT(T, field, layout)                             \
    {                                                              \
        PACK_FIELD(T, field), .kind = PACK_STRUCT, .of = &(layout) \
    }
#define FIELD_LIST(T, field, length, layout)                                                   \
    {                                                                                          \
        PACK_FIELD(T, field), .kind = PACK_LIST, .count = offsetof(T, length), .of = &(layout) \
    }
#define FIELD_BLANKS(T, field, length, layout)                                                   \
    {                                                                                            \
        PACK_FIELD(T, field), .kind = PACK_BLANKS, .count = offsetof(T, length), .of = &(layout) \
    }
#define FIELD_OWN(T, field, layout)                             \
    {                                                           \
        PACK_FIELD(T, field), .kind = PACK_OWN, .of = &(layout) \
    }
#define FIELD_SHARED(T, field, layout)                             \
    {                                                              \
        PACK_FIELD(T, field), .kind = PACK_SHARED, .of = &(layout) \
    }
#define FIELD_NOT(T, field)                    \
    {                                          \
        PACK_FIELD(T, field), .kind = PACK_NOT \
    }
#define PACK_LAYOUT(T, table, valid)                                        \
    {                                                                       \
        .name = #T, .size = sizeof(T), .fields = (table),                   \
        .field_count = sizeof(table) / sizeof *(table), .is_valid = (valid) \
    }

/* Appends `from`, a struct of that layout, to `out`. */
void pack_write(Buffer *out, const PackLayout *layout, const void *from);

/* Reads what pack_write wrote, all of `text`, into `to`, which is zeroed. Memory and texts are from
 * `arena`, services `manifest`'s. Any bytes are safe: false when they are not of that layout, name
 * a service that is unknown, or are not valid. */
bool pack_read(Arena *arena, Str text, const Manifest *manifest, const PackLayout *layout,
               void *to);

/* Changes when the layout, or one that it is made of, does. */
uint64_t pack_digest(const PackLayout *layout);

#endif
