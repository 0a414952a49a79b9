#include "embedded/credentials.h"

#include <string.h>

#include "base/array.h"
#include "manifest/name.h"

#include "base/banned.h"

enum { LONGEST_ADDRESS = 512, LONGEST_KEY = 64, LONGEST_GAP = 64, LONGEST_LINE = 400 };

typedef struct {
    Arena *arena;
    Str text;
    const LineIndex *lines;
    const Ownership *ownership;
    ARRAY(Statement) statements;
    ARRAY(Range) ranges;
} Reader;

bool credentials_in_file(Str path)
{
    static const Str endings[] = {
        STR(".env"),    STR(".yml"), STR(".yaml"),     STR(".json"),  STR(".properties"),
        STR(".toml"),   STR(".ini"), STR(".conf"),     STR(".cfg"),   STR(".config"),
        STR(".tf"),     STR(".hcl"), STR(".tfvars"),   STR(".envrc"), STR(".service"),
        STR(".pgpass"), STR(".dsn"), STR("Dockerfile")};
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/') {
        slash--;
    }
    if (str_starts_with(str_slice(path, slash, path.len), STR(".env"))) {
        return true;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char last = endings[i].at[endings[i].len - 1];
        if (path.len && path.at[path.len - 1] == last && str_ends_with(path, endings[i])) {
            return true;
        }
    }
    return false;
}

static bool holds(Str text, const char *needle)
{
    return memmem(text.at, text.len, needle, strlen(needle)) != NULL;
}

static const Str signs[] = {STR("ostgre"),         STR("POSTGRES"),  STR("PGUSER"),
                            STR("DB_USER"),        STR("'pg'"),      STR("\"pg\""),
                            STR("psql"),           STR("pg_dump"),   STR("pg_restore"),
                            STR("dbname="),        STR("Username="), STR("DATABASE_USER"),
                            STR("DATASOURCE_USER")};

void credentials_words(Needles *needles)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        needles_add(needles, signs[i], NEEDLE_EXACT);
    }
}

bool credentials_are_likely(Str text)
{
    Needles needles = {0};
    NeedleHit hits[NEEDLE_HITS_LEAST];
    credentials_words(&needles);
    size_t found = 0;
    for (size_t at = 0; at < text.len && !found;) {
        found = needles_find(&needles, text, &at, hits, NEEDLE_HITS_LEAST);
    }
    return found > 0;
}

static bool is_word(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '-' || c == '.';
}

static bool is_role_byte(char c)
{
    return is_word(c) || c == '$' || (unsigned char)c >= 0x80;
}

static void add(Reader *reader, Range range, Str name, bool known)
{
    Place place = {.start = lines_position(reader->lines, range.start),
                   .end = lines_position(reader->lines, range.end)};
    Access *access = ARENA_NEW(reader->arena, Access);
    *access = (Access){.kind = KIND_ROLE,
                       .context = CONTEXT_CREDENTIALS,
                       .set = ACCESS_USAGE,
                       .written = {.name = arena_copy(reader->arena, name)},
                       .place = place};
    access->spelling = access->written.name;
    array_push(reader->arena, &reader->ranges, range);
    array_push(reader->arena, &reader->statements,
               (Statement){.place = place,
                           .command = "CONNECT",
                           .fingerprint = str_hash(name),
                           .uncertain = !known,
                           .accesses = access,
                           .access_count = 1});
}

static int hex_digit(char c)
{
    return char_is_digit(c)                                     ? c - '0'
           : char_to_lower(c) >= 'a' && char_to_lower(c) <= 'f' ? char_to_lower(c) - 'a' + 10
                                                                : -1;
}

/* `text` with %41 and its like resolved. */
static Str percent_decoded(Arena *arena, Str text)
{
    char *name = arena_take_raw(arena, text.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool escape = text.at[i] == '%' && i + 2 < text.len && hex_digit(text.at[i + 1]) >= 0 &&
                      hex_digit(text.at[i + 2]) >= 0;
        name[length++] = escape ? (char)(hex_digit(text.at[i + 1]) * 16 + hex_digit(text.at[i + 2]))
                                : text.at[i];
        i += escape ? 2 : 0;
    }
    name[length] = '\0';
    return (Str){.at = name, .len = length};
}

/* Every developer's own server, and what documentation writes for a role. */
static bool is_example(Str name, Str host)
{
    static const char *const hosts[] = {"",     "localhost", "127.0.0.1", "[::1]",
                                        "host", "hostname",  "0.0.0.0",   "host.docker.internal"};
    static const char *const names[] = {"user", "username", "dbuser", "myuser", "your_user", "foo"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        if (str_equal_nocase(host, str_from(hosts[i]))) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal_nocase(name, str_from(names[i]))) {
            return true;
        }
    }
    return str_starts_with(host, STR("example."));
}

/* postgres://role:password@host:port/…, whose authority begins at `at`. */
static void read_authority(Reader *reader, uint32_t at)
{
    Str rest = str_slice(reader->text, at, at + LONGEST_ADDRESS);
    size_t end = 0;
    size_t sign = rest.len;
    while (end < rest.len && !strchr("/?\"'`<>(){}|\\ \t\r\n", rest.at[end])) {
        sign = rest.at[end] == '@' ? end : sign;
        end++;
    }
    Str user = str_slice(rest, 0, str_find_byte(rest, ':', 0));
    user = user.len < sign ? user : str_slice(rest, 0, sign);
    if (sign >= end || !user.len) {
        return;
    }
    Str host = str_slice(rest, sign + 1, end);
    host = host.len && host.at[0] == '[' ? host : str_slice(host, 0, str_find_byte(host, ':', 0));
    Str name = percent_decoded(reader->arena, user);
    bool known = ownership_role(reader->ownership, name) != NULL;
    bool plain = true; /* not put together at run time */
    for (size_t i = 0; i < name.len; i++) {
        plain &= is_role_byte(name.at[i]) && name.at[i] != '$';
    }
    if (known || (plain && !is_example(name, host))) {
        add(reader, (Range){at, at + (uint32_t)user.len}, name, known);
    }
}

/* The address whose "postgres" stands at `at`; gives the byte to go on at. */
static uint32_t read_address(Reader *reader, uint32_t at)
{
    uint32_t behind = at + (uint32_t)strlen("postgres");
    Str rest = str_slice(reader->text, behind, behind + LONGEST_KEY);
    size_t i = str_starts_with(rest, STR("ql")) ? 2 : 0;
    if (i < rest.len && rest.at[i] == '+') {
        while (++i < rest.len && is_word(rest.at[i])) {
        }
    }
    if (str_starts_with(str_slice(rest, i, rest.len), STR("://"))) {
        read_authority(reader, behind + (uint32_t)i + 3);
    }
    return behind;
}

static uint32_t skip(Str text, uint32_t at, const char *set)
{
    uint32_t most = at + LONGEST_GAP;
    while (at < text.len && at < most && text.at[at] && strchr(set, text.at[at])) {
        at++;
    }
    return at;
}

/* Over what separates the key from its value: key: "…", key="…", key => '…', .key("…"), --key …,
 * getenv("KEY", "…"), and a line `value: …` below. False: nothing does. */
static bool find_value(Str text, Range key, uint32_t *value)
{
    uint32_t at = skip(text, key.end, "\"'`");
    bool quoted = at > key.end;
    bool option = str_starts_with(str_slice(text, key.start, key.end), STR("--"));
    at = skip(text, at, " \t");
    if (at < text.len && (text.at[at] == '\n' || text.at[at] == '\r')) {
        at = skip(text, at, " \t\r\n");
        if (!str_starts_with(str_slice(text, at, text.len), STR("value:"))) {
            return false;
        }
        at += (uint32_t)strlen("value");
    }
    uint32_t behind = skip(text, at, quoted ? ":=>(," : ":=>(");
    if (behind == at && !(option && at > key.end)) {
        return false;
    }
    at = skip(text, skip(text, behind, " \t"), "\"'`");
    if (str_starts_with(str_slice(text, at, text.len), STR("${"))) {
        uint32_t end = at + LONGEST_KEY;
        while (at < text.len && at < end && text.at[at] != ':' && text.at[at] != '}') {
            at++;
        }
        at = skip(text, at, ":-");
    }
    *value = at;
    return true;
}

/* Does a key for a role's name end behind `user`, which ends at `at`? Gives its end. */
static bool ends_key(Str text, uint32_t at, uint32_t *end)
{
    static const char *const rests[] = {"_name", "name", "-name", " id", "_id", "id", ""};
    Str rest = str_slice(text, at, at + LONGEST_GAP);
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        Str ending = str_from(rests[i]);
        bool fits = str_equal_nocase(str_slice(rest, 0, ending.len), ending);
        if (fits && (ending.len >= rest.len || !is_word(rest.at[ending.len]))) {
            *end = at + (uint32_t)ending.len;
            return true;
        }
    }
    return false;
}

static void read_role(Reader *reader, uint32_t at)
{
    uint32_t end = at;
    while (end < reader->text.len && end - at <= NAME_LONGEST &&
           is_role_byte(reader->text.at[end])) {
        end++;
    }
    Str name = str_slice(reader->text, at, end);
    if (name.len && ownership_role(reader->ownership, name)) {
        add(reader, (Range){at, end}, name, true);
    }
}

/* A setting whose key holds `user` at `at`. */
static uint32_t read_setting(Reader *reader, uint32_t at)
{
    Range key = {at, at + 4};
    uint32_t value = 0;
    while (key.start > 0 && at - key.start < LONGEST_KEY &&
           (is_word(reader->text.at[key.start - 1]))) {
        key.start--;
    }
    if (ends_key(reader->text, key.end, &key.end) && find_value(reader->text, key, &value)) {
        read_role(reader, value);
    }
    return at + 4;
}

/* psql -U role, on the line of `-U`. */
static uint32_t read_option(Reader *reader, uint32_t at)
{
    static const char *const programs[] = {"psql", "pg_", "createdb", "dropdb", "vacuumdb"};
    uint32_t start = at;
    while (start > 0 && at - start < LONGEST_LINE && reader->text.at[start - 1] != '\n') {
        start--;
    }
    Str line = str_slice(reader->text, start, at);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        if (holds(line, programs[i])) {
            read_role(reader, skip(reader->text, at + 3, " \t=\"',"));
            break;
        }
    }
    return at + 3;
}

/* The things that are looked for, each where its word stands. */
static const struct {
    const char *word;
    uint32_t (*read)(Reader *reader, uint32_t at);
} finders[] = {
    {"postgres", read_address}, {"user", read_setting}, {"User", read_setting},
    {"USER", read_setting},     {" -U", read_option},   {"\"-U", read_option},
};

enum { FINDERS = sizeof finders / sizeof *finders };

static uint32_t find_from(Str text, const char *word, uint32_t from)
{
    const char *found =
        from < text.len ? memmem(text.at + from, text.len - from, word, strlen(word)) : NULL;
    return found ? (uint32_t)(found - text.at) : UINT32_MAX;
}

/* All that the reader's text holds from byte `from` on. */
static void read_from(Reader *reader, uint32_t from)
{
    uint32_t next[FINDERS];
    for (size_t i = 0; i < FINDERS; i++) {
        next[i] = find_from(reader->text, finders[i].word, from);
    }
    for (;;) {
        size_t first = 0;
        for (size_t i = 1; i < FINDERS; i++) {
            first = next[i] < next[first] ? i : first;
        }
        if (next[first] == UINT32_MAX) {
            break;
        }
        uint32_t behind = finders[first].read(reader, next[first]);
        next[first] = find_from(reader->text, finders[first].word, behind);
    }
}

static Credentials found_by(const Reader *reader)
{
    return (Credentials){.at = reader->statements.at,
                         .ranges = reader->ranges.at,
                         .count = reader->statements.count};
}

Credentials credentials_read(Arena *arena, Str text, const LineIndex *lines,
                             const Ownership *ownership)
{
    Reader reader = {.arena = arena, .text = text, .lines = lines, .ownership = ownership};
    read_from(&reader, 0);
    return found_by(&reader);
}

Credentials credentials_read_range(Arena *arena, Str text, Range range, const LineIndex *lines,
                                   const Ownership *ownership)
{
    Reader reader = {.arena = arena,
                     .text = str_slice(text, 0, range.end),
                     .lines = lines,
                     .ownership = ownership};
    read_from(&reader, range.start);
    return found_by(&reader);
}

/* Behind the word at `at`. */
static uint32_t word_end(Str text, uint32_t at)
{
    while (at < text.len && !char_is_space(text.at[at])) {
        at++;
    }
    return at;
}

/* The role at `at`, which may stand in quotes; names without any are not folded here.
 * Source: PostgreSQL 15, src/bin/psql/command.c, read_connect_arg. */
static void read_connect_role(Reader *reader, uint32_t at)
{
    char quote = at < reader->text.len ? reader->text.at[at] : ' ';
    uint32_t start = at + (quote == '"' || quote == '\'');
    uint32_t end = start > at ? (uint32_t)str_find_byte(reader->text, quote, start)
                              : word_end(reader->text, start);
    Str name = str_slice(reader->text, start, end);
    if (name.len && ownership_role(reader->ownership, name)) {
        add(reader, (Range){start, end}, name, true);
    }
}

Credentials credentials_read_connect(Arena *arena, Str text, Range range, const LineIndex *lines,
                                     const Ownership *ownership)
{
    static const Str option = STR("-reuse-previous=");
    Str arguments = str_slice(text, range.start, range.end);
    Reader reader = {.arena = arena,
                     .text = str_slice(text, 0, range.end),
                     .lines = lines,
                     .ownership = ownership};
    uint32_t at = skip(reader.text, range.start, " \t");
    if (str_starts_with(str_slice(reader.text, at, range.end), option)) {
        at = skip(reader.text, word_end(reader.text, at), " \t");
    }
    Str rest = str_slice(reader.text, at, range.end);
    if (str_find_byte(rest, '=', 0) < rest.len || holds(arguments, "://")) {
        read_from(&reader, at);
    } else { /* \c database role */
        read_connect_role(&reader, skip(reader.text, word_end(reader.text, at), " \t"));
    }
    return found_by(&reader);
}
