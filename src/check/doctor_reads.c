#include "check/doctor_reads.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/word_set.h"
#include "check/prepare.h"
#include "lexer/language.h"

#include "base/banned.h"

enum { LARGEST_LOOKED_AT = 4 * 1024 * 1024 };

static Str ending_of(Str path)
{
    size_t at = path.len;
    while (at > 0 && path.at[at - 1] != '/' && path.at[at - 1] != '.') {
        at--;
    }
    bool dot = at > 1 && path.at[at - 1] == '.' && path.at[at - 2] != '/';
    return dot ? str_slice(path, at - 1, path.len) : (Str){0};
}

static bool has_statements(Str language)
{
    bool has = true;
    for (size_t i = 0; i < probe_host_count; i++) {
        has &= probe_hosts[i].text || !str_equal(str_from(probe_hosts[i].language), language);
    }
    return has;
}

/* Row 0 is for scripts, their routine bodies included. */
static size_t row_of(Str language)
{
    const Language *host = language_named(language);
    return host ? 1 + language_index(host) : 0;
}

static void count_files(LanguageHealth *all, const Gathered *gathered)
{
    for (size_t i = 0; i < gathered->count; i++) {
        const Coverage *coverage = &gathered->at[i].coverage;
        if (coverage->sql_files) {
            all[0].files += coverage->sql_files;
            all[0].texts += coverage->statements;
        } else if (coverage->host_files) {
            size_t row = row_of(str_from(gathered->at[i].file.language));
            all[row].files += coverage->host_files;
            all[row].texts += row ? coverage->host_fragments : 0;
        }
    }
}

static void read_languages(DoctorReads *reads, Arena *arena, const Gathered *gathered,
                           const Probes *probes)
{
    LanguageHealth *all = ARENA_ARRAY(arena, LanguageHealth, LANGUAGE_MOST + 1);
    all[0].name = STR("sql");
    for (size_t i = 0; language_at(i); i++) {
        Str name = language_at(i)->name;
        all[i + 1] = (LanguageHealth){.name = name, .holds_none = !has_statements(name)};
    }
    count_files(all, gathered);
    for (size_t i = 0; i < probes->count; i++) {
        LanguageHealth *health = &all[row_of(probes->at[i].language)];
        health->probes++;
        health->caught += probes->at[i].caught;
    }
    reads->languages = all;
    for (size_t i = 0; i <= LANGUAGE_MOST; i++) {
        if (all[i].files) {
            all[reads->language_count++] = all[i];
        }
    }
}

static bool is_unread(void *context, Arena *scratch, Str path)
{
    return !run_is_wanted(context, scratch, path);
}

/* What services own, as far as the sets take it. */
typedef struct {
    WordSet schemas, tables;
} OwnedNames;

static void add_name(WordSet *names, Str name)
{
    bool glob = str_find_byte(name, '*', 0) < name.len || str_find_byte(name, '?', 0) < name.len;
    if (!glob && name.len >= WORD_SET_SHORTEST && names->count < WORD_SET_MOST &&
        !word_set_has(names, name)) {
        word_set_add(names, name);
    }
}

static OwnedNames owned_names(const Manifest *manifest)
{
    OwnedNames names = {0};
    for (size_t i = 0; i < manifest->services.count; i++) {
        const Service *service = &manifest->services.at[i];
        for (size_t j = 0; j < service->owns.count; j++) {
            const Claim *claim = &service->owns.at[j];
            add_name(claim->relation.len ? &names.tables : &names.schemas,
                     claim->relation.len ? claim->relation : claim->schema);
        }
    }
    return names;
}

static Str name_at(Str text, size_t at)
{
    size_t end = at;
    while (end < text.len && (char_is_alpha(text.at[end]) || char_is_digit(text.at[end]) ||
                              text.at[end] == '_' || (unsigned char)text.at[end] >= 0x80)) {
        end++;
    }
    return str_slice(text, at, end);
}

/* A table, or something in a schema: `orders.a`, and no "orders." that ends a sentence. */
static bool is_owned(const OwnedNames *names, Str text, size_t at)
{
    Str first = name_at(text, at);
    size_t dot = at + first.len;
    Str second = dot < text.len && text.at[dot] == '.' ? name_at(text, dot + 1) : (Str){0};
    return second.len ? word_set_has(&names->schemas, first) || word_set_has(&names->tables, second)
                      : word_set_has(&names->tables, first);
}

/* Does an owned name stand behind `word`, the end of a verb? */
static bool names_after(Str text, Str word, const OwnedNames *names)
{
    bool found = false;
    for (size_t at = 0; at + word.len < text.len && !found; at++) {
        found = char_to_lower(text.at[at]) == word.at[0] &&
                str_equal_nocase(str_slice(text, at, at + word.len), word) &&
                char_is_space(text.at[at + word.len]) && is_owned(names, text, at + word.len + 1);
    }
    return found;
}

static bool names_owned(const Run *run, Str path, const OwnedNames *names)
{
    static const Str words[] = {STR("from"), STR("join"), STR("into"), STR("update"), STR("table")};
    SourceText source;
    Str reason;
    bool found = false;
    if (!source_open(run->arena, &run->root, path, &source, &reason)) {
        return false;
    }
    bool worth = source.text.len <= LARGEST_LOOKED_AT && !source_is_binary(source.text);
    for (size_t i = 0; i < sizeof words / sizeof *words && worth && !found; i++) {
        found = names_after(source.text, words[i], names);
    }
    source_close(&source);
    return found;
}

static int compare_unread(const void *left, const void *right)
{
    const UnreadFiles *a = left;
    const UnreadFiles *b = right;
    int order = (a->files < b->files) - (a->files > b->files);
    return order ? order : str_compare(a->ending, b->ending);
}

static void read_unread(DoctorReads *reads, const Run *run)
{
    SourceList list;
    Error error;
    Map seen = {0};
    OwnedNames names = owned_names(run->manifest);
    SourceFilter filter = {.keep = is_unread, .context = (void *)run, .jobs = run->jobs};
    if (!source_list(run->arena, &run->root, run_working_directory(run->arena), NULL, 0, &filter,
                     &list, &error)) {
        return;
    }
    reads->unread = ARENA_ARRAY(run->arena, UnreadFiles, list.entries.count + 1);
    for (size_t i = 0; i < list.entries.count; i++) {
        Str path = list.entries.at[i].path;
        Str ending = ending_of(path);
        size_t row = (size_t)(uintptr_t)map_get(&seen, ending);
        if (!row) {
            row = ++reads->unread_count;
            map_put(run->arena, &seen, ending, (void *)(uintptr_t)row);
            reads->unread[row - 1].ending = ending;
        }
        UnreadFiles *files = &reads->unread[row - 1];
        bool naming = names_owned(run, path, &names);
        files->files++;
        files->naming += naming;
        files->example = naming && !files->example.len ? path : files->example;
    }
    if (reads->unread_count) {
        qsort(reads->unread, reads->unread_count, sizeof *reads->unread, compare_unread);
    }
}

DoctorReads doctor_reads(const Run *run, const RunResult *result, const Probes *probes)
{
    DoctorReads reads = {0};
    read_languages(&reads, run->arena, &result->gathered, probes);
    read_unread(&reads, run);
    return reads;
}
