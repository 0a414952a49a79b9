/* Values with rules of their own: paths and privileges. */
#include "manifest/reader.h"

#include "base/banned.h"

static bool has_dots(Str path)
{
    for (size_t start = 0; start <= path.len;) {
        size_t end = str_find_byte(path, '/', start);
        Str component = str_slice(path, start, end);
        if (str_equal(component, STR(".")) || str_equal(component, STR(".."))) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

/* What keeps `path` from matching any file, or NULL. */
static const char *path_fault(Str path)
{
    if (path.at[0] == '/') {
        return "paths are relative to the repository's root: leave out the first \"/\"";
    }
    if (path.at[0] == '!') {
        return "a leading \"!\" excludes nothing here";
    }
    if (str_find_byte(path, '\\', 0) < path.len) {
        return "components are separated by \"/\", not \"\\\"";
    }
    if (has_dots(path)) {
        return "\".\" and \"..\" are not understood: write the path from the repository's root";
    }
    if (str_find(path, STR("//")) < path.len) {
        return "a component between two \"/\" is empty";
    }
    if (str_ends_with(path, STR("/"))) {
        return "patterns match files: write \"**\" behind the last \"/\"";
    }
    return NULL;
}

bool reader_check_path(ManifestReader *reader, const YamlNode *item, Str text)
{
    const char *fault = path_fault(text);
    if (fault) {
        mistakes_add(&reader->mistakes, item->at, "the path %s matches no file: %s",
                     mistakes_quote(reader->arena, text), fault);
    }
    return !fault;
}

static const struct {
    const char *expected;
    AccessSet allowed;
} privileges_of[] = {
    [PRIVILEGES_OF_RELATION] = {"select, insert, update or delete",
                                ACCESS_SELECT | ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE},
    [PRIVILEGES_OF_ROUTINE] = {"execute", ACCESS_EXECUTE},
    [PRIVILEGES_OF_ANY] = {"select, insert, update, delete or execute",
                           ACCESS_SELECT | ACCESS_INSERT | ACCESS_UPDATE | ACCESS_DELETE |
                               ACCESS_EXECUTE},
};

static const char *privilege_hint(ManifestReader *reader, AccessSet access, Str text)
{
    static Str names[] = {STR("select"), STR("insert"), STR("update"), STR("delete"),
                          STR("execute")};
    if (access & (ACCESS_REFERENCES | ACCESS_TRIGGER)) {
        return "; references and trigger are never granted across services";
    }
    if (access == ACCESS_EXECUTE) {
        return "; execute is for routines";
    }
    return access ? "" : mistakes_suggest(reader->arena, text, (StrList){.at = names, .count = 5});
}

static AccessSet read_privilege(ManifestReader *reader, const YamlNode *node, PrivilegesOf kind)
{
    Str text;
    if (!reader_text(reader, node, "privileges", &text)) {
        return 0;
    }
    AccessSet access = access_from_name(text);
    bool as_listed = str_equal(text, str_from(access_name(access)));
    access = as_listed ? access : 0;
    if (!(access & privileges_of[kind].allowed)) {
        mistakes_add(&reader->mistakes, node->at, "the privilege %s cannot be given: expected %s%s",
                     mistakes_quote(reader->arena, text), privileges_of[kind].expected,
                     privilege_hint(reader, access, text));
    }
    return access & privileges_of[kind].allowed;
}

AccessSet reader_privileges(ManifestReader *reader, const YamlNode *node, PrivilegesOf kind)
{
    AccessSet set = 0;
    if (!reader_is_list(reader, node, "privileges", "a list of privileges, such as [select]", 1)) {
        return 0;
    }
    for (size_t i = 0; i < node->count; i++) {
        AccessSet privilege = read_privilege(reader, node->items[i], kind);
        if (privilege & set) {
            mistakes_add(&reader->mistakes, node->items[i]->at, "the privilege %s is here twice",
                         access_name(privilege));
        }
        set |= privilege;
    }
    return set;
}
