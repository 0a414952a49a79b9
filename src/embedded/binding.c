#include "embedded/binding.h"

#include "base/banned.h"

enum { FARTHEST_TYPE = 12 };

/* The `[` of `q[] =` and `q[256] =`. */
static uint32_t before_brackets(const LexFile *file, uint32_t at)
{
    bool sized = at >= 2 && !lexer_is(file, at - 1, STR("["));
    uint32_t open = sized ? at - 2 : at - 1;
    return at >= 2 && lexer_is(file, open, STR("[")) && open > 0 ? open - 1 : at;
}

/* From the `=` at `bind` back to the name: over a type, where one stands between them. */
static bool name_before(const LexFile *file, const HostStyle *style, uint32_t bind, uint32_t *name)
{
    uint32_t at = bind - 1;
    uint32_t last = at;
    for (uint32_t steps = 0; steps < FARTHEST_TYPE && at > 0; steps++, at--) {
        if (lexer_is(file, at, STR(":")) && lexer_is_name(file, at - 1)) {
            *name = at - 1;
            return true;
        }
        LexToken token = file->tokens[at];
        bool symbol = token.kind == LEX_SYMBOL && !lexer_is_one_of(file, at, "> < & . ?");
        if (token.first || symbol || token.kind > LEX_SYMBOL) {
            break;
        }
    }
    if (lexer_is(file, last, STR("]"))) {
        last = before_brackets(file, last);
    }
    bool typed = style->type_behind_name && last > 0 && lexer_is_name(file, last - 1) &&
                 !lexer_is(file, last - 1, STR("const")) && !lexer_is(file, last - 1, STR("var")) &&
                 !file->tokens[last].first;
    *name = typed ? last - 1 : last;
    return lexer_is_name(file, *name);
}

bool binding_name(const LexFile *file, const HostStyle *style, uint32_t first, uint32_t *name)
{
    if (first == 0) {
        return false;
    }
    Str before = lexer_source(file, first - 1);
    bool attribute = lexer_is_name(file, first - 1) && before.at[0] == '@' && style->indented;
    bool macro =
        first >= 3 && lexer_is_name(file, first - 1) && lexer_is(file, first - 2, STR("define"));
    if (attribute || macro) {
        *name = first - 1;
        return true;
    }
    /* $x => "…" is a key and a value, not a binding. */
    bool pair = first >= 2 && lexer_is(file, first - 1, STR("=>")) &&
                *lexer_source(file, first - 2).at == '$';
    return first >= 2 && !pair && lexer_is_one_of(file, first - 1, style->binds) &&
           name_before(file, style, first - 1, name);
}

bool binding_value(const LexFile *file, const HostStyle *style, uint32_t token, uint32_t *value)
{
    uint32_t bound;
    bool found = false;
    uint32_t at = token + 1;
    for (uint32_t steps = 0; steps < FARTHEST_TYPE && at + 1 < file->count; steps++, at++) {
        LexToken next = file->tokens[at];
        if (next.kind >= LEX_STRING) {
            *value = at;
            return binding_name(file, style, at, &bound) && bound == token;
        }
        if (lexer_is_one_of(file, at, style->binds) && binding_name(file, style, at + 1, &bound) &&
            bound == token) {
            /* In TypeScript, a type may stand behind the colon. */
            bool colon = lexer_is(file, at, STR(":"));
            *value = at + 1;
            found = true;
            if (!colon || file->tokens[at + 1].kind == LEX_STRING) {
                return true;
            }
        }
        if (next.first || lexer_is(file, at, STR(",")) || lexer_is(file, at, STR(")")) ||
            lexer_is(file, at, STR(";"))) {
            break;
        }
    }
    return found;
}

bool binding_appends(const LexFile *file, const HostStyle *style, uint32_t token)
{
    return lexer_is_one_of(file, token + 1, style->appends);
}
