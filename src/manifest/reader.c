#include "manifest/reader.h"

#include "base/banned.h"

static StrList key_names(Arena *arena, const ManifestKey *keys)
{
    StrList names = {0};
    while (keys[names.count].name) {
        names.count++;
    }
    names.at = ARENA_ARRAY(arena, Str, names.count);
    for (size_t i = 0; i < names.count; i++) {
        names.at[i] = str_from(keys[i].name);
    }
    return names;
}

static bool has_name(StrList names, Str name)
{
    for (size_t i = 0; i < names.count; i++) {
        if (str_equal(names.at[i], name)) {
            return true;
        }
    }
    return false;
}

static void report_unknown_keys(ManifestReader *reader, const YamlNode *node, const char *what,
                                StrList known)
{
    for (size_t i = 0; i < node->count; i++) {
        Str key = node->pairs[i].key;
        if (has_name(known, key)) {
            continue;
        }
        const char *hint = mistakes_suggest(reader->arena, key, known);
        const char *quoted = mistakes_quote(reader->arena, key);
        if (*hint) {
            mistakes_add(&reader->mistakes, node->pairs[i].at, "unknown key %s in %s%s", quoted,
                         what, hint);
        } else {
            mistakes_add(&reader->mistakes, node->pairs[i].at, "unknown key %s in %s: expected %s",
                         quoted, what, mistakes_choices(reader->arena, known));
        }
    }
}

bool reader_mapping(ManifestReader *reader, const YamlNode *node, const char *what, Position at,
                    const ManifestKey *keys, void *target)
{
    if (node->kind != YAML_MAPPING) {
        mistakes_add(&reader->mistakes, node->at, "%s must be a mapping, but is %s", what,
                     yaml_describe(reader->arena, node));
        return false;
    }
    report_unknown_keys(reader, node, what, key_names(reader->arena, keys));
    for (; keys->name; keys++) {
        const YamlPair *pair = yaml_pair(node, str_from(keys->name));
        if (pair) {
            keys->read(reader, pair, target);
        } else if (keys->example) {
            mistakes_add(&reader->mistakes, at, "\"%s\" is missing in %s: expected %s", keys->name,
                         what, keys->example);
        }
    }
    return true;
}

bool reader_wrong_type(ManifestReader *reader, const YamlNode *node, const char *key,
                       const char *expected)
{
    bool quotable = str_equal(str_from(expected), STR("text")) && node->kind != YAML_NULL &&
                    node->kind < YAML_STRING;
    mistakes_add(&reader->mistakes, node->at, "\"%s\" must be %s, but is %s%s", key, expected,
                 yaml_describe(reader->arena, node), quotable ? ": put it in quotes" : "");
    return false;
}

bool reader_text(ManifestReader *reader, const YamlNode *node, const char *key, Str *text)
{
    if (node->kind != YAML_STRING) {
        return reader_wrong_type(reader, node, key, "text");
    }
    if (!str_trim(node->text).len) {
        mistakes_add(&reader->mistakes, node->at, "\"%s\" is empty", key);
        return false;
    }
    *text = node->text;
    return true;
}

bool reader_boolean(ManifestReader *reader, const YamlNode *node, const char *key, bool *value)
{
    if (node->kind != YAML_BOOLEAN) {
        return reader_wrong_type(reader, node, key, "true or false");
    }
    *value = char_to_lower(node->text.at[0]) == 't';
    return true;
}

bool reader_is_list(ManifestReader *reader, const YamlNode *node, const char *key,
                    const char *expected, size_t least)
{
    if (node->kind != YAML_LIST) {
        return reader_wrong_type(reader, node, key, expected);
    }
    if (node->count < least) {
        mistakes_add(&reader->mistakes, node->at, "\"%s\" is empty: it must be %s", key, expected);
        return false;
    }
    return true;
}

size_t reader_choice(ManifestReader *reader, const YamlNode *node, const char *key, StrList choices)
{
    for (size_t i = 0; node->kind == YAML_STRING && i < choices.count; i++) {
        if (str_equal(node->text, choices.at[i])) {
            return i;
        }
    }
    const char *expected = mistakes_choices(reader->arena, choices);
    if (node->kind != YAML_STRING) {
        reader_wrong_type(reader, node, key, expected);
    } else {
        mistakes_add(&reader->mistakes, node->at, "\"%s\" must be %s, but is %s%s", key, expected,
                     yaml_describe(reader->arena, node),
                     mistakes_suggest(reader->arena, node->text, choices));
    }
    return choices.count;
}

static bool refuse_name(ManifestReader *reader, const YamlNode *node, const char *key,
                        const char *why)
{
    mistakes_add(&reader->mistakes, node->at, "\"%s\" cannot be %s: %s", key,
                 mistakes_quote(reader->arena, node->text), why);
    return false;
}

bool reader_identifier(ManifestReader *reader, const YamlNode *node, const char *key, Str *name)
{
    Str text;
    const char *why;
    return reader_text(reader, node, key, &text) &&
           (name_parse_identifier(reader->arena, text, name, &why) ||
            refuse_name(reader, node, key, why));
}

bool reader_qualified(ManifestReader *reader, const YamlNode *node, const char *key,
                      unsigned syntax, ManifestName *name)
{
    Str text;
    const char *why;
    return reader_text(reader, node, key, &text) &&
           (name_parse_qualified(reader->arena, text, syntax, name, &why) ||
            refuse_name(reader, node, key, why));
}

const Service *reader_service(ManifestReader *reader, const YamlNode *node, const char *key)
{
    Str text;
    if (!reader_text(reader, node, key, &text)) {
        return NULL;
    }
    const Service *service = map_get(&reader->services, text);
    if (!service && !has_name(reader->service_names, text)) {
        mistakes_add(&reader->mistakes, node->at,
                     "\"%s\" names a service that does not exist: %s%s", key,
                     mistakes_quote(reader->arena, text),
                     mistakes_suggest(reader->arena, text, reader->service_names));
    }
    return service;
}

void reader_text_list(ManifestReader *reader, const YamlNode *node, const char *key, size_t least,
                      bool (*check)(ManifestReader *reader, const YamlNode *item, Str text),
                      StrList *list)
{
    if (!reader_is_list(reader, node, key, "a list of texts", least)) {
        return;
    }
    list->at = ARENA_ARRAY(reader->arena, Str, node->count);
    for (size_t i = 0; i < node->count; i++) {
        Str text;
        if (reader_text(reader, node->items[i], key, &text) &&
            (!check || check(reader, node->items[i], text))) {
            list->at[list->count++] = text;
        }
    }
}
