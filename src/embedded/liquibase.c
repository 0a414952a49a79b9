#include "embedded/liquibase.h"

#include "embedded/liquibase_write.h"

#include "base/banned.h"

/* Elements of a changeSet that change nothing by themselves, and files that are read by themselves.
 */
static const char silent[] =
    "comment validCheckSum tagDatabase empty output stop include includeAll "
    "property removeChangeSetProperty modifyChangeSets";

/* What is known to do what nobody here can tell. */
static const struct {
    Str name, why;
} opaque[] = {
    {STR("customChange"), STR("a Java class decides what it does")},
    {STR("customPrecondition"), STR("a Java class decides what it does")},
    {STR("executeCommand"), STR("it executes a command")},
    {STR("modifySql"), STR("it rewrites the SQL of the changes")},
};

typedef struct {
    Changelog log;
    ARRAY(LiquibaseGroup) groups;
} Reader;

static bool is_element(const MybatisNode *node)
{
    return node->kind != MYBATIS_TEXT;
}

/* Is what is for the databases of `list` for PostgreSQL? Names, separated by commas; all but those
 * with a ! before them. */
static bool list_matches(Str list)
{
    bool only = false;
    bool named = false;
    for (size_t at = 0; at < list.len;) {
        size_t end = str_find_byte(list, ',', at);
        Str name = str_trim(str_slice(list, at, end));
        bool not = name.len && *name.at == '!';
        Str database = str_slice(name, not, name.len);
        bool ours = str_equal_nocase(database, STR("postgresql"));
        if (not &&ours) {
            return false;
        }
        bool unknown = str_find_byte(name, '$', 0) < name.len || str_equal_nocase(name, STR("all"));
        only |= name.len && !not ;
        named |= !not &&(ours || unknown);
        at = end + 1;
    }
    return named || !only;
}

static bool is_ours(Reader *reader, const MybatisNode *node)
{
    Range unused;
    return list_matches(liquibase_attribute(&reader->log, node, STR("dbms"), &unused));
}

static void add_doubt(Reader *reader, LiquibaseGroup *group, Range at, Str why)
{
    array_push(reader->log.arena, &group->doubts, (LiquibaseDoubt){.at = at, .why = why});
}

/* Scripts that are not called *.sql are not read by themselves. */
static void note_file(Reader *reader, LiquibaseGroup *group, const MybatisNode *node)
{
    Range at = node->tag;
    Str path = liquibase_attribute(&reader->log, node, STR("path"), &at);
    if (path.len && !str_ends_with(path, STR(".sql"))) {
        add_doubt(reader, group, at, STR("the file is not read, as it is not called *.sql"));
    }
}

static Str why_opaque(Str name)
{
    for (size_t i = 0; i < sizeof opaque / sizeof *opaque; i++) {
        if (str_equal(name, opaque[i].name)) {
            return opaque[i].why;
        }
    }
    return STR("this change is not known here");
}

static bool is_blank(Str text)
{
    return !str_trim(text).len;
}

static void add_change(Reader *reader, LiquibaseGroup *group, const MybatisNode *node)
{
    note_file(reader, group, node);
    SqlFragment sql = liquibase_write(&reader->log, node);
    Range unused;
    Str end = liquibase_attribute(&reader->log, node, STR("endDelimiter"), &unused);
    if (end.len && !liquibase_cut(&sql, end)) {
        add_doubt(reader, group, node->tag, STR("its endDelimiter is a pattern"));
    }
    if (!is_blank(sql.sql)) {
        array_push(reader->log.arena, &group->texts,
                   (LiquibaseText){.sql = sql, .in_file = node->in_file});
    }
}

static void finish(Reader *reader, const LiquibaseGroup *group)
{
    if (group->texts.count || group->doubts.count) {
        array_push(reader->log.arena, &reader->groups, *group);
    }
}

/* The queries below a preConditions, each by itself. */
static void read_conditions(Reader *reader, const MybatisNode *top)
{
    for (const MybatisNode *node = top->child; node && node != top;) {
        LiquibaseGroup group = {.in_file = node->in_file};
        Str name = is_element(node) ? liquibase_name(&reader->log, node) : (Str){0};
        if (str_equal(name, STR("sqlCheck"))) {
            add_change(reader, &group, node);
        } else if (str_equal(name, STR("customPrecondition"))) {
            add_doubt(reader, &group, node->tag, why_opaque(name));
        }
        finish(reader, &group);
        const MybatisNode *next = node->child;
        while (!next && node != top) {
            next = node->next;
            node = next ? node : node->parent;
        }
        node = next;
    }
}

static void read_rollback(Reader *reader, const MybatisNode *rollback);

/* One element of a changeSet or a rollback. */
static void read_change(Reader *reader, LiquibaseGroup *group, const MybatisNode *node)
{
    Str name = liquibase_name(&reader->log, node);
    if (!is_ours(reader, node) || str_in_list(silent, name)) {
        return;
    }
    if (str_equal(name, STR("rollback"))) {
        read_rollback(reader, node);
    } else if (str_equal(name, STR("preConditions"))) {
        read_conditions(reader, node);
    } else if (str_equal(name, STR("sqlFile"))) {
        note_file(reader, group, node);
    } else if (liquibase_is_change(name)) {
        add_change(reader, group, node);
    } else {
        add_doubt(reader, group, node->tag, why_opaque(name));
    }
}

static void read_changes(Reader *reader, LiquibaseGroup *group, const MybatisNode *parent)
{
    for (const MybatisNode *node = parent->child; node; node = node->next) {
        if (is_element(node)) {
            read_change(reader, group, node);
        }
    }
}

/* SQL, or changes. Where it names another changeSet, that one is read where it stands. */
static void read_rollback(Reader *reader, const MybatisNode *rollback)
{
    LiquibaseGroup group = {.in_file = rollback->in_file};
    LiquibaseText text = {.sql = liquibase_body(&reader->log, rollback),
                          .in_file = rollback->in_file};
    if (!is_blank(text.sql.sql)) {
        array_push(reader->log.arena, &group.texts, text);
    }
    for (const MybatisNode *node = rollback->child; node; node = node->next) {
        if (is_element(node) && !str_equal(liquibase_name(&reader->log, node), STR("rollback"))) {
            read_change(reader, &group, node);
        }
    }
    finish(reader, &group);
}

/* The first value of a property counts, unless another one counts elsewhere: for another database,
 * or in another context. */
static void add_property(Reader *reader, const MybatisNode *node)
{
    Range at;
    Str name = mybatis_attribute(&reader->log.xml, node, STR("name"));
    Str value = mybatis_attribute(&reader->log.xml, node, STR("value"));
    if (!is_ours(reader, node) || !name.len) {
        return;
    }
    bool partly = liquibase_attribute(&reader->log, node, STR("context"), &at).len ||
                  liquibase_attribute(&reader->log, node, STR("contextFilter"), &at).len ||
                  liquibase_attribute(&reader->log, node, STR("labels"), &at).len;
    Str *known = map_get(&reader->log.properties, name);
    if (!known) {
        known = ARENA_NEW(reader->log.arena, Str);
        *known = partly ? (Str){0} : value;
        map_put(reader->log.arena, &reader->log.properties, name, known);
    }
}

static void read_top(Reader *reader, const MybatisNode *top)
{
    Range unused;
    reader->log.exact_names =
        str_equal(liquibase_attribute(&reader->log, top, STR("objectQuotingStrategy"), &unused),
                  STR("QUOTE_ALL_OBJECTS"));
    bool all_exact = reader->log.exact_names;
    for (const MybatisNode *node = top->child; node; node = node->next) {
        LiquibaseGroup group = {.in_file = node->in_file};
        if (!is_element(node) || !is_ours(reader, node)) {
            continue;
        }
        Str name = liquibase_name(&reader->log, node);
        if (str_equal(name, STR("property"))) {
            add_property(reader, node);
        } else if (str_equal(name, STR("changeSet"))) {
            reader->log.exact_names |= str_equal(
                liquibase_attribute(&reader->log, node, STR("objectQuotingStrategy"), &unused),
                STR("QUOTE_ALL_OBJECTS"));
            read_changes(reader, &group, node);
            reader->log.exact_names = all_exact;
        } else {
            read_change(reader, &group, node);
        }
        finish(reader, &group);
    }
}

/* Behind the key's quote, if it has one, white space and a colon. */
static bool ends_key(Str text, size_t at)
{
    at += at < text.len && (text.at[at] == '"' || text.at[at] == '\'');
    while (at < text.len && char_is_space(text.at[at])) {
        at++;
    }
    return at < text.len && text.at[at] == ':';
}

/* At the start of a line, or behind nothing but what opens a mapping in JSON. */
static bool begins_key(Str text, size_t at)
{
    at -= at > 0 && (text.at[at - 1] == '"' || text.at[at - 1] == '\'');
    if (at == 0 || text.at[at - 1] == '\n') {
        return true;
    }
    Str before = str_trim(str_slice(text, 0, at));
    return str_equal(before, STR("{")) || str_equal(before, STR("\xef\xbb\xbf"));
}

bool liquibase_is_key(Str text, Range *at)
{
    static const Str key = STR("databaseChangeLog");
    for (size_t start = str_find(text, key); start < text.len;) {
        size_t end = start + key.len;
        if (begins_key(text, start) && ends_key(text, end)) {
            *at = (Range){(uint32_t)start, (uint32_t)end};
            return true;
        }
        start = end + str_find(str_slice(text, end, text.len), key);
    }
    return false;
}

Liquibase liquibase_read(Arena *arena, const LexFile *file, const LineIndex *lines)
{
    Reader reader = {.log = {.arena = arena, .xml = mybatis_read(arena, file, lines)}};
    for (const MybatisNode *node = reader.log.xml.root->child; node; node = node->next) {
        if (is_element(node) &&
            str_equal(liquibase_name(&reader.log, node), STR("databaseChangeLog"))) {
            read_top(&reader, node);
        }
    }
    return (Liquibase){.groups = reader.groups.at, .count = reader.groups.count};
}
