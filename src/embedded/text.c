#include "embedded/text.h"

#include <stdlib.h>
#include <string.h>

#include "embedded/builder.h"
#include "embedded/compose.h"
#include "embedded/elsewhere.h"
#include "embedded/likely.h"

#include "base/banned.h"

enum { MOST_USES = 64, MOST_NESTED = 4 };

/* Literals that follow each other in a list, with commas between them: what the list is an argument
 * of is looked up for its second one, and holds for all behind it. */
typedef struct {
    uint32_t last; /* the literal that was looked at last */
    uint32_t count;
    bool known;
    CallKind kind;
} ListRun;

/* A walk over a file's literals. */
typedef struct {
    Arena *arena;
    const LexFile *file;
    const LineIndex *lines;
    const StrList *extra;
    const HostStyle *style;
    HostNames names;
    Composer composer;
    uint8_t *taken; /* by token: the literal is a part of a text that was read */
    uint32_t depth; /* of brackets */
    uint32_t uses;  /* of variables that are being read, one in the other */
    ListRun run;
    ARRAY(HostText) texts;
} Walk;

/* The source between the literal's delimiters. */
static Str contents(const LexFile *file, uint32_t literal)
{
    uint32_t first;
    uint32_t behind;
    Range range = lexer_contents(file, literal, &first, &behind);
    return str_slice(file->text, range.start, range.end);
}

/* Those of the expression's parts from `from` on, and what they are formatted with: "%s" % "x". */
static void take_literals(Walk *walk, const Expression *expression, size_t from)
{
    for (size_t i = 0; i < expression->formats.count; i++) {
        uint32_t first = expression->formats.at[i].first;
        bool direct = first > 0 && lexer_is(walk->file, first - 1, STR("%"));
        if (direct && expression_is_literal(walk->file, first)) {
            walk->taken[first] = 1;
        }
    }
    for (size_t i = from; i < expression->parts.count; i++) {
        if (expression->parts.at[i].kind == PART_LITERAL) {
            walk->taken[expression->parts.at[i].first] = 1;
        }
    }
}

/* Reads what is appended from token `token` on, and what else a chain appends. */
static uint32_t read_appended(Walk *walk, Expression *into, uint32_t token)
{
    uint32_t behind = 0;
    Expression more;
    do {
        if (!expression_read(walk->arena, walk->file, walk->style, token, true, &more)) {
            into->cut = true;
            return behind;
        }
        size_t before = into->parts.count;
        uint32_t formats = (uint32_t)into->formats.count;
        for (size_t i = 0; i < more.formats.count; i++) {
            array_push(walk->arena, &into->formats, more.formats.at[i]);
        }
        for (size_t i = 0; i < more.parts.count; i++) {
            Part part = more.parts.at[i];
            part.format += part.format ? formats : 0;
            array_push(walk->arena, &into->parts, part);
        }
        into->cut |= more.cut;
        take_literals(walk, into, before);
        behind = more.behind;
    } while (builder_chain(walk->file, walk->style, behind, &token));
    return behind;
}

/* What becomes of the variable that a text is bound to, or appended to. */
typedef struct {
    CallKind kind;
    uint32_t last;  /* the token behind all that is appended */
    bool deeper;    /* some of it in a branch */
    bool *branched; /* by part */
} Fate;

static CallKind stronger(CallKind a, CallKind b)
{
    static const int strength[] = {
        [CALL_NONE] = 0, [CALL_NOT] = 1, [CALL_PART] = 2, [CALL_SQL] = 3};
    return strength[b] > strength[a] ? b : a;
}

/* Is the use of tokens [first, behind) a part of another text? */
static bool is_joined(const Walk *walk, uint32_t first, uint32_t behind)
{
    const LexFile *file = walk->file;
    bool before = first > 0 && file->tokens[first - 1].kind == LEX_SYMBOL &&
                  str_in_list(walk->style->joins, lexer_source(file, first - 1));
    bool after = behind < file->count && file->tokens[behind].kind == LEX_SYMBOL &&
                 str_in_list(walk->style->joins, lexer_source(file, behind));
    bool formatted =
        expression_is_wrapped(file, walk->style, first) ||
        (walk->style->percent && lexer_is(file, behind, STR("%"))) ||
        (behind < file->count && str_in_list(walk->style->paths, lexer_source(file, behind)) &&
         (lexer_is(file, behind + 1, STR("format")) ||
          lexer_is(file, behind + 1, STR("formatted"))));
    return before || after || formatted;
}

static void read_text(Walk *walk, uint32_t literal, uint32_t start, CallKind kind);

/* The first token of the sum that token `first` is a part of, over literals, too. */
static uint32_t sum_start(const Walk *walk, uint32_t first)
{
    enum { MOST_LITERALS = 64, MOST_PIECES = 64 };
    const LexFile *file = walk->file;
    uint32_t start = expression_start(file, walk->style, first);
    for (int i = 0; i < MOST_LITERALS && start > 0; i++) {
        uint32_t join = lexer_is(file, start, STR("+")) ? start : start - 1;
        uint32_t literal = join;
        for (int j = 0; j < MOST_PIECES && literal > 0; j++) {
            literal--;
            if (file->tokens[literal].kind == LEX_STRING) {
                break;
            }
        }
        bool joined = str_in_list(walk->style->joins, lexer_source(file, join)) &&
                      expression_is_literal(file, literal) && lexer_next(file, literal) == join;
        if (!joined) {
            break;
        }
        start = expression_start(file, walk->style, literal);
    }
    return start;
}

/* Reads the expression that the use of tokens [first, behind) is a part of, where no literal of its
 * own will have it read: execute(QUERY + rest), execute(QUERY % x). */
static void read_use(Walk *walk, uint32_t first, uint32_t behind)
{
    const LexFile *file = walk->file;
    Expression expression;
    uint32_t start = sum_start(walk, first);
    if (walk->uses >= MOST_NESTED || walk->taken[start] ||
        !expression_read(walk->arena, file, walk->style, start, true, &expression) ||
        expression.behind <= behind - (start < first)) {
        return;
    }
    for (size_t i = 0; i < expression.parts.count; i++) {
        Part part = expression.parts.at[i];
        if (part.kind == PART_LITERAL &&
            (walk->taken[part.first] || likely_literal(contents(file, part.first)))) {
            return;
        }
    }
    walk->taken[start] = 1;
    walk->uses++;
    read_text(walk, first, start, CALL_NONE);
    walk->uses--;
}

/* What is bound anew may be made of what was bound: q = Sprintf(q, x). */
static void read_rebound(Walk *walk, const Builder *builder)
{
    bool anew;
    uint32_t use = names_next_place(&walk->names, builder->binding, builder->at, &anew);
    if (use && !anew && names_is_within(&walk->names, builder->at, use)) {
        read_use(walk, use, use + 1);
    }
}

/* Follows the variable `name` up to the call that takes it, and appends what is appended. */
static Fate follow(Walk *walk, Expression *expression, uint32_t name)
{
    Fate fate = {.last = expression->behind};
    Builder builder = {.names = &walk->names, .binding = name, .at = expression->behind - 1};
    ARRAY(bool) branched = {0};
    uint32_t token;
    for (size_t i = 0; i < MOST_USES; i++) {
        BuilderUse use = builder_next(&builder, &token);
        if (use == BUILDER_END) {
            read_rebound(walk, &builder);
            break;
        }
        if (use == BUILDER_APPENDS) {
            while (branched.count < expression->parts.count) {
                array_push(walk->arena, &branched, false);
            }
            bool deeper = names_is_deeper(&walk->names, name, token);
            uint32_t behind = read_appended(walk, expression, token);
            while (branched.count < expression->parts.count) {
                array_push(walk->arena, &branched, deeper);
            }
            fate.deeper |= deeper;
            fate.last = behind > fate.last ? behind : fate.last;
            builder.at = behind > builder.at ? behind - 1 : builder.at;
        } else {
            uint32_t place = builder.at;
            bool joined = is_joined(walk, token, place + 1);
            CallKind kind =
                joined ? CALL_NONE : call_kind(walk->file, token, place + 1, walk->extra);
            fate.kind = stronger(fate.kind, kind);
            if (kind != CALL_SQL) {
                read_use(walk, token, place + 1);
            }
            if (kind == CALL_SQL) {
                break;
            }
        }
    }
    fate.branched = branched.at;
    return fate;
}

/* A stream that is written to is no part of the text: out << "…" << x. */
static void drop_stream(Walk *walk, Expression *expression)
{
    Expression *e = expression;
    if (e->parts.count > 1 && e->parts.at[0].kind == PART_HOLE &&
        lexer_is(walk->file, e->parts.at[0].behind, STR("<<"))) {
        e->parts.at++;
        e->parts.count--;
        e->parts.capacity--;
        e->first = e->parts.at[0].first;
    }
}

static void add_text(Walk *walk, Expression *expression, CallKind kind, bool bound,
                     const Fate *fate)
{
    const LexFile *file = walk->file;
    HostText text = {.first = expression->first,
                     .behind = expression->behind,
                     .kind = kind,
                     .bound = bound,
                     .in_file = {file->tokens[expression->first].start,
                                 file->tokens[expression->behind - 1].end}};
    if (fate && fate->last > text.behind) {
        text.in_file.end = file->tokens[fate->last - 1].end;
    }
    ComposeNotes notes = {0};
    text.sql = compose_text(&walk->composer, expression, NULL, &notes);
    text.holes = notes.holes;
    if (fate && fate->deeper) {
        SqlFragment *straight = ARENA_NEW(walk->arena, SqlFragment);
        *straight = compose_text(&walk->composer, expression, fate->branched, &notes);
        text.straight = straight;
    }
    array_push(walk->arena, &walk->texts, text);
    if (notes.choices) {
        text.again = notes.second = true;
        text.sql = compose_text(&walk->composer, expression, NULL, &notes);
        text.straight = NULL;
        array_push(walk->arena, &walk->texts, text);
    }
}

/* What C's sprintf formats for a variable. */
static bool read_printed(Walk *walk, uint32_t literal, Expression *expression, uint32_t *name)
{
    uint32_t behind;
    if (walk->style->adjacency != ADJACENT_ANYWHERE ||
        !expression_printed(walk->file, literal, name, &behind)) {
        return false;
    }
    uint32_t at = expression->behind;
    bool arguments = lexer_is(walk->file, at, STR(","));
    array_push(walk->arena, &expression->formats,
               (Format){.kind = FORMAT_PERCENT,
                        .first = arguments ? at + 1 : behind - 1,
                        .behind = behind - 1});
    for (size_t i = 0; i < expression->parts.count; i++) {
        expression->parts.at[i].format = (uint32_t)expression->formats.count;
    }
    return true;
}

/* The first token of the tag before template `first`, or `first`. */
static uint32_t tag_start(const Walk *walk, uint32_t first)
{
    const LexFile *file = walk->file;
    uint32_t start = first;
    while (start > 0 && start <= file->count && file->tokens[start].joined &&
           (file->tokens[start - 1].kind == LEX_NAME ||
            (file->tokens[start - 1].kind == LEX_SYMBOL &&
             str_in_list(walk->style->paths, lexer_source(file, start - 1))))) {
        start--;
    }
    bool template = file->text.at[file->tokens[first].start] == '`';
    return template ? start : first;
}

/* The text that `literal` is the first literal of. */
static void read_text(Walk *walk, uint32_t literal, uint32_t start, CallKind kind)
{
    const LexFile *file = walk->file;
    Expression expression;
    uint32_t name;
    if (!expression_read(walk->arena, file, walk->style, start, walk->depth > 0, &expression) ||
        expression.behind <= literal) {
        if (!expression_read(walk->arena, file, walk->style, literal, walk->depth > 0,
                             &expression)) {
            return;
        }
    }
    take_literals(walk, &expression, 0);
    drop_stream(walk, &expression);
    bool appended = builder_target(file, walk->style, expression.first, &name);
    bool printed = !appended && read_printed(walk, literal, &expression, &name);
    bool bound = appended || printed ||
                 names_bound(file, walk->style, tag_start(walk, expression.first), &name);
    bool looked = expression.first == start && expression.behind == lexer_next(file, literal);
    if ((kind == CALL_NONE && !looked) || appended) {
        kind = call_kind(file, expression.first, expression.behind, walk->extra);
    }
    if (appended) {
        uint32_t token;
        if (builder_chain(file, walk->style, expression.behind, &token)) {
            read_appended(walk, &expression, token);
        }
    }
    if (!bound || kind == CALL_SQL || kind == CALL_NOT) {
        add_text(walk, &expression, kind, bound && kind == CALL_SQL, NULL);
        return;
    }
    Fate fate = follow(walk, &expression, name);
    add_text(walk, &expression, stronger(kind, fate.kind), true, &fate);
}

/* Is token `at` one of the symbols of `list`, which are of one byte? */
static bool is_byte_of(const LexFile *file, uint32_t at, const char *list)
{
    LexToken token = at < file->count ? file->tokens[at] : (LexToken){.kind = LEX_NAME};
    return token.kind == LEX_SYMBOL && token.end - token.start == 1 &&
           strchr(list, file->text.at[token.start]);
}

/* Is the literal an element or argument by itself? Notes where in its list. */
static bool note_list(Walk *walk, uint32_t literal)
{
    const LexFile *file = walk->file;
    ListRun *run = &walk->run;
    bool alone = literal > 0 && is_byte_of(file, literal - 1, ",([{") &&
                 is_byte_of(file, lexer_next(file, literal), ",)]}");
    bool follows = alone && run->count && lexer_next(file, run->last) == literal - 1;
    *run = follows ? *run : (ListRun){0};
    run->last = literal;
    run->count = alone ? run->count + 1 : 0;
    return alone;
}

/* What the literal, or the sum from token `start` on that it begins, is an argument of. */
static CallKind kind_of(Walk *walk, uint32_t literal, uint32_t start)
{
    ListRun *run = &walk->run;
    bool listed = run->count > 1 && start == literal;
    if (listed && run->known) {
        return run->kind;
    }
    CallKind kind = call_kind(walk->file, start, lexer_next(walk->file, literal), walk->extra);
    run->known = listed;
    run->kind = kind;
    return kind;
}

/* May a text without a call be SQL? */
static bool may_count(Str text)
{
    Likely likely = likely_sql(text);
    return likely == LIKELY_PART || (likely == LIKELY_STATEMENT && likely_names_relation(text));
}

static void look_at(Walk *walk, uint32_t literal)
{
    const LexFile *file = walk->file;
    bool alone = note_list(walk, literal);
    Str source = contents(file, literal);
    if (!likely_literal(source)) {
        return;
    }
    uint32_t start = expression_start(file, walk->style, literal);
    CallKind kind = kind_of(walk, literal, start);
    bool plain = alone && start == literal && lexer_next(file, literal) == literal + 1 &&
                 !memchr(source.at, '\\', source.len);
    bool hopeless = kind == CALL_NONE && plain && !may_count(source);
    bool stream = kind == CALL_NONE && start < literal && /* std::cerr << "…" */
                  lexer_is(file, literal - 1, STR("<<")) &&
                  call_kind(file, literal, lexer_next(file, literal), walk->extra) == CALL_NOT;
    if (kind != CALL_NOT && !hopeless && !stream) {
        read_text(walk, literal, start, kind);
    }
}

static int compare_texts(const void *a, const void *b)
{
    uint32_t left = ((const HostText *)a)->in_file.start;
    uint32_t right = ((const HostText *)b)->in_file.start;
    bool second = ((const HostText *)a)->again;
    return left != right ? (left > right) - (left < right) : second - ((const HostText *)b)->again;
}

/* What only went into other texts by its name is none of its own. */
static void drop_consumed(Walk *walk)
{
    size_t kept = 0;
    for (size_t i = 0; i < walk->texts.count; i++) {
        HostText text = walk->texts.at[i];
        uint8_t consumed = walk->composer.consumed[text.first];
        bool piece = likely_sql(text.sql.sql) <= LIKELY_PART;
        bool whole =
            text.bound ? text.kind == CALL_SQL && !piece : consumed != COMPOSER_CHOSEN || !piece;
        if (whole || !consumed) {
            walk->texts.at[kept++] = text;
        }
    }
    walk->texts.count = kept;
}

HostTexts text_read(Arena *arena, const LexFile *file, const LineIndex *lines, const StrList *extra)
{
    Walk walk = {.arena = arena,
                 .file = file,
                 .lines = lines,
                 .extra = extra,
                 .style = style_of(file->language),
                 .taken = ARENA_ARRAY(arena, uint8_t, file->count + 1)};
    walk.names = names_open(arena, file, walk.style);
    walk.composer = (Composer){.arena = arena,
                               .file = file,
                               .lines = lines,
                               .style = walk.style,
                               .names = &walk.names,
                               .spent = ARENA_NEW(arena, size_t),
                               .taken = walk.taken,
                               .consumed = ARENA_ARRAY(arena, uint8_t, file->count + 1)};
    for (uint32_t i = 0; i < file->count; i++) {
        LexToken token = file->tokens[i];
        if (token.kind == LEX_SYMBOL && token.end - token.start == 1) {
            char c = file->text.at[token.start];
            walk.depth += c == '(' || c == '[' || c == '{';
            walk.depth -= (c == ')' || c == ']' || c == '}') && walk.depth;
        } else if (token.kind == LEX_STRING && !walk.taken[i] && lexer_role(token) == LEX_TEXT) {
            look_at(&walk, i);
        }
    }
    drop_consumed(&walk);
    if (walk.texts.count) {
        qsort(walk.texts.at, walk.texts.count, sizeof *walk.texts.at, compare_texts);
    }
    return (HostTexts){
        .at = walk.texts.at, .count = walk.texts.count, .elsewhere = elsewhere_count(&walk.names)};
}
