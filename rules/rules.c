#include "rules/rules.h"

#include "rules/pages.h"

#include "base/banned.h"

const Rule *const rules_all[RULE_COUNT] = {
#define X(name) &rule_##name,
    RULE_LIST(X)
#undef X
};

size_t rules_find(Str id)
{
    size_t i = 0;
    while (i < RULE_COUNT && !str_equal(rules_all[i]->id, id)) {
        i++;
    }
    return i;
}

const Rule *rules_nearest(Str id)
{
    const Rule *best = NULL;
    unsigned least = 6;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        unsigned distance = str_distance(id, rules_all[i]->id, least);
        if (distance < least) {
            least = distance;
            best = rules_all[i];
        }
    }
    return best;
}

Str rules_page(const Rule *rule)
{
    for (const EmbeddedPage *page = embedded_pages; page->name; page++) {
        if (str_equal(str_from(page->name), rule->id)) {
            return str_from(page->text);
        }
    }
    return STR("");
}
