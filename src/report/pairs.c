#include "report/pairs.h"

#include <stdlib.h>

#include "base/array.h"

#include "base/banned.h"

static int compare_pairs(const Finding *a, const Finding *b)
{
    int order = (a->owner.len == 0) - (b->owner.len == 0);
    order = order ? order : str_compare(a->service, b->service);
    return order ? order : str_compare(a->owner, b->owner);
}

static int compare_findings(const void *left, const void *right)
{
    const Finding *a = *(const Finding *const *)left;
    const Finding *b = *(const Finding *const *)right;
    int order = compare_pairs(a, b);
    return order ? order : (a > b) - (a < b);
}

static void add_finding(Pair *pair, const Finding *finding)
{
    pair->count++;
    pair->by_level[finding->level]++;
    pair->by_rule[rules_find(finding->rule->id)]++;
}

Pairs pairs_collect(Arena *arena, const Report *report)
{
    ARRAY(Pair) pairs = {0};
    size_t coupled = 0;
    const Finding **sorted = ARENA_ARRAY(arena, const Finding *, report->count + 1);
    for (size_t i = 0; i < report->count; i++) {
        sorted[i] = &report->findings[i];
    }
    qsort(sorted, report->count, sizeof *sorted, compare_findings);
    for (size_t i = 0; i < report->count; i++) {
        if (i == 0 || compare_pairs(sorted[i - 1], sorted[i]) != 0) {
            array_push(arena, &pairs,
                       (Pair){.service = sorted[i]->service,
                              .owner = sorted[i]->owner,
                              .team = sorted[i]->team,
                              .findings = &sorted[i]});
            coupled += sorted[i]->owner.len > 0;
        }
        add_finding(&pairs.at[pairs.count - 1], sorted[i]);
    }
    return (Pairs){.at = pairs.at, .count = pairs.count, .coupled = coupled};
}

void pairs_append_rules(Buffer *out, const Pair *pair)
{
    const char *separator = "";
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (pair->by_rule[i]) {
            buffer_append(out, str_from(separator));
            buffer_append(out, rules_all[i]->id);
            buffer_format(out, " %zu", pair->by_rule[i]);
            separator = ", ";
        }
    }
}
