#include "embedded/text_walk.h"

#include "embedded/builder.h"
#include "embedded/likely.h"

#include "base/banned.h"

enum { MOST_USES = 64, MOST_NESTED = 4 };

CallKind text_stronger_kind(CallKind a, CallKind b)
{
    static const int strength[] = {
        [CALL_NONE] = 0, [CALL_NOT] = 1, [CALL_PART] = 2, [CALL_SQL] = 3};
    return strength[b] > strength[a] ? b : a;
}

/* Is the use of tokens [first, behind) a part of another text? */
static bool is_joined(const TextWalk *walk, uint32_t first, uint32_t behind)
{
    const LexFile *file = walk->file;
    bool before = first > 0 && lexer_is_one_of(file, first - 1, walk->style->joins);
    bool after = lexer_is_one_of(file, behind, walk->style->joins);
    bool formatted =
        expression_is_wrapped(file, walk->style, first) ||
        (walk->style->percent && lexer_is(file, behind, STR("%"))) ||
        (behind < file->count && str_in_list(walk->style->paths, lexer_source(file, behind)) &&
         (lexer_is(file, behind + 1, STR("format")) ||
          lexer_is(file, behind + 1, STR("formatted"))));
    return before || after || formatted;
}

/* The first token of the sum that token `first` is a part of, over literals, too. */
static uint32_t sum_start(const TextWalk *walk, uint32_t first)
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
static void read_use(TextWalk *walk, uint32_t first, uint32_t behind)
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
            (walk->taken[part.first] || likely_literal(text_contents(file, part.first)))) {
            return;
        }
    }
    walk->taken[start] = 1;
    walk->uses++;
    text_read_expression(walk, first, start, CALL_NONE);
    walk->uses--;
}

/* What is bound anew may be made of what was bound: q = Sprintf(q, x). */
static void read_rebound(TextWalk *walk, const Builder *builder)
{
    bool anew;
    uint32_t use = names_next_place(&walk->names, builder->binding, builder->at, &anew);
    if (use && !anew && names_is_within(&walk->names, builder->at, use)) {
        read_use(walk, use, use + 1);
    }
}

/* Follows the variable `name` up to the call that takes it, and appends what is appended. */
TextFate text_follow(TextWalk *walk, Expression *expression, uint32_t name)
{
    TextFate fate = {.last = expression->behind};
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
            bool deeper = names_is_deeper(&walk->names, name, builder.at);
            uint32_t behind = text_append(walk, expression, token);
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
            fate.kind = text_stronger_kind(fate.kind, kind);
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
