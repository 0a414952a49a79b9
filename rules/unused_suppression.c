#include "rules/rules.h"

#include "base/banned.h"

/* Which suppressions matched is known only when all rules have been asked: src/check/suppress.c and
 * its neighbours report it. */
const Rule rule_unused_suppression = {
    .id = STR("unused-suppression"),
    .level = LEVEL_WARNING,
    .summary = STR("a suppression, exception or baseline entry that matches nothing"),
};
