#include "report/report.h"

#include "base/banned.h"

const ReportFormat report_formats[] = {
    {"text", "for people, with the source line", EXCERPTS_UNLESS_QUIET, report_text, NULL, NULL},
    {"json", "everything, for programs", EXCERPTS_NEVER, report_json, NULL, NULL},
    {"sarif", "SARIF 2.1.0, for code scanning", EXCERPTS_ALWAYS, report_sarif, NULL, NULL},
    {"github", "annotations of a GitHub workflow, and its job summary", EXCERPTS_NEVER,
     report_github, "GITHUB_STEP_SUMMARY", report_markdown},
    {"gitlab", "GitLab Code Quality", EXCERPTS_NEVER, report_gitlab, NULL, NULL},
    {"junit", "JUnit XML, one test case a file", EXCERPTS_NEVER, report_junit, NULL, NULL},
    {"markdown", "a comment for a pull request", EXCERPTS_NEVER, report_markdown, NULL, NULL},
    {"html", "one page, for a browser", EXCERPTS_ALWAYS, report_html, NULL, NULL},
};
const size_t report_format_count = sizeof report_formats / sizeof *report_formats;

const ReportFormat *report_format(Str name)
{
    for (size_t i = 0; i < report_format_count; i++) {
        if (str_equal(name, str_from(report_formats[i].name))) {
            return &report_formats[i];
        }
    }
    return NULL;
}
