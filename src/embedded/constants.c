#include "embedded/constants.h"

#include "base/array.h"
#include "embedded/binding.h"
#include "embedded/compose.h"
#include "embedded/scope.h"

#include "base/banned.h"

enum { FARTHEST_HEAD = 40, FARTHEST_GROUP = 4000, LONGEST_VALUE = 1 << 16 };

/* What must stand before the name, in the same statement: then nothing can bind it anew. */
static const struct {
    const char *languages, *words;
} fixed[] = {
    {"go", "const var"},
    {"javascript typescript tsx vue svelte", "const"},
    {"java", "final"},
    {"kotlin scala", "val"},
    {"csharp", "const readonly"},
    {"php", "const"},
};

static const char classes[] = "class interface object module enum record struct trait";

typedef struct {
    Arena *keep, *scratch;
    const LexFile *file;
    const HostStyle *style;
    HostNames names;
    Composer composer;
    HostConstants *out;
    ARRAY(Str) keys;
} Reader;

static bool is_of(const LexFile *file, const char *languages)
{
    return str_in_list(languages, file->language->name);
}

/* Is the name at `name` one that nothing binds anew, as far as its statement tells? */
static bool is_fixed(const Reader *reader, uint32_t name)
{
    const LexFile *file = reader->file;
    const char *words = NULL;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        words = is_of(file, fixed[i].languages) ? fixed[i].words : words;
    }
    if (!words) { /* Python by its habits, Ruby by its grammar */
        char first = *lexer_source(file, name).at;
        return is_of(file, "python") || (is_of(file, "ruby") && first >= 'A' && first <= 'Z');
    }
    bool group = false; /* Go: const ( … ) */
    bool grouped = is_of(file, "go");
    uint32_t most = grouped ? FARTHEST_GROUP : FARTHEST_HEAD;
    for (uint32_t at = name, steps = 0; at > 0 && steps < most; steps++) {
        if (file->tokens[at].first && !grouped) {
            return false;
        }
        at--;
        if (file->tokens[at].kind == LEX_NAME && str_in_list(words, lexer_source(file, at))) {
            return true;
        }
        group |= grouped && lexer_is(file, at, STR("("));
        if (lexer_is(file, at, STR(";")) || lexer_is(file, at, STR("{")) ||
            lexer_is(file, at, STR("}")) || (group && !lexer_is(file, at, STR("(")))) {
            return false;
        }
    }
    return false;
}

/* The class whose block opens at brace `open`, in *owner; false where it is no class's. Kotlin's
 * companion object is its class's. */
static bool class_of_brace(const HostNames *names, uint32_t open, Str *owner)
{
    const LexFile *file = names->file;
    for (uint32_t at = open, steps = 0; at > 0 && steps < FARTHEST_HEAD; steps++) {
        at--;
        if (lexer_is(file, at, STR("{")) || lexer_is(file, at, STR("}")) ||
            lexer_is(file, at, STR(";"))) {
            return false;
        }
        if (file->tokens[at].kind != LEX_NAME || !str_in_list(classes, lexer_source(file, at))) {
            continue;
        }
        if (lexer_is(file, at + 1, STR("{")) && names->open[at] && names->open[at] <= at) {
            at = names->open[at] - 1;
        } else if (at + 1 < file->count && file->tokens[at + 1].kind == LEX_NAME) {
            *owner = lexer_source(file, at + 1);
            return true;
        }
    }
    return false;
}

/* The class around token `name`, empty in the outermost block; false in any other block. */
static bool find_owner(const Reader *reader, uint32_t name, Str *owner)
{
    const HostNames *names = &reader->names;
    *owner = (Str){0};
    if (!names->style->indented) {
        return !names->open[name] || class_of_brace(names, names->open[name] - 1, owner);
    }
    const NameLine *line = scope_line(names, name);
    uint32_t indent = line->indent;
    if (!indent) {
        return true;
    }
    while (line > names->lines && line->indent >= indent) {
        line--;
    }
    bool named = line->token + 1 < reader->file->count &&
                 str_in_list("module class", lexer_source(reader->file, line->token));
    *owner = named ? lexer_source(reader->file, line->token + 1) : (Str){0};
    return named && is_of(reader->file, "ruby");
}

/* Does anything else in the file bind the name? */
static bool is_rebound(Reader *reader, uint32_t name)
{
    const uint32_t *places;
    size_t count =
        names_places(&reader->names, names_bare(lexer_source(reader->file, name)), &places);
    for (size_t i = 0; i < count; i++) {
        if (places[i] != name && names_binds(&reader->names, places[i])) {
            return true;
        }
    }
    return false;
}

static void add(Reader *reader, Str owner, Str name, Str value)
{
    Arena *arena = reader->keep;
    Str key = owner.len ? arena_format(arena, "%.*s.%.*s", (int)owner.len, owner.at, (int)name.len,
                                       name.at)
                        : arena_copy(arena, name);
    Str *known = map_get(&reader->out->values, key);
    if (known) {
        *known = known->at && value.at && str_equal(*known, value) ? *known : (Str){0};
        return;
    }
    known = ARENA_NEW(arena, Str);
    *known = value.at ? arena_copy(arena, value) : value;
    map_put(arena, &reader->out->values, key, known);
    array_push(arena, &reader->keys, key);
}

/* What is bound from token `start` on, or .at NULL. */
static Str value_at(Reader *reader, uint32_t start, uint32_t *behind)
{
    Expression expression;
    ComposeNotes notes = {0};
    if (!expression_read(reader->scratch, reader->file, reader->style, start, false, &expression) ||
        expression.cut) {
        return (Str){0};
    }
    *behind = expression.behind;
    SqlFragment text = compose_text(&reader->composer, &expression, NULL, &notes);
    bool known = !notes.holes && !notes.choices && text.sql.len <= LONGEST_VALUE;
    return known ? text.sql : (Str){0};
}

/* Literal `literal`, where it begins what a constant is bound to. */
static void look_at(Reader *reader, uint32_t literal)
{
    uint32_t name;
    uint32_t start = literal - (literal > 0 && lexer_is(reader->file, literal - 1, STR("(")));
    uint32_t behind = 0;
    Str owner;
    if (!binding_name(reader->file, reader->style, start, &name) ||
        !find_owner(reader, name, &owner) || !is_fixed(reader, name)) {
        return;
    }
    bool loose = is_of(reader->file, "python go");
    bool local = is_of(reader->file, "python") && owner.len;
    Str value =
        local || (loose && is_rebound(reader, name)) ? (Str){0} : value_at(reader, start, &behind);
    add(reader, owner, names_bare(lexer_source(reader->file, name)), value);
}

static Str package_of(Arena *arena, const LexFile *file)
{
    for (uint32_t at = 0; at + 1 < file->count; at++) {
        if (file->tokens[at].first && lexer_is(file, at, STR("package"))) {
            uint32_t end = at + 1;
            while (end + 1 < file->count && !file->tokens[end + 1].first) {
                end++;
            }
            return arena_copy(
                arena, str_slice(file->text, file->tokens[at + 1].start, file->tokens[end].end));
        }
    }
    return (Str){0};
}

/* table = "…" in a function: of a local variable, or of the package's. */
static void note_assigned(Reader *reader)
{
    static char yes;
    const LexFile *file = reader->file;
    for (uint32_t i = 0; i + 1 < file->count; i++) {
        if (file->tokens[i].kind == LEX_NAME && reader->names.open[i] &&
            (lexer_is(file, i + 1, STR("=")) || lexer_is(file, i + 1, STR("+=")))) {
            map_put(reader->keep, &reader->out->assigned,
                    arena_copy(reader->keep, lexer_source(file, i)), &yes);
        }
    }
}

HostConstants constants_read(Arena *keep, Arena *scratch, const LexFile *file)
{
    HostConstants constants = {.package = package_of(keep, file)};
    LineIndex lines = lines_index(scratch, file->text);
    Reader reader = {.keep = keep,
                     .scratch = scratch,
                     .file = file,
                     .style = style_of(file->language),
                     .out = &constants};
    const uint32_t *none;
    reader.names = names_open(scratch, file, reader.style);
    names_places(&reader.names, STR(""), &none); /* builds them */
    reader.composer = (Composer){.arena = scratch,
                                 .file = file,
                                 .lines = &lines,
                                 .style = reader.style,
                                 .names = &reader.names,
                                 .spent = ARENA_NEW(scratch, size_t),
                                 .taken = ARENA_ARRAY(scratch, uint8_t, file->count + 1),
                                 .consumed = ARENA_ARRAY(scratch, uint8_t, file->count + 1)};
    for (uint32_t i = 0; i < file->count; i = lexer_next(file, i)) {
        if (expression_is_literal(file, i)) {
            look_at(&reader, i);
        }
    }
    if (is_of(file, "go")) {
        note_assigned(&reader);
    }
    constants.keys = reader.keys.at;
    constants.key_count = reader.keys.count;
    return constants;
}

bool constants_find(Arena *scratch, const HostConstants *constants, Str owner, Str name, Str *value)
{
    Str key = owner.len ? arena_format(scratch, "%.*s.%.*s", (int)owner.len, owner.at,
                                       (int)name.len, name.at)
                        : name;
    const Str *found = map_get(&constants->values, key);
    *value = found ? *found : (Str){0};
    return value->at != NULL;
}
