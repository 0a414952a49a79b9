#include "embedded/names.h"

#include "base/array.h"
#include "embedded/binding.h"
#include "embedded/scope.h"

#include "base/banned.h"

enum { MOST_STEPS = 64, DEEPEST_BLOCK = 1000 };

typedef ARRAY(uint32_t) NamePlaces;

HostNames names_open(Arena *arena, const LexFile *file, const HostStyle *style)
{
    return (HostNames){.file = file, .style = style, .arena = arena};
}

Str names_bare(Str name)
{
    size_t sigils = 0;
    while (sigils < name.len && (name.at[sigils] == '$' || name.at[sigils] == '@' ||
                                 name.at[sigils] == '%' || name.at[sigils] == '&')) {
        sigils++;
    }
    return str_slice(name, sigils, name.len);
}

static void add_place(HostNames *names, uint32_t token)
{
    Str name = names_bare(lexer_source(names->file, token));
    NamePlaces *places = map_get(&names->places, name);
    if (!places) {
        places = ARENA_NEW(names->arena, NamePlaces);
        map_put(names->arena, &names->places, name, places);
    }
    array_push(names->arena, places, token);
}

/* The column, in bytes, of what begins a line. */
static uint32_t indent_of(const LexFile *file, uint32_t token)
{
    uint32_t at = file->tokens[token].start;
    uint32_t start = at;
    while (start > 0 && char_is_space(file->text.at[start - 1]) &&
           file->text.at[start - 1] != '\n') {
        start--;
    }
    return at - start;
}

/* The lines, and how far the block of each goes: up to the first one that is further left. */
static void build_lines(HostNames *names)
{
    const LexFile *file = names->file;
    ARRAY(NameLine) lines = {0};
    ARRAY(size_t) open = {0};
    for (uint32_t i = 0; i < file->count; i = lexer_next(file, i)) {
        if (!file->tokens[i].first && lines.count) {
            continue;
        }
        NameLine line = {.token = i, .indent = indent_of(file, i), .behind = file->count};
        while (open.count && lines.at[open.at[open.count - 1]].indent > line.indent) {
            lines.at[open.at[--open.count]].behind = i;
        }
        if (open.count) {
            size_t above = open.at[open.count - 1];
            bool same = lines.at[above].indent == line.indent;
            line.head = same ? lines.at[above].head : (uint32_t)above;
        }
        array_push(names->arena, &open, lines.count);
        array_push(names->arena, &lines, line);
    }
    names->lines = lines.at;
    names->line_count = lines.count;
}

/* One pass over the tokens: where names stand, and in which braces. */
static void build(HostNames *names)
{
    const LexFile *file = names->file;
    uint32_t stack[DEEPEST_BLOCK];
    uint32_t depth = 0;
    names->built = true;
    if (names->style->indented) {
        build_lines(names);
    }
    names->close = ARENA_ARRAY(names->arena, uint32_t, file->count + 1);
    names->open = ARENA_ARRAY(names->arena, uint32_t, file->count + 1);
    for (uint32_t i = 0; i < file->count; i++) {
        if (file->tokens[i].kind == LEX_NAME) {
            names->open[i] = depth && depth <= DEEPEST_BLOCK ? stack[depth - 1] + 1 : 0;
            add_place(names, i);
        } else if (lexer_is(file, i, STR("{"))) {
            if (depth < DEEPEST_BLOCK) {
                stack[depth] = i;
            }
            depth++;
        } else if (lexer_is(file, i, STR("}")) && depth) {
            depth--;
            if (depth < DEEPEST_BLOCK) {
                names->close[stack[depth]] = i;
            }
        }
    }
}

/* Is token `use` in the block that token `binding` is in? */
static bool is_visible(const HostNames *names, uint32_t binding, uint32_t use)
{
    if (names->style->indented) {
        const NameLine *line = scope_line(names, binding);
        return line->indent == 0 || (use > binding && use < line->behind);
    }
    uint32_t open = names->open[binding];
    return !open || (use > open && (!names->close[open - 1] || use < names->close[open - 1]));
}

static bool is_binding(const HostNames *names, uint32_t token, uint32_t *value)
{
    return binding_value(names->file, names->style, token, value);
}

static bool is_appended(const HostNames *names, uint32_t token)
{
    return binding_appends(names->file, names->style, token);
}

static const NamePlaces *places_of(HostNames *names, uint32_t token)
{
    if (!names->built) {
        build(names);
    }
    return map_get(&names->places, names_bare(lexer_source(names->file, token)));
}

/* The index of the first place behind `token`. */
static size_t place_behind(const NamePlaces *places, uint32_t token)
{
    size_t low = 0;
    size_t high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->at[middle] <= token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Is it the last part of a path (Repo.TABLE)? Then its block does not matter. */
static bool is_qualified(const HostNames *names, uint32_t token)
{
    return token > 0 && lexer_is_one_of(names->file, token - 1, names->style->paths);
}

/* Is it a member of some object, rather than of this one or of a type or module: order.name? */
static bool is_foreign(const HostNames *names, uint32_t token)
{
    static const char own[] = "self this cls class static base super parent me";
    if (!is_qualified(names, token) || token < 2) {
        return false;
    }
    LexToken owner = names->file->tokens[token - 2];
    Str name = names_bare(lexer_source(names->file, token - 2));
    return owner.kind != LEX_NAME ||
           (name.len && *name.at >= 'a' && *name.at <= 'z' && !str_in_list(own, name));
}

static bool same_name(const HostNames *names, uint32_t a, uint32_t b)
{
    return str_equal(names_bare(lexer_source(names->file, a)),
                     names_bare(lexer_source(names->file, b)));
}

/* May `use`, which is_foreign, mean what is bound at `place`: a constant, order.name = …, or
 * order = {name: …}? */
static bool is_member(const HostNames *names, uint32_t place, uint32_t use)
{
    enum { MOST_TYPES = 4 };
    const LexFile *file = names->file;
    Str name = names_bare(lexer_source(file, place));
    if (name.len && *name.at >= 'A' && *name.at <= 'Z') {
        return true;
    }
    if (is_qualified(names, place)) {
        return place > 1 && same_name(names, place - 2, use - 2) && is_visible(names, place, use);
    }
    uint32_t open = names->open[place];
    uint32_t bound;
    for (int i = 0; i < MOST_TYPES && open > 1 && lexer_is_name(file, open - 2); i++) {
        open--; /* Tables{…} */
    }
    return open && binding_name(file, names->style, open - 1, &bound) &&
           same_name(names, bound, use - 2);
}

static bool is_outermost(const HostNames *names, uint32_t token)
{
    return names->style->indented ? scope_line(names, token)->indent == 0 : names->open[token] == 0;
}

bool names_is_within(const HostNames *names, uint32_t binding, uint32_t use)
{
    enum { FARTHEST_VALUE = 200 };
    const LexFile *file = names->file;
    int depth = 0;
    if (use <= binding || use - binding > FARTHEST_VALUE) {
        return false;
    }
    for (uint32_t at = binding + 1; at <= use; at++) {
        bool closed = lexer_is(file, at - 1, STR(")")) || lexer_is(file, at - 1, STR("]"));
        bool anew = file->tokens[at].first && (file->tokens[at - 1].kind != LEX_SYMBOL || closed);
        if (depth <= 0 && (anew || lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("{")) ||
                           lexer_is(file, at, STR("}")) || lexer_is(file, at, STR(",")))) {
            return false;
        }
        depth += lexer_is(file, at, STR("(")) || lexer_is(file, at, STR("["));
        depth -= lexer_is(file, at, STR(")")) || lexer_is(file, at, STR("]"));
    }
    return depth >= 0;
}

/* A look for what a name that is used at a token means. */
typedef struct {
    HostNames *names;
    const NamePlaces *places;
    uint32_t use;
    bool qualified;
    bool foreign;
} Search;

typedef enum { SEARCH_ON, SEARCH_FOUND, SEARCH_IN_DOUBT } SearchEnd;

/* What the place before the use tells. *branched: the name is bound in a block that is over. */
static SearchEnd search_place(const Search *search, uint32_t place, bool *branched, uint32_t *value)
{
    HostNames *names = search->names;
    bool visible = search->qualified || is_visible(names, place, search->use);
    if (place == search->use || (search->foreign && !is_member(names, place, search->use))) {
        return SEARCH_ON;
    }
    ScopeParameter parameter =
        search->qualified ? SCOPE_NONE : scope_parameter(names, place, search->use);
    if (is_appended(names, place) || parameter == SCOPE_OURS) {
        return SEARCH_IN_DOUBT;
    }
    if (parameter == SCOPE_OTHERS || !is_binding(names, place, value) ||
        (*value <= search->use && names_is_within(names, place, search->use))) {
        return SEARCH_ON;
    }
    if (visible && scope_is_modified(names->file, *value)) {
        return SEARCH_IN_DOUBT;
    }
    if (visible) {
        return !*branched || is_outermost(names, place) ? SEARCH_FOUND : SEARCH_IN_DOUBT;
    }
    *branched = true;
    return scope_is_branch(names, place) ? SEARCH_IN_DOUBT : SEARCH_ON;
}

/* The nearest binding before the use; one behind it only where nothing is before. */
static bool search_value(const Search *search, uint32_t *value)
{
    const NamePlaces *places = search->places;
    size_t at = place_behind(places, search->use);
    bool branched = false;
    for (size_t i = at, steps = 0; i-- > 0 && steps < MOST_STEPS; steps++) {
        SearchEnd end = search_place(search, places->at[i], &branched, value);
        if (end != SEARCH_ON) {
            return end == SEARCH_FOUND;
        }
    }
    for (size_t i = at, steps = 0; i < places->count && steps < MOST_STEPS; i++, steps++) {
        if (is_binding(search->names, places->at[i], value) &&
            (!search->foreign || is_member(search->names, places->at[i], search->use)) &&
            (search->qualified || is_visible(search->names, places->at[i], search->use))) {
            return true;
        }
    }
    return false;
}

bool names_value(HostNames *names, uint32_t use, uint32_t *value)
{
    Search search = {.names = names,
                     .places = places_of(names, use),
                     .use = use,
                     .qualified = is_qualified(names, use),
                     .foreign = is_foreign(names, use)};
    return search.places && search_value(&search, value);
}

bool names_value_named(HostNames *names, Str name, uint32_t use, uint32_t *value)
{
    if (!names->built) {
        build(names);
    }
    Search search = {.names = names, .places = map_get(&names->places, name), .use = use};
    return search.places && search_value(&search, value);
}

/* char q[200]; sprintf(q, …) */
static bool is_printed(const LexFile *file, uint32_t place)
{
    Str call =
        place > 1 && lexer_is(file, place - 1, STR("(")) ? lexer_source(file, place - 2) : STR("");
    return lexer_is(file, place + 1, STR("[")) || str_ends_with(call, STR("printf"));
}

bool names_is_bound(HostNames *names, uint32_t use)
{
    const NamePlaces *places = places_of(names, use);
    size_t at = places ? place_behind(places, use) : 0;
    uint32_t value;
    for (size_t steps = 0; at-- > 0 && steps < MOST_STEPS; steps++) {
        uint32_t place = places->at[at];
        bool reaches = is_visible(names, place, use) || scope_is_branch(names, place);
        if (place != use && reaches &&
            (is_appended(names, place) || is_binding(names, place, &value) ||
             is_printed(names->file, place))) {
            return true;
        }
    }
    return false;
}

uint32_t names_next_place(HostNames *names, uint32_t binding, uint32_t after, bool *anew)
{
    const NamePlaces *places = places_of(names, binding);
    uint32_t value;
    size_t at = places ? place_behind(places, after) : 0;
    if (!places || at == places->count) {
        return 0;
    }
    uint32_t place = places->at[at];
    *anew = is_binding(names, place, &value);
    return is_qualified(names, place) || is_visible(names, binding, place) ? place : 0;
}

bool names_is_deeper(const HostNames *names, uint32_t binding, uint32_t place)
{
    return names->style->indented
               ? scope_line(names, place)->indent > scope_line(names, binding)->indent ||
                     (scope_is_on_branch_line(names, place) &&
                      scope_line(names, place) != scope_line(names, binding))
               : names->open[place] != names->open[binding];
}

size_t names_places(HostNames *names, Str name, const uint32_t **places)
{
    if (!names->built) {
        build(names);
    }
    const NamePlaces *found = map_get(&names->places, name);
    *places = found ? found->at : NULL;
    return found ? found->count : 0;
}

bool names_binds(const HostNames *names, uint32_t place)
{
    uint32_t value;
    return is_appended(names, place) || is_binding(names, place, &value);
}
