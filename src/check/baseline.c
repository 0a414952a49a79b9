#include "check/baseline.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { FINGERPRINT_DIGITS = 16 };

static Str identity_text(Arena *arena, uint64_t identity)
{
    return arena_format(arena, "%016llx", (unsigned long long)identity);
}

static bool parse_identity(Str text, uint64_t *identity)
{
    *identity = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool letter = c >= 'a' && c <= 'f';
        if (!letter && !char_is_digit(c)) {
            return false;
        }
        *identity = *identity << 4 | (uint64_t)(letter ? c - 'a' + 10 : c - '0');
    }
    return text.len == FINGERPRINT_DIGITS;
}

static Str member(Arena *arena, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    Str text = {.at = json_string_value(value), .len = json_string_length(value)};
    return text.len ? arena_copy(arena, text) : (Str){0};
}

static bool parse_entry(Arena *arena, const json_t *object, BaselineEntry *entry)
{
    json_int_t count = json_integer_value(json_object_get(object, "count"));
    *entry = (BaselineEntry){.rule = member(arena, object, "rule"),
                             .path = member(arena, object, "path"),
                             .message = member(arena, object, "message"),
                             .count = (size_t)count};
    return entry->rule.len && entry->path.len && count > 0 && count <= UINT32_MAX &&
           parse_identity(member(arena, object, "fingerprint"), &entry->identity);
}

/* Where the entries' fingerprints stand; they come in the same order in the text. */
static void set_positions(Arena *arena, Str text, Baseline *baseline)
{
    Position at = {.line = 1, .column = 1};
    size_t offset = 0;
    for (size_t i = 0; i < baseline->count; i++) {
        Str digits = identity_text(arena, baseline->at[i].identity);
        size_t found = offset + str_find(str_slice(text, offset, text.len), digits);
        for (; offset < found; offset++) {
            bool line = text.at[offset] == '\n';
            bool continuation = ((unsigned char)text.at[offset] & 0xc0) == 0x80;
            at.column = line ? 1 : at.column + !continuation;
            at.line += line;
        }
        baseline->at[i].at = at;
    }
}

static bool parse_list(Arena *arena, const json_t *list, Str shown, Baseline *baseline,
                       Error *error)
{
    size_t count = json_array_size(list);
    *baseline = (Baseline){.path = shown, .at = ARENA_ARRAY(arena, BaselineEntry, count + 1)};
    for (size_t i = 0; i < count; i++) {
        if (!parse_entry(arena, json_array_get(list, i), &baseline->at[baseline->count++])) {
            return error_set(
                error, shown, (Position){0},
                "entry %zu of the baseline lacks one of path, rule, fingerprint (16 "
                "hexadecimal digits) and count; restore the file, or remove it and run "
                "`ringfence baseline`",
                i + 1);
        }
    }
    return true;
}

bool baseline_parse(Arena *arena, Str text, Str shown, Baseline *baseline, Error *error)
{
    json_error_t reason;
    json_t *root = json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, &reason);
    if (!root) {
        int column = reason.column > 0 ? reason.column : 1;
        return error_set(
            error, shown,
            (Position){(uint32_t)(reason.line > 0 ? reason.line : 1), (uint32_t)column},
            "not a baseline: %s", reason.text);
    }
    const json_t *list = json_object_get(root, "findings");
    bool known = json_integer_value(json_object_get(root, "version")) == 1 && json_is_array(list);
    bool good =
        known ? parse_list(arena, list, shown, baseline, error)
              : error_set(error, shown, (Position){0},
                          "not a baseline: \"version\": 1 and a list \"findings\" are expected");
    json_decref(root);
    if (good) {
        set_positions(arena, text, baseline);
    }
    return good;
}

static int compare_entries(const void *left, const void *right)
{
    const BaselineEntry *a = left;
    const BaselineEntry *b = right;
    int order = str_compare(a->path, b->path);
    order = order ? order : str_compare(a->rule, b->rule);
    return order ? order : (a->identity > b->identity) - (a->identity < b->identity);
}

static json_t *clean_json(Str text)
{
    Buffer clean = {0};
    utf8_append_clean(&clean, text);
    json_t *json = json_stringn(clean.at ? clean.at : "", clean.len);
    buffer_free(&clean);
    return json;
}

static void write_entry(FILE *out, const BaselineEntry *entry)
{
    char digits[FINGERPRINT_DIGITS + 1];
    snprintf(digits, sizeof digits, "%016llx", (unsigned long long)entry->identity);
    json_t *json = json_pack("{s:o, s:o, s:s, s:I, s:o}", "path", clean_json(entry->path), "rule",
                             clean_json(entry->rule), "fingerprint", digits, "count",
                             (json_int_t)entry->count, "message", clean_json(entry->message));
    json_dumpf(json, out, 0);
    json_decref(json);
}

void baseline_write(FILE *out, Baseline *baseline)
{
    const char *separator = "\n";
    if (baseline->count) {
        qsort(baseline->at, baseline->count, sizeof *baseline->at, compare_entries);
    }
    fputs("{\"version\": 1, \"findings\": [", out);
    for (size_t i = 0; i < baseline->count; i++) {
        if (baseline->at[i].count) {
            fputs(separator, out);
            write_entry(out, &baseline->at[i]);
            separator = ",\n";
        }
    }
    fputs("\n]}\n", out);
}

/* The entries by identity: a map to 1 + index. */
static Map index_entries(Arena *arena, const Baseline *baseline)
{
    Map map = {0};
    for (size_t i = 0; i < baseline->count; i++) {
        map_put(arena, &map, identity_text(arena, baseline->at[i].identity), (void *)(i + 1));
    }
    return map;
}

/* A suppression that matches nothing, or has expired, is to be mended and not to be kept. */
static bool is_debt(const Finding *finding)
{
    return !finding->suppressed && finding->rule != &rule_unused_suppression &&
           finding->rule != &rule_expired_exception;
}

Baseline baseline_of(Arena *arena, const Findings *findings)
{
    Map map = {0};
    Baseline baseline = {.at = ARENA_ARRAY(arena, BaselineEntry, findings->count + 1)};
    for (size_t i = 0; i < findings->count; i++) {
        const Finding *finding = &findings->at[i];
        Str key = identity_text(arena, finding->identity);
        size_t known = (size_t)map_get(&map, key);
        if (known) {
            baseline.at[known - 1].count++;
        } else if (is_debt(finding)) {
            baseline.at[baseline.count++] = (BaselineEntry){.identity = finding->identity,
                                                            .rule = finding->rule->id,
                                                            .path = finding->path,
                                                            .message = finding->message,
                                                            .count = 1};
            map_put(arena, &map, key, (void *)baseline.count);
        }
    }
    return baseline;
}

/* Entries by path, rule and message. A changed statement has another identity, and still the debt
 * that it had: it takes the place of an entry whose own statement is gone. */
typedef struct {
    Map heads;    /* to a size_t: 1 + index of the first entry that may have something left */
    size_t *next; /* by index */
} Groups;

static Str group_key(Arena *arena, Str path, Str rule, Str message)
{
    return arena_format(arena, "%.*s\x1f%.*s\x1f%.*s", STR_ARGS(path), STR_ARGS(rule),
                        STR_ARGS(message));
}

static Groups group_entries(Arena *arena, const Baseline *baseline)
{
    Groups groups = {.next = ARENA_ARRAY(arena, size_t, baseline->count + 1)};
    size_t *heads = ARENA_ARRAY(arena, size_t, baseline->count + 1);
    for (size_t i = baseline->count; i-- > 0;) {
        const BaselineEntry *entry = &baseline->at[i];
        Str key = group_key(arena, entry->path, entry->rule, entry->message);
        size_t *head = map_get(&groups.heads, key);
        if (!head) {
            head = &heads[i];
            map_put(arena, &groups.heads, key, head);
        }
        groups.next[i] = *head;
        *head = i + 1;
    }
    return groups;
}

/* Takes one from what an entry like this has left; false when none has. */
static bool take_changed(Arena *scratch, const Groups *groups, size_t *left, Str path, Str rule,
                         Str message)
{
    size_t *head = map_get(&groups->heads, group_key(scratch, path, rule, message));
    while (head && *head && !left[*head - 1]) {
        *head = groups->next[*head - 1];
    }
    bool taken = head && *head;
    if (taken) {
        left[*head - 1]--;
    }
    return taken;
}

/* What each entry of `before` holds beyond what `now` has of its very identity. */
static size_t *lower_exactly(Arena *arena, const Baseline *now, const Baseline *before,
                             size_t *over)
{
    Map map = index_entries(arena, before);
    size_t *left = ARENA_ARRAY(arena, size_t, before->count + 1);
    for (size_t i = 0; i < before->count; i++) {
        left[i] = before->at[i].count;
    }
    for (size_t i = 0; i < now->count; i++) {
        size_t known = (size_t)map_get(&map, identity_text(arena, now->at[i].identity));
        size_t count = now->at[i].count;
        size_t most = known ? before->at[known - 1].count : 0;
        over[i] = count > most ? count - most : 0;
        if (known) {
            left[known - 1] -= count - over[i];
        }
    }
    return left;
}

size_t baseline_lower(Arena *arena, Baseline *now, const Baseline *before)
{
    size_t left_out = 0;
    size_t *over = ARENA_ARRAY(arena, size_t, now->count + 1);
    size_t *left = lower_exactly(arena, now, before, over);
    Groups groups = group_entries(arena, before);
    for (size_t i = 0; i < now->count; i++) {
        BaselineEntry *entry = &now->at[i];
        while (over[i] &&
               take_changed(arena, &groups, left, entry->path, entry->rule, entry->message)) {
            over[i]--;
        }
        entry->count -= over[i];
        left_out += over[i];
    }
    return left_out;
}

void baseline_keep(Arena *arena, Baseline *now, const Baseline *before, const Map *read)
{
    BaselineEntry *all = ARENA_ARRAY(arena, BaselineEntry, now->count + before->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < now->count; i++) {
        all[count++] = now->at[i];
    }
    for (size_t i = 0; i < before->count; i++) {
        if (!map_get(read, before->at[i].path)) {
            all[count++] = before->at[i];
        }
    }
    now->at = all;
    now->count = count;
}

size_t baseline_total(const Baseline *baseline)
{
    size_t total = 0;
    for (size_t i = 0; i < baseline->count; i++) {
        total += baseline->at[i].count;
    }
    return total;
}

static void let_pass(Finding *finding)
{
    finding->suppressed = SUPPRESSED_BY_BASELINE;
    finding->justification = STR("in the baseline");
}

/* Statements that are as they were. */
static void apply_exactly(Arena *arena, const Map *map, size_t *left, Findings *findings,
                          bool asked)
{
    for (size_t i = 0; i < findings->count; i++) {
        Finding *finding = &findings->at[i];
        bool now = finding->asked == asked && is_debt(finding);
        size_t known = now ? (size_t)map_get(map, identity_text(arena, finding->identity)) : 0;
        if (known && left[known - 1]) {
            left[known - 1]--;
            let_pass(finding);
        }
    }
}

/* And those that were changed around the same access. */
static void apply_changed(Arena *arena, const Groups *groups, size_t *left, Findings *findings,
                          bool asked)
{
    for (size_t i = 0; i < findings->count; i++) {
        Finding *finding = &findings->at[i];
        if (finding->asked == asked && is_debt(finding) &&
            take_changed(arena, groups, left, finding->path, finding->rule->id, finding->message)) {
            let_pass(finding);
        }
    }
}

size_t *baseline_apply(Arena *arena, const Baseline *baseline, Findings *findings)
{
    Map map = index_entries(arena, baseline);
    Groups groups = group_entries(arena, baseline);
    size_t *left = ARENA_ARRAY(arena, size_t, baseline->count + 1);
    for (size_t i = 0; i < baseline->count; i++) {
        left[i] = baseline->at[i].count;
    }
    for (int asked = 0; asked < 2; asked++) {
        apply_exactly(arena, &map, left, findings, asked);
    }
    for (int asked = 0; asked < 2; asked++) {
        apply_changed(arena, &groups, left, findings, asked);
    }
    return left;
}
