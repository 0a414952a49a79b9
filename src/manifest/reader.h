#ifndef RINGFENCE_MANIFEST_READER_H
#define RINGFENCE_MANIFEST_READER_H

#include "base/map.h"
#include "manifest/name.h"
#include "manifest/yaml.h"

/* From the tree to the Manifest: every mapping has a table of its keys, every key a function.
 * Readers report mistakes and go on, so that one run shows all of them. */

typedef struct {
    Arena *arena;
    Mistakes mistakes;
    Manifest *manifest;
    StrList rule_ids;
    StrList service_names; /* every key of `services`, also the bad ones */
    Map services;          /* name -> Service */
    Map roles;             /* name -> RoleUse */
    bool claims_broken;    /* some entry of `owns` could not be read */
} ManifestReader;

/* One key of a mapping. */
typedef struct {
    const char *name;
    const char *example; /* completes "… is missing: "; NULL for an optional key */
    void (*read)(ManifestReader *reader, const YamlPair *pair, void *target);
} ManifestKey;

/* Reads `node` by its table, which ends in {NULL}: unknown and missing keys are reported, the
 * others read into `target` in the table's order. `what` names the mapping; `at` is where a missing
 * key is reported. False if it is no mapping. */
bool reader_mapping(ManifestReader *reader, const YamlNode *node, const char *what, Position at,
                    const ManifestKey *keys, void *target);

/* `key must be …, but is …`; returns false. */
bool reader_wrong_type(ManifestReader *reader, const YamlNode *node, const char *key,
                       const char *expected);

/* Text that is not empty. */
bool reader_text(ManifestReader *reader, const YamlNode *node, const char *key, Str *text);

bool reader_boolean(ManifestReader *reader, const YamlNode *node, const char *key, bool *value);

/* Is `node` a list (with at least `least` items)? `expected` says a list of what. */
bool reader_is_list(ManifestReader *reader, const YamlNode *node, const char *key,
                    const char *expected, size_t least);

/* A word out of `choices`: its index, or choices.count after a mistake. */
size_t reader_choice(ManifestReader *reader, const YamlNode *node, const char *key,
                     StrList choices);

/* One unqualified name, folded. */
bool reader_identifier(ManifestReader *reader, const YamlNode *node, const char *key, Str *name);

/* One `schema.name`. */
bool reader_qualified(ManifestReader *reader, const YamlNode *node, const char *key,
                      unsigned syntax, ManifestName *name);

/* The names of services that must exist; NULL after a mistake. */
const Service *reader_service(ManifestReader *reader, const YamlNode *node, const char *key);

/* A list of texts, each of them checked by `check`, which may be NULL. */
void reader_text_list(ManifestReader *reader, const YamlNode *node, const char *key, size_t least,
                      bool (*check)(ManifestReader *reader, const YamlNode *item, Str text),
                      StrList *list);

/* A glob over the repository's paths: relative, with slashes. */
bool reader_check_path(ManifestReader *reader, const YamlNode *item, Str text);

/* A list of privileges for what `kind` names. */
typedef enum { PRIVILEGES_OF_RELATION, PRIVILEGES_OF_ROUTINE, PRIVILEGES_OF_ANY } PrivilegesOf;
AccessSet reader_privileges(ManifestReader *reader, const YamlNode *node, PrivilegesOf kind);

/* The tables' own readers. `services` first collects every name, then reads each. */
void reader_services(ManifestReader *reader, const YamlPair *pair, void *target);
void reader_shared(ManifestReader *reader, const YamlPair *pair, void *target);
void reader_exceptions(ManifestReader *reader, const YamlPair *pair, void *target);
void reader_owns(ManifestReader *reader, const YamlPair *pair, void *target);
void reader_roles(ManifestReader *reader, const YamlPair *pair, void *target);
void reader_publishes(ManifestReader *reader, const YamlPair *pair, void *target);

#endif
