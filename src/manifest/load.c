/* The only user of libfyaml. Its event stream, not its tree, is read: anchors, duplicate keys and
 * the bounds on depth and size are then ours, and nothing recurses. */
#include <libfyaml.h>
#include <string.h>

#include "manifest/encoding.h"
#include "manifest/yaml_build.h"

#include "base/banned.h"

typedef struct {
    Arena *arena;
    Mistakes *mistakes;
    struct fy_parser *parser;
    PositionCursor cursor;
    Position last; /* of the latest event that had one */
    YamlBuilder builder;
} Loader;

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
    Str text = scalar_text(loader, token);
    check_tag(loader, event, at, &is_text);
    yaml_build_scalar(&loader->builder, at,
                      plain && !is_text ? yaml_scalar_kind(text) : YAML_STRING, text,
                      anchor_of(loader, event), plain);
}

static void on_start(Loader *loader, struct fy_event *event, YamlKind kind)
{
    bool is_text;
    Position at = event_position(loader, event);
    check_tag(loader, event, at, &is_text);
    yaml_build_open(&loader->builder, at, kind, anchor_of(loader, event));
}

static void on_alias(Loader *loader, struct fy_event *event)
{
    Position at = event_position(loader, event);
    yaml_build_alias(&loader->builder, at, token_text(loader, event->alias.anchor));
}

static void on_document(Loader *loader, struct fy_event *event)
{
    if (loader->builder.root) {
        Position at = event_position(loader, event);
        yaml_build_fail(&loader->builder, at,
                        "a second document begins here: a manifest is one document");
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
        yaml_build_close(&loader->builder);
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
    loader->builder.failed = true;
}

static void read_events(Loader *loader, struct fy_diag *diag)
{
    struct fy_event *event;
    while (!loader->builder.failed && (event = fy_parser_parse(loader->parser))) {
        on_event(loader, event);
        fy_parser_event_free(loader->parser, event);
    }
    if (!loader->builder.failed && fy_parser_get_stream_error(loader->parser)) {
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
        yaml_build_fail(&loader->builder, (Position){.line = 1, .column = 1},
                        "libfyaml cannot be started");
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
    loader.builder = yaml_build_new(arena, mistakes);
    if (text.len) {
        run_parser(&loader, text);
    }
    if (!loader.builder.failed && !loader.builder.root) {
        mistakes_add(mistakes, start, "the manifest is empty: it begins with \"version: 1\"");
    }
    return loader.builder.failed ? NULL : loader.builder.root;
}
