/* `services`: first all names, so that services can name each other, then each service. */
#include "manifest/reader.h"

#include "base/banned.h"

static Str stage_names[STAGE_COUNT] = {[STAGE_OBSERVE] = STR("observe"),
                                       [STAGE_ENFORCE] = STR("enforce"),
                                       [STAGE_SPLIT] = STR("split")};

static void read_team(ManifestReader *reader, const YamlPair *pair, void *target)
{
    reader_text(reader, pair->value, "team", &((Service *)target)->team);
}

static void read_paths(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    const YamlNode *list = pair->value;
    if (!reader_is_list(reader, list, "paths",
                        "a list of patterns, such as [\"services/orders/**\"]", 1)) {
        return;
    }
    service->paths.at = ARENA_ARRAY(reader->arena, Str, list->count);
    service->paths_at = ARENA_ARRAY(reader->arena, Position, list->count);
    for (size_t i = 0; i < list->count; i++) {
        Str path;
        if (reader_text(reader, list->items[i], "paths", &path) &&
            reader_check_path(reader, list->items[i], path)) {
            service->paths_at[service->paths.count] = list->items[i]->at;
            service->paths.at[service->paths.count++] = path;
        }
    }
}

static void read_search_path(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    const YamlNode *list = pair->value;
    if (!reader_is_list(reader, list, "search_path", "a list of schemas, such as [orders, public]",
                        1)) {
        return;
    }
    service->search_path.at = ARENA_ARRAY(reader->arena, Str, list->count);
    for (size_t i = 0; i < list->count; i++) {
        Str *name = &service->search_path.at[service->search_path.count];
        service->search_path.count +=
            reader_identifier(reader, list->items[i], "search_path", name);
    }
}

static void read_stage(ManifestReader *reader, const YamlPair *pair, void *target)
{
    StrList names = {.at = stage_names, .count = STAGE_COUNT};
    size_t stage = reader_choice(reader, pair->value, "stage", names);
    if (stage < STAGE_COUNT) {
        ((Service *)target)->stage = (Stage)stage;
    }
}

static const ManifestKey service_keys[] = {
    {"team", NULL, read_team},
    {"paths", "whose code it is, such as [\"services/orders/**\"]", read_paths},
    {"owns", "what it owns, such as [schema: orders]", reader_owns},
    {"roles", NULL, reader_roles},
    {"search_path", NULL, read_search_path},
    {"publishes", NULL, reader_publishes},
    {"stage", NULL, read_stage},
    {NULL, NULL, NULL},
};

static bool is_service_name(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool fits =
            char_is_alpha(c) || (i && (char_is_digit(c) || c == '_' || c == '.' || c == '-'));
        if (!fits) {
            return false;
        }
    }
    return name.len && name.len <= NAME_LONGEST;
}

static void collect_names(ManifestReader *reader, const YamlNode *services)
{
    Manifest *manifest = reader->manifest;
    manifest->services.count = services->count;
    manifest->services.at = ARENA_ARRAY(reader->arena, Service, services->count);
    reader->service_names.count = services->count;
    reader->service_names.at = ARENA_ARRAY(reader->arena, Str, services->count);
    for (size_t i = 0; i < services->count; i++) {
        const YamlPair *pair = &services->pairs[i];
        Service *service = &manifest->services.at[i];
        *service = (Service){.name = pair->key, .at = pair->at, .index = i, .stage = STAGE_ENFORCE};
        reader->service_names.at[i] = pair->key;
        map_put(reader->arena, &reader->services, pair->key, service);
        if (!is_service_name(pair->key)) {
            mistakes_add(&reader->mistakes, pair->at,
                         "%s cannot name a service: a letter, then letters, digits, \"_\", \".\" "
                         "and \"-\", at most 63 of them",
                         mistakes_quote(reader->arena, pair->key));
        }
    }
}

void reader_services(ManifestReader *reader, const YamlPair *pair, void *target)
{
    (void)target;
    const YamlNode *services = pair->value;
    if (services->kind != YAML_MAPPING) {
        reader_wrong_type(reader, services, "services", "a mapping from names to services");
        reader->claims_broken = true;
        return;
    }
    collect_names(reader, services);
    for (size_t i = 0; i < services->count; i++) {
        const YamlPair *service = &services->pairs[i];
        const char *what = arena_format(reader->arena, "the service %s",
                                        mistakes_quote(reader->arena, service->key))
                               .at;
        reader->claims_broken |= !reader_mapping(reader, service->value, what, service->at,
                                                 service_keys, &reader->manifest->services.at[i]);
    }
}
