#include "check/doctor.h"

#include "command/command.h"
#include "command/doctor_json.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
} DoctorWork;

static const char *const level_names[DIAGNOSIS_COUNT] = {"problem", "warning", "note"};

static void print_line(FILE *out, const char *before, Str text)
{
    Buffer line = {0};
    buffer_append(&line, str_from(before));
    text_append_printable(&line, text);
    buffer_append_byte(&line, '\n');
    fwrite(line.at, 1, line.len, out);
    buffer_free(&line);
}

enum { MOST_ALIKE = 20, MOST_ENDINGS = 12 };

/* `last`: the help is not repeated below the next one. */
static void print_diagnosis(FILE *out, const Diagnosis *diagnosis, bool last)
{
    Buffer before = {0};
    buffer_format(&before, "%s: ", level_names[diagnosis->level]);
    if (diagnosis->path.len) {
        text_append_printable(&before, diagnosis->path);
        buffer_append(&before, STR(": "));
    }
    print_line(out, buffer_cstring(&before), diagnosis->text);
    if (diagnosis->help.len && last) {
        print_line(out, "  = help: ", diagnosis->help);
    }
    buffer_free(&before);
}

static void print_services(FILE *out, const Doctor *doctor)
{
    for (size_t i = 0; i < doctor->service_count; i++) {
        const ServiceHealth *health = &doctor->services[i];
        Buffer line = {0};
        text_append_printable(&line, health->service->name);
        buffer_format(&line, ": %llu file%s, %llu statement%s, %zu of %zu probes caught\n",
                      (unsigned long long)health->files, health->files == 1 ? "" : "s",
                      (unsigned long long)health->statements, health->statements == 1 ? "" : "s",
                      health->caught, health->probes);
        fwrite(line.at, 1, line.len, out);
        buffer_free(&line);
    }
}

static void print_languages(FILE *out, const DoctorReads *reads)
{
    for (size_t i = 0; i < reads->language_count; i++) {
        const LanguageHealth *health = &reads->languages[i];
        bool scripts = str_equal(health->name, STR("sql"));
        fprintf(out, "reads %.*s: %llu file%s, %llu %s%s, %zu of %zu probes caught\n",
                STR_ARGS(health->name), (unsigned long long)health->files,
                health->files == 1 ? "" : "s", (unsigned long long)health->texts,
                scripts ? "statement" : "text", health->texts == 1 ? "" : "s", health->caught,
                health->probes);
    }
}

static void print_unread(FILE *out, const DoctorReads *reads)
{
    Buffer line = {0};
    uint64_t rest = 0;
    for (size_t i = 0; i < reads->unread_count; i++) {
        const UnreadFiles *files = &reads->unread[i];
        if (i >= MOST_ENDINGS) {
            rest += files->files;
            continue;
        }
        buffer_format(&line, "%s%llu ",
                      i ? ", " : "does not read: ", (unsigned long long)files->files);
        text_append_printable(&line, files->ending.len ? files->ending : STR("without an ending"));
    }
    if (rest) {
        buffer_format(&line, ", %llu others", (unsigned long long)rest);
    }
    if (line.len) {
        buffer_append_byte(&line, '\n');
        fwrite(line.at, 1, line.len, out);
    }
    buffer_free(&line);
}

/* From `first` on, those of the same kind and with the same help; returns where the next ones
 * begin. */
static size_t print_alike(FILE *out, const Doctor *doctor, size_t first)
{
    const Diagnosis *alike = &doctor->diagnoses[first];
    size_t end = first + 1;
    while (end < doctor->diagnosis_count && alike->help.len &&
           str_equal(doctor->diagnoses[end].help, alike->help)) {
        end++;
    }
    bool cut = end - first > MOST_ALIKE;
    size_t shown = cut ? first + MOST_ALIKE : end;
    for (size_t i = first; i < shown; i++) {
        print_diagnosis(out, &doctor->diagnoses[i], i + 1 == end);
    }
    if (cut) {
        fprintf(out, "%s: and %zu more like these, which --format json lists\n",
                level_names[alike->level], end - shown);
        print_line(out, "  = help: ", alike->help);
    }
    return end;
}

static void print_text(FILE *out, const Doctor *doctor, bool quiet)
{
    if (!quiet) {
        print_services(out, doctor);
        print_languages(out, &doctor->reads);
        print_unread(out, &doctor->reads);
        fputs(doctor->diagnosis_count ? "\n" : "", out);
    }
    size_t shown = quiet ? doctor->counts[DIAGNOSIS_PROBLEM] : doctor->diagnosis_count;
    for (size_t i = 0; i < shown;) {
        i = print_alike(out, doctor, i);
    }
    fprintf(out, "%s%zu of %zu probes caught, %zu problem%s, %zu warning%s\n", quiet ? "" : "\n",
            doctor->caught, doctor->probes, doctor->counts[DIAGNOSIS_PROBLEM],
            doctor->counts[DIAGNOSIS_PROBLEM] == 1 ? "" : "s", doctor->counts[DIAGNOSIS_WARNING],
            doctor->counts[DIAGNOSIS_WARNING] == 1 ? "" : "s");
}

static bool print(const DoctorWork *work, Supervisor *supervisor, const Doctor *doctor)
{
    Str temporary;
    Str path = work->options->targets[0].output;
    FILE *out = output_open(work->run->arena, supervisor, path, &temporary);
    if (!out) {
        return false;
    }
    if (work->options->as_json) {
        doctor_json(out, doctor, level_names);
    } else {
        print_text(out, doctor, work->options->quiet);
    }
    return output_close(supervisor, out, path, temporary);
}

static int work(void *context, Supervisor *supervisor)
{
    const DoctorWork *doctor_work = context;
    RunResult result = run_execute(doctor_work->run, supervisor);
    Probes probes = probe_all(doctor_work->run, supervisor);
    Doctor doctor = doctor_examine(doctor_work->run, &result, &probes);
    bool printed = print(doctor_work, supervisor, &doctor);
    int status = doctor.counts[DIAGNOSIS_PROBLEM] ? EXIT_FINDINGS : EXIT_CLEAN;
    status = printed && !result.incomplete ? status : EXIT_TROUBLE;
    run_free(&result);
    return status;
}

int command_doctor(Arena *arena, const Options *options)
{
    Run run = {0};
    if (!command_prepare(arena, options, &run)) {
        return EXIT_TROUBLE;
    }
    return supervise(work, &(DoctorWork){.options = options, .run = &run});
}
