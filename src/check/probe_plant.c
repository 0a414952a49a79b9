#include "check/probe_plant.h"

#include <string.h>

#include "check/probe_target.h"
#include "lexer/language.h"

#include "base/banned.h"

static void note(Planting *planting, Str text)
{
    array_push(planting->arena, &planting->notes, text);
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
        probe_append_match(&path, part);
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
    ProbeTarget own, victim;
} Actor;

static void plant_text(Planting *planting, const Actor *actor, size_t rule, Str language, Str path,
                       const char *text)
{
    Buffer filled = {0};
    if (text && probe_fill(&filled, str_from(text), &actor->own, &actor->victim)) {
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
        if (probe_fill(&sql, str_from(probe_texts[rules[i]].sql), &actor->own, &actor->victim)) {
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
    if (!probe_target(planting, service, &actor.own)) {
        note(planting, arena_format(planting->arena, "%.*s owns nothing that a probe could use",
                                    STR_ARGS(service->name)));
    }
    if (!probe_victim(planting, service, &actor.victim)) {
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
        !probe_victim(planting, NULL, &actor.victim)) {
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
