/* JUnit XML as Jenkins and GitLab read it: the xunit plugin's junit-10.xsd. */
#include "report/escape.h"
#include "report/report.h"
#include "report/summary.h"

#include "base/banned.h"

/* A file and its findings: one test case. */
typedef struct {
    Str path, service, unread;
    const Finding *findings;
    size_t count, failures;
} TestCase;

/* The next case, in the order of paths; findings may stand in a file that is no source (the
 * manifest). */
static bool next_case(const Report *report, size_t *file, size_t *finding, TestCase *next)
{
    bool files = *file < report->file_count;
    bool findings = *finding < report->count;
    if (!files && !findings) {
        return false;
    }
    int order = !files ? 1
                : !findings
                    ? -1
                    : str_compare(report->files[*file].path, report->findings[*finding].path);
    *next =
        (TestCase){.path = order > 0 ? report->findings[*finding].path : report->files[*file].path,
                   .findings = &report->findings[*finding]};
    if (order <= 0) {
        next->service = report->files[*file].service;
        next->unread = report->files[*file].unread;
        ++*file;
    }
    for (; *finding < report->count && str_equal(report->findings[*finding].path, next->path);
         ++*finding) {
        next->failures += report->findings[*finding].level >= report->fail_on;
        next->count++;
    }
    return true;
}

static void append_attribute(Buffer *out, const char *name, Str value)
{
    buffer_format(out, " %s=\"", name);
    escape_markup(out, value);
    buffer_append_byte(out, '"');
}

static void append_finding(Buffer *out, const Finding *finding)
{
    Position at = finding->place.start;
    escape_markup(out, finding->path);
    buffer_format(out, ":%u:%u: %s: ", at.line, at.column, level_name(finding->level));
    escape_markup(out, finding->message);
    buffer_append(out, STR(" ["));
    escape_markup(out, finding->rule->id);
    buffer_append(out, STR("]\n  help: "));
    escape_markup(out, finding->help);
    buffer_append_byte(out, '\n');
}

/* Most readers show the first failure only, so all of a file's are one. */
static void append_findings(Buffer *out, const TestCase *test, Level fail_on, bool failing)
{
    for (size_t i = 0; i < test->count; i++) {
        if ((test->findings[i].level >= fail_on) == failing) {
            append_finding(out, &test->findings[i]);
        }
    }
}

static void append_failure(Buffer *out, const TestCase *test, Level fail_on)
{
    const Finding *first = test->findings;
    while (first->level < fail_on) {
        first++;
    }
    buffer_append(out, STR("      <failure"));
    append_attribute(out, "type", first->rule->id);
    if (test->failures == 1) {
        append_attribute(out, "message", first->message);
    } else {
        buffer_format(out, " message=\"%zu findings\"", test->failures);
    }
    buffer_append_byte(out, '>');
    append_findings(out, test, fail_on, true);
    buffer_append(out, STR("</failure>\n"));
}

static void append_case(Buffer *out, const TestCase *test, Level fail_on)
{
    buffer_append(out, STR("    <testcase"));
    append_attribute(out, "classname", summary_service(test->service));
    append_attribute(out, "name", test->path);
    if (!test->count && !test->unread.len) {
        buffer_append(out, STR("/>\n"));
        return;
    }
    buffer_append(out, STR(">\n"));
    if (test->unread.len) {
        buffer_append(out, STR("      <error type=\"unreadable\""));
        append_attribute(out, "message", test->unread);
        buffer_append(out, STR("/>\n"));
    }
    if (test->failures) {
        append_failure(out, test, fail_on);
    }
    if (test->failures < test->count) {
        buffer_append(out, STR("      <system-out>"));
        append_findings(out, test, fail_on, false);
        buffer_append(out, STR("</system-out>\n"));
    }
    buffer_append(out, STR("    </testcase>\n"));
}

void report_junit(FILE *out, const Report *report)
{
    size_t tests = 0;
    size_t failures = 0;
    size_t errors = 0;
    TestCase test;
    Buffer cases = {0};
    for (size_t file = 0, finding = 0; next_case(report, &file, &finding, &test); tests++) {
        failures += test.failures > 0;
        errors += test.unread.len > 0;
        append_case(&cases, &test, report->fail_on);
    }
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
    fprintf(out, "<testsuites name=\"ringfence\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
            tests, failures, errors);
    fprintf(out, "  <testsuite name=\"ringfence\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
            tests, failures, errors);
    fwrite(cases.at, 1, cases.len, out);
    buffer_clear(&cases);
    summary_findings(&cases, report);
    buffer_append_byte(&cases, '\n');
    summary_coverage(&cases, report);
    fprintf(out, "    <system-out>%s</system-out>\n", buffer_cstring(&cases));
    fputs("  </testsuite>\n</testsuites>\n", out);
    buffer_free(&cases);
}
