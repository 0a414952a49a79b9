#include "check/probe_plant.h"

#include <string.h>

#include "base/glob.h"
#include "lexer/language.h"

#include "base/banned.h"

#define PROBE_NAME "ringfence_probe"

/* An object to use in a probe, and what other names the texts need. */
typedef struct {
    const Service *service;
    Str schema, name;
    bool whole; /* the schema is the service's altogether, and the actor has no right to look into
                   it */
} Target;

static void note(Planting *planting, Str text)
{
    array_push(planting->arena, &planting->notes, text);
}

/* A name that the claim covers: its own, or one that its glob matches. */
static Str name_of_claim(Arena *arena, const Claim *claim)
{
    Buffer name = {0};
    bool starred = false;
    for (size_t i = 0; i < claim->relation.len; i++) {
        char byte = claim->relation.at[i];
        if (byte == '*' && !starred) {
            buffer_append(&name, STR(PROBE_NAME));
            starred = true;
        } else if (byte != '*') {
            buffer_append_byte(&name, byte == '?' ? 'x' : byte);
        }
    }
    Str copy = arena_copy(arena, claim->relation.len ? buffer_str(&name) : STR(PROBE_NAME));
    buffer_free(&name);
    return copy;
}

/* An object of the service, whole schemas first. False when each of its names is somebody else's.
 */
static bool find_target(const Planting *planting, const Service *service, Target *target)
{
    const Ownership *ownership = planting->run->manifest->ownership;
    for (int whole = 1; whole >= 0; whole--) {
        for (size_t i = 0; i < service->owns.count; i++) {
            const Claim *claim = &service->owns.at[i];
            Str name = name_of_claim(planting->arena, claim);
            if ((claim->relation.len == 0) == (whole == 1) &&
                ownership_of_object(ownership, claim->schema, name).service == service) {
                *target = (Target){
                    .service = service, .schema = claim->schema, .name = name, .whole = whole == 1};
                return true;
            }
        }
    }
    return false;
}

static bool is_published(const Planting *planting, const Target *target, const Service *to)
{
    const Ownership *ownership = planting->run->manifest->ownership;
    return target->service->stage != STAGE_SPLIT &&
           (ownership_publication(ownership, PUBLISHED_RELATION, target->schema, target->name,
                                  to) ||
            ownership_publication(ownership, PUBLISHED_ROUTINE, target->schema, target->name, to));
}

/* The manifest itself may let a service look into a schema: by its search_path, or with an
 * exception. */
static bool may_look_into(const Planting *planting, const Service *service, Str schema)
{
    const Manifest *manifest = planting->run->manifest;
    bool may = false;
    for (size_t i = 0; i < service->search_path.count; i++) {
        may |= str_equal(service->search_path.at[i], schema);
    }
    for (size_t i = 0; i < manifest->exceptions.count; i++) {
        const ExceptionEntry *entry = &manifest->exceptions.at[i];
        may |= entry->service == service && str_equal(entry->schema, schema) &&
               (!entry->until || entry->until >= planting->run->today);
    }
    return may;
}

/* An object of another service that is not published to this one. The next services come first, so
 * that each is a victim once. */
static bool find_victim(const Planting *planting, const Service *service, Target *victim)
{
    const Manifest *manifest = planting->run->manifest;
    size_t start = service ? service->index + 1 : 0;
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *other = &manifest->services.at[(start + i) % manifest->services.count];
        if (other != service && find_target(planting, other, victim) &&
            (!service || !is_published(planting, victim, service))) {
            victim->whole &= !service || !may_look_into(planting, service, victim->schema);
            return true;
        }
    }
    *victim = (Target){0};
    return false;
}

static void append_identifier(Buffer *out, Str name)
{
    buffer_append_byte(out, '"');
    for (size_t i = 0; i < name.len; i++) {
        buffer_append(out, name.at[i] == '"' ? STR("\"\"") : str_slice(name, i, i + 1));
    }
    buffer_append_byte(out, '"');
}

static void append_object(Buffer *out, const Target *target)
{
    append_identifier(out, target->schema);
    buffer_append_byte(out, '.');
    append_identifier(out, target->name);
}

static void append_schema(Buffer *out, const Target *target)
{
    append_identifier(out, target->schema);
}

static void append_bare_name(Buffer *out, const Target *target)
{
    buffer_append(out, target->name);
}

static void append_bare_schema(Buffer *out, const Target *target)
{
    buffer_append(out, target->schema);
}

static Str role_of(const Service *service)
{
    return service->roles.app.count ? service->roles.app.at[0] : service->roles.owner;
}

static void append_role(Buffer *out, const Target *target)
{
    buffer_append(out, role_of(target->service));
}

static const struct {
    Str name;
    bool theirs, whole, role; /* whose; it needs a whole schema, a role */
    void (*append)(Buffer *out, const Target *target);
} fillings[] = {
    {STR("{own}"), false, false, false, append_object},
    {STR("{theirs}"), true, false, false, append_object},
    {STR("{own_schema}"), false, true, false, append_schema},
    {STR("{their_schema}"), true, true, false, append_schema},
    {STR("{bare_name}"), true, false, false, append_bare_name},
    {STR("{bare_schema}"), true, false, false, append_bare_schema},
    {STR("{their_role}"), true, false, true, append_role},
};
enum { FILLINGS = sizeof fillings / sizeof *fillings };

/* Puts the names in. False when the text needs one that there is none of. */
static bool fill(Buffer *out, Str text, const Target *own, const Target *theirs)
{
    for (size_t at = 0; at < text.len;) {
        size_t i = 0;
        while (i < FILLINGS && !str_starts_with(str_slice(text, at, text.len), fillings[i].name)) {
            i++;
        }
        if (i == FILLINGS) {
            buffer_append_byte(out, text.at[at++]);
            continue;
        }
        const Target *target = fillings[i].theirs ? theirs : own;
        if (!target->service || (fillings[i].whole && !target->whole) ||
            (fillings[i].role && !role_of(target->service).len)) {
            return false;
        }
        fillings[i].append(out, target);
        at += fillings[i].name.len;
    }
    return true;
}

/* A path that the pattern matches, as far as it leaves the name of the file open with that
 * extension. */
static Str path_of_pattern(Arena *arena, Str pattern, Str extension)
{
    Buffer path = {0};
    for (size_t start = 0, end; start < pattern.len; start = end + 1) {
        end = str_find_byte(pattern, '/', start);
        Str part = str_slice(pattern, start, end);
        bool last = end >= pattern.len;
        bool any = str_equal(part, STR("**"));
        if (any && !last) {
            continue;
        }
        bool starred = false;
        for (size_t i = 0; i < part.len; i++) {
            if (part.at[i] == '*' && !starred) {
                buffer_append(&path, STR(PROBE_NAME));
                starred = true;
            } else if (part.at[i] != '*') {
                buffer_append_byte(&path, part.at[i] == '?' ? 'x' : part.at[i]);
            }
        }
        if (last && part.len && part.at[part.len - 1] == '*') {
            buffer_append(&path, extension);
        }
        buffer_append(&path, last ? STR("") : STR("/"));
    }
    if (pattern.len && pattern.at[pattern.len - 1] == '/') {
        buffer_append(&path, STR(PROBE_NAME));
        buffer_append(&path, extension);
    }
    Str copy = arena_copy(arena, buffer_str(&path));
    buffer_free(&path);
    return copy;
}

/* Where a new file of the service would stand; preferably where it would be read. *wanted says
 * whether it would. */
static bool find_path(const Planting *planting, const Service *service, Str extension, Str *path,
                      bool *wanted)
{
    bool found = false;
    *wanted = false;
    for (size_t i = 0; i < service->paths.count && !*wanted; i++) {
        Str candidate = path_of_pattern(planting->arena, service->paths.at[i], extension);
        if (ownership_of_path(planting->run->manifest->ownership, candidate, NULL) != service ||
            !str_ends_with(candidate, extension)) {
            continue;
        }
        *wanted = run_reads_name(planting->run, candidate);
        if (!found || *wanted) {
            *path = candidate;
        }
        found = true;
    }
    return found;
}

static void plant(Planting *planting, Probe probe, Str text)
{
    SourceEntry entry = {.path = probe.path, .named = true, .text = text};
    array_push(planting->arena, &planting->probes, probe);
    array_push(planting->arena, &planting->entries, entry);
}

/* The service, its own object, and the one that it must not touch. */
typedef struct {
    const Service *service;
    Target own, victim;
} Actor;

static void plant_text(Planting *planting, const Actor *actor, size_t rule, Str language, Str path,
                       const char *text)
{
    Buffer filled = {0};
    if (text && fill(&filled, str_from(text), &actor->own, &actor->victim)) {
        plant(planting,
              (Probe){.service = actor->service, .rule = rule, .language = language, .path = path},
              arena_copy(planting->arena, buffer_str(&filled)));
    }
    buffer_free(&filled);
}

static void plant_scripts(Planting *planting, const Actor *actor, Str path)
{
    for (size_t rule = 0; rule < RULE_COUNT; rule++) {
        const ProbeText *text = &probe_texts[rule];
        if (text->nobodys == !actor->service) {
            plant_text(planting, actor, rule, STR("sql"), path, text->sql);
            plant_text(planting, actor, rule, STR("plpgsql"), path, text->plpgsql);
        }
    }
}

/* The host's text with the statement as a literal of it. */
static Str host_text(Arena *arena, const ProbeHost *host, Str sql)
{
    Str text = str_from(host->text);
    size_t at = str_find(text, STR("{sql}"));
    Buffer out = {0};
    buffer_append(&out, str_slice(text, 0, at));
    for (size_t i = 0; i < sql.len && sql.at[i] != ';'; i++) {
        if (sql.at[i] == '"' && !host->bare) {
            buffer_append_byte(&out, '\\');
        }
        buffer_append_byte(&out, sql.at[i]);
    }
    buffer_append(&out, str_slice(text, at + 5, text.len));
    Str copy = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

static const ProbeHost *host_named(Str language)
{
    for (size_t i = 0; i < probe_host_count; i++) {
        if (str_equal(str_from(probe_hosts[i].language), language)) {
            return &probe_hosts[i];
        }
    }
    return NULL;
}

static Str first_extension(const Language *language)
{
    return (Str){.at = language->extensions, .len = strcspn(language->extensions, " ")};
}

/* Names that mean the same in every language's literals. */
static bool is_plain(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char byte = name.at[i];
        if (!char_is_alpha(byte) && !char_is_digit(byte) && byte != '_') {
            return false;
        }
    }
    return true;
}

static void plant_host(Planting *planting, const Actor *actor, const ProbeHost *host, Str path)
{
    static const size_t rules[] = {RULE_cross_service_read, RULE_cross_service_write,
                                   RULE_cross_service_join};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        Buffer sql = {0};
        if (fill(&sql, str_from(probe_texts[rules[i]].sql), &actor->own, &actor->victim)) {
            plant(planting,
                  (Probe){.service = actor->service,
                          .rule = rules[i],
                          .language = str_from(host->language),
                          .path = path},
                  host_text(planting->arena, host, buffer_str(&sql)));
        }
        buffer_free(&sql);
    }
}

/* What only a program's text can do. */
static void plant_programs(Planting *planting, const Actor *actor)
{
    for (size_t rule = 0; rule < RULE_COUNT; rule++) {
        const ProbeText *text = &probe_texts[rule];
        const Language *language = text->host ? language_named(str_from(text->language)) : NULL;
        Str path;
        bool wanted;
        if (language &&
            find_path(planting, actor->service, first_extension(language), &path, &wanted) &&
            wanted) {
            plant_text(planting, actor, rule, language->name, path, text->host);
        }
    }
}

/* Every language that is read: its rows in language.c whose files the run would list. */
static void plant_hosts(Planting *planting, const Actor *actor)
{
    bool plain = is_plain(actor->victim.schema) && is_plain(actor->victim.name) &&
                 is_plain(actor->own.schema) && is_plain(actor->own.name);
    const Language *language;
    if (plain) {
        plant_programs(planting, actor);
    }
    for (size_t i = 0; plain && (language = language_at(i)); i++) {
        const ProbeHost *host = host_named(language->name);
        Str path;
        bool wanted;
        if (host && host->text &&
            find_path(planting, actor->service, first_extension(language), &path, &wanted) &&
            wanted) {
            plant_host(planting, actor, host, path);
        }
    }
}

static void note_languages(Planting *planting)
{
    Buffer unread = {0};
    const Language *language;
    for (size_t i = 0; (language = language_at(i)); i++) {
        Str path =
            arena_format(planting->arena, PROBE_NAME "%.*s", STR_ARGS(first_extension(language)));
        bool read = run_reads_name(planting->run, path);
        if (read && !host_named(language->name)) {
            note(planting, arena_format(planting->arena, "there is no probe for %.*s",
                                        STR_ARGS(language->name)));
        }
        if (!read) {
            buffer_format(&unread, "%s%.*s", unread.len ? ", " : "", STR_ARGS(language->name));
        }
    }
    if (unread.len) {
        note(planting, arena_format(planting->arena, "not read, so SQL in them is not seen: %.*s",
                                    STR_ARGS(buffer_str(&unread))));
    }
    buffer_free(&unread);
}

/* A service whose scripts would not even be read: one probe that fails says it. */
static void fail_hidden(Planting *planting, const Service *service, Str path)
{
    plant(planting,
          (Probe){.service = service,
                  .rule = RULE_COUNT,
                  .language = STR("sql"),
                  .path = path,
                  .reason = arena_format(planting->arena, "a file like %.*s would not be read",
                                         STR_ARGS(path)),
                  .help = STR("see `sql: include` and `sql: exclude` in the manifest")},
          STR(""));
}

static void plant_service(Planting *planting, const Service *service)
{
    Actor actor = {.service = service};
    Str path;
    bool wanted;
    if (!find_target(planting, service, &actor.own)) {
        note(planting, arena_format(planting->arena, "%.*s owns nothing that a probe could use",
                                    STR_ARGS(service->name)));
    }
    if (!find_victim(planting, service, &actor.victim)) {
        note(planting, arena_format(planting->arena,
                                    "no service has anything that is not published to %.*s: it has "
                                    "no boundary to cross",
                                    STR_ARGS(service->name)));
    }
    if (!find_path(planting, service, STR(".sql"), &path, &wanted)) {
        note(planting, arena_format(planting->arena, "the paths of %.*s have no place for a script",
                                    STR_ARGS(service->name)));
    } else if (!wanted) {
        fail_hidden(planting, service, path);
    } else {
        plant_scripts(planting, &actor, path);
    }
    plant_hosts(planting, &actor);
}

/* In a file that belongs to nobody, if there can be one. */
static void plant_nobodys(Planting *planting)
{
    Actor actor = {0};
    Str path = STR(PROBE_NAME "_of_nobody.sql");
    if (ownership_of_path(planting->run->manifest->ownership, path, NULL) ||
        !find_victim(planting, NULL, &actor.victim)) {
        return;
    }
    plant_scripts(planting, &actor, path);
}

void probe_plant(Planting *planting)
{
    const Manifest *manifest = planting->run->manifest;
    for (size_t i = 0; i < manifest->services.count; i++) {
        plant_service(planting, &manifest->services.at[i]);
    }
    plant_nobodys(planting);
    note_languages(planting);
}
