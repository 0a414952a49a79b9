/* Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
#include "report/json_text.h"
#include "report/report.h"

#include "base/banned.h"

static const char *severity(Level level)
{
    return level == LEVEL_ERROR ? "major" : level == LEVEL_WARNING ? "minor" : "info";
}

static json_t *finding_json(const Finding *finding)
{
    return json_pack("{s:o, s:o, s:o, s:s, s:{s:o, s:{s:i, s:i}}}", "description",
                     json_text(finding->message), "check_name", json_text(finding->rule->id),
                     "fingerprint", json_fingerprint(finding->fingerprint), "severity",
                     severity(finding->level), "location", "path", json_text(finding->path),
                     "lines", "begin", (int)finding->place.start.line, "end",
                     (int)finding->place.end.line);
}

void report_gitlab(FILE *out, const Report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->count; i++) {
        json_array_append_new(list, finding_json(&report->findings[i]));
    }
    json_dumpf(list, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(list);
}
