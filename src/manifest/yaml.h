#ifndef RINGFENCE_MANIFEST_YAML_H
#define RINGFENCE_MANIFEST_YAML_H

#include "manifest/mistakes.h"

/* A YAML 1.2 or JSON document as a tree whose every value knows its place. Aliases are followed and
 * merge keys (`<<`) are carried out; an aliased value is shared, not copied. */

typedef enum {
    YAML_NULL,
    YAML_BOOLEAN,
    YAML_INTEGER,
    YAML_FLOAT,
    YAML_STRING,
    YAML_LIST,
    YAML_MAPPING,
    YAML_KIND_COUNT
} YamlKind;

typedef struct YamlNode YamlNode;

/* A key and its value. */
typedef struct {
    Str key;
    Position at; /* of the key */
    const YamlNode *value;
} YamlPair;

struct YamlNode {
    YamlKind kind;
    Position at;
    Str text;               /* of a scalar, without quotes and escapes */
    const YamlNode **items; /* of a list */
    YamlPair *pairs;        /* of a mapping: no key twice, in the order written */
    size_t count;           /* of items or pairs */
    size_t weight;          /* values in it, itself included, when aliases are written out */
};

/* Reads the one document of `text`. NULL when it cannot be read at all; duplicate keys and the like
 * are reported to `mistakes` and leave a tree that can still be checked. Memory is `arena`'s. */
const YamlNode *yaml_parse(Arena *arena, Str text, Mistakes *mistakes);

/* The pair of `mapping` called `key`, or NULL. Linear: for mappings with few keys. */
const YamlPair *yaml_pair(const YamlNode *mapping, Str key);

/* What `node` is, for messages: `the number 3`, `the text "x"`, `a list`, `nothing`. */
const char *yaml_describe(Arena *arena, const YamlNode *node);

/* The kind that YAML's core schema gives to an unquoted scalar. */
YamlKind yaml_scalar_kind(Str text);

#endif
