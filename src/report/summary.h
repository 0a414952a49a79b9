#ifndef RINGFENCE_REPORT_SUMMARY_H
#define RINGFENCE_REPORT_SUMMARY_H

#include "base/buffer.h"
#include "report/report.h"

/* The words that all formats share. The sentences at a report's end hold no text from a file. */

/* "" or "s" */
const char *summary_plural(uint64_t count);

/* The name, or "(no service)" for an empty one. */
Str summary_service(Str service);

/* "3 findings: 2 errors, 1 warning", "no findings". */
void summary_findings(Buffer *out, const Report *report);

/* How many of the suppressed findings the baseline let pass; comments did the others. */
size_t summary_baselined(const Report *report);

/* "2 suppressed, 10 in the baseline", or nothing. */
void summary_suppressed(Buffer *out, const Report *report);

/* "coverage: 85 of 86 statements checked, …" */
void summary_coverage(Buffer *out, const Report *report);

#endif
