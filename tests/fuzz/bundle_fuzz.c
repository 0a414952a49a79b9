/* Any bytes as the packed part of a facts file: refused, or judged without a crash. An input that
 * is sound is also tried with single bytes changed, as no hash protects it here. */
#include <string.h>

#include "check/bundle_layout.h"
#include "check/finish.h"
#include "check/include.h"
#include "check/merge.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

enum { CHANGES = 64 };

/* The services that tests/fuzz/replay gathers for. */
static const char manifest_text[] =
    "version: 1\n"
    "services:\n"
    "  orders: {paths: [\"services/orders/**\"], owns: [{schema: orders}], roles: {owner: o, app: "
    "[a]}}\n"
    "  billing: {paths: [\"services/billing/**\"], owns: [{schema: billing}], stage: observe}\n"
    "  inventory: {paths: [\"services/inventory/**\"], owns: [{schema: inventory}, {table: "
    "public.stock_*}]}\n"
    "exceptions: [{service: orders, to: inventory.*, privileges: [select], reason: x, until: "
    "2026-01-01}]\n";

static void judge_bundle(Arena *arena, const Manifest *manifest, const Bundle *bundle)
{
    Gathered gathered;
    SourceList skips;
    Error error;
    Level levels[RULE_COUNT];
    bool exceptions[8] = {0};
    bool partial;
    Str shown = STR("facts");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        levels[i] = LEVEL_ERROR;
    }
    if (!merge_bundles(arena, bundle, &shown, 1, bundle->manifest, &gathered, &skips, &partial,
                       &error)) {
        fuzz_require(error.text[0] != '\0');
        return;
    }
    include_link(arena, &gathered);
    Findings suppressed;
    Findings findings =
        judge(arena, manifest, STR("ringfence.yaml"), levels, 20260101, &gathered, exceptions);
    finish(&(Finish){.arena = arena,
                     .manifest = manifest,
                     .manifest_path = STR("ringfence.yaml"),
                     .levels = levels,
                     .today = 20260101,
                     .gathered = &gathered,
                     .exceptions_used = exceptions},
           &findings, &suppressed);
}

static bool try(const Manifest *manifest, Str text)
{
    Arena *arena = arena_new();
    Bundle bundle = {0};
    bool sound = pack_read(arena, text, manifest, &bundle_layout, &bundle);
    if (sound) {
        judge_bundle(arena, manifest, &bundle);
    }
    arena_free(arena);
    return sound;
}

/* What is read is written as it was, text for text. */
static void require_round_trip(const Manifest *manifest, Str text)
{
    Arena *arena = arena_new();
    Bundle first = {0};
    Bundle second = {0};
    Buffer once = {0};
    Buffer twice = {0};
    fuzz_require(pack_read(arena, text, manifest, &bundle_layout, &first));
    pack_write(&once, &bundle_layout, &first);
    fuzz_require(pack_read(arena, buffer_str(&once), manifest, &bundle_layout, &second));
    pack_write(&twice, &bundle_layout, &second);
    fuzz_require(str_equal(buffer_str(&once), buffer_str(&twice)));
    buffer_free(&once);
    buffer_free(&twice);
    arena_free(arena);
}

static StrList rule_ids(Arena *arena)
{
    StrList ids = {.at = ARENA_ARRAY(arena, Str, RULE_COUNT), .count = RULE_COUNT};
    for (size_t i = 0; i < RULE_COUNT; i++) {
        ids.at[i] = rules_all[i]->id;
    }
    return ids;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    ManifestMistakes mistakes = {0};
    const Manifest *manifest = manifest_parse(arena, STR("ringfence.yaml"), str_from(manifest_text),
                                              rule_ids(arena), &mistakes);
    fuzz_require(manifest != NULL);
    char *bytes = arena_take_raw(arena, size + 1);
    if (size) {
        memcpy(bytes, data, size);
    }
    Str text = {.at = bytes, .len = size};
    if (try(manifest, text)) {
        require_round_trip(manifest, text);
        for (size_t i = 0; i < CHANGES; i++) {
            size_t at = (size_t)(str_hash(text) + i * 0x9e3779b97f4a7c15u) % size;
            char before = bytes[at];
            bytes[at] = (char)(i % 3 == 0   ? before + 1
                               : i % 3 == 1 ? before ^ 0x80
                                            : (int)(i * 37));
            try(manifest, text);
            bytes[at] = before;
        }
    }
    arena_free(arena);
    return 0;
}
