#ifndef RINGFENCE_CHECK_DOCTOR_H
#define RINGFENCE_CHECK_DOCTOR_H

#include "check/doctor_reads.h"

/* Is the check real? What the manifest and the files say about each other, and what became of the
 * probes. */

typedef enum {
    DIAGNOSIS_PROBLEM, /* something is not checked that should be */
    DIAGNOSIS_WARNING, /* a part of the manifest has nothing to do with these files */
    DIAGNOSIS_NOTE,
    DIAGNOSIS_COUNT
} DiagnosisLevel;

typedef struct {
    DiagnosisLevel level;
    const char *kind; /* "probe", "unowned-sql", "no-files", "undeclared", "no-probe", "unread-sql",
                         "note" */
    Str path;         /* of a file that it is about; or empty */
    Str text, help;   /* one line each; help may be empty */
} Diagnosis;

/* What was seen of one service. */
typedef struct {
    const Service *service;
    uint64_t files, statements;
    size_t probes, caught;
} ServiceHealth;

typedef struct {
    ServiceHealth *services; /* in the manifest's order */
    size_t service_count;
    Diagnosis *diagnoses; /* problems first */
    size_t diagnosis_count;
    size_t counts[DIAGNOSIS_COUNT]; /* by level */
    size_t probes, caught;
    DoctorReads reads;
} Doctor;

/* Examines what `result` has read and `probes` have shown. Memory from the run's arena. */
Doctor doctor_examine(const Run *run, const RunResult *result, const Probes *probes);

#endif
