#include "check/probe_target.h"

#include "base/banned.h"

void probe_append_match(Buffer *out, Str pattern)
{
    bool starred = false;
    for (size_t i = 0; i < pattern.len; i++) {
        char byte = pattern.at[i];
        if (byte == '*' && !starred) {
            buffer_append(out, STR(PROBE_NAME));
            starred = true;
        } else if (byte != '*') {
            buffer_append_byte(out, byte == '?' ? 'x' : byte);
        }
    }
}

/* A name that the claim covers: its own, or one that its glob matches. */
static Str name_of_claim(Arena *arena, const Claim *claim)
{
    Buffer name = {0};
    probe_append_match(&name, claim->relation.len ? claim->relation : STR("*"));
    Str copy = arena_copy(arena, buffer_str(&name));
    buffer_free(&name);
    return copy;
}

bool probe_target(const Planting *planting, const Service *service, ProbeTarget *target)
{
    const Ownership *ownership = planting->run->manifest->ownership;
    for (int whole = 1; whole >= 0; whole--) {
        for (size_t i = 0; i < service->owns.count; i++) {
            const Claim *claim = &service->owns.at[i];
            Str name = name_of_claim(planting->arena, claim);
            if ((claim->relation.len == 0) == (whole == 1) &&
                ownership_of_object(ownership, claim->schema, name).service == service) {
                *target = (ProbeTarget){
                    .service = service, .schema = claim->schema, .name = name, .whole = whole == 1};
                return true;
            }
        }
    }
    return false;
}

static bool is_published(const Planting *planting, const ProbeTarget *target, const Service *to)
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

bool probe_victim(const Planting *planting, const Service *service, ProbeTarget *victim)
{
    const Manifest *manifest = planting->run->manifest;
    size_t start = service ? service->index + 1 : 0;
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *other = &manifest->services.at[(start + i) % manifest->services.count];
        if (other != service && probe_target(planting, other, victim) &&
            (!service || !is_published(planting, victim, service))) {
            victim->whole &= !service || !may_look_into(planting, service, victim->schema);
            return true;
        }
    }
    *victim = (ProbeTarget){0};
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

static void append_object(Buffer *out, const ProbeTarget *target)
{
    append_identifier(out, target->schema);
    buffer_append_byte(out, '.');
    append_identifier(out, target->name);
}

static void append_schema(Buffer *out, const ProbeTarget *target)
{
    append_identifier(out, target->schema);
}

static void append_bare_name(Buffer *out, const ProbeTarget *target)
{
    buffer_append(out, target->name);
}

static void append_bare_schema(Buffer *out, const ProbeTarget *target)
{
    buffer_append(out, target->schema);
}

static Str role_of(const Service *service)
{
    return service->roles.app.count ? service->roles.app.at[0] : service->roles.owner;
}

static void append_role(Buffer *out, const ProbeTarget *target)
{
    buffer_append(out, role_of(target->service));
}

static const struct {
    Str name;
    bool theirs, whole, role; /* whose; it needs a whole schema, a role */
    void (*append)(Buffer *out, const ProbeTarget *target);
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

bool probe_fill(Buffer *out, Str text, const ProbeTarget *own, const ProbeTarget *theirs)
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
        const ProbeTarget *target = fillings[i].theirs ? theirs : own;
        if (!target->service || (fillings[i].whole && !target->whole) ||
            (fillings[i].role && !role_of(target->service).len)) {
            return false;
        }
        fillings[i].append(out, target);
        at += fillings[i].name.len;
    }
    return true;
}
