#include "check/shard.h"

#include "base/banned.h"

bool shard_parse(Str text, Shard *shard)
{
    uint64_t index, count;
    size_t slash = str_find_byte(text, '/', 0);
    if (!str_to_number(str_slice(text, 0, slash), SHARDS_MOST, &index) ||
        !str_to_number(str_slice(text, slash + 1, text.len), SHARDS_MOST, &count) || index == 0 ||
        index > count) {
        return false;
    }
    *shard = (Shard){.index = (size_t)index, .count = (size_t)count};
    return true;
}

bool shard_has(Shard shard, Str path)
{
    if (shard.count == 0) {
        return true;
    }
    uint64_t hash = str_hash(path);
    hash ^= hash >> 32; /* FNV's low bits know little of its high ones */
    return hash % shard.count == shard.index - 1;
}

/* CREATE, SELECT INTO, ALTER … RENAME and SET SCHEMA, IMPORT FOREIGN SCHEMA; dbt's models; \i and
 * \ir. */
bool shard_needs_text(Str text)
{
    static const Str words[] = {STR("create"), STR("into"), STR("alter"), STR("import"),
                                STR("{{"),     STR("{%"),   STR("\\i")};
    for (size_t at = 0; at < text.len; at++) {
        char first = char_to_lower(text.at[at]);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (first == words[i].at[0] &&
                str_equal_nocase(str_slice(text, at, at + words[i].len), words[i])) {
                return true;
            }
        }
    }
    return false;
}
