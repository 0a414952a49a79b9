#include <stdlib.h>

#include "check/bundle.h"
#include "check/run.h"
#include "check/scope.h"
#include "command/command.h"
#include "report/json_text.h"

#include "base/banned.h"

typedef struct {
    const Options *options;
    const Run *run;
} FactsWork;

static json_t *owner_json(Owner owner)
{
    switch (owner.kind) {
    case OWNER_SERVICE:
        return json_text(owner.service->name);
    case OWNER_SHARED:
        return json_string("shared");
    case OWNER_SYSTEM:
        return json_string("system");
    case OWNER_TEMPORARY:
        return json_string("temporary");
    case OWNER_NONE:
        break;
    }
    return json_null();
}

static json_t *name_json(ObjectName name)
{
    Buffer text = {0};
    buffer_append(&text, name.schema);
    if (name.schema.len && name.name.len) {
        buffer_append_byte(&text, '.');
    }
    buffer_append(&text, name.name);
    json_t *json = json_text(buffer_str(&text));
    buffer_free(&text);
    return json;
}

static json_t *fact_json(const RuleFile *file, const Statement *statement, const Access *access,
                         AccessSet one)
{
    Place place = access->place;
    json_t *fact = json_object();
    json_object_set_new(fact, "path", json_text(file->path));
    json_object_set_new(fact, "line", json_integer(place.start.line));
    json_object_set_new(fact, "column", json_integer(place.start.column));
    json_object_set_new(fact, "end_line", json_integer(place.end.line));
    json_object_set_new(fact, "end_column", json_integer(place.end.column));
    const InnerStatement *inner = access->inner;
    Place around = inner ? inner->place : statement->place;
    json_object_set_new(fact, "statement_line", json_integer(around.start.line));
    json_object_set_new(fact, "statement_end_line", json_integer(around.end.line));
    json_object_set_new(fact, "language", json_string(inner ? inner->language : file->language));
    json_object_set_new(fact, "service",
                        file->service ? json_text(file->service->name) : json_null());
    json_object_set_new(fact, "statement",
                        json_string(inner ? inner->command : statement->command));
    json_object_set_new(fact, "kind", json_string(kind_name(access->kind)));
    json_object_set_new(fact, "access", json_string(access_name(one)));
    json_object_set_new(fact, "context", json_string(context_name(access->context)));
    json_object_set_new(fact, "name", name_json(access->name));
    json_object_set_new(fact, "written", json_text(access->spelling));
    json_object_set_new(fact, "owner", owner_json(access->owner));
    json_object_set_new(fact, "certainty", json_string(certainty_name(access->certainty)));
    json_object_set_new(fact, "routine", json_text_or_null(access->routine));
    return fact;
}

/* One line for each thing that is done to the object. */
static void print_access(FILE *out, const RuleFile *file, const Statement *statement,
                         const Access *access)
{
    for (AccessSet rest = access->set; rest; rest &= rest - 1) {
        json_t *fact = fact_json(file, statement, access, rest & -rest);
        json_dumpf(fact, out, JSON_COMPACT);
        fputc('\n', out);
        json_decref(fact);
    }
}

static int compare_places(const void *left, const void *right)
{
    const Access *a = *(const Access *const *)left;
    const Access *b = *(const Access *const *)right;
    int64_t lines = (int64_t)a->place.start.line - b->place.start.line;
    int64_t columns = (int64_t)a->place.start.column - b->place.start.column;
    int64_t order = lines ? lines : columns ? columns : a - b;
    return (order > 0) - (order < 0);
}

/* In the order of the source; reading goes by the parse tree. */
static void print_statement(FILE *out, Arena *scratch, const RuleFile *file,
                            const Statement *statement)
{
    arena_reset(scratch);
    const Access **sorted = ARENA_ARRAY(scratch, const Access *, statement->access_count + 1);
    for (size_t i = 0; i < statement->access_count; i++) {
        sorted[i] = &statement->accesses[i];
    }
    qsort(sorted, statement->access_count, sizeof *sorted, compare_places);
    for (size_t i = 0; i < statement->access_count; i++) {
        print_access(out, file, statement, sorted[i]);
    }
}

/* The files that it includes follow, unless they have a place of their own in the list. */
static void print_file(FILE *out, const FileFacts *facts)
{
    const RuleFile *file = &facts->file;
    Arena *scratch = arena_new();
    for (size_t i = 0; i < file->statement_count; i++) {
        print_statement(out, scratch, file, &file->statements[i]);
    }
    arena_free(scratch);
    for (size_t i = 0; i < facts->inclusion_count; i++) {
        if (facts->inclusions[i].facts->extra) {
            print_file(out, facts->inclusions[i].facts);
        }
    }
}

static int work(void *context, Supervisor *supervisor)
{
    const FactsWork *facts = context;
    RunResult result = run_execute(facts->run, supervisor);
    int status = result.incomplete ? EXIT_TROUBLE : EXIT_CLEAN;
    Str temporary;
    FILE *out =
        output_open(facts->run->arena, supervisor, facts->options->targets[0].output, &temporary);
    for (size_t i = 0; out && i < result.gathered.count; i++) {
        Str path = result.gathered.at[i].file.path;
        if (!shard_has(facts->run->shard, path) || !scope_asks(facts->run->scope, path)) {
            continue;
        }
        print_file(out, &result.gathered.at[i]);
    }
    if (!out || !output_close(supervisor, out, facts->options->targets[0].output, temporary)) {
        status = EXIT_TROUBLE;
    }
    if (result.coverage.unparsed || result.coverage.dynamic) {
        fprintf(stderr, "ringfence: warning: statements unparsed: %llu, dynamic: %llu\n",
                (unsigned long long)result.coverage.unparsed,
                (unsigned long long)result.coverage.dynamic);
    }
    run_free(&result);
    return status;
}

/* What was read, before anything is made of it: `merge` does that for all shards at once. */
static int work_for_merge(void *context, Supervisor *supervisor)
{
    const FactsWork *facts = context;
    const Run *run = facts->run;
    RunResult result = run_gather(run, supervisor);
    size_t shards = run->shard.count ? run->shard.count : 1;
    Bundle bundle = {.manifest = run->manifest_hash,
                     .list = run->list_hash,
                     .shard = run->shard.count ? run->shard.index : 1,
                     .shards = shards,
                     .partial = facts->options->run.path_count > 0,
                     .prefix = run->root.prefix,
                     .files = result.gathered.at,
                     .file_count = result.gathered.count,
                     .skips = run->sources.skips.at,
                     .skip_count = run->sources.skips.count};
    Str temporary;
    Str path = facts->options->targets[0].output;
    Buffer text = {0};
    bundle_write(&text, &bundle);
    FILE *out = output_open(run->arena, supervisor, path, &temporary);
    bool written =
        out && (fwrite(text.at, 1, text.len, out), output_close(supervisor, out, path, temporary));
    buffer_free(&text);
    run_free(&result);
    return written && !result.incomplete ? EXIT_CLEAN : EXIT_TROUBLE;
}

int command_facts(Arena *arena, const Options *options)
{
    Run run = {0};
    if (!command_prepare(arena, options, &run)) {
        return EXIT_TROUBLE;
    }
    return supervise(options->for_merge ? work_for_merge : work,
                     &(FactsWork){.options = options, .run = &run});
}
