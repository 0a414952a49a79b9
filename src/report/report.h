#ifndef RINGFENCE_REPORT_REPORT_H
#define RINGFENCE_REPORT_REPORT_H

#include <stdio.h>

#include "rules/rule.h"

/* How findings are printed: one struct a format, one file each. */

typedef struct {
    uint64_t files, sql_files, host_files;
    uint64_t fragments, statements, checked, dynamic, unparsed;
    uint64_t bytes;
} ReportCoverage;

typedef struct {
    const Finding *findings;
    size_t count;
    ReportCoverage coverage;
    const char *version, *postgres; /* ringfence's, and its parser's */
    bool color, quiet;
} Report;

typedef struct {
    const char *name;
    void (*write)(FILE *out, const Report *report);
} ReportFormat;

/* The format called `name`, or NULL. */
const ReportFormat *report_format(Str name);

/* "text, json" */
const char *report_format_names(void);

void report_text(FILE *out, const Report *report);
void report_json(FILE *out, const Report *report);

#endif
