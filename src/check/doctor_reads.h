#ifndef RINGFENCE_CHECK_DOCTOR_READS_H
#define RINGFENCE_CHECK_DOCTOR_READS_H

#include "check/probe.h"

/* What is read of these files, and what is not: a language that is misspelt by its ending is
 * silence. */

/* One language, SQL's scripts first. */
typedef struct {
    Str name;
    uint64_t files, texts; /* statements of scripts; of programs, texts that were taken for SQL */
    size_t probes, caught;
    bool holds_none; /* there are no statements in it, but mappings: nothing is planted */
} LanguageHealth;

/* Files that are not read, by their ending. */
typedef struct {
    Str ending; /* ".md"; empty: without one */
    uint64_t files;
    uint64_t naming; /* of them, those that hold a verb of SQL and a name that the manifest does */
    Str example;     /* the first of those, or empty */
} UnreadFiles;

typedef struct {
    LanguageHealth *languages; /* those with files, or that probes were planted in */
    size_t language_count;
    UnreadFiles *unread; /* the most first */
    size_t unread_count;
} DoctorReads;

/* Memory from the run's arena. */
DoctorReads doctor_reads(const Run *run, const RunResult *result, const Probes *probes);

#endif
