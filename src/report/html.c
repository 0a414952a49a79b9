/* One page without scripts, images or links to elsewhere: it can be kept and mailed as it is. */
#include "base/utf8.h"
#include "report/escape.h"
#include "report/pairs.h"
#include "report/summary.h"

#include "base/banned.h"

enum { LONGEST_EXCERPT = 240 };

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>ringfence</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --line: #8886; --error: #c62828; --warning: #b26a00; "
    "--info: #1565c0 }\n"
    "@media (prefers-color-scheme: dark) { :root { --error: #ff7b72; --warning: #e3b341; --info: "
    "#79c0ff } }\n"
    "body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 "
    "1rem }\n"
    "table { border-collapse: collapse; display: block; overflow-x: auto }\n"
    "th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem; text-align: left }\n"
    "td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }\n"
    "code, pre { font: 13px/1.5 ui-monospace, monospace }\n"
    "pre { overflow-x: auto; border-left: 3px solid var(--line); padding-left: .8rem; margin: "
    ".4rem 0 }\n"
    "article { margin: 1.2rem 0; overflow-wrap: anywhere }\n"
    "article p { margin: .2rem 0 }\n"
    "mark { background: none; color: inherit; text-decoration: underline 2px; "
    "text-underline-offset: 3px }\n"
    ".error { color: var(--error) } .warning { color: var(--warning) } .info { color: var(--info) "
    "}\n"
    "b.error, b.warning, b.info { text-transform: uppercase; font-size: 80% }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n";

static void append_element(Buffer *out, const char *name, Str text)
{
    buffer_format(out, "<%s>", name);
    escape_markup(out, text);
    buffer_format(out, "</%s>", name);
}

static void append_table(Buffer *out, const Pairs *pairs)
{
    if (!pairs->coupled) {
        return;
    }
    buffer_append(out, STR("<h2>Coupling</h2>\n<table>\n<thead><tr><th>code of</th><th>data of</th>"
                           "<th class=\"number\">errors</th><th class=\"number\">warnings</th>"
                           "<th class=\"number\">info</th><th>rules</th></tr></thead>\n<tbody>\n"));
    for (size_t i = 0; i < pairs->coupled; i++) {
        const Pair *pair = &pairs->at[i];
        buffer_format(out, "<tr><td><a href=\"#pair-%zu\">", i + 1);
        escape_markup(out, summary_service(pair->service));
        buffer_append(out, STR("</a></td>"));
        append_element(out, "td", pair->owner);
        for (Level level = LEVEL_ERROR; level > LEVEL_OFF; level--) {
            buffer_format(out, "<td class=\"number\">%zu</td>", pair->by_level[level]);
        }
        buffer_append(out, STR("<td>"));
        pairs_append_rules(out, pair);
        buffer_append(out, STR("</td></tr>\n"));
    }
    buffer_append(out, STR("</tbody>\n</table>\n"));
}

/* The source line with the place marked; long lines are cut. */
static void append_excerpt(Buffer *out, const Finding *finding)
{
    Str line = str_slice(finding->excerpt, 0, utf8_offset(finding->excerpt, LONGEST_EXCERPT));
    Position start = finding->place.start;
    Position end = finding->place.end;
    size_t from = utf8_offset(line, start.column - 1);
    size_t to = end.line == start.line ? utf8_offset(line, end.column - 1) : line.len;
    if (!finding->excerpt.len) {
        return;
    }
    buffer_append(out, STR("<pre>"));
    escape_markup(out, str_slice(line, 0, from));
    append_element(out, "mark", str_slice(line, from, to));
    escape_markup(out, str_slice(line, to, line.len));
    buffer_append(out, line.len < finding->excerpt.len ? STR("…</pre>\n") : STR("</pre>\n"));
}

static void append_related(Buffer *out, const Finding *finding)
{
    buffer_append(out, finding->related_count ? STR("<ul>\n") : STR(""));
    for (size_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        buffer_append(out, STR("<li><code>"));
        escape_markup(out, related->path);
        buffer_format(out, ":%u:%u</code> ", related->place.start.line,
                      related->place.start.column);
        escape_markup(out, related->message);
        buffer_append(out, STR("</li>\n"));
    }
    buffer_append(out, finding->related_count ? STR("</ul>\n") : STR(""));
}

static void append_finding(Buffer *out, const Finding *finding)
{
    const char *level = level_name(finding->level);
    buffer_format(out, "<article>\n<p><b class=\"%s\">%s</b> <code>", level, level);
    escape_markup(out, finding->path);
    buffer_format(out, ":%u:%u</code> ", finding->place.start.line, finding->place.start.column);
    append_element(out, "code", finding->rule->id);
    buffer_append(out, STR("</p>\n"));
    append_element(out, "p", finding->message);
    buffer_append_byte(out, '\n');
    append_excerpt(out, finding);
    append_related(out, finding);
    buffer_append(out, STR("<p>help: "));
    escape_markup(out, finding->help);
    buffer_append(out, STR("</p>\n</article>\n"));
}

static void append_pair(Buffer *out, const Pair *pair, size_t number)
{
    buffer_format(out, "<section>\n<h2 id=\"pair-%zu\">", number);
    escape_markup(out, summary_service(pair->service));
    if (pair->owner.len) {
        buffer_append(out, STR(" → "));
        escape_markup(out, pair->owner);
    }
    if (pair->team.len) {
        buffer_append(out, STR(" ("));
        escape_markup(out, pair->team);
        buffer_append_byte(out, ')');
    }
    buffer_append(out, STR("</h2>\n"));
    for (size_t i = 0; i < pair->count; i++) {
        append_finding(out, pair->findings[i]);
    }
    buffer_append(out, STR("</section>\n"));
}

static void append_summary(Buffer *out, const Report *report)
{
    buffer_append(out, STR("<h1>ringfence: "));
    summary_findings(out, report);
    buffer_append(out, STR("</h1>\n<p>"));
    summary_coverage(out, report);
    if (report->suppressed_count) {
        buffer_append(out, STR("; "));
        summary_suppressed(out, report);
    }
    buffer_append(out, STR("</p>\n"));
}

void report_html(FILE *out, const Report *report)
{
    Arena *arena = arena_new();
    Pairs pairs = pairs_collect(arena, report);
    Buffer body = {0};
    append_summary(&body, report);
    append_table(&body, &pairs);
    for (size_t i = 0; i < pairs.count; i++) {
        append_pair(&body, &pairs.at[i], i + 1);
    }
    buffer_append(&body, STR("</body>\n</html>\n"));
    fputs(head, out);
    fwrite(body.at, 1, body.len, out);
    buffer_free(&body);
    arena_free(arena);
}
