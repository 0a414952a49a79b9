#include "report/pairs.h"

#include <stdlib.h>

#include "base/array.h"

#include "base/banned.h"

/* Whose data the finding is about, if it is not its own service's. */
static Str other_owner(const Finding *finding)
{
    return str_equal(finding->owner, finding->service) ? (Str){0} : finding->owner;
}

static int compare_pairs(const Finding *a, const Finding *b)
{
    Str a_owner = other_owner(a);
    Str b_owner = other_owner(b);
    int order = (a_owner.len == 0) - (b_owner.len == 0);
    order = order ? order : str_compare(a->service, b->service);
    return order ? order : str_compare(a_owner, b_owner);
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
        Str owner = other_owner(sorted[i]);
        if (i == 0 || compare_pairs(sorted[i - 1], sorted[i]) != 0) {
            array_push(arena, &pairs,
                       (Pair){.service = sorted[i]->service,
                              .owner = owner,
                              .team = owner.len ? sorted[i]->team : (Str){0},
                              .findings = &sorted[i]});
            coupled += owner.len > 0;
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
