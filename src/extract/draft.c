#include "extract/draft.h"

#include <string.h>

#include "sql/hole.h"

#include "base/banned.h"

enum { MOST_INSERTED = 4 * 1024 * 1024, DEEPEST_BODY = 8, MOST_IN_STRING = 100 };

Draft draft_open(Arena *arena, Str text)
{
    return (Draft){.arena = arena, .text = text, .fingerprint = str_hash(STR(""))};
}

/* Does the statement begin CREATE [OR REPLACE] FUNCTION or PROCEDURE? */
static DraftHead head_next(DraftHead head, bool first, Str sql, Token token)
{
    if (first) {
        return token_is_word(sql, token, STR("create")) ? HEAD_CREATE
               : token_is_word(sql, token, STR("copy")) ? HEAD_COPY
                                                        : HEAD_OTHER;
    }
    if (head != HEAD_CREATE || token_is_word(sql, token, STR("or")) ||
        token_is_word(sql, token, STR("replace"))) {
        return head;
    }
    bool routine =
        token_is_word(sql, token, STR("function")) || token_is_word(sql, token, STR("procedure"));
    return routine ? HEAD_ROUTINE : HEAD_OTHER;
}

static void draft_word(Draft *draft, Str sql, Token token)
{
    draft->head = head_next(draft->head, draft->tokens == 0, sql, token);
    if (draft->head == HEAD_COPY && draft->parentheses == 0) {
        /* PostgreSQL takes either word for either direction. */
        draft->from_stdin |= draft->from && (token_is_word(sql, token, STR("stdin")) ||
                                             token_is_word(sql, token, STR("stdout")));
        draft->from = token_is_word(sql, token, STR("from"));
    }
    if (draft->head != HEAD_ROUTINE || draft->parentheses) {
        return;
    }
    if (draft->blocks == 0) {
        draft->blocks = draft->begin && token_is_word(sql, token, STR("atomic"));
        draft->begin = token_is_word(sql, token, STR("begin"));
    } else if (token_is_word(sql, token, STR("case")) || token_is_word(sql, token, STR("begin"))) {
        draft->blocks++;
    } else if (token_is_word(sql, token, STR("end"))) {
        draft->blocks--;
    }
}

/* Feeds a token into the fingerprint: words in lower case, every constant alike. */
static void draft_hash(Draft *draft, Str sql, Token token)
{
    uint64_t hash = draft->fingerprint;
    if (token.kind == TOKEN_STRING || token.kind == TOKEN_NUMBER || token.kind == TOKEN_PARAMETER) {
        hash = (hash ^ '?') * 1099511628211u;
    } else {
        for (uint32_t i = token.start; i < token.end; i++) {
            hash = (hash ^ (unsigned char)char_to_lower(sql.at[i])) * 1099511628211u;
        }
    }
    draft->fingerprint = (hash ^ ' ') * 1099511628211u;
}

/* The statement goes on at bytes `range`. */
static void draft_extend(Draft *draft, Range range)
{
    if (draft->tokens == 0) {
        draft->start = range.start;
    } else if (range.start > draft->end && range.start - draft->end > 1) {
        array_push(draft->arena, &draft->blanks, (Range){draft->end, range.start});
    }
    draft->end = range.end;
}

/* What a token means to where the statement ends. */
static void draft_structure(Draft *draft, Str sql, Token token)
{
    if (token.kind == TOKEN_WORD) {
        draft_word(draft, sql, token);
    } else if (token_is_symbol(sql, token, '(')) {
        draft->parentheses++;
    } else if (token_is_symbol(sql, token, ')') && draft->parentheses) {
        draft->parentheses--;
    }
    draft->unterminated |= token.unterminated;
    draft->tokens++;
}

void draft_token(Draft *draft, Str sql, Token token)
{
    draft_extend(draft, (Range){token.start, token.end});
    draft_structure(draft, sql, token);
    draft_hash(draft, sql, token);
    draft->last = token;
}

void draft_tag(Draft *draft, TemplateKind kind, uint32_t at)
{
    array_push(draft->arena, &draft->tags, (DraftTag){.kind = kind, .at = at});
}

/* A hole is a part of the name around it: tenant_{{ id }}_orders. Returns the end of that name. */
static uint32_t name_end(Draft *draft, Str text, TemplateMemo *memo, uint32_t end)
{
    for (;;) {
        Template more = {0};
        if (end < text.len && char_is_name(text.at[end])) {
            end++;
        } else if (end < text.len && memchr("{$#", text.at[end], 3) &&
                   (more = template_at(draft->arena, memo, text, end)).kind == TEMPLATE_VALUE) {
            end = more.end;
        } else {
            return end;
        }
    }
}

static void push_splice(Draft *draft, Range range, Str text)
{
    array_push(draft->arena, &draft->splices, (Splice){.range = range, .text = text});
}

static Str hole_of(Draft *draft, Range range)
{
    return hole_name(draft->arena, str_slice(draft->text, range.start, range.end));
}

uint32_t draft_template(Draft *draft, TemplateMemo *memo, const Template *found, Str model,
                        Token token)
{
    Token whole = {.kind = TOKEN_WORD, .start = token.start, .end = found->end};
    switch (found->kind) {
    case TEMPLATE_VALUE: {
        bool glued =
            draft->tokens && draft->last.kind == TOKEN_WORD && draft->last.end == token.start;
        Range range = {glued ? draft->last.start : token.start,
                       name_end(draft, draft->text, memo, found->end)};
        push_splice(draft, range, hole_of(draft, range));
        whole.end = range.end;
        draft_token(draft, draft->text, whole);
        break;
    }
    case TEMPLATE_NAME:
    case TEMPLATE_MODEL: {
        Range range = {token.start, found->end};
        Str name = found->kind == TEMPLATE_NAME ? found->name
                   : model.len ? arena_format(draft->arena, "\"%.*s\"", (int)model.len, model.at)
                               : hole_of(draft, range);
        push_splice(draft, range, name);
        draft_token(draft, draft->text, whole);
        break;
    }
    case TEMPLATE_BLANK:
    case TEMPLATE_CUT:
    case TEMPLATE_NONE:
        break;
    default:
        draft_tag(draft, found->kind, token.start);
        draft->tags.at[draft->tags.count - 1].way = found->way;
    }
    return whole.end;
}

/* As draft_inside; a dollar-quoted string in it is read, too. */
static void draft_body(Draft *draft, Range range, unsigned depth)
{
    TemplateMemo memo = {0};
    Str text = str_slice(draft->text, 0, range.end);
    for (Token token = token_next(text, range.start); token.kind != TOKEN_END;
         token = token_next(text, token.end)) {
        if (token.kind == TOKEN_STRING && text.at[token.start] == '$' && depth < DEEPEST_BODY) {
            uint32_t tag = (uint32_t)str_find_byte(text, '$', token.start + 1) + 1;
            draft_body(draft, (Range){tag, token.end}, depth + 1);
        } else if (token.kind == TOKEN_SYMBOL && memchr("{$#<", text.at[token.start], 4)) {
            Template found = template_at(draft->arena, &memo, text, token.start);
            if (found.kind != TEMPLATE_NONE) {
                bool value = found.kind == TEMPLATE_VALUE;
                Range hole = {token.start,
                              value ? name_end(draft, text, &memo, found.end) : found.end};
                token.end = hole.end;
                push_splice(draft, hole,
                            found.name.len ? found.name
                            : value        ? hole_of(draft, hole)
                                           : STR(" "));
            }
        }
    }
}

void draft_inside(Draft *draft, Range range)
{
    draft_body(draft, range, 0);
}

uint32_t draft_string(Draft *draft, Token token)
{
    Str text = draft->text;
    Str string = str_slice(text, token.start, token.end);
    if (string.at[0] == '$') {
        if (memchr(string.at, '{', string.len)) {
            uint32_t tag = (uint32_t)str_find_byte(text, '$', token.start + 1) + 1;
            draft_inside(draft, (Range){tag, token.end});
        }
    } else if (token.end < text.len && char_is_name(text.at[token.end]) &&
               memchr(string.at, '{', string.len)) {
        uint32_t whole = token.end;
        uint32_t behind;
        for (int i = 0;
             i < MOST_IN_STRING && (behind = template_behind_string(text, token.start, whole)) != 0;
             i++) {
            size_t quote = str_find_byte(text, '\'', behind);
            whole = (uint32_t)(quote < text.len ? quote + 1 : text.len);
        }
        if (whole > token.end) {
            Str hole = hole_of(draft, (Range){token.start, whole});
            token.end = whole;
            push_splice(draft, (Range){token.start, whole},
                        arena_format(draft->arena, "'%.*s'", (int)hole.len, hole.at));
        }
    }
    draft_token(draft, text, token);
    return token.end;
}

bool draft_takes_value(const Draft *draft, Str value)
{
    if (draft->inserted + value.len > MOST_INSERTED) {
        return false;
    }
    for (Token token = token_next(value, 0); token.kind != TOKEN_END;
         token = token_next(value, token.end)) {
        if (token.unterminated) {
            return false;
        }
    }
    return true;
}

bool draft_value(Draft *draft, Range range, Str value, bool nested, Str *rest)
{
    Token place = {.kind = TOKEN_WORD, .start = range.start, .end = range.end};
    size_t tokens = draft->tokens;
    bool ended = false;
    draft_extend(draft, range);
    Token token = token_next(value, 0);
    for (; token.kind != TOKEN_END && !ended; token = token_next(value, token.end)) {
        if (token_is_symbol(value, token, ';') && !nested && !draft->parentheses) {
            *rest = str_slice(value, token.end, value.len);
            value = str_slice(value, 0, token.start);
            ended = true;
            break;
        }
        draft_structure(draft, value, token);
    }
    push_splice(draft, range, value);
    draft->inserted += value.len;
    draft->last = (Token){.kind = TOKEN_SYMBOL, .start = range.start, .end = range.end};
    if (draft->tokens > tokens) {
        draft_hash(draft, draft->text, place);
    }
    return ended;
}
