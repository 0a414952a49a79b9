/* Workflow commands:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
#include "report/escape.h"
#include "report/report.h"
#include "report/summary.h"

#include "base/banned.h"

/* The runner keeps so many annotations of each kind and drops the rest (actions/runner,
 * ExecutionContext.cs: _maxCountPerIssueType), and cuts messages at 4,096 characters. */
enum { MOST_OF_A_LEVEL = 10, LONGEST_MESSAGE = 1000 };

static const char *command_name(Level level)
{
    return level == LEVEL_ERROR ? "error" : level == LEVEL_WARNING ? "warning" : "notice";
}

static void append_text(Buffer *out, Str text)
{
    Buffer cut = {0};
    escape_cut(&cut, text, LONGEST_MESSAGE);
    escape_command_data(out, buffer_str(&cut));
    buffer_free(&cut);
}

/* GitHub takes columns only where start and end are on one line. */
static void append_place(Buffer *out, const Finding *finding)
{
    Position start = finding->place.start;
    Position end = finding->place.end;
    buffer_append(out, STR(" file="));
    escape_command_property(out, finding->path);
    buffer_format(out, ",line=%u,endLine=%u", start.line, end.line);
    if (start.line == end.line) {
        buffer_format(out, ",col=%u,endColumn=%u", start.column, end.column);
    }
}

static void append_command(Buffer *out, const Finding *finding)
{
    buffer_format(out, "::%s", command_name(finding->level));
    append_place(out, finding);
    buffer_append(out, STR(",title="));
    escape_command_property(out, finding->rule->id);
    buffer_append(out, STR("::"));
    append_text(out, finding->message);
    buffer_append(out, STR("%0Ahelp: "));
    append_text(out, finding->help);
    buffer_append_byte(out, '\n');
}

/* The first findings of `level`; returns how many were left out. */
static size_t append_level(Buffer *out, const Report *report, Level level)
{
    size_t count = 0;
    for (size_t i = 0; i < report->count; i++) {
        if (report->findings[i].level == level && count++ < MOST_OF_A_LEVEL) {
            append_command(out, &report->findings[i]);
        }
    }
    return count > MOST_OF_A_LEVEL ? count - MOST_OF_A_LEVEL : 0;
}

static void append_left_out(Buffer *out, const size_t *left_out)
{
    const char *separator = "not annotated, as GitHub shows no more than 10 of a kind:";
    bool any = false;
    for (Level level = LEVEL_ERROR; level > LEVEL_OFF; level--) {
        if (left_out[level]) {
            buffer_format(out, "%s %zu more %s%s", separator, left_out[level], level_name(level),
                          level == LEVEL_INFO ? "" : summary_plural(left_out[level]));
            separator = ",";
            any = true;
        }
    }
    buffer_append(out, any ? STR("\n") : STR(""));
}

void report_github(FILE *out, const Report *report)
{
    Buffer text = {0};
    size_t left_out[LEVEL_COUNT] = {0};
    for (Level level = LEVEL_ERROR; level > LEVEL_OFF; level--) {
        left_out[level] = append_level(&text, report, level);
    }
    append_left_out(&text, left_out);
    summary_findings(&text, report);
    buffer_append_byte(&text, '\n');
    if (report->suppressed_count) {
        summary_suppressed(&text, report);
        buffer_append_byte(&text, '\n');
    }
    summary_coverage(&text, report);
    buffer_append_byte(&text, '\n');
    fwrite(text.at, 1, text.len, out);
    buffer_free(&text);
}
