#include "embedded/others_bound.h"

#include "embedded/scope.h"

#include "base/banned.h"

enum { MOST_PLACES = 400, MOST_LISTED = 8 };

static const char binders[] =
    "let var val const for as lambda def func fun function class catch except";

/* Is it a, in `a, b := f()`, `for a, b in c`? */
static bool is_listed(const LexFile *file, uint32_t place)
{
    uint32_t at = place + 1;
    for (int i = 0;
         i < MOST_LISTED && lexer_is(file, at, STR(",")) && others_is_kind(file, at + 1, LEX_NAME);
         i++) {
        at += 2;
    }
    return lexer_is(file, at, STR(":=")) || lexer_is(file, at, STR("=")) ||
           lexer_is(file, at, STR("in")) || lexer_is(file, at, STR("of"));
}

/* Is it a parameter or a variable by what stands beside it: `table string`, `|table|`, `table =>`,
 * `var table`? */
static bool is_declared(const HostNames *names, uint32_t place)
{
    const LexFile *file = names->file;
    uint32_t next = place + 1;
    bool typed = others_is_of(names, "go") && next < file->count && !file->tokens[next].first &&
                 (file->tokens[next].kind == LEX_NAME || lexer_is(file, next, STR("...")));
    bool bound = place > 0 && others_is_kind(file, place - 1, LEX_NAME) &&
                 str_in_list(binders, lexer_source(file, place - 1));
    return typed || bound || lexer_is(file, next, STR("=>")) || lexer_is(file, next, STR("->")) ||
           lexer_is(file, next, STR("|")) || (place > 0 && lexer_is(file, place - 1, STR("|")));
}

/* Is it in the parentheses of (a, b: string) => …? */
static bool is_arrow_parameter(const LexFile *file, uint32_t place)
{
    enum { FARTHEST_ARROW = 80, LONGEST_TYPE = 8 };
    int depth = 1;
    uint32_t at = place;
    for (uint32_t i = 0; depth > 0 && i < FARTHEST_ARROW; i++) {
        at++;
        depth += lexer_is(file, at, STR("("));
        depth -= lexer_is(file, at, STR(")"));
        if (at >= file->count || lexer_is(file, at, STR(";"))) {
            return false;
        }
    }
    for (uint32_t i = 0; i < LONGEST_TYPE && depth == 0; i++) {
        at++;
        if (lexer_is(file, at, STR("=>"))) {
            return true;
        }
        if (lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("{")) ||
            lexer_is(file, at, STR(")"))) {
            return false;
        }
    }
    return false;
}

/* Does another import bind the name: import X, from a import X? */
static bool is_imported_there(const HostNames *names, uint32_t place)
{
    const LexFile *file = names->file;
    uint32_t start = place;
    while (start > 0 && !file->tokens[start].first) {
        start--;
    }
    return others_is_of(names, "python") && !lexer_is(file, place + 1, STR("as")) &&
           (lexer_is(file, start, STR("from")) || lexer_is(file, start, STR("import")));
}

static bool is_member(const HostNames *names, uint32_t place)
{
    return place > 0 && names->file->tokens[place - 1].kind == LEX_SYMBOL &&
           str_in_list(names->style->paths, lexer_source(names->file, place - 1));
}

bool others_may_be_bound(HostNames *names, uint32_t use, uint32_t import)
{
    const uint32_t *places;
    size_t count = names_places(names, names_bare(lexer_source(names->file, use)), &places);
    if (count > MOST_PLACES) {
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t place = places[i];
        bool key =
            lexer_is(names->file, place + 1, STR(":")) && !others_is_of(names, "python kotlin");
        if (place == use || place == import || is_member(names, place)) {
            continue;
        }
        if (others_is_of(names, OTHERS_SCRIPTS) && is_arrow_parameter(names->file, place)) {
            return true;
        }
        if (key && scope_parameter(names, place, use) != SCOPE_OURS) {
            continue;
        }
        if (names_binds(names, place) || is_imported_there(names, place) ||
            is_listed(names->file, place) || is_declared(names, place) ||
            scope_parameter(names, place, use) == SCOPE_OURS) {
            return true;
        }
    }
    return false;
}
