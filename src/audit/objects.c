#include "audit/objects.h"

#include "audit/texts.h"
#include "base/map.h"

#include "base/banned.h"

enum { PATH, KIND, SCHEMA, NAME, ANCHOR, ROLE, TEXT };

/* What is being collected. */
typedef struct {
    Arena *arena;
    const Ownership *ownership;
    ARRAY(GatherText) texts;
    ARRAY(AuditUnowned) unowned;
    ARRAY(size_t) schemas; /* which of `unowned` are whole schemas */
    Map counts;            /* by schema that the manifest does not know: its objects */
    Str path;              /* of the text that is being put together */
    Buffer text;
    const Service *service;
} Collecting;

static const struct {
    const char *kind;
    bool shown; /* an object of its own, which somebody should own */
} kinds[] = {{"relation", true}, {"sequence", true}, {"routine", true},
             {"type", true},     {"schema", false},  {"publication", false}};

static const char *kind_of(Str name, bool *is_object)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_equal(name, str_from(kinds[i].kind))) {
            *is_object = kinds[i].shown;
            return kinds[i].kind;
        }
    }
    *is_object = false;
    return "";
}

/* A partition that nobody claims goes with its table. */
static Owner owner_of(const Collecting *collecting, const Str *columns)
{
    const Ownership *ownership = collecting->ownership;
    Owner owner = {.kind = OWNER_NONE};
    if (columns[SCHEMA].len) {
        owner = ownership_of_object(ownership, columns[SCHEMA], columns[NAME]);
    } else if (columns[ROLE].len) {
        const OwnedRole *role = ownership_role(ownership, columns[ROLE]);
        owner.service = role ? role->service : NULL;
    }
    bool astray = columns[ANCHOR].len && owner.kind == OWNER_NONE;
    return astray ? ownership_of_object(ownership, columns[SCHEMA], columns[ANCHOR]) : owner;
}

static void end_text(Collecting *collecting)
{
    if (collecting->text.len) {
        array_push(collecting->arena, &collecting->texts,
                   (GatherText){
                       .path = collecting->path,
                       .text = arena_copy(collecting->arena, buffer_str(&collecting->text)),
                       .service = collecting->service,
                   });
    }
    collecting->text.len = 0;
}

static Str path_of(Arena *arena, Str shown)
{
    return arena_format(arena, "database:%.*s", STR_ARGS(shown));
}

/* Objects of a schema that the manifest does not know at all are one finding. */
static void note_unowned(Collecting *collecting, const Str *columns, const char *kind)
{
    Arena *arena = collecting->arena;
    if (!ownership_knows_schema(collecting->ownership, columns[SCHEMA])) {
        size_t count = (size_t)map_get(&collecting->counts, columns[SCHEMA]) + 1;
        map_put(arena, &collecting->counts, arena_copy(arena, columns[SCHEMA]), (void *)count);
        return;
    }
    array_push(arena, &collecting->unowned,
               (AuditUnowned){.path = path_of(arena, columns[PATH]),
                              .kind = kind,
                              .shown = arena_copy(arena, columns[PATH])});
}

/* How many objects are in it is known at the end. */
static void note_schema(Collecting *collecting, const Str *columns)
{
    if (ownership_knows_schema(collecting->ownership, columns[SCHEMA])) {
        return;
    }
    Arena *arena = collecting->arena;
    array_push(arena, &collecting->schemas, collecting->unowned.count);
    array_push(arena, &collecting->unowned,
               (AuditUnowned){.path = path_of(arena, columns[PATH]),
                              .kind = "schema",
                              .shown = arena_copy(arena, columns[SCHEMA])});
}

static void add_text(Collecting *collecting, const Str *columns, Owner owner)
{
    Str path = path_of(collecting->arena, columns[PATH]);
    if (!str_equal(path, collecting->path)) {
        end_text(collecting);
        collecting->path = path;
        collecting->service = owner.service;
    }
    buffer_append(&collecting->text, columns[TEXT]);
    bool ended = str_ends_with(columns[TEXT], STR(";"));
    buffer_append(&collecting->text, ended ? STR("\n") : STR(";\n"));
}

static void take_row(void *context, const Str *columns)
{
    Collecting *collecting = context;
    bool is_object;
    const char *kind = kind_of(columns[KIND], &is_object);
    Owner owner = owner_of(collecting, columns);
    if (str_equal(columns[KIND], STR("schema"))) {
        note_schema(collecting, columns);
        return;
    }
    if (is_object && owner.kind == OWNER_NONE) {
        note_unowned(collecting, columns, kind);
    }
    add_text(collecting, columns, owner);
}

/* Counts the objects of unknown schemas. Every database has a schema public: an empty one is no
 * matter. */
static void count_schemas(Collecting *collecting)
{
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < collecting->unowned.count; i++) {
        AuditUnowned *unowned = &collecting->unowned.at[i];
        if (next < collecting->schemas.count && collecting->schemas.at[next] == i) {
            next++;
            unowned->objects = (size_t)map_get(&collecting->counts, unowned->shown);
            if (!unowned->objects && str_equal(unowned->shown, STR("public"))) {
                continue;
            }
        }
        collecting->unowned.at[kept++] = *unowned;
    }
    collecting->unowned.count = kept;
}

bool objects_read(Arena *arena, const Manifest *manifest, Database *database, Audit *audit,
                  Error *error)
{
    Collecting collecting = {.arena = arena, .ownership = manifest->ownership};
    bool read = database_query(database, str_from(audit_objects), take_row, &collecting, error);
    end_text(&collecting);
    buffer_free(&collecting.text);
    count_schemas(&collecting);
    audit->texts.at = collecting.texts.at;
    audit->texts.count = collecting.texts.count;
    audit->unowned.at = collecting.unowned.at;
    audit->unowned.count = collecting.unowned.count;
    return read;
}
