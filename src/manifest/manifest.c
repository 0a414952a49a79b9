#include "manifest/manifest.h"

#include "manifest/ownership.h"
#include "manifest/reader.h"

#include "base/banned.h"

enum { OLDEST_POSTGRES = 13, NEWEST_POSTGRES = 18, DEFAULT_POSTGRES = 15 };

static Str level_names[LEVEL_COUNT] = {[LEVEL_OFF] = STR("off"),
                                       [LEVEL_INFO] = STR("info"),
                                       [LEVEL_WARNING] = STR("warning"),
                                       [LEVEL_ERROR] = STR("error")};

static void read_version(ManifestReader *reader, const YamlPair *pair, void *target)
{
    uint64_t version;
    (void)target;
    if (pair->value->kind != YAML_INTEGER) {
        reader_wrong_type(reader, pair->value, "version", "the number 1");
    } else if (!str_to_number(pair->value->text, 1, &version) || version != 1) {
        mistakes_add(&reader->mistakes, pair->value->at,
                     "\"version\" must be 1, the only version there is, but is %s",
                     yaml_describe(reader->arena, pair->value));
    }
}

static void read_postgres(ManifestReader *reader, const YamlPair *pair, void *target)
{
    uint64_t major;
    Manifest *manifest = target;
    if (pair->value->kind == YAML_INTEGER &&
        str_to_number(pair->value->text, NEWEST_POSTGRES, &major) && major >= OLDEST_POSTGRES) {
        manifest->postgres = (unsigned)major;
    } else {
        reader_wrong_type(reader, pair->value, "postgres",
                          "the server's major version, a number from 13 to 18");
    }
}

static void read_rule(ManifestReader *reader, const YamlPair *pair, RuleLevel *rule)
{
    StrList levels = {.at = level_names, .count = LEVEL_COUNT};
    bool known = false;
    for (size_t i = 0; i < reader->rule_ids.count && !known; i++) {
        known = str_equal(pair->key, reader->rule_ids.at[i]);
    }
    if (!known) {
        mistakes_add(&reader->mistakes, pair->at, "there is no rule %s%s",
                     mistakes_quote(reader->arena, pair->key),
                     mistakes_suggest(reader->arena, pair->key, reader->rule_ids));
    }
    rule->rule = pair->key;
    rule->at = pair->at;
    rule->level =
        known ? (Level)reader_choice(reader, pair->value, pair->key.at, levels) : LEVEL_OFF;
}

static void read_rules(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Manifest *manifest = target;
    const YamlNode *rules = pair->value;
    if (rules->kind != YAML_MAPPING) {
        reader_wrong_type(reader, rules, "rules", "a mapping from rules to levels");
        return;
    }
    manifest->rules.count = rules->count;
    manifest->rules.at = ARENA_ARRAY(reader->arena, RuleLevel, rules->count);
    for (size_t i = 0; i < rules->count; i++) {
        read_rule(reader, &rules->pairs[i], &manifest->rules.at[i]);
    }
}

static void read_include(ManifestReader *reader, const YamlPair *pair, void *target)
{
    StrList *list = &((Manifest *)target)->sql_include;
    list->count = 0;
    ((Manifest *)target)->sql_include_given = true;
    reader_text_list(reader, pair->value, "include", 0, reader_check_path, list);
}

static void read_exclude(ManifestReader *reader, const YamlPair *pair, void *target)
{
    StrList *list = &((Manifest *)target)->sql_exclude;
    reader_text_list(reader, pair->value, "exclude", 0, reader_check_path, list);
}

static void read_calls(ManifestReader *reader, const YamlPair *pair, void *target)
{
    reader_text_list(reader, pair->value, "calls", 0, NULL, &((Manifest *)target)->sql_calls);
}

static const ManifestKey sql_keys[] = {
    {"include", NULL, read_include},
    {"exclude", NULL, read_exclude},
    {"calls", NULL, read_calls},
    {NULL, NULL, NULL},
};

static void read_sql(ManifestReader *reader, const YamlPair *pair, void *target)
{
    reader_mapping(reader, pair->value, "\"sql\"", pair->at, sql_keys, target);
}

/* Services come before what names them. */
static const ManifestKey manifest_keys[] = {
    {"version", "version: 1", read_version},
    {"postgres", NULL, read_postgres},
    {"services", NULL, reader_services},
    {"shared", NULL, reader_shared},
    {"exceptions", NULL, reader_exceptions},
    {"rules", NULL, read_rules},
    {"sql", NULL, read_sql},
    {NULL, NULL, NULL},
};

static void report_to_mistakes(void *context, Position at, Str text)
{
    mistakes_add(context, at, "%.*s", (int)text.len, text.at);
}

static void check_publication(ManifestReader *reader, const Service *service,
                              const Publication *publication)
{
    Owner owner =
        ownership_of_object(reader->manifest->ownership, publication->schema, publication->name);
    if (owner.kind == OWNER_SERVICE && owner.service == service) {
        return;
    }
    const char *whose = owner.kind == OWNER_SERVICE
                            ? arena_format(reader->arena, "the service %s owns it",
                                           mistakes_quote(reader->arena, owner.service->name))
                                  .at
                        : owner.kind == OWNER_SHARED ? "it is shared with everyone anyway"
                        : owner.kind == OWNER_NONE   ? "nobody owns it"
                                                     : "it is the server's own";
    mistakes_add(&reader->mistakes, publication->at,
                 "the service %s publishes %.*s.%.*s but does not own it: %s",
                 mistakes_quote(reader->arena, service->name), (int)publication->schema.len,
                 publication->schema.at, (int)publication->name.len, publication->name.at, whose);
}

/* A claim that could not be read would make its service's publications look foreign. */
static void check_publications(ManifestReader *reader)
{
    for (size_t i = 0; i < reader->manifest->services.count && !reader->claims_broken; i++) {
        const Service *service = &reader->manifest->services.at[i];
        for (size_t j = 0; j < service->publishes.count; j++) {
            check_publication(reader, service, &service->publishes.at[j]);
        }
    }
}

static void read_manifest(ManifestReader *reader, const YamlNode *root)
{
    static Str every_script[] = {STR("**/*.sql")};
    Manifest *manifest = reader->manifest;
    manifest->postgres = DEFAULT_POSTGRES;
    manifest->sql_include = (StrList){.at = every_script, .count = 1};
    if (!reader_mapping(reader, root, "the manifest", root->at, manifest_keys, manifest)) {
        return;
    }
    manifest->ownership =
        ownership_new(reader->arena, manifest, report_to_mistakes, &reader->mistakes);
    check_publications(reader);
}

const Manifest *manifest_parse(Arena *arena, Str path, Str text, StrList rule_ids,
                               ManifestMistakes *mistakes)
{
    ManifestReader reader = {.arena = arena, .mistakes = {.arena = arena}, .rule_ids = rule_ids};
    reader.manifest = ARENA_NEW(arena, Manifest);
    reader.manifest->path = arena_copy(arena, path);
    const YamlNode *root = yaml_parse(arena, text, &reader.mistakes);
    if (root) {
        read_manifest(&reader, root);
    }
    *mistakes = mistakes_sorted(&reader.mistakes);
    return mistakes->count ? NULL : reader.manifest;
}

const Service *manifest_service(const Manifest *manifest, Str name)
{
    return ownership_service(manifest->ownership, name);
}
