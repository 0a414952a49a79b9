#include "source/ignore.h"

#include <fnmatch.h>
#include <limits.h>
#include <string.h>

#include "base/array.h"
#include "base/glob.h"
#include "source/below.h"

#include "base/banned.h"

/* One component of a pattern, a C string too. */
typedef struct {
    Str text;
    bool any_depth; /* `**` */
    bool plain;     /* no bracket and no backslash: glob_match does, and is never slow */
} Component;

typedef struct {
    ARRAY(Component) components;
    bool negative, folder_only;
    bool anchored; /* compared with the path below its folder, else with the last component only */
} Rule;

struct SourceIgnore {
    Str folder;
    bool fold_case;
    const SourceIgnore *outer;
    ARRAY(Rule) rules;
};

/* Without its spaces at the end, but for the one that a backslash protects. */
static Str trim_end(Str line)
{
    size_t end = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.at[i] == '\\') {
            i++;
            end = i + 1;
        } else if (line.at[i] != ' ') {
            end = i + 1;
        }
    }
    return str_slice(line, 0, end);
}

static bool is_any_depth(Str component)
{
    return component.len > 1 && strspn(component.at, "*") == component.len;
}

static void add_components(Arena *arena, Rule *rule, Str pattern)
{
    for (size_t start = 0, end; start <= pattern.len; start = end + 1) {
        end = str_find_byte(pattern, '/', start);
        Str text = arena_copy(arena, str_slice(pattern, start, end));
        Component component = {.text = text, .any_depth = rule->anchored && is_any_depth(text)};
        component.plain = strpbrk(text.at, "[\\") == NULL;
        array_push(arena, &rule->components, component);
    }
}

static void add_rule(Arena *arena, SourceIgnore *ignore, Str line)
{
    Rule rule = {.negative = str_starts_with(line, STR("!"))};
    Str pattern = str_slice(line, rule.negative, line.len);
    rule.folder_only = str_ends_with(pattern, STR("/"));
    pattern.len -= rule.folder_only;
    rule.anchored = str_find_byte(pattern, '/', 0) < pattern.len;
    pattern = str_slice(pattern, str_starts_with(pattern, STR("/")), pattern.len);
    if (pattern.len && !memchr(pattern.at, '\0', pattern.len)) {
        add_components(arena, &rule, pattern);
        array_push(arena, &ignore->rules, rule);
    }
}

const SourceIgnore *source_ignore_parse(Arena *arena, Str text, Str folder, bool fold_case,
                                        const SourceIgnore *outer)
{
    SourceIgnore *ignore = ARENA_NEW(arena, SourceIgnore);
    *ignore = (SourceIgnore){.folder = folder, .fold_case = fold_case, .outer = outer};
    size_t start = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    for (size_t end; start < text.len; start = end + 1) {
        end = str_find_byte(text, '\n', start);
        Str line = str_slice(text, start, end);
        line.len -= str_ends_with(line, STR("\r"));
        line = trim_end(line);
        if (line.len && line.at[0] != '#') {
            add_rule(arena, ignore, line);
        }
    }
    return ignore;
}

static bool component_matches(const Component *component, Str name, bool fold_case)
{
    char text[NAME_MAX + 1];
    if (component->plain && !fold_case) {
        return glob_match(component->text, name, '\0');
    }
    if (name.len >= sizeof text) {
        return false;
    }
    memcpy(text, name.at, name.len);
    text[name.len] = '\0';
    return fnmatch(component->text.at, text, fold_case ? FNM_CASEFOLD : 0) == 0;
}

static size_t behind_component(Str path, size_t at)
{
    size_t end = str_find_byte(path, '/', at);
    return end < path.len ? end + 1 : end;
}

/* When something does not fit, only the last `**` need take one component more. */
static bool path_matches(const Rule *rule, Str path, bool fold_case)
{
    size_t next = 0;
    size_t retry = SIZE_MAX;
    for (size_t at = 0, retry_at = 0; at < path.len;) {
        const Component *component =
            next < rule->components.count ? &rule->components.at[next] : NULL;
        if (component && component->any_depth) {
            retry = ++next;
            retry_at = at;
            if (next == rule->components.count) {
                return true;
            }
            continue;
        }
        Str name = str_slice(path, at, str_find_byte(path, '/', at));
        if (component && component_matches(component, name, fold_case)) {
            next++;
            at = behind_component(path, at);
        } else if (retry == SIZE_MAX) {
            return false;
        } else {
            next = retry;
            at = retry_at = behind_component(path, retry_at);
        }
    }
    return next == rule->components.count;
}

static bool rule_matches(const SourceIgnore *ignore, const Rule *rule, Str path, Str name,
                         bool is_folder)
{
    if (rule->folder_only && !is_folder) {
        return false;
    }
    return rule->anchored ? path_matches(rule, path, ignore->fold_case)
                          : component_matches(rule->components.at, name, ignore->fold_case);
}

static Str last_component(Str path)
{
    size_t start = path.len;
    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    return str_slice(path, start, path.len);
}

bool source_ignore_matches(const SourceIgnore *rules, Str path, bool is_folder)
{
    Str name = last_component(path);
    for (; rules; rules = rules->outer) {
        Str below = path;
        if (rules->folder.len && !source_is_below(rules->folder, path, &below)) {
            continue;
        }
        for (size_t i = rules->rules.count; i-- > 0;) {
            if (rule_matches(rules, &rules->rules.at[i], below, name, is_folder)) {
                return !rules->rules.at[i].negative;
            }
        }
    }
    return false;
}
