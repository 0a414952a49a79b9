#include "command/doctor_json.h"

#include "report/json_text.h"

#include "base/banned.h"

static json_t *service_json(const ServiceHealth *health)
{
    return json_pack("{s:o, s:I, s:I, s:I, s:I}", "name", json_text(health->service->name), "files",
                     (json_int_t)health->files, "statements", (json_int_t)health->statements,
                     "probes", (json_int_t)health->probes, "caught", (json_int_t)health->caught);
}

static json_t *diagnosis_json(const Diagnosis *diagnosis, const char *level)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "level", level, "kind", diagnosis->kind, "path",
                     json_text_or_null(diagnosis->path), "message", json_text(diagnosis->text),
                     "help", json_text_or_null(diagnosis->help));
}

static json_t *languages_json(const DoctorReads *reads)
{
    json_t *languages = json_array();
    for (size_t i = 0; i < reads->language_count; i++) {
        const LanguageHealth *health = &reads->languages[i];
        json_array_append_new(
            languages,
            json_pack("{s:o, s:I, s:I, s:I, s:I}", "name", json_text(health->name), "files",
                      (json_int_t)health->files, "texts", (json_int_t)health->texts, "probes",
                      (json_int_t)health->probes, "caught", (json_int_t)health->caught));
    }
    return languages;
}

static json_t *unread_json(const DoctorReads *reads)
{
    json_t *unread = json_array();
    for (size_t i = 0; i < reads->unread_count; i++) {
        const UnreadFiles *files = &reads->unread[i];
        json_array_append_new(
            unread, json_pack("{s:o, s:I, s:I}", "ending", json_text(files->ending), "files",
                              (json_int_t)files->files, "naming", (json_int_t)files->naming));
    }
    return unread;
}

void doctor_json(FILE *out, const Doctor *doctor, const char *const *levels)
{
    json_t *services = json_array();
    json_t *diagnoses = json_array();
    for (size_t i = 0; i < doctor->service_count; i++) {
        json_array_append_new(services, service_json(&doctor->services[i]));
    }
    for (size_t i = 0; i < doctor->diagnosis_count; i++) {
        const Diagnosis *diagnosis = &doctor->diagnoses[i];
        json_array_append_new(diagnoses, diagnosis_json(diagnosis, levels[diagnosis->level]));
    }
    json_t *root = json_pack("{s:i, s:b, s:I, s:I, s:o, s:o, s:o, s:o}", "version", 1, "ok",
                             doctor->counts[DIAGNOSIS_PROBLEM] == 0, "probes",
                             (json_int_t)doctor->probes, "caught", (json_int_t)doctor->caught,
                             "services", services, "languages", languages_json(&doctor->reads),
                             "unread", unread_json(&doctor->reads), "diagnoses", diagnoses);
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
