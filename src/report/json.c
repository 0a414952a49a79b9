#include "report/json_text.h"
#include "report/report.h"
#include "report/summary.h"

#include "base/banned.h"

static void set_place(json_t *object, Place place)
{
    json_object_set_new(object, "line", json_integer(place.start.line));
    json_object_set_new(object, "column", json_integer(place.start.column));
    json_object_set_new(object, "end_line", json_integer(place.end.line));
    json_object_set_new(object, "end_column", json_integer(place.end.column));
}

static json_t *related_json(const Finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        json_t *object = json_object();
        json_object_set_new(object, "path", json_text(related->path));
        set_place(object, related->place);
        json_object_set_new(object, "message", json_text(related->message));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *relations_json(const Finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->relation_count; i++) {
        const FindingRelation *relation = &finding->relations[i];
        json_t *object = json_object();
        json_object_set_new(object, "name", json_text(relation->name));
        json_object_set_new(object, "owner", json_text_or_null(relation->owner));
        json_object_set_new(object, "access", json_string(access_name(relation->access)));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *finding_json(const Finding *finding)
{
    json_t *object = json_object();
    json_object_set_new(object, "rule", json_text(finding->rule->id));
    json_object_set_new(object, "level", json_string(level_name(finding->level)));
    json_object_set_new(object, "path", json_text(finding->path));
    set_place(object, finding->place);
    json_object_set_new(object, "service", json_text_or_null(finding->service));
    json_object_set_new(object, "owner", json_text_or_null(finding->owner));
    json_object_set_new(object, "team", json_text_or_null(finding->team));
    json_object_set_new(object, "message", json_text(finding->message));
    json_object_set_new(object, "help", json_text(finding->help));
    json_object_set_new(object, "fingerprint", json_fingerprint(finding->fingerprint));
    json_object_set_new(object, "related", related_json(finding));
    json_object_set_new(object, "relations", relations_json(finding));
    return object;
}

static json_t *coverage_json(const ReportCoverage *coverage)
{
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {
        {"files", coverage->files},           {"sql_files", coverage->sql_files},
        {"host_files", coverage->host_files}, {"fragments", coverage->fragments},
        {"statements", coverage->statements}, {"checked", coverage->checked},
        {"dynamic", coverage->dynamic},       {"unparsed", coverage->unparsed},
        {"bytes", coverage->bytes},
    };
    json_t *object = json_object();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_object_set_new(object, counts[i].key, json_integer((json_int_t)counts[i].value));
    }
    json_t *languages = json_object();
    for (size_t i = 0; i < coverage->language_count; i++) {
        json_object_set_new(languages, coverage->languages[i].name,
                            json_integer((json_int_t)coverage->languages[i].fragments));
    }
    json_object_set_new(object, "languages", languages);
    return object;
}

/* What was let pass, and by what; SARIF holds these findings themselves. */
static json_t *suppressed_json(const Report *report)
{
    size_t baseline = summary_baselined(report);
    json_t *object = json_object();
    json_object_set_new(object, "comments",
                        json_integer((json_int_t)(report->suppressed_count - baseline)));
    json_object_set_new(object, "baseline", json_integer((json_int_t)baseline));
    return object;
}

void report_json(FILE *out, const Report *report)
{
    json_t *root = json_object();
    json_t *findings = json_array();
    json_object_set_new(root, "version", json_integer(1));
    json_object_set_new(root, "tool",
                        json_pack("{s:s, s:s, s:s}", "name", "ringfence", "version",
                                  report->version, "postgres", report->postgres));
    for (size_t i = 0; i < report->count; i++) {
        json_array_append_new(findings, finding_json(&report->findings[i]));
    }
    json_object_set_new(root, "findings", findings);
    json_object_set_new(root, "suppressed", suppressed_json(report));
    json_object_set_new(root, "coverage", coverage_json(&report->coverage));
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
