#include "rules/rule.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buffer.h"
#include "rules/rules.h"

#include "base/banned.h"

const char *level_name(Level level)
{
    static const char *const names[] = {
        [LEVEL_OFF] = "off",
        [LEVEL_INFO] = "info",
        [LEVEL_WARNING] = "warning",
        [LEVEL_ERROR] = "error",
    };
    return names[level];
}

Str rule_format(RuleRun *run, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_take_raw(run->arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (Str){.at = text, .len = (size_t)length};
}

static bool needs_quotes(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool plain =
            (c >= 'a' && c <= 'z') || c == '_' || (i > 0 && (char_is_digit(c) || c == '$'));
        if (!plain) {
            return true;
        }
    }
    return name.len == 0;
}

static void append_name(Buffer *buffer, Str name, bool quote)
{
    if (!quote || !needs_quotes(name)) {
        buffer_append(buffer, name);
        return;
    }
    buffer_append_byte(buffer, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '"') {
            buffer_append_byte(buffer, '"');
        }
        buffer_append_byte(buffer, name.at[i]);
    }
    buffer_append_byte(buffer, '"');
}

static Str full_name(RuleRun *run, ObjectName name, bool quote)
{
    Buffer buffer = {0};
    if (name.schema.len) {
        append_name(&buffer, name.schema, quote);
    }
    if (name.schema.len && name.name.len) {
        buffer_append_byte(&buffer, '.');
    }
    if (name.name.len) {
        append_name(&buffer, name.name, quote);
    }
    Str copy = arena_copy(run->arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return copy;
}

Str rule_object_name(RuleRun *run, const Access *access)
{
    return full_name(run, access->name, false);
}

Str rule_quoted_name(RuleRun *run, const Access *access)
{
    if (access->kind == KIND_OTHER && (access->set & ACCESS_EXECUTE)) { /* an operator */
        Str schema = full_name(run, (ObjectName){.schema = access->name.schema}, true);
        return rule_format(run, "%.*s.%.*s", STR_ARGS(schema), STR_ARGS(access->name.name));
    }
    bool named = access->name.schema.len || access->name.name.len;
    return named ? full_name(run, access->name, true) : access->spelling; /* of the run time */
}

Str rule_owner_name(RuleRun *run, const Service *owner)
{
    return owner->team.len
               ? rule_format(run, "%.*s (%.*s)", STR_ARGS(owner->name), STR_ARGS(owner->team))
               : owner->name;
}

static Str role_text(RuleRun *run, const RoleName *role)
{
    const OwnedRole *known =
        role->kind == ROLE_NAMED ? ownership_role(run->manifest->ownership, role->name) : NULL;
    if (role->kind == ROLE_PUBLIC) {
        return STR("PUBLIC");
    }
    if (role->kind == ROLE_CURRENT) {
        return role->name;
    }
    return known ? rule_format(run, "%.*s of %.*s", STR_ARGS(role->name),
                               STR_ARGS(known->service->name))
                 : rule_format(run, "%.*s (not in the manifest)", STR_ARGS(role->name));
}

Str rule_role_names(RuleRun *run, const RoleName *roles, size_t count)
{
    Buffer buffer = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_append(&buffer, i == 0 ? STR("") : i + 1 < count ? STR(", ") : STR(" and "));
        buffer_append(&buffer, role_text(run, &roles[i]));
    }
    Str copy = arena_copy(run->arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return copy;
}

Str rule_actor_name(const Access *access)
{
    return access->actor ? access->actor->name : STR("this code");
}

bool rule_is_foreign(const Access *access)
{
    return access->boundary == BOUNDARY_FOREIGN;
}

AccessSet rule_shown_access(const Access *access)
{
    AccessSet writes = access->set & ~(AccessSet)ACCESS_SELECT;
    return access->context == CONTEXT_TARGET && writes ? writes : access->set;
}

const Access *rule_subject(const RuleRun *run, const Access *access)
{
    return access->subject ? &run->statement->accesses[access->subject - 1] : NULL;
}

bool rule_is_part_abroad(const RuleRun *run, const Access *access)
{
    const Access *whole = rule_subject(run, access);
    return whole && run->file->service && whole->owner.kind == OWNER_SERVICE &&
           whole->owner.service != run->file->service;
}

void rule_report(RuleRun *run, const Rule *rule, Finding draft, const Service *owner)
{
    size_t index = rules_find(rule->id);
    draft.rule = rule;
    draft.level = run->levels[index];
    if (owner && owner->stage == STAGE_OBSERVE && draft.level > LEVEL_WARNING) {
        draft.level = LEVEL_WARNING;
    }
    if (draft.level == LEVEL_OFF) {
        return;
    }
    draft.path = run->file->path;
    draft.statement = run->statement ? run->statement->fingerprint : 0;
    if (owner) {
        draft.owner = owner->name;
        draft.team = owner->team;
    }
    array_push(run->arena, &run->findings, draft);
}

void rule_report_access(RuleRun *run, const Rule *rule, const Access *access, const char *verb,
                        const char *help)
{
    const Service *owner = access->owner.service;
    Str object = rule_object_name(run, access);
    Str shown = rule_quoted_name(run, access);
    FindingRelation *relation = ARENA_NEW(run->arena, FindingRelation);
    *relation = (FindingRelation){
        .name = object, .owner = owner->name, .access = rule_shown_access(access)};
    rule_report(run, rule,
                (Finding){.place = access->place,
                          .service = access->actor ? access->actor->name : (Str){0},
                          .object = object,
                          .relations = relation,
                          .relation_count = 1,
                          .message = rule_format(
                              run, "%.*s %s %.*s, which belongs to %.*s",
                              STR_ARGS(access->actor ? access->actor->name : STR("this code")),
                              verb, STR_ARGS(shown), STR_ARGS(rule_owner_name(run, owner))),
                          .help = rule_format(run, "%s", help)},
                owner);
}
