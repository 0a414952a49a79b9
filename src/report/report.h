#ifndef RINGFENCE_REPORT_REPORT_H
#define RINGFENCE_REPORT_REPORT_H

#include <stdio.h>

#include "rules/rule.h"

/* How findings are printed: one struct a format, one file each. */

/* How many fragments of SQL stand in files of a language. */
typedef struct {
    const char *name;
    uint64_t fragments;
} ReportLanguage;

typedef struct {
    uint64_t files, sql_files, host_files;
    uint64_t fragments, statements, checked, dynamic, unparsed;
    uint64_t bytes;
    const ReportLanguage *languages;
    size_t language_count;
} ReportCoverage;

/* A file that was asked for. */
typedef struct {
    Str path;
    Str service; /* whose; may be empty */
    Str unread;  /* why it could not be read; else empty */
} ReportFile;

typedef struct {
    const Finding *findings;
    size_t count;
    const Finding *suppressed; /* what comments and the baseline kept from being reported */
    size_t suppressed_count;
    const ReportFile *files; /* by path */
    size_t file_count;
    ReportCoverage coverage;
    const char *version, *postgres; /* ringfence's, and its parser's */
    Level fail_on;   /* a finding of this level fails the run; LEVEL_COUNT: none does */
    bool incomplete; /* something could not be read */
    bool database;   /* what was read are a database's objects, not files */
    bool color, quiet;
} Report;

/* Does a format show the lines that findings are about? */
typedef enum { EXCERPTS_NEVER, EXCERPTS_UNLESS_QUIET, EXCERPTS_ALWAYS } Excerpts;

typedef struct {
    const char *name, *summary;
    Excerpts excerpts;
    void (*write)(FILE *out, const Report *report);
    /* What is appended to the file that this environment variable names; or NULL. */
    const char *extra_variable;
    void (*write_extra)(FILE *out, const Report *report);
} ReportFormat;

extern const ReportFormat report_formats[];
extern const size_t report_format_count;

/* The format called `name`, or NULL. */
const ReportFormat *report_format(Str name);

void report_text(FILE *out, const Report *report);
void report_json(FILE *out, const Report *report);
void report_sarif(FILE *out, const Report *report);
void report_github(FILE *out, const Report *report);
void report_gitlab(FILE *out, const Report *report);
void report_junit(FILE *out, const Report *report);
void report_markdown(FILE *out, const Report *report);
void report_html(FILE *out, const Report *report);

#endif
