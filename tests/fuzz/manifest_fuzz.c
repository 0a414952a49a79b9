/* Any bytes as a manifest: a model or mistakes, never both, never neither, and never a crash. */
#include "manifest/ownership.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Str rules[] = {STR("cross-service-join"), STR("unparsed-sql")};
    ManifestMistakes mistakes = {0};
    const Manifest *manifest =
        manifest_parse(arena, STR("fuzz.yaml"), (Str){.at = (const char *)data, .len = size},
                       (StrList){.at = rules, .count = 2}, &mistakes);
    fuzz_require((manifest != NULL) == (mistakes.count == 0));
    if (manifest) {
        const Service *tied;
        ownership_of_path(manifest->ownership, STR("services/orders/a.sql"), &tied);
        ownership_of_object(manifest->ownership, STR("public"), STR("orders"));
    }
    arena_free(arena);
    return 0;
}
