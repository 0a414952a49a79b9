/* Routine bodies in strings: found in the statement, taken apart, each statement walked on its own.
 */
#include "sql/command_tag.h"
#include "sql/computed.h"
#include "sql/cut.h"
#include "sql/hole.h"
#include "sql/parse.h"
#include "sql/walk.h"

#include "base/banned.h"

static const struct {
    const char *name;
    void (*walk)(Walk *walk, const SqlFragment *body, Frame *frame);
} languages[] = {
    {"sql", walk_sql_text},
    {"plpgsql", walk_plpgsql},
};

static const Node *option_value(const Node *options, Str name)
{
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        if (str_equal(node_text(option, KEY_defname), name)) {
            return node_get(option, KEY_arg);
        }
    }
    return NULL;
}

/* The first string constant at or behind `option`: of AS, whose own place is the word AS or the
 * constant. */
static Token find_literal(Str sql, const Node *options)
{
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *option = node_item(options, i);
        if (str_equal(node_text(option, KEY_defname), STR("as"))) {
            Token token = token_next(sql, (size_t)node_number(option, KEY_location));
            return token.kind == TOKEN_WORD ? token_next(sql, token.end) : token;
        }
    }
    return (Token){0};
}

/* Where the search_path was set among the effects from number `since` on, the frame's is this one.
 * What a body that is not run now sets is over with it. */
static void take_effects(Walk *walk, size_t since, Frame *frame)
{
    for (size_t i = since; i < walk->effects.count; i++) {
        const Effect *effect = &walk->effects.at[i];
        if (effect->kind == EFFECT_SEARCH_PATH_RESET) {
            frame->search_path = NULL;
        } else if (effect->kind == EFFECT_SEARCH_PATH || effect->kind == EFFECT_SEARCH_PATH_LOCAL) {
            SearchPath *path = ARENA_NEW(walk->arena, SearchPath);
            path->schemas = effect->schemas;
            frame->search_path = path;
        }
    }
    if (!frame->body->runs) {
        walk->effects.count = since;
    }
}

/* A routine's own SET search_path is in force in its body. */
static void take_settings(Walk *walk, const Node *options, Frame *frame)
{
    for (size_t i = 0; i < node_length(options); i++) {
        const Node *set = node_get(node_item(options, i), KEY_arg);
        if (node_is(set, NODE_VariableSetStmt)) {
            size_t since = walk->effects.count;
            walk_set_effect(walk, set);
            take_effects(walk, since, frame);
        }
    }
}

static void walk_literal(Walk *walk, const Node *as, Token literal, size_t language, Frame *frame)
{
    SqlFragment text = computed_constant(walk->scratch, walk->fragment, literal, as);
    if (hole_is(text.sql)) {
        walk_notice(walk, NOTICE_DYNAMIC_SQL, (Range){literal.start, literal.end},
                    STR("the body is put in at run time"));
    } else if (walk->depth >= WALK_MOST_DEPTH) {
        walk_notice(walk, NOTICE_DYNAMIC_SQL, (Range){literal.start, literal.end},
                    STR("it is nested too deeply"));
    } else {
        walk->depth++;
        languages[language].walk(walk, &text, frame);
        walk->depth--;
    }
}

void walk_body(Walk *walk, const Node *options, RoutineBody body, const Frame *outer)
{
    const Node *as = option_value(options, STR("as"));
    const Node *first = node_length(as) ? node_item(as, 0) : as;
    Str language = node_as_text(option_value(options, STR("language")));
    Token literal = find_literal(walk->fragment->sql, options);
    bool block = body.runs;
    body.runs = block && (!outer->body || outer->body->runs);
    Frame frame = *outer;
    frame.body = &body;
    frame.lone = CONTEXT_ROUTINE_BODY;
    if (!as) {
        return;
    }
    language = language.len || !block ? language : STR("plpgsql");
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        body.language = languages[i].name;
        if (str_equal_nocase(language, str_from(body.language)) && literal.kind == TOKEN_STRING) {
            take_settings(walk, options, &frame);
            walk_literal(walk, first, literal, i, &frame);
            return;
        }
    }
    walk_notice(walk, NOTICE_UNREAD_BODY, (Range){literal.start, literal.end}, language);
}

static const InnerStatement *inner_new(Walk *walk, const SqlFragment *fragment, const Node *node,
                                       const Frame *frame)
{
    InnerStatement *inner = ARENA_NEW(walk->arena, InnerStatement);
    Range words = {token_next(fragment->sql, 0).start, (uint32_t)fragment->sql.len};
    *inner = (InnerStatement){.place = fragment_place(fragment, words),
                              .command = command_tag(walk->arena, node),
                              .language = frame->body->language,
                              .runs = frame->body->runs,
                              .in_trigger = frame->body->in_trigger};
    return inner;
}

static void note_refusal(Walk *walk, const Parse *parse)
{
    Token token = token_next(walk->fragment->sql, parse->refused_at);
    bool here = token.start == parse->refused_at;
    Range range = {parse->refused_at, here ? token.end : parse->refused_at};
    if (hole_in_text(walk->fragment->sql)) { /* a template's, for more than a name or a value */
        walk_notice(walk, NOTICE_DYNAMIC_SQL, range, STR("a part of it is put in at run time"));
    } else {
        walk_notice(walk, NOTICE_UNPARSED, range, parse->refusal);
    }
}

/* Walks the statements of `parse`, which is of walk->fragment. */
static void walk_parsed(Walk *walk, const Parse *parse, WalkVisit *visit, Frame *frame)
{
    for (size_t i = 0; i < node_length(parse->statements); i++) {
        const Node *raw = node_item(parse->statements, i);
        const Node *statement = node_get(raw, KEY_stmt);
        size_t since = walk->effects.count;
        Frame own = *frame;
        walk->statement_start = (uint32_t)node_number(raw, KEY_stmt_location);
        walk->inner = inner_new(walk, walk->fragment, statement, frame);
        own.query = 0;
        own.context = CONTEXT_OTHER;
        walk_node(walk, statement, &own);
        take_effects(walk, since, frame);
        if (visit) {
            visit(walk, statement, frame);
        }
    }
}

/* Between two tokens there may be a comment, which libpg_query refuses inside of what it joins, as
 * between NOT and IN. Line ends stay: they separate strings that are one. */
static void blank_comments(Str sql)
{
    uint32_t end = 0;
    if (str_find(sql, STR("--")) == sql.len && str_find(sql, STR("/*")) == sql.len) {
        return;
    }
    for (Token token = token_next(sql, 0);; token = token_next(sql, token.end)) {
        for (uint32_t i = end; i < token.start; i++) {
            ((char *)sql.at)[i] = sql.at[i] == '\n' ? '\n' : ' ';
        }
        if (token.kind == TOKEN_END) {
            return;
        }
        end = token.end;
    }
}

/* With its placeholders filled; false where that does not help. */
static bool walk_repaired(Walk *walk, const SqlFragment *fragment, WalkVisit *visit, Frame *frame)
{
    SqlFragment filled;
    Place clause = {0};
    if (!walk->repair || !walk->repair(walk->scratch, fragment, &filled, &clause)) {
        return false;
    }
    if (clause.start.line) {
        walk_notice(walk, NOTICE_DYNAMIC_SQL, (Range){0}, STR("a part of it is put in at run time"))
            ->place = clause;
    }
    return walk_inner(walk, &filled, true, visit, frame);
}

bool walk_inner(Walk *walk, const SqlFragment *fragment, bool quiet, WalkVisit *visit, Frame *frame)
{
    blank_comments(fragment->sql);
    Parse parse = parse_open(walk->scratch, fragment->sql);
    const SqlFragment *outer = walk->fragment;
    const InnerStatement *outer_inner = walk->inner;
    uint32_t outer_start = walk->statement_start, outer_named = walk->named;
    bool understood = parse.statements != NULL;
    walk->fragment = fragment;
    walk->named = 0;
    if (understood) {
        walk_parsed(walk, &parse, visit, frame);
    } else if (!quiet) {
        understood = walk_repaired(walk, fragment, visit, frame);
    }
    if (!understood && !quiet) {
        note_refusal(walk, &parse);
    }
    walk->fragment = outer;
    walk->inner = outer_inner;
    walk->statement_start = outer_start;
    walk->named = outer_named;
    parse_close(&parse);
    return understood;
}

/* One statement, its holes filled in one way or another. */
static bool walk_filled(Walk *walk, const SqlFragment *statement, Frame *frame)
{
    if (!computed_has_hole(statement->sql)) {
        return walk_inner(walk, statement, false, NULL, frame);
    }
    for (FillMode mode = 0; mode < FILL_COUNT; mode++) {
        SqlFragment filled = computed_fill(walk->scratch, statement, mode);
        if (walk_inner(walk, &filled, true, NULL, frame)) {
            return true;
        }
    }
    if (str_find_byte(statement->sql, HOLE_TEXT, 0) == statement->sql.len) {
        SqlFragment filled = computed_fill(walk->scratch, statement, FILL_NAMES);
        walk_inner(walk, &filled, false, NULL, frame);
    }
    return false;
}

void walk_sql_text(Walk *walk, const SqlFragment *text, Frame *frame)
{
    Cut cut = {.sql = text->sql};
    Range range;
    while (cut_next(&cut, &range)) {
        SqlFragment statement = fragment_of_range(walk->scratch, text, range);
        walk->inner_statements++;
        walk->inner_checked += walk_filled(walk, &statement, frame);
    }
}

void walk_transitions(Walk *walk, const Node *trigger, const Frame *frame)
{
    const Node *tables = node_get(trigger, KEY_transitionRels);
    const Node *function = node_get(trigger, KEY_funcname);
    for (size_t i = 0; i < node_length(tables); i++) {
        ObjectName name = {.schema = walk_list_name(function, node_length(function)).name,
                           .name = node_text(node_item(tables, i), KEY_name)};
        walk_declare_name(walk, KIND_TRANSITION, name, (ObjectName){0}, frame);
    }
}
