#include "manifest/yaml_build.h"

#include "base/banned.h"

enum { DEEPEST = 64, MOST_VALUES = 1000000 };

/* A list or mapping that is still being read. */
typedef struct YamlFrame {
    YamlNode *node;
    Str anchor;
    ARRAY(const YamlNode *) items;
    ARRAY(YamlPair) pairs;
    ARRAY(const YamlNode *) merges; /* what `<<` names */
    Map seen;                       /* key -> the line where it stands first */
    YamlPair pending;               /* a key that waits for its value */
    bool has_key, drop_value, merge_value;
} YamlFrame;

YamlBuilder yaml_build_new(Arena *arena, Mistakes *mistakes)
{
    return (YamlBuilder){
        .arena = arena, .mistakes = mistakes, .frames = ARENA_ARRAY(arena, YamlFrame, DEEPEST)};
}

void yaml_build_fail(YamlBuilder *builder, Position at, const char *text)
{
    mistakes_add(builder->mistakes, at, "%s", text);
    builder->failed = true;
}

static void count_values(YamlBuilder *builder, size_t count, Position at)
{
    builder->values += count;
    if (builder->values > MOST_VALUES && !builder->failed) {
        yaml_build_fail(builder, at,
                        "the manifest holds more than 1000000 values once aliases are written out");
    }
}

/* Keys. */

static void open_key(YamlBuilder *builder, YamlFrame *frame, const YamlNode *key, bool plain)
{
    frame->has_key = true;
    frame->merge_value = plain && str_equal(key->text, STR("<<"));
    frame->drop_value = key->kind == YAML_LIST || key->kind == YAML_MAPPING;
    frame->pending = (YamlPair){.key = key->text, .at = key->at};
    if (frame->drop_value) {
        mistakes_add(builder->mistakes, key->at, "a key must be plain text, but is %s",
                     yaml_describe(builder->arena, key));
        return;
    }
    const Position *first = map_get(&frame->seen, key->text);
    if (first) {
        mistakes_add(builder->mistakes, key->at, "the key %s is here twice: first in line %u",
                     mistakes_quote(builder->arena, key->text), first->line);
        frame->drop_value = true;
        return;
    }
    Position *at = ARENA_NEW(builder->arena, Position);
    *at = key->at;
    map_put(builder->arena, &frame->seen, key->text, at);
}

/* Values. */

static void add_merge(YamlBuilder *builder, YamlFrame *frame, const YamlNode *value)
{
    if (value->kind == YAML_MAPPING) {
        array_push(builder->arena, &frame->merges, value);
        return;
    }
    bool fits = value->kind == YAML_LIST;
    for (size_t i = 0; fits && i < value->count; i++) {
        fits = value->items[i]->kind == YAML_MAPPING;
    }
    if (!fits) {
        mistakes_add(builder->mistakes, value->at,
                     "\"<<\" takes a mapping or a list of mappings, but is %s",
                     yaml_describe(builder->arena, value));
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        array_push(builder->arena, &frame->merges, value->items[i]);
    }
}

static void close_value(YamlBuilder *builder, YamlFrame *frame, const YamlNode *value)
{
    frame->has_key = false;
    if (frame->drop_value) {
        return;
    }
    frame->node->weight += value->weight;
    if (frame->merge_value) {
        add_merge(builder, frame, value);
        return;
    }
    frame->pending.value = value;
    array_push(builder->arena, &frame->pairs, frame->pending);
}

/* Hands a finished value to what surrounds it. `plain`: a scalar without quotes. */
static void place(YamlBuilder *builder, const YamlNode *node, bool plain)
{
    if (builder->depth == 0) {
        builder->root = (YamlNode *)node;
        return;
    }
    YamlFrame *frame = &builder->frames[builder->depth - 1];
    if (frame->node->kind == YAML_LIST) {
        frame->node->weight += node->weight;
        array_push(builder->arena, &frame->items, node);
    } else if (frame->has_key) {
        close_value(builder, frame, node);
    } else {
        open_key(builder, frame, node, plain);
    }
}

static void name_anchor(YamlBuilder *builder, Str anchor, YamlNode *node)
{
    if (anchor.len) {
        map_put(builder->arena, &builder->anchors, anchor, node);
    }
}

static YamlNode *new_node(YamlBuilder *builder, YamlKind kind, Position at)
{
    YamlNode *node = ARENA_NEW(builder->arena, YamlNode);
    *node = (YamlNode){.kind = kind, .at = at, .weight = 1, .text = STR("")};
    return node;
}

/* What the stream calls. */

void yaml_build_scalar(YamlBuilder *builder, Position at, YamlKind kind, Str text, Str anchor,
                       bool plain)
{
    YamlFrame *frame = builder->depth ? &builder->frames[builder->depth - 1] : NULL;
    bool nothing = plain && !text.len && frame && frame->has_key; /* it stands nowhere */
    YamlNode *node = new_node(builder, kind, nothing ? frame->pending.at : at);
    node->text = text;
    count_values(builder, 1, at);
    name_anchor(builder, anchor, node);
    place(builder, node, plain);
}

void yaml_build_open(YamlBuilder *builder, Position at, YamlKind kind, Str anchor)
{
    count_values(builder, 1, at);
    if (builder->depth == DEEPEST) {
        yaml_build_fail(builder, at, "lists and mappings are nested more than 64 deep");
        return;
    }
    builder->frames[builder->depth++] =
        (YamlFrame){.node = new_node(builder, kind, at), .anchor = anchor};
}

void yaml_build_alias(YamlBuilder *builder, Position at, Str name)
{
    const YamlNode *target = map_get(&builder->anchors, name);
    YamlNode *node = new_node(builder, YAML_NULL, at);
    if (target) {
        *node = *target;
        node->at = at;
        count_values(builder, target->weight, at);
    } else {
        yaml_build_fail(builder, at,
                        arena_format(builder->arena, "no anchor &%.*s stands before this alias",
                                     (int)(name.len < 80 ? name.len : 80), name.at)
                            .at);
    }
    place(builder, node, false);
}

/* The mapping's own keys beat merged ones, and earlier merged mappings beat later ones. */
static void carry_out_merges(YamlBuilder *builder, YamlFrame *frame)
{
    for (size_t i = 0; i < frame->merges.count; i++) {
        const YamlNode *merged = frame->merges.at[i];
        for (size_t j = 0; j < merged->count && !builder->failed; j++) {
            const YamlPair *pair = &merged->pairs[j];
            count_values(builder, 1, frame->node->at);
            if (!map_get(&frame->seen, pair->key)) {
                map_put(builder->arena, &frame->seen, pair->key, (void *)&pair->at);
                array_push(builder->arena, &frame->pairs, *pair);
            }
        }
    }
}

void yaml_build_close(YamlBuilder *builder)
{
    YamlFrame *frame = &builder->frames[--builder->depth];
    YamlNode *node = frame->node;
    if (node->kind == YAML_MAPPING) {
        carry_out_merges(builder, frame);
        node->pairs = frame->pairs.at;
        node->count = frame->pairs.count;
    } else {
        node->items = frame->items.at;
        node->count = frame->items.count;
    }
    name_anchor(builder, frame->anchor, node);
    place(builder, node, false);
}
