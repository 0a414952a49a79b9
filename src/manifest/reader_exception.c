/* `exceptions`: debts with a name and an end. */
#include "base/date.h"
#include "manifest/reader.h"

#include "base/banned.h"

static void read_service(ManifestReader *reader, const YamlPair *pair, void *target)
{
    ((ExceptionEntry *)target)->service = reader_service(reader, pair->value, "service");
}

static void read_to(ManifestReader *reader, const YamlPair *pair, void *target)
{
    ManifestName name;
    ExceptionEntry *entry = target;
    if (reader_qualified(reader, pair->value, "to", NAME_GLOB, &name)) {
        entry->schema = name.schema;
        entry->name = name.name;
    }
}

static void read_privileges(ManifestReader *reader, const YamlPair *pair, void *target)
{
    ExceptionEntry *entry = target;
    entry->privileges = reader_privileges(reader, pair->value, PRIVILEGES_OF_ANY);
}

static void read_reason(ManifestReader *reader, const YamlPair *pair, void *target)
{
    reader_text(reader, pair->value, "reason", &((ExceptionEntry *)target)->reason);
}

static void read_until(ManifestReader *reader, const YamlPair *pair, void *target)
{
    const YamlNode *node = pair->value;
    ExceptionEntry *entry = target;
    if (node->kind != YAML_STRING) {
        reader_wrong_type(reader, node, "until", "a date such as 2027-03-31");
        return;
    }
    entry->until = date_parse(node->text);
    if (!entry->until) {
        mistakes_add(&reader->mistakes, node->at,
                     "\"until\" must be a day of the calendar, YYYY-MM-DD, but is %s",
                     mistakes_quote(reader->arena, node->text));
    }
}

static const ManifestKey exception_keys[] = {
    {"service", "who needs it, such as billing", read_service},
    {"to", "the object, such as inventory.products", read_to},
    {"privileges", NULL, read_privileges},
    {"reason", "why it is needed, such as \"SHOP-142: moves to events\"", read_reason},
    {"until", NULL, read_until},
    {NULL, NULL, NULL},
};

void reader_exceptions(ManifestReader *reader, const YamlPair *pair, void *target)
{
    Manifest *manifest = target;
    const YamlNode *list = pair->value;
    if (!reader_is_list(reader, list, "exceptions", "a list of exceptions", 0)) {
        return;
    }
    manifest->exceptions.at = ARENA_ARRAY(reader->arena, ExceptionEntry, list->count);
    manifest->exceptions.count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const YamlNode *node = list->items[i];
        manifest->exceptions.at[i] = (ExceptionEntry){.at = node->at, .privileges = ACCESS_SELECT};
        reader_mapping(reader, node, "an entry of \"exceptions\"", node->at, exception_keys,
                       &manifest->exceptions.at[i]);
    }
}
