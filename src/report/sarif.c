/* SARIF 2.1.0 plus errata 01, https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/; what of
 * it GitHub reads:
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
#include "base/utf8.h"
#include "report/escape.h"
#include "report/json_text.h"
#include "report/report.h"
#include "rules/rules.h"

#include "base/banned.h"

/* Longer lines (minified, generated) are of no use as a snippet. */
enum { LONGEST_SNIPPET = 500 };

static json_t *buffer_json(Buffer *text)
{
    json_t *json = json_text(buffer_str(text));
    buffer_free(text);
    return json;
}

static json_t *uri_json(Str path)
{
    Buffer uri = {0};
    escape_uri(&uri, path);
    return buffer_json(&uri);
}

static json_t *message_json(Str text)
{
    Buffer message = {0};
    escape_sarif_message(&message, text);
    return json_pack("{s:o}", "text", buffer_json(&message));
}

static const char *sarif_level(Level level)
{
    static const char *const names[] = {
        [LEVEL_OFF] = "none",
        [LEVEL_INFO] = "note",
        [LEVEL_WARNING] = "warning",
        [LEVEL_ERROR] = "error",
    };
    return names[level];
}

/* The first paragraph below "What it finds". */
static Str full_description(Str page)
{
    static const Str heading = STR("## What it finds\n\n");
    size_t start = str_find(page, heading) + heading.len;
    Str rest = str_slice(page, start, page.len);
    return rest.len ? str_slice(rest, 0, str_find(rest, STR("\n\n"))) : page;
}

/* "cross-service-join" as "CrossServiceJoin". */
static json_t *rule_name(Str id)
{
    Buffer name = {0};
    bool upper = true;
    for (size_t i = 0; i < id.len; i++) {
        bool letter = id.at[i] != '-';
        if (letter) {
            buffer_append_byte(&name, upper ? (char)(id.at[i] - 'a' + 'A') : id.at[i]);
        }
        upper = !letter;
    }
    return buffer_json(&name);
}

static json_t *rule_json(const Rule *rule)
{
    Str page = rules_page(rule);
    json_t *json = json_pack("{s:o, s:o}", "id", json_text(rule->id), "name", rule_name(rule->id));
    json_object_set_new(json, "shortDescription",
                        json_pack("{s:o}", "text", json_text(rule->summary)));
    json_object_set_new(json, "fullDescription",
                        json_pack("{s:o}", "text", json_text(full_description(page))));
    json_object_set_new(
        json, "help",
        json_pack("{s:o, s:o}", "text", json_text(page), "markdown", json_text(page)));
    json_object_set_new(json, "defaultConfiguration",
                        json_pack("{s:s}", "level", sarif_level(rule->level)));
    json_object_set_new(json, "properties",
                        json_pack("{s:[s, s], s:s, s:s}", "tags", "architecture", "sql",
                                  "precision", "very-high", "problem.severity",
                                  rule->level == LEVEL_ERROR     ? "error"
                                  : rule->level == LEVEL_WARNING ? "warning"
                                                                 : "recommendation"));
    return json;
}

static json_t *region_json(Place place)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "startLine", (int)place.start.line, "startColumn",
                     (int)place.start.column, "endLine", (int)place.end.line, "endColumn",
                     (int)place.end.column);
}

static json_t *physical_json(Str path, Place place)
{
    return json_pack("{s:{s:o, s:s}, s:o}", "artifactLocation", "uri", uri_json(path), "uriBaseId",
                     "%SRCROOT%", "region", region_json(place));
}

/* The text of the place, and the line around it. */
static void set_snippets(json_t *physical, const Finding *finding)
{
    Position start = finding->place.start;
    Str line = finding->excerpt;
    Str text = str_slice(line, utf8_offset(line, start.column - 1),
                         utf8_offset(line, finding->place.end.column - 1));
    if (!line.len || line.len > LONGEST_SNIPPET || finding->place.end.line != start.line) {
        return;
    }
    if (text.len) {
        json_object_set_new(json_object_get(physical, "region"), "snippet",
                            json_pack("{s:o}", "text", json_text(text)));
    }
    json_object_set_new(physical, "contextRegion",
                        json_pack("{s:i, s:i, s:{s:o}}", "startLine", (int)start.line, "endLine",
                                  (int)start.line, "snippet", "text", json_text(line)));
}

static json_t *location_json(const Finding *finding)
{
    json_t *physical = physical_json(finding->path, finding->place);
    set_snippets(physical, finding);
    return json_pack("{s:o}", "physicalLocation", physical);
}

static json_t *related_json(const Finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        json_array_append_new(list,
                              json_pack("{s:i, s:o, s:o}", "id", (int)i + 1, "physicalLocation",
                                        physical_json(related->path, related->place), "message",
                                        message_json(related->message)));
    }
    return list;
}

static json_t *properties_json(const Finding *finding)
{
    json_t *json = json_object();
    const struct {
        const char *key;
        Str value;
    } rows[] = {{"service", finding->service}, {"owner", finding->owner}, {"team", finding->team}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].value.len) {
            json_object_set_new(json, rows[i].key, json_text(rows[i].value));
        }
    }
    return json;
}

static json_t *suppression_json(const Finding *finding)
{
    bool comment = finding->suppressed == SUPPRESSED_BY_COMMENT;
    return json_pack("[{s:s, s:s, s:o}]", "kind", comment ? "inSource" : "external", "status",
                     "accepted", "justification", json_text(finding->justification));
}

/* The help is a part of the message: viewers show nothing else beside the line. */
static json_t *result_json(const Finding *finding)
{
    Buffer text = {0};
    escape_sarif_message(&text, finding->message);
    buffer_append(&text, STR("\n"));
    escape_sarif_message(&text, finding->help);
    json_t *json =
        json_pack("{s:o, s:i, s:s, s:{s:o}, s:[o], s:{s:o}, s:o}", "ruleId",
                  json_text(finding->rule->id), "ruleIndex", (int)rules_find(finding->rule->id),
                  "level", sarif_level(finding->level), "message", "text", buffer_json(&text),
                  "locations", location_json(finding), "partialFingerprints", "ringfence/v1",
                  json_fingerprint(finding->fingerprint), "properties", properties_json(finding));
    if (finding->related_count) {
        json_object_set_new(json, "relatedLocations", related_json(finding));
    }
    json_object_set_new(json, "suppressions",
                        finding->suppressed ? suppression_json(finding) : json_array());
    return json;
}

static json_t *results_json(const Report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->count; i++) {
        json_array_append_new(list, result_json(&report->findings[i]));
    }
    for (size_t i = 0; i < report->suppressed_count; i++) {
        json_array_append_new(list, result_json(&report->suppressed[i]));
    }
    return list;
}

static json_t *driver_json(const Report *report)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < RULE_COUNT; i++) {
        json_array_append_new(rules, rule_json(rules_all[i]));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:{s:s}}", "name", "ringfence", "version",
                     report->version, "semanticVersion", report->version, "rules", rules,
                     "properties", "postgres", report->postgres);
}

void report_sarif(FILE *out, const Report *report)
{
    json_t *run = json_pack("{s:{s:o}, s:[{s:b}], s:{s:{s:{s:s}}}, s:s, s:o}", "tool", "driver",
                            driver_json(report), "invocations", "executionSuccessful",
                            !report->incomplete, "originalUriBaseIds", "%SRCROOT%", "description",
                            "text", "The root of the repository.", "columnKind",
                            "unicodeCodePoints", "results", results_json(report));
    json_t *root =
        json_pack("{s:s, s:s, s:[o]}", "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
                  "version", "2.1.0", "runs", run);
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
