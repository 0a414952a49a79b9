#include "base/error.h"
#include "base/utf8.h"
#include "report/pairs.h"
#include "report/summary.h"

#include "base/banned.h"

/* An excerpt shows at most this many code points, around the place. */
enum { EXCERPT_WIDTH = 140, EXCERPT_LEAD = 60 };

typedef enum { STYLE_PLAIN, STYLE_BOLD, STYLE_ERROR, STYLE_WARNING, STYLE_INFO, STYLE_DIM } Style;

static void style(Buffer *out, const Report *report, Style chosen)
{
    static const char *const codes[] = {"\x1b[0m",    "\x1b[1m",    "\x1b[1;31m",
                                        "\x1b[1;33m", "\x1b[1;36m", "\x1b[2m"};
    if (report->color) {
        buffer_append(out, str_from(codes[chosen]));
    }
}

static Style level_style(Level level)
{
    return level == LEVEL_ERROR ? STYLE_ERROR : level == LEVEL_WARNING ? STYLE_WARNING : STYLE_INFO;
}

/* "./" keeps a path that begins with "::" from being a command of GitHub's runner, which reads all
 * output. */
static void append_place(Buffer *out, Str path, Position at)
{
    buffer_append(out, str_starts_with(path, STR("::")) ? STR("./") : STR(""));
    text_append_printable(out, path);
    buffer_format(out, ":%u:%u", at.line, at.column);
}

/* Tabs become one space, so that the carets below stand right. */
static void append_line(Buffer *out, Str line)
{
    for (size_t i = 0; i < line.len;) {
        size_t tab = str_find_byte(line, '\t', i);
        text_append_printable(out, str_slice(line, i, tab));
        if (tab < line.len) {
            buffer_append_byte(out, ' ');
        }
        i = tab + 1;
    }
}

/* Where the last excerpt was cut from its line: the next one often is of the same line, and that
 * may be long. */
typedef struct {
    const char *line;
    size_t dropped, offset; /* code points, bytes */
} Cut;

/* The line from EXCERPT_LEAD code points before the column on, cut to the excerpt's width. */
static Str cut_line(Str line, uint32_t column, Cut *last)
{
    size_t dropped = column > EXCERPT_LEAD ? column - EXCERPT_LEAD : 0;
    if (last->line != line.at || last->dropped > dropped) {
        *last = (Cut){.line = line.at};
    }
    Str skipped = str_slice(line, last->offset, line.len);
    last->offset += utf8_offset(skipped, dropped - last->dropped);
    last->dropped = dropped;
    Str rest = str_slice(line, last->offset, line.len);
    return str_slice(rest, 0, utf8_offset(rest, EXCERPT_WIDTH));
}

static void append_excerpt(Buffer *out, const Report *report, const Finding *finding, Cut *last)
{
    Position start = finding->place.start;
    Position end = finding->place.end;
    Str line = cut_line(finding->excerpt, start.column, last);
    size_t dropped = last->dropped;
    size_t length = utf8_count(line);
    size_t from = start.column - 1 - dropped;
    size_t to = end.line == start.line ? end.column - 1 - dropped : length;
    to = to < length ? to : length;
    style(out, report, STYLE_DIM);
    buffer_format(out, "%6u | ", start.line);
    style(out, report, STYLE_PLAIN);
    append_line(out, line);
    buffer_append(out, STR("\n       | "));
    for (size_t i = 0; i < from; i++) {
        buffer_append_byte(out, ' ');
    }
    style(out, report, level_style(finding->level));
    for (size_t i = from; i < (to > from ? to : from + 1); i++) {
        buffer_append_byte(out, '^');
    }
    style(out, report, STYLE_PLAIN);
    buffer_append_byte(out, '\n');
}

static void append_finding(Buffer *out, const Report *report, const Finding *finding, Cut *last)
{
    style(out, report, STYLE_BOLD);
    append_place(out, finding->path, finding->place.start);
    buffer_append(out, STR(": "));
    style(out, report, level_style(finding->level));
    buffer_append(out, str_from(level_name(finding->level)));
    buffer_append(out, STR(": "));
    style(out, report, STYLE_PLAIN);
    text_append_printable(out, finding->message);
    buffer_append(out, STR(" ["));
    buffer_append(out, finding->rule->id);
    buffer_append(out, STR("]\n"));
    if (report->quiet) {
        return;
    }
    if (finding->excerpt.len) {
        append_excerpt(out, report, finding, last);
    }
    for (size_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        buffer_append(out, STR("       = "));
        append_place(out, related->path, related->place.start);
        buffer_append(out, STR(": "));
        text_append_printable(out, related->message);
        buffer_append_byte(out, '\n');
    }
    buffer_append(out, STR("       = help: "));
    text_append_printable(out, finding->help);
    buffer_append(out, STR("\n\n"));
}

static void append_coupling(Buffer *out, const Report *report)
{
    Arena *arena = arena_new();
    Pairs pairs = pairs_collect(arena, report);
    if (pairs.coupled) {
        style(out, report, STYLE_BOLD);
        buffer_append(out, STR("coupling:\n"));
        style(out, report, STYLE_PLAIN);
    }
    for (size_t i = 0; i < pairs.coupled; i++) {
        const Pair *pair = &pairs.at[i];
        buffer_append(out, STR("  "));
        text_append_printable(out, summary_service(pair->service));
        buffer_append(out, STR(" -> "));
        text_append_printable(out, pair->owner);
        buffer_format(out, ": %zu (", pair->count);
        pairs_append_rules(out, pair);
        buffer_append(out, STR(")\n"));
    }
    buffer_append(out, pairs.coupled ? STR("\n") : STR(""));
    arena_free(arena);
}

static void append_summary(Buffer *out, const Report *report)
{
    style(out, report, STYLE_BOLD);
    summary_findings(out, report);
    style(out, report, STYLE_PLAIN);
    buffer_append_byte(out, '\n');
    if (report->suppressed_count) {
        summary_suppressed(out, report);
        buffer_append_byte(out, '\n');
    }
    summary_coverage(out, report);
    buffer_append_byte(out, '\n');
}

void report_text(FILE *out, const Report *report)
{
    Buffer buffer = {0};
    Cut last = {0};
    for (size_t i = 0; i < report->count; i++) {
        append_finding(&buffer, report, &report->findings[i], &last);
        fwrite(buffer.at, 1, buffer.len, out);
        buffer_clear(&buffer);
    }
    if (report->quiet && report->count) {
        buffer_append_byte(&buffer, '\n');
    }
    if (!report->quiet) {
        append_coupling(&buffer, report);
    }
    append_summary(&buffer, report);
    fwrite(buffer.at, 1, buffer.len, out);
    buffer_free(&buffer);
}
