#ifndef RINGFENCE_MANIFEST_YAML_BUILD_H
#define RINGFENCE_MANIFEST_YAML_BUILD_H

#include "base/map.h"
#include "manifest/yaml.h"

/* Makes the tree out of a stream of values: knows anchors, duplicate keys, merge keys, and the
 * bounds on depth and size. Nothing recurses, so no document can exhaust the stack. */
typedef struct {
    Arena *arena;
    Mistakes *mistakes;
    struct YamlFrame *frames; /* the lists and mappings still open, the innermost last */
    size_t depth;
    Map anchors;
    size_t values;
    YamlNode *root; /* once it is complete */
    bool failed;    /* a mistake after which the tree is worth nothing */
} YamlBuilder;

YamlBuilder yaml_build_new(Arena *arena, Mistakes *mistakes);

/* Reports `text`, after which nothing more should be built. */
void yaml_build_fail(YamlBuilder *builder, Position at, const char *text);

/* A scalar of kind `kind`; `anchor` is empty without one; `plain`: written without quotes. */
void yaml_build_scalar(YamlBuilder *builder, Position at, YamlKind kind, Str text, Str anchor,
                       bool plain);

/* Begins and ends a list or a mapping; in a mapping, keys and values take turns. */
void yaml_build_open(YamlBuilder *builder, Position at, YamlKind kind, Str anchor);
void yaml_build_close(YamlBuilder *builder);

void yaml_build_alias(YamlBuilder *builder, Position at, Str name);

#endif
