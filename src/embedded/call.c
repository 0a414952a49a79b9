#include "embedded/call.h"

#include "base/banned.h"

/* A placeholder: the last name before the parenthesis. */
CallKind call_kind(const LexFile *file, uint32_t first, uint32_t behind, const StrList *extra)
{
    static const Str names[] = {STR("query"), STR("execute"), STR("exec"), STR("Query"),
                                STR("Exec"),  STR("QueryRow"), STR("sql")};
    (void)behind;
    if (first < 2 || !lexer_is(file, first - 1, STR("("))) {
        return CALL_NONE;
    }
    Str name = lexer_source(file, first - 2);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, names[i])) {
            return CALL_SQL;
        }
    }
    for (size_t i = 0; i < extra->count; i++) {
        if (str_equal(name, extra->at[i])) {
            return CALL_SQL;
        }
    }
    return CALL_NONE;
}
