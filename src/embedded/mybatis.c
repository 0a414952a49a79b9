#include "embedded/mybatis.h"

#include "base/banned.h"

enum { MOST_CLOSED = 64 };

static const struct {
    Str name;
    uint8_t kind;
} elements[] = {
    {STR("select"), MYBATIS_STATEMENT},
    {STR("insert"), MYBATIS_STATEMENT},
    {STR("update"), MYBATIS_STATEMENT},
    {STR("delete"), MYBATIS_STATEMENT},
    {STR("selectKey"), MYBATIS_STATEMENT},
    {STR("sql"), MYBATIS_FRAGMENT},
    {STR("include"), MYBATIS_INCLUDE},
    {STR("property"), MYBATIS_PROPERTY},
    {STR("if"), MYBATIS_IF},
    {STR("choose"), MYBATIS_CHOOSE},
    {STR("when"), MYBATIS_BRANCH},
    {STR("otherwise"), MYBATIS_BRANCH},
    {STR("trim"), MYBATIS_TRIM},
    {STR("where"), MYBATIS_TRIM},
    {STR("set"), MYBATIS_TRIM},
    {STR("foreach"), MYBATIS_EACH},
    {STR("bind"), MYBATIS_NOTHING},
    {STR("resultMap"), MYBATIS_NOTHING},
    {STR("parameterMap"), MYBATIS_NOTHING},
};

static uint8_t kind_of(Str name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (str_equal(name, elements[i].name)) {
            return elements[i].kind;
        }
    }
    return MYBATIS_OTHER;
}

static MybatisNode *add_child(Arena *arena, MybatisNode *parent, MybatisNode node)
{
    MybatisNode *added = ARENA_NEW(arena, MybatisNode);
    *added = node;
    added->parent = parent;
    if (parent->last) {
        parent->last->next = added;
    } else {
        parent->child = added;
    }
    parent->last = added;
    return added;
}

/* The innermost open element of that name gets its end, and those in it; what is open then. */
static MybatisNode *close_element(const LexFile *file, MybatisNode *open, Str name, uint32_t end)
{
    MybatisNode *node = open;
    for (int i = 0; i < MOST_CLOSED && node->parent; i++, node = node->parent) {
        if (str_equal(lexer_source(file, node->token), name)) {
            for (MybatisNode *inner = open; inner != node; inner = inner->parent) {
                inner->in_file.end = end;
            }
            node->in_file.end = end;
            return node->parent;
        }
    }
    return open;
}

/* The token behind the tag that begins at token `at`. */
static uint32_t behind_tag(const LexFile *file, uint32_t at)
{
    do {
        at++;
    } while (at < file->count && !lexer_is(file, at, STR(">")) && !lexer_is(file, at, STR("<")));
    return lexer_is(file, at, STR(">")) ? at + 1 : at;
}

/* Reads the tag at token *at. What is open then. */
static MybatisNode *read_tag(Mybatis *mybatis, MybatisNode *open, uint32_t *at)
{
    const LexFile *file = mybatis->file;
    uint32_t start = *at;
    uint32_t behind = behind_tag(file, start);
    uint32_t end = file->tokens[behind - 1].end;
    bool ends = lexer_is(file, start + 1, STR("/"));
    uint32_t name = start + 1 + ends;
    *at = behind;
    if (name >= behind || file->tokens[name].kind != LEX_NAME) {
        return open;
    }
    if (ends) {
        return close_element(file, open, lexer_source(file, name), end);
    }
    bool empty = behind - start > 2 && lexer_is(file, behind - 2, STR("/"));
    Range tag = {file->tokens[start].start, end};
    MybatisNode *node =
        add_child(mybatis->arena, open,
                  (MybatisNode){.kind = kind_of(lexer_source(file, name)),
                                .token = name,
                                .behind = behind,
                                .tag = tag,
                                .in_file = {tag.start, empty ? end : (uint32_t)file->text.len}});
    if (node->kind == MYBATIS_STATEMENT || node->kind == MYBATIS_FRAGMENT) {
        array_push(mybatis->arena, &mybatis->sql, node);
    }
    return empty ? open : node;
}

static MybatisNode *read_tree(Mybatis *mybatis)
{
    const LexFile *file = mybatis->file;
    MybatisNode *root = ARENA_NEW(mybatis->arena, MybatisNode);
    *root = (MybatisNode){.kind = MYBATIS_OTHER};
    MybatisNode *open = root;
    for (uint32_t at = 0; at < file->count;) {
        LexToken token = file->tokens[at];
        if (lexer_is(file, at, STR("<"))) {
            open = read_tag(mybatis, open, &at);
            continue;
        }
        if (token.kind == LEX_STRING) {
            Range range = {token.start, token.end};
            add_child(
                mybatis->arena, open,
                (MybatisNode){.kind = MYBATIS_TEXT, .token = at, .tag = range, .in_file = range});
        }
        at++;
    }
    return root;
}

Str mybatis_attribute(const Mybatis *mybatis, const MybatisNode *node, Str name)
{
    const LexFile *file = mybatis->file;
    for (uint32_t at = node->token + 1; at + 2 < node->behind; at++) {
        if (lexer_is(file, at, name) && lexer_is(file, at + 1, STR("=")) &&
            file->tokens[at + 2].kind == LEX_STRING) {
            return lexer_decode(mybatis->arena, file, at + 2).text;
        }
    }
    return (Str){0};
}

static bool names_other(const Mybatis *mybatis, const MybatisNode *node)
{
    static const Str others[] = {STR("mysql"),      STR("maria"), STR("oracle"), STR("sqlserver"),
                                 STR("sql_server"), STR("mssql"), STR("db2"),    STR("hsql"),
                                 STR("h2"),         STR("derby"), STR("sqlite")};
    Str id = mybatis_attribute(mybatis, node, STR("databaseId"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_equal_nocase(str_slice(id, 0, others[i].len), others[i])) {
            return true;
        }
    }
    return false;
}

bool mybatis_is_foreign(const Mybatis *mybatis, const MybatisNode *node)
{
    bool inner = node->parent && node->parent->kind == MYBATIS_STATEMENT; /* a selectKey */
    return names_other(mybatis, node) || (inner && names_other(mybatis, node->parent));
}

/* Where a mapper's fragments can be found. One for PostgreSQL goes before one for another database.
 */
static void name_fragments(Mybatis *mybatis, const MybatisNode *root)
{
    Str space = {0};
    for (const MybatisNode *node = root->child; node && !space.len; node = node->next) {
        space = node->kind == MYBATIS_OTHER ? mybatis_attribute(mybatis, node, STR("namespace"))
                                            : space;
    }
    for (size_t i = 0; i < mybatis->sql.count; i++) {
        MybatisNode *node = mybatis->sql.at[i];
        Str id = mybatis_attribute(mybatis, node, STR("id"));
        if (node->kind == MYBATIS_FRAGMENT && id.len &&
            (!map_get(&mybatis->fragments, id) || !mybatis_is_foreign(mybatis, node))) {
            map_put(mybatis->arena, &mybatis->fragments, id, node);
            map_put(mybatis->arena, &mybatis->fragments,
                    arena_format(mybatis->arena, "%.*s.%.*s", (int)space.len,
                                 space.len ? space.at : "", (int)id.len, id.at),
                    node);
        }
    }
}

/* Notes which fragments the file itself includes. */
static void mark_included(Mybatis *mybatis, const MybatisNode *root)
{
    for (const MybatisNode *node = root->child; node;) {
        Str id = node->kind == MYBATIS_INCLUDE ? mybatis_attribute(mybatis, node, STR("refid"))
                                               : (Str){0};
        MybatisNode *fragment = id.len ? map_get(&mybatis->fragments, id) : NULL;
        if (fragment) {
            bool inside =
                fragment->tag.start < node->tag.start && node->tag.start < fragment->in_file.end;
            fragment->included |= !inside;
        }
        const MybatisNode *next = node->child ? node->child : node->next;
        while (!next && node->parent) {
            node = node->parent;
            next = node->next;
        }
        node = next;
    }
}

Mybatis mybatis_read(Arena *arena, const LexFile *file, const LineIndex *lines)
{
    Mybatis mybatis = {.arena = arena, .file = file, .lines = lines};
    const MybatisNode *root = mybatis.root = read_tree(&mybatis);
    name_fragments(&mybatis, root);
    mark_included(&mybatis, root);
    return mybatis;
}
