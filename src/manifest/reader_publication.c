/* `publishes`: what others may touch. */
#include "manifest/reader.h"

#include "base/banned.h"

typedef struct {
    Publication publication;
    unsigned kinds; /* how many of relation and routine were given */
    const YamlNode *privileges;
    bool broken;
} PublicationDraft;

/* numeric(10,2) and "odd,name" hold commas themselves. The last of a VARIADIC routine is an array.
 */
static size_t most_arguments(Str text)
{
    size_t count = 0, depth = 0;
    bool quoted = false;
    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        quoted = quoted != (c == '"');
        depth += !quoted && c == '(';
        depth -= !quoted && c == ')' && depth;
        count += c == ',' && !quoted && !depth;
    }
    bool any = str_ends_with(text, STR("]")) || str_ends_with(text, STR("\"any\"")) ||
               str_ends_with(text, STR(" array")) || str_ends_with(text, STR(" ARRAY"));
    return any ? SIZE_MAX : count + (text.len > 0);
}

static void read_object(ManifestReader *reader, const YamlPair *pair, PublicationDraft *draft,
                        PublicationKind kind, unsigned syntax)
{
    ManifestName name;
    draft->kinds++;
    draft->publication.kind = kind;
    if (!reader_qualified(reader, pair->value, pair->key.at, syntax, &name)) {
        draft->broken = true;
        return;
    }
    draft->publication.schema = name.schema;
    draft->publication.name = name.name;
    draft->publication.arguments = name.arguments;
    draft->publication.most_arguments =
        name.arguments.at ? most_arguments(name.arguments) : SIZE_MAX;
}

static void read_relation(ManifestReader *reader, const YamlPair *pair, void *target)
{
    read_object(reader, pair, target, PUBLISHED_RELATION, NAME_PLAIN);
}

static void read_routine(ManifestReader *reader, const YamlPair *pair, void *target)
{
    read_object(reader, pair, target, PUBLISHED_ROUTINE, NAME_ARGUMENTS);
}

static bool has_reader(const Publication *publication, Str name)
{
    for (size_t i = 0; i < publication->to.count; i++) {
        if (str_equal(publication->to.at[i], name)) {
            return true;
        }
    }
    return false;
}

static void add_reader(ManifestReader *reader, const YamlNode *node, Publication *publication)
{
    if (node->kind == YAML_STRING && str_equal(node->text, STR("*"))) {
        publication->to_all = true;
        return;
    }
    const Service *service = reader_service(reader, node, "to");
    if (service && has_reader(publication, service->name)) {
        mistakes_add(&reader->mistakes, node->at, "the service %s is here twice",
                     mistakes_quote(reader->arena, service->name));
    } else if (service) {
        publication->to.at[publication->to.count++] = service->name;
    }
}

static void read_to(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Publication *publication = &((PublicationDraft *)target)->publication;
    const YamlNode *node = pair->value;
    size_t count = node->kind == YAML_LIST ? node->count : 1;
    publication->to.at = ARENA_ARRAY(reader->arena, Str, count);
    if (node->kind == YAML_STRING) {
        add_reader(reader, node, publication);
    } else if (reader_is_list(reader, node, "to", "a list of services or \"*\"", 1)) {
        for (size_t i = 0; i < node->count; i++) {
            add_reader(reader, node->items[i], publication);
        }
    }
    if (publication->to_all) {
        publication->to.count = 0;
    }
}

static void keep_privileges(ManifestReader *reader, const YamlPair *pair, void *target)
{
    (void)reader;
    ((PublicationDraft *)target)->privileges = pair->value;
}

static void read_joinable(ManifestReader *reader, const YamlPair *pair, void *target)
{
    PublicationDraft *draft = target;
    reader_boolean(reader, pair->value, "joinable", &draft->publication.joinable);
}

static const ManifestKey publication_keys[] = {
    {"relation", NULL, read_relation},
    {"routine", NULL, read_routine},
    {"to", "who may use it, such as [billing] or \"*\"", read_to},
    {"privileges", NULL, keep_privileges},
    {"joinable", NULL, read_joinable},
    {NULL, NULL, NULL},
};

/* Which privileges fit depends on the kind, whatever the order of the keys. */
static void read_privileges(ManifestReader *reader, PublicationDraft *draft)
{
    bool routine = draft->publication.kind == PUBLISHED_ROUTINE;
    draft->publication.privileges = routine ? ACCESS_EXECUTE : ACCESS_SELECT;
    if (draft->privileges) {
        draft->publication.privileges = reader_privileges(
            reader, draft->privileges, routine ? PRIVILEGES_OF_ROUTINE : PRIVILEGES_OF_RELATION);
    }
}

static bool read_publication(ManifestReader *reader, const YamlNode *node, Publication *publication)
{
    PublicationDraft draft = {.publication = {.at = node->at}};
    if (!reader_mapping(reader, node, "an entry of \"publishes\"", node->at, publication_keys,
                        &draft)) {
        return false;
    }
    read_privileges(reader, &draft);
    if (draft.kinds != 1) {
        mistakes_add(&reader->mistakes, node->at,
                     "an entry of \"publishes\" needs either \"relation\" or \"routine\"%s",
                     draft.kinds ? ", not both" : "");
        return false;
    }
    *publication = draft.publication;
    return !draft.broken;
}

void reader_publishes(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Service *service = target;
    const YamlNode *list = pair->value;
    if (!reader_is_list(reader, list, "publishes", "a list of relations and routines", 0)) {
        return;
    }
    service->publishes.at = ARENA_ARRAY(reader->arena, Publication, list->count);
    for (size_t i = 0; i < list->count; i++) {
        service->publishes.count += read_publication(
            reader, list->items[i], &service->publishes.at[service->publishes.count]);
    }
}
