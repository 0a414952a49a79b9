/* A comment for a pull request, and GitHub's job summary: GitHub Flavored Markdown,
 * https://github.github.com/gfm/ */
#include "report/escape.h"
#include "report/pairs.h"
#include "report/summary.h"

#include "base/banned.h"

/* GitHub refuses comments of more than 65,536 characters, GitLab those of more than 1,000,000. */
enum { LONGEST = 60000, LONGEST_TABLE = 15000, LONGEST_MESSAGE = 500 };

static void append_text(Buffer *out, Str text)
{
    Buffer cut = {0};
    escape_cut(&cut, text, LONGEST_MESSAGE);
    escape_markdown(out, buffer_str(&cut));
    buffer_free(&cut);
}

static void append_row(Buffer *out, const Pair *pair)
{
    buffer_append(out, STR("| "));
    escape_code_span(out, summary_service(pair->service), true);
    buffer_append(out, STR(" | "));
    escape_code_span(out, pair->owner, true);
    buffer_format(out, " | %zu | %zu | %zu | ", pair->by_level[LEVEL_ERROR],
                  pair->by_level[LEVEL_WARNING], pair->by_level[LEVEL_INFO]);
    pairs_append_rules(out, pair);
    buffer_append(out, STR(" |\n"));
}

static void append_coupling(Buffer *out, const Pairs *pairs)
{
    size_t i = 0;
    if (pairs->coupled) {
        buffer_append(out, STR("### Coupling\n\n"
                               "| code of | data of | errors | warnings | info | rules |\n"
                               "|---|---|---:|---:|---:|---|\n"));
    }
    for (; i < pairs->coupled && out->len < LONGEST_TABLE; i++) {
        append_row(out, &pairs->at[i]);
    }
    if (i < pairs->coupled) {
        buffer_format(out, "\n… and %zu more pairs of services.\n", pairs->coupled - i);
    }
    buffer_append(out, pairs->coupled ? STR("\n") : STR(""));
}

static void append_finding(Buffer *out, const Finding *finding)
{
    Buffer place = {0};
    buffer_append(&place, finding->path);
    buffer_format(&place, ":%u:%u", finding->place.start.line, finding->place.start.column);
    buffer_format(out, "- **%s** ", level_name(finding->level));
    escape_code_span(out, buffer_str(&place), false);
    buffer_append_byte(out, ' ');
    append_text(out, finding->message);
    buffer_append(out, STR(" ("));
    escape_code_span(out, finding->rule->id, false);
    buffer_append(out, STR(")\n  <br>help: "));
    append_text(out, finding->help);
    buffer_append_byte(out, '\n');
    buffer_free(&place);
}

/* <details> and <summary> begin an HTML block, where nothing is Markdown until an empty line. */
static void append_pair_head(Buffer *out, const Pair *pair)
{
    buffer_append(out, STR("<details>\n<summary>"));
    escape_markup(out, summary_service(pair->service));
    if (pair->owner.len) {
        buffer_append(out, STR(" → "));
        escape_markup(out, pair->owner);
    }
    buffer_format(out, ": %zu finding%s</summary>\n\n", pair->count, summary_plural(pair->count));
}

/* The pairs' findings, as many as fit into `room`. */
static void append_details(Buffer *out, const Pairs *pairs, size_t room, size_t total)
{
    size_t shown = 0;
    Buffer line = {0};
    for (size_t i = 0; i < pairs->count && out->len < room; i++) {
        const Pair *pair = &pairs->at[i];
        append_pair_head(out, pair);
        for (size_t j = 0; j < pair->count && out->len < room; j++) {
            buffer_clear(&line);
            append_finding(&line, pair->findings[j]);
            if (out->len + line.len > room) {
                room = out->len;
                break;
            }
            buffer_append(out, buffer_str(&line));
            shown++;
        }
        buffer_append(out, STR("\n</details>\n\n"));
    }
    if (shown < total) {
        buffer_format(out, "… and %zu more finding%s, for which there is no room here.\n\n",
                      total - shown, summary_plural(total - shown));
    }
    buffer_free(&line);
}

static void append_tail(Buffer *out, const Report *report, const Pairs *pairs)
{
    append_coupling(out, pairs);
    if (report->suppressed_count) {
        summary_suppressed(out, report);
        buffer_append(out, STR("\n\n"));
    }
    summary_coverage(out, report);
    buffer_append_byte(out, '\n');
}

void report_markdown(FILE *out, const Report *report)
{
    Arena *arena = arena_new();
    Pairs pairs = pairs_collect(arena, report);
    Buffer head = {0};
    Buffer tail = {0};
    append_tail(&tail, report, &pairs);
    buffer_append(&head, STR("## ringfence\n\n"));
    summary_findings(&head, report);
    buffer_append(&head, STR("\n\n"));
    append_details(&head, &pairs, LONGEST - tail.len, report->count);
    fwrite(head.at, 1, head.len, out);
    fwrite(tail.at, 1, tail.len, out);
    buffer_free(&head);
    buffer_free(&tail);
    arena_free(arena);
}
