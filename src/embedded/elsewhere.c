#include "embedded/elsewhere.h"

#include "embedded/expression.h"

#include "base/banned.h"

/* Calls whose first argument is SQL, whatever they are called on… */
static const char first_takers[] =
    "prepareStatement prepareCall createNativeQuery createSQLQuery queryForObject queryForList "
    "queryForMap executeQuery NpgsqlCommand ExecuteSqlRaw FromSqlRaw executemany executescript "
    "mogrify fetchrow fetchval exec_params async_exec find_by_sql queryRawUnsafe executeRawUnsafe "
    "$queryRawUnsafe $executeRawUnsafe selectall_arrayref selectall_hashref selectrow_array "
    "selectrow_arrayref selectrow_hashref batch_execute simple_query Queryx QueryRowx";

/* … whose second one is … */
static const char second_takers[] =
    "QueryContext QueryRowContext ExecContext PrepareContext QueryxContext PQexec PQexecParams "
    "PQsendQuery PQsendQueryParams pg_query_params";

/* … and those that need one of these to be called on. */
static const char methods[] = "execute query Query QueryRow Exec Prepare prepare do";
static const char receivers[] =
    "cursor cur txn tx conn connection pool client pgClient dbh pdo db DB sth";

/* Libraries whose methods take other things, too. */
static const Str others[] = {STR("sqlalchemy"), STR("mongo"), STR("graphql"), STR("redis")};

/* Which argument of the call at token `name` is SQL: 0 or 1; -1: none. */
static int taken_argument(const HostNames *names, uint32_t name, bool takes_other)
{
    const LexFile *file = names->file;
    Str source = lexer_source(file, name);
    if (str_in_list(first_takers, source)) {
        return 0;
    }
    if (str_in_list(second_takers, source)) {
        return 1;
    }
    bool called = name > 1 && lexer_is_one_of(file, name - 1, names->style->paths) &&
                  lexer_is_name(file, name - 2);
    return called && !takes_other && str_in_list(methods, source) &&
                   str_in_list(receivers, names_bare(lexer_source(file, name - 2)))
               ? 0
               : -1;
}

/* The only token of argument `number` of the call that opens at `open`, if that is a name. */
static bool find_name(const LexFile *file, uint32_t open, int number, uint32_t *name)
{
    uint32_t behind = expression_behind_group(file, open);
    uint32_t at = open + 1;
    Range argument = {0};
    for (int i = 0; i <= number; i++) {
        if (!behind || !expression_next_argument(file, &at, behind - 1, &argument)) {
            return false;
        }
    }
    *name = argument.start;
    return argument.end == argument.start + 1 && lexer_is_name(file, *name);
}

/* Does the text that `name` stands for, or a part of it, stand in the file? */
static bool is_here(HostNames *names, uint32_t name)
{
    const LexFile *file = names->file;
    uint32_t value;
    if (!names_value(names, name, &value)) {
        return names_is_bound(names, name);
    }
    enum { LONGEST_VALUE = 2000 };
    int depth = 0;
    for (uint32_t at = value; at < file->count && at - value < LONGEST_VALUE;
         at = lexer_next(file, at)) {
        uint32_t inner; /* what a name in it stands for: q = Sprintf(q, x) */
        if (at > value && depth <= 0 && file->tokens[at].first) {
            break;
        }
        if (file->tokens[at].kind == LEX_STRING ||
            (lexer_is_name(file, at) && names_value(names, at, &inner) &&
             file->tokens[inner].kind == LEX_STRING)) {
            return true;
        }
        depth += lexer_is(file, at, STR("(")) || lexer_is(file, at, STR("["));
        depth -= lexer_is(file, at, STR(")")) || lexer_is(file, at, STR("]"));
    }
    return lexer_is_name(file, value) && !lexer_is(file, value + 1, STR("(")) &&
           !lexer_is(file, value + 1, STR("."));
}

size_t elsewhere_count(HostNames *names)
{
    enum { HEAD = 8192 };
    const LexFile *file = names->file;
    Str head = str_slice(file->text, 0, HEAD);
    bool takes_other = false;
    size_t count = 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        takes_other |= str_find(head, others[i]) < head.len;
    }
    for (uint32_t at = 0; at + 1 < file->count; at++) {
        if (file->tokens[at].kind != LEX_NAME || !lexer_is(file, at + 1, STR("("))) {
            continue;
        }
        int number = taken_argument(names, at, takes_other);
        uint32_t name;
        count += number >= 0 && find_name(file, at + 1, number, &name) && !is_here(names, name);
    }
    return count;
}
