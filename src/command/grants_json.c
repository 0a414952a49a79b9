#include "command/grants_json.h"

#include <stdlib.h>

#include "report/json_text.h"

#include "base/banned.h"

static json_t *service_json(const Service *service)
{
    return service ? json_text(service->name) : json_null();
}

/* "SELECT, UPDATE" as an array, in lower case as the manifest has it. */
static json_t *privileges_json(Str text)
{
    json_t *list = json_array();
    for (size_t start = 0, end; start < text.len; start = end + 2) {
        char name[16];
        size_t len = 0;
        end = str_find_byte(text, ',', start);
        for (size_t i = start; i < end && len < sizeof name; i++) {
            name[len++] = char_to_lower(text.at[i]);
        }
        json_array_append_new(list, json_stringn(name, len));
    }
    return list;
}

static json_t *policies_json(const Plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->policies.count; i++) {
        const PlanPolicy *policy = &plan->policies.at[i];
        json_t *row = json_object();
        json_object_set_new(row, "purpose", json_string(plan_purpose_name(policy->purpose)));
        json_object_set_new(row, "kind", json_string(plan_kind_name(policy->kind)));
        json_object_set_new(row, "privileges", privileges_json(str_from(policy->privileges)));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *roles_json(const Plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->roles.count; i++) {
        const PlanRole *role = &plan->roles.at[i];
        json_t *row = json_object();
        json_object_set_new(row, "name", json_text(role->name));
        json_object_set_new(row, "service", json_text(role->service->name));
        json_object_set_new(row, "purpose", json_string(plan_purpose_name(role->purpose)));
        json_object_set_new(row, "stage", json_string(plan_stage(plan, role->service)));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *claims_json(const Plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->claims.count; i++) {
        const PlanClaim *claim = &plan->claims.at[i];
        json_t *row = json_object();
        json_object_set_new(row, "service", service_json(claim->service));
        json_object_set_new(row, "stage", json_string(plan_claim_stage(plan, claim)));
        json_object_set_new(row, "shared", json_boolean(claim->shared));
        json_object_set_new(row, "schema", json_text(claim->schema));
        json_object_set_new(row, "name", json_text_or_null(claim->name));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *arguments_json(const PlanAllowance *allowance)
{
    if (!allowance->has_arguments) {
        return json_null();
    }
    json_t *list = json_array();
    for (size_t i = 0; i < allowance->arguments.count; i++) {
        json_array_append_new(list, json_text(allowance->arguments.at[i]));
    }
    return list;
}

static json_t *date_json(uint32_t date)
{
    return date ? json_sprintf("%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100)
                : json_null();
}

static json_t *allowances_json(const Plan *plan)
{
    json_t *list = json_array();
    for (size_t i = 0; i < plan->allowances.count; i++) {
        const PlanAllowance *allowance = &plan->allowances.at[i];
        json_t *row = json_object();
        json_object_set_new(row, "kind", json_string(plan_kind_name(allowance->kind)));
        json_object_set_new(row, "schema", json_text(allowance->schema));
        json_object_set_new(row, "name", json_text(allowance->name));
        json_object_set_new(row, "arguments", arguments_json(allowance));
        json_object_set_new(row, "privileges", privileges_json(allowance->privileges));
        json_object_set_new(row, "service", service_json(allowance->owner));
        json_object_set_new(row, "grantee",
                            allowance->grantee ? service_json(allowance->grantee)
                                               : json_string("*"));
        json_object_set_new(row, "reason", json_text_or_null(allowance->reason));
        json_object_set_new(row, "until", date_json(allowance->until));
        json_array_append_new(list, row);
    }
    return list;
}

void grants_json(Buffer *out, const Plan *plan)
{
    json_t *root = json_object();
    json_object_set_new(root, "version", json_integer(1));
    json_object_set_new(root, "postgres", json_integer(plan->postgres));
    json_object_set_new(root, "service", service_json(plan->only));
    json_object_set_new(root, "policies", policies_json(plan));
    json_object_set_new(root, "roles", roles_json(plan));
    json_object_set_new(root, "claims", claims_json(plan));
    json_object_set_new(root, "allowances", allowances_json(plan));
    char *text = json_dumps(root, JSON_INDENT(2));
    buffer_append(out, str_from(text));
    buffer_append_byte(out, '\n');
    free(text);
    json_decref(root);
}
