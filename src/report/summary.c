#include "report/summary.h"

#include "base/banned.h"

const char *summary_plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

Str summary_service(Str service)
{
    return service.len ? service : STR("(no service)");
}

void summary_findings(Buffer *out, const Report *report)
{
    size_t by_level[LEVEL_COUNT] = {0};
    const char *separator = ": ";
    for (size_t i = 0; i < report->count; i++) {
        by_level[report->findings[i].level]++;
    }
    if (!report->count) {
        buffer_append(out, STR("no findings"));
        return;
    }
    buffer_format(out, "%zu finding%s", report->count, summary_plural(report->count));
    for (Level level = LEVEL_ERROR; level > LEVEL_OFF; level--) {
        if (by_level[level]) {
            buffer_format(out, "%s%zu %s%s", separator, by_level[level], level_name(level),
                          level == LEVEL_INFO ? "" : summary_plural(by_level[level]));
            separator = ", ";
        }
    }
}

size_t summary_baselined(const Report *report)
{
    size_t baselined = 0;
    for (size_t i = 0; i < report->suppressed_count; i++) {
        baselined += report->suppressed[i].suppressed == SUPPRESSED_BY_BASELINE;
    }
    return baselined;
}

void summary_suppressed(Buffer *out, const Report *report)
{
    size_t baselined = summary_baselined(report);
    size_t commented = report->suppressed_count - baselined;
    if (commented) {
        buffer_format(out, "%zu suppressed", commented);
    }
    if (baselined) {
        buffer_format(out, "%s%zu in the baseline", commented ? ", " : "", baselined);
    }
}

void summary_coverage(Buffer *out, const Report *report)
{
    const ReportCoverage *coverage = &report->coverage;
    buffer_format(out,
                  "coverage: %llu of %llu statement%s checked, %llu unparsed, %llu dynamic, in "
                  "%llu %s%s",
                  (unsigned long long)coverage->checked, (unsigned long long)coverage->statements,
                  summary_plural(coverage->statements), (unsigned long long)coverage->unparsed,
                  (unsigned long long)coverage->dynamic, (unsigned long long)coverage->files,
                  report->database ? "object" : "file", summary_plural(coverage->files));
}
