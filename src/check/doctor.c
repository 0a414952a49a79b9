#include "check/doctor.h"

#include "base/map.h"

#include "base/banned.h"

enum { MOST_NAMED = 5 };

typedef struct {
    const Run *run;
    Arena *arena;
    Doctor *doctor;
    ARRAY(Diagnosis) found[DIAGNOSIS_COUNT];
} Examination;

static void add(Examination *examination, Diagnosis diagnosis)
{
    array_push(examination->arena, &examination->found[diagnosis.level], diagnosis);
}

/* "a, b and 3 more" */
typedef struct {
    Str names[MOST_NAMED];
    size_t count;
    Map seen;
} NameList;

static void list_add(Arena *arena, NameList *list, Str name)
{
    static char yes;
    if (map_get(&list->seen, name)) {
        return;
    }
    map_put(arena, &list->seen, name, &yes);
    if (list->count < MOST_NAMED) {
        list->names[list->count] = name;
    }
    list->count++;
}

static Str list_text(Arena *arena, const NameList *list)
{
    Buffer out = {0};
    for (size_t i = 0; i < list->count && i < MOST_NAMED; i++) {
        buffer_append(&out, i ? STR(", ") : STR(""));
        buffer_append(&out, list->names[i]);
    }
    if (list->count > MOST_NAMED) {
        buffer_format(&out, " and %zu more", list->count - MOST_NAMED);
    }
    Str copy = arena_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

static void count_files(Examination *examination, const Gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        const FileFacts *facts = &gathered->at[i];
        const Service *service = facts->file.service;
        if (service) {
            examination->doctor->services[service->index].files += facts->coverage.files;
            examination->doctor->services[service->index].statements += facts->coverage.statements;
        } else if (facts->coverage.statements) {
            add(examination,
                (Diagnosis){
                    .level = DIAGNOSIS_PROBLEM,
                    .kind = "unowned-sql",
                    .path = facts->file.path,
                    .text = arena_format(examination->arena,
                                         "SQL outside every service: %llu statement%s",
                                         (unsigned long long)facts->coverage.statements,
                                         facts->coverage.statements == 1 ? "" : "s"),
                    .help =
                        STR("add the file to the `paths` of a service, begin it with "
                            "`-- ringfence:service NAME`, or exclude it under `sql: exclude`")});
        }
    }
}

static void check_files(Examination *examination)
{
    for (size_t i = 0; i < examination->doctor->service_count; i++) {
        const ServiceHealth *health = &examination->doctor->services[i];
        NameList paths = {0};
        for (size_t j = 0; j < health->service->paths.count; j++) {
            list_add(examination->arena, &paths, health->service->paths.at[j]);
        }
        if (!health->files) {
            add(examination,
                (Diagnosis){.level = DIAGNOSIS_WARNING,
                            .kind = "no-files",
                            .text = arena_format(examination->arena,
                                                 "%.*s: no file that is read is in %.*s",
                                                 STR_ARGS(health->service->name),
                                                 STR_ARGS(list_text(examination->arena, &paths))),
                            .help =
                                STR("correct the service's `paths`; where its files lie "
                                    "elsewhere, check them there or gather them with `facts`")});
        }
    }
}

/* "schema" and "schema.name" of everything that the files create. */
static Map declared_names(Examination *examination, const Gathered *gathered)
{
    static char yes;
    Map names = {0};
    for (size_t i = 0; i < gathered->count; i++) {
        const RuleFile *file = &gathered->at[i].file;
        for (size_t j = 0; j < file->statement_count; j++) {
            for (size_t k = 0; k < file->statements[j].access_count; k++) {
                const Access *access = &file->statements[j].accesses[k];
                if (access->set & (ACCESS_CREATE | ACCESS_ALTER)) {
                    map_put(examination->arena, &names, access->name.schema, &yes);
                    map_put(examination->arena, &names,
                            arena_format(examination->arena, "%.*s.%.*s",
                                         STR_ARGS(access->name.schema),
                                         STR_ARGS(access->name.name)),
                            &yes);
                }
            }
        }
    }
    return names;
}

/* A glob may stand for nothing yet; a name should be there. */
static bool is_declared(Examination *examination, const Map *names, const Claim *claim)
{
    bool glob = str_find_byte(claim->relation, '*', 0) < claim->relation.len ||
                str_find_byte(claim->relation, '?', 0) < claim->relation.len;
    Str name = claim->relation.len && !glob
                   ? arena_format(examination->arena, "%.*s.%.*s", STR_ARGS(claim->schema),
                                  STR_ARGS(claim->relation))
                   : claim->schema;
    return map_get(names, name) != NULL;
}

static void check_declared(Examination *examination, const Gathered *gathered)
{
    Map names = declared_names(examination, gathered);
    for (size_t i = 0; i < examination->doctor->service_count; i++) {
        const Service *service = examination->doctor->services[i].service;
        for (size_t j = 0; j < service->owns.count; j++) {
            const Claim *claim = &service->owns.at[j];
            if (is_declared(examination, &names, claim)) {
                continue;
            }
            Str what =
                claim->relation.len
                    ? arena_format(examination->arena, "table %.*s.%.*s", STR_ARGS(claim->schema),
                                   STR_ARGS(claim->relation))
                    : arena_format(examination->arena, "schema %.*s", STR_ARGS(claim->schema));
            add(examination,
                (Diagnosis){.level = DIAGNOSIS_WARNING,
                            .kind = "undeclared",
                            .text =
                                arena_format(examination->arena,
                                             "%.*s owns %.*s, and no file that is read creates it",
                                             STR_ARGS(service->name), STR_ARGS(what)),
                            .help = STR("correct `owns`, or let the check read the service's "
                                        "migrations: unqualified names are resolved by them")});
        }
    }
}

/* Probes that failed for the same reason are one problem. */
typedef struct {
    const Probe *first;
    NameList rules, services, languages;
} Failure;

static bool is_same_failure(const Probe *a, const Probe *b)
{
    return (a->rule == b->rule || a->excepted) && str_equal(a->reason, b->reason);
}

static void report_failure(Examination *examination, const Failure *failure)
{
    const Probe *probe = failure->first;
    Arena *arena = examination->arena;
    Str where = failure->services.count
                    ? arena_format(arena, " in the code of %.*s",
                                   STR_ARGS(list_text(arena, &failure->services)))
                    : (Str){0};
    Str rules = list_text(arena, &failure->rules);
    Str text = rules.len ? arena_format(arena, "not caught%.*s (%.*s): %.*s: %.*s", STR_ARGS(where),
                                        STR_ARGS(list_text(arena, &failure->languages)),
                                        STR_ARGS(rules), STR_ARGS(probe->reason))
                         : arena_format(arena, "nothing is caught%.*s: %.*s", STR_ARGS(where),
                                        STR_ARGS(probe->reason));
    add(examination,
        (Diagnosis){
            .level = DIAGNOSIS_PROBLEM, .kind = "probe", .text = text, .help = probe->help});
}

static void check_probes(Examination *examination, const Probes *probes)
{
    ARRAY(Failure) failures = {0};
    for (size_t i = 0; i < probes->count; i++) {
        const Probe *probe = &probes->at[i];
        examination->doctor->probes++;
        examination->doctor->caught += probe->caught;
        if (probe->service) {
            examination->doctor->services[probe->service->index].probes++;
            examination->doctor->services[probe->service->index].caught += probe->caught;
        }
        if (probe->caught) {
            continue;
        }
        size_t j = 0;
        while (j < failures.count && !is_same_failure(failures.at[j].first, probe)) {
            j++;
        }
        if (j == failures.count) {
            array_push(examination->arena, &failures, (Failure){.first = probe});
        }
        if (probe->service) {
            list_add(examination->arena, &failures.at[j].services, probe->service->name);
        }
        list_add(examination->arena, &failures.at[j].languages, probe->language);
        if (probe->rule < RULE_COUNT) {
            list_add(examination->arena, &failures.at[j].rules, rules_all[probe->rule]->id);
        }
    }
    for (size_t i = 0; i < failures.count; i++) {
        report_failure(examination, &failures.at[i]);
    }
}

static void check_boundary(Examination *examination, const Probes *probes)
{
    for (size_t rule = 0; rule < RULE_COUNT; rule++) {
        if (!probe_texts[rule].sql && !probe_texts[rule].host) {
            add(examination,
                (Diagnosis){.level = DIAGNOSIS_NOTE,
                            .kind = "note",
                            .text = arena_format(examination->arena, "there is no probe for %.*s",
                                                 STR_ARGS(rules_all[rule]->id))});
        }
    }
    for (size_t i = 0; i < probes->notes.count; i++) {
        add(examination,
            (Diagnosis){.level = DIAGNOSIS_NOTE, .kind = "note", .text = probes->notes.at[i]});
    }
}

/* Files are read in which nobody has shown that anything is caught. */
static void check_languages(Examination *examination)
{
    const DoctorReads *reads = &examination->doctor->reads;
    for (size_t i = 0; i < reads->language_count; i++) {
        const LanguageHealth *health = &reads->languages[i];
        if (!health->probes && !health->holds_none) {
            add(examination,
                (Diagnosis){.level = DIAGNOSIS_WARNING,
                            .kind = "no-probe",
                            .text = arena_format(examination->arena,
                                                 "%.*s: its files are read, and no probe could be "
                                                 "planted in them",
                                                 STR_ARGS(health->name)),
                            .help =
                                STR("no service has a boundary to cross, or room for a new file "
                                    "of it in its `paths`, or names that need no quotes")});
        }
    }
}

static void check_unread(Examination *examination)
{
    const DoctorReads *reads = &examination->doctor->reads;
    for (size_t i = 0; i < reads->unread_count; i++) {
        const UnreadFiles *files = &reads->unread[i];
        if (files->naming) {
            add(examination,
                (Diagnosis){
                    .level = DIAGNOSIS_WARNING,
                    .kind = "unread-sql",
                    .path = files->example,
                    .text =
                        arena_format(examination->arena,
                                     "not read, and it seems to hold SQL over what services own%s",
                                     files->naming > 1 ? "; so do others with its ending" : ""),
                    .help =
                        STR("if it is SQL, add it under `sql: include`, beside \"**/*.sql\" and "
                            "the programs' endings; an example in a document is none")});
        }
    }
}

static void collect(Examination *examination)
{
    Doctor *doctor = examination->doctor;
    size_t total = 0;
    for (size_t level = 0; level < DIAGNOSIS_COUNT; level++) {
        doctor->counts[level] = examination->found[level].count;
        total += doctor->counts[level];
    }
    doctor->diagnoses = ARENA_ARRAY(examination->arena, Diagnosis, total + 1);
    for (size_t level = 0; level < DIAGNOSIS_COUNT; level++) {
        for (size_t i = 0; i < examination->found[level].count; i++) {
            doctor->diagnoses[doctor->diagnosis_count++] = examination->found[level].at[i];
        }
    }
}

Doctor doctor_examine(const Run *run, const RunResult *result, const Probes *probes)
{
    const Manifest *manifest = run->manifest;
    Doctor doctor = {.service_count = manifest->services.count};
    doctor.services = ARENA_ARRAY(run->arena, ServiceHealth, doctor.service_count + 1);
    for (size_t i = 0; i < doctor.service_count; i++) {
        doctor.services[i].service = &manifest->services.at[i];
    }
    Examination examination = {.run = run, .arena = run->arena, .doctor = &doctor};
    count_files(&examination, &result->gathered);
    doctor.reads = doctor_reads(run, result, probes);
    check_files(&examination);
    check_languages(&examination);
    check_unread(&examination);
    check_declared(&examination, &result->gathered);
    check_probes(&examination, probes);
    check_boundary(&examination, probes);
    collect(&examination);
    return doctor;
}
