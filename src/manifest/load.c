/* The only user of libfyaml. Its event stream, not its tree, is read: anchors, duplicate keys and
 * the bounds on depth and size are then ours, and nothing recurses. */
#include <libfyaml.h>
#include <string.h>

#include "base/map.h"
#include "manifest/encoding.h"
#include "manifest/yaml.h"

#include "base/banned.h"

enum { DEEPEST = 64, MOST_VALUES = 1000000 };

/* A list or mapping that is still being read. */
typedef struct {
    YamlNode *node;
    Str anchor;
    ARRAY(const YamlNode *) items;
    ARRAY(YamlPair) pairs;
    ARRAY(const YamlNode *) merges; /* what `<<` names */
    Map seen;                       /* key -> the line where it stands first */
    YamlPair pending;               /* a key that waits for its value */
    bool has_key, drop_value, merge_value;
} Frame;

typedef struct {
    Arena *arena;
    Mistakes *mistakes;
    struct fy_parser *parser;
    PositionCursor cursor;
    Position last; /* of the latest event that had one */
    Frame *frames; /* DEEPEST of them */
    size_t depth;
    Map anchors;
    size_t values;
    YamlNode *root;
    bool failed;
} Loader;

static void fail(Loader *loader, Position at, const char *text)
{
    mistakes_add(loader->mistakes, at, "%s", text);
    loader->failed = true;
}

static void count_values(Loader *loader, size_t count, Position at)
{
    loader->values += count;
    if (loader->values > MOST_VALUES && !loader->failed) {
        fail(loader, at,
             "the manifest holds more than 1000000 values once aliases are written out");
    }
}

static Str token_text(Loader *loader, struct fy_token *token)
{
    size_t len = 0;
    const char *text = token ? fy_token_get_text(token, &len) : NULL;
    return text ? arena_copy(loader->arena, (Str){.at = text, .len = len}) : STR("");
}

/* The text of a scalar, piece by piece: fy_token_get_text leaks where there are more than a few of
 * them (libfyaml 0.7.12). */
static Str scalar_text(Loader *loader, struct fy_token *token)
{
    struct fy_token_iter *pieces = token ? fy_token_iter_create(token) : NULL;
    const struct fy_iter_chunk *piece = NULL;
    Buffer text = {0};
    int error = 0;
    while (pieces && (piece = fy_token_iter_chunk_next(pieces, piece, &error))) {
        buffer_append(&text, (Str){.at = piece->str, .len = piece->len});
    }
    if (pieces) {
        fy_token_iter_destroy(pieces);
    }
    Str copy = arena_copy(loader->arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}

static bool is_quoted(struct fy_token *token)
{
    enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
    return style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
}

static Position event_position(Loader *loader, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (mark) {
        bool inside = event->type == FYET_SCALAR && is_quoted(event->scalar.value);
        size_t offset = mark->input_pos - (inside && mark->input_pos > 0);
        loader->last = encoding_position(&loader->cursor, offset);
    }
    return loader->last;
}

static Str anchor_of(Loader *loader, struct fy_event *event)
{
    return token_text(loader, fy_event_get_anchor_token(event));
}

/* Keys. */

static void open_key(Loader *loader, Frame *frame, const YamlNode *key, bool plain)
{
    frame->has_key = true;
    frame->merge_value = plain && str_equal(key->text, STR("<<"));
    frame->drop_value = key->kind == YAML_LIST || key->kind == YAML_MAPPING;
    frame->pending = (YamlPair){.key = key->text, .at = key->at};
    if (frame->drop_value) {
        mistakes_add(loader->mistakes, key->at, "a key must be plain text, but is %s",
                     yaml_describe(loader->arena, key));
        return;
    }
    const Position *first = map_get(&frame->seen, key->text);
    if (first) {
        mistakes_add(loader->mistakes, key->at, "the key %s is here twice: first in line %u",
                     mistakes_quote(loader->arena, key->text), first->line);
        frame->drop_value = true;
        return;
    }
    Position *at = ARENA_NEW(loader->arena, Position);
    *at = key->at;
    map_put(loader->arena, &frame->seen, key->text, at);
}

/* Values. */

static void add_merge(Loader *loader, Frame *frame, const YamlNode *value)
{
    if (value->kind == YAML_MAPPING) {
        array_push(loader->arena, &frame->merges, value);
        return;
    }
    bool fits = value->kind == YAML_LIST;
    for (size_t i = 0; fits && i < value->count; i++) {
        fits = value->items[i]->kind == YAML_MAPPING;
    }
    if (!fits) {
        mistakes_add(loader->mistakes, value->at,
                     "\"<<\" takes a mapping or a list of mappings, but is %s",
                     yaml_describe(loader->arena, value));
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        array_push(loader->arena, &frame->merges, value->items[i]);
    }
}

static void close_value(Loader *loader, Frame *frame, const YamlNode *value)
{
    frame->has_key = false;
    if (frame->drop_value) {
        return;
    }
    frame->node->weight += value->weight;
    if (frame->merge_value) {
        add_merge(loader, frame, value);
        return;
    }
    frame->pending.value = value;
    array_push(loader->arena, &frame->pairs, frame->pending);
}

/* Hands a finished value to what surrounds it. `plain`: a scalar without quotes. */
static void place(Loader *loader, const YamlNode *node, bool plain)
{
    if (loader->depth == 0) {
        loader->root = (YamlNode *)node;
        return;
    }
    Frame *frame = &loader->frames[loader->depth - 1];
    if (frame->node->kind == YAML_LIST) {
        frame->node->weight += node->weight;
        array_push(loader->arena, &frame->items, node);
    } else if (frame->has_key) {
        close_value(loader, frame, node);
    } else {
        open_key(loader, frame, node, plain);
    }
}

static void name_anchor(Loader *loader, Str anchor, YamlNode *node)
{
    if (anchor.len) {
        map_put(loader->arena, &loader->anchors, anchor, node);
    }
}

static YamlNode *new_node(Loader *loader, YamlKind kind, Position at)
{
    YamlNode *node = ARENA_NEW(loader->arena, YamlNode);
    *node = (YamlNode){.kind = kind, .at = at, .weight = 1, .text = STR("")};
    return node;
}

/* Events. */

static bool check_tag(Loader *loader, struct fy_event *event, Position at, bool *is_text)
{
    struct fy_token *token = fy_event_get_tag_token(event);
    Str tag = token ? token_text(loader, token) : STR("");
    *is_text = str_equal(tag, STR("tag:yaml.org,2002:str")) || str_equal(tag, STR("!"));
    if (token && !*is_text) {
        mistakes_add(loader->mistakes, at, "tags are not understood here, but for !!str: %s",
                     mistakes_quote(loader->arena, tag));
    }
    return !token || *is_text;
}

static void on_scalar(Loader *loader, struct fy_event *event)
{
    bool is_text;
    Position at = event_position(loader, event);
    struct fy_token *token = event->scalar.value;
    bool plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
    check_tag(loader, event, at, &is_text);
    YamlNode *node = new_node(loader, YAML_STRING, at);
    node->text = scalar_text(loader, token);
    if (plain && !is_text) {
        node->kind = yaml_scalar_kind(node->text);
    }
    count_values(loader, 1, at);
    name_anchor(loader, anchor_of(loader, event), node);
    place(loader, node, plain);
}

static void on_start(Loader *loader, struct fy_event *event, YamlKind kind)
{
    bool is_text;
    Position at = event_position(loader, event);
    count_values(loader, 1, at);
    if (loader->depth == DEEPEST) {
        fail(loader, at, "lists and mappings are nested more than 64 deep");
        return;
    }
    check_tag(loader, event, at, &is_text);
    loader->frames[loader->depth++] =
        (Frame){.node = new_node(loader, kind, at), .anchor = anchor_of(loader, event)};
}

static void on_alias(Loader *loader, struct fy_event *event)
{
    Position at = event_position(loader, event);
    Str name = token_text(loader, event->alias.anchor);
    const YamlNode *target = map_get(&loader->anchors, name);
    YamlNode *node = new_node(loader, YAML_NULL, at);
    if (target) {
        *node = *target;
        node->at = at;
        count_values(loader, target->weight, at);
    } else {
        fail(loader, at,
             arena_format(loader->arena, "no anchor &%.*s stands before this alias",
                          (int)(name.len < 80 ? name.len : 80), name.at)
                 .at);
    }
    place(loader, node, false);
}

/* The mapping's own keys beat merged ones, and earlier merged mappings beat later ones. */
static void carry_out_merges(Loader *loader, Frame *frame)
{
    for (size_t i = 0; i < frame->merges.count; i++) {
        const YamlNode *merged = frame->merges.at[i];
        for (size_t j = 0; j < merged->count && !loader->failed; j++) {
            const YamlPair *pair = &merged->pairs[j];
            count_values(loader, 1, frame->node->at);
            if (!map_get(&frame->seen, pair->key)) {
                map_put(loader->arena, &frame->seen, pair->key, (void *)&pair->at);
                array_push(loader->arena, &frame->pairs, *pair);
            }
        }
    }
}

static void on_end(Loader *loader)
{
    Frame *frame = &loader->frames[--loader->depth];
    YamlNode *node = frame->node;
    if (node->kind == YAML_MAPPING) {
        carry_out_merges(loader, frame);
        node->pairs = frame->pairs.at;
        node->count = frame->pairs.count;
    } else {
        node->items = frame->items.at;
        node->count = frame->items.count;
    }
    name_anchor(loader, frame->anchor, node);
    place(loader, node, false);
}

static void on_document(Loader *loader, struct fy_event *event)
{
    if (loader->root) {
        Position at = event_position(loader, event);
        fail(loader, at, "a second document begins here: a manifest is one document");
    }
}

static void on_event(Loader *loader, struct fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START:
        on_document(loader, event);
        break;
    case FYET_SCALAR:
        on_scalar(loader, event);
        break;
    case FYET_ALIAS:
        on_alias(loader, event);
        break;
    case FYET_SEQUENCE_START:
        on_start(loader, event, YAML_LIST);
        break;
    case FYET_MAPPING_START:
        on_start(loader, event, YAML_MAPPING);
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        on_end(loader);
        break;
    default:
        break;
    }
}

/* libfyaml's own words. */

static void say_nothing(struct fy_diag *diag, void *user, const char *text, size_t len)
{
    (void)diag, (void)user, (void)text, (void)len;
}

static struct fy_diag *new_diag(void)
{
    struct fy_diag_cfg config;
    fy_diag_cfg_default(&config);
    config.fp = NULL;
    config.output_fn = say_nothing;
    config.level = FYET_ERROR;
    config.colorize = false;
    struct fy_diag *diag = fy_diag_create(&config);
    if (diag) {
        fy_diag_set_collect_errors(diag, true);
    }
    return diag;
}

static void add_syntax_mistake(Loader *loader, const struct fy_diag_error *error)
{
    Position at = {.line = error->line > 0 ? (uint32_t)error->line : 1,
                   .column = error->column > 0 ? (uint32_t)error->column : 1};
    Position tab = encoding_indenting_tab(loader->cursor.text, at.line);
    if (tab.line) {
        mistakes_add(loader->mistakes, tab,
                     "a tab indents this line: YAML is indented with spaces");
    } else {
        /* The place is where the next line falls back, not where the bracket stands. */
        bool flow = str_find(str_from(error->msg), STR("indented flow")) < strlen(error->msg);
        mistakes_add(loader->mistakes, at, "not valid YAML or JSON: %s%s", error->msg,
                     flow ? ": is a \"[\" or \"{\" above left open?" : "");
    }
}

static void report_syntax(Loader *loader, struct fy_diag *diag)
{
    void *previous = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &previous);
    if (error) {
        add_syntax_mistake(loader, error);
    } else {
        mistakes_add(loader->mistakes, loader->last, "not valid YAML or JSON");
    }
    loader->failed = true;
}

static void read_events(Loader *loader, struct fy_diag *diag)
{
    struct fy_event *event;
    while (!loader->failed && (event = fy_parser_parse(loader->parser))) {
        on_event(loader, event);
        fy_parser_event_free(loader->parser, event);
    }
    if (!loader->failed && fy_parser_get_stream_error(loader->parser)) {
        report_syntax(loader, diag);
    }
}

static void run_parser(Loader *loader, Str text)
{
    struct fy_diag *diag = new_diag();
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE, .diag = diag};
    loader->parser = diag ? fy_parser_create(&config) : NULL;
    if (loader->parser && fy_parser_set_string(loader->parser, text.at, text.len) == 0) {
        read_events(loader, diag);
    } else {
        fail(loader, (Position){.line = 1, .column = 1}, "libfyaml cannot be started");
    }
    if (loader->parser) {
        fy_parser_destroy(loader->parser);
    }
    fy_diag_destroy(diag);
}

const YamlNode *yaml_parse(Arena *arena, Str text, Mistakes *mistakes)
{
    Position start = {.line = 1, .column = 1};
    if (!encoding_check(&text, mistakes)) {
        return NULL;
    }
    Loader loader = {.arena = arena, .mistakes = mistakes, .cursor = {.text = text}, .last = start};
    loader.frames = ARENA_ARRAY(arena, Frame, DEEPEST);
    if (text.len) {
        run_parser(&loader, text);
    }
    if (!loader.failed && !loader.root) {
        mistakes_add(mistakes, start, "the manifest is empty: it begins with \"version: 1\"");
    }
    return loader.failed ? NULL : loader.root;
}
