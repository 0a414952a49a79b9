#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "embedded/call.h"

#include "base/banned.h"

/* One line of code: what the literal that holds "SQL?" is. */
typedef struct {
    const char *language;
    CallKind kind;
    const char *code;
} Line;

static const char *const kind_names[CALL_KIND_COUNT] = {"none", "SQL", "part", "not"};

static const Line lines[] = {
    /* Go: database/sql */
    {"go", CALL_SQL, "rows, err := db.QueryContext(ctx, `SQL?`, id)"},
    {"go", CALL_SQL, "if _, err := tx.Exec(\"SQL?\", a, b); err != nil {"},
    {"go", CALL_SQL, "err := s.db.QueryRow(\n\t\"SQL?\",\n\tid,\n).Scan(&x)"},
    {"go", CALL_NONE, "rows, err := db.QueryContext(ctx, `SELECT`, \"SQL?\")"},
    {"go", CALL_NONE, "x := map[string]string{\"a\": \"SQL?\"}"},
    {"go", CALL_NONE, "return \"SQL?\""},
    {"go", CALL_NOT, "return fmt.Errorf(\"SQL?: %w\", err)"},
    {"go", CALL_NOT, "log.Printf(\"SQL?\")"},
    {"go", CALL_NOT, "t.Run(\"SQL?\", func(t *testing.T) {"},
    {"go", CALL_NOT, "mock.ExpectQuery(\"SQL?\")"},
    {"go", CALL_NOT, "cmd := exec.Command(\"SQL?\")"},
    {"go", CALL_SQL, "cmd := exec.Command(\"psql\", \"-c\", \"SQL?\")"},
    {"go", CALL_NOT, "cmd := exec.Command(\"bash\", \"-c\", \"SQL?\")"},
    /* sqlx, pgx, scany, squirrel, GORM, Bun */
    {"go", CALL_SQL, "err = db.GetContext(ctx, &user, \"SQL?\", id)"},
    {"go", CALL_SQL, "rows, err := db.NamedQuery(`SQL?`, arg)"},
    {"go", CALL_SQL, "conn.Prepare(ctx, \"by_id\", \"SQL?\")"},
    {"go", CALL_SQL, "batch.Queue(\"SQL?\", 1)"},
    {"go", CALL_SQL, "pgxscan.Select(ctx, pool, &users, `SQL?`)"},
    {"go", CALL_SQL, "db.Query(fmt.Sprintf(\"SQL?\", table))"},
    {"go", CALL_SQL, "db.Raw(\"SQL?\", 3).Scan(&result)"},
    {"go", CALL_PART, "db.Where(\"SQL?\", name).First(&user)"},
    {"go", CALL_PART, "sq.Select(\"id\").From(\"t\").Where(sq.Expr(\"SQL?\", 1))"},
    {"go", CALL_PART, "db.NewSelect().ColumnExpr(\"SQL?\")"},
    {"go", CALL_SQL, "return pgx.Statement{Name: \"x\", SQL: \"SQL?\"}"},
    {"go", CALL_NONE, "return Option{Name: \"x\", Flag: \"SQL?\"}"},
    /* Python: DB-API, asyncpg, SQLAlchemy, Django, pandas */
    {"python", CALL_SQL, "cur.execute(\"\"\"SQL?\"\"\", (a, b))"},
    {"python", CALL_NONE, "cur.execute(\"SELECT\", (\"SQL?\",))"},
    {"python", CALL_NONE, "cur.execute(\"SELECT\", [\"SQL?\"])"},
    {"python", CALL_SQL, "await conn.fetchrow('SQL?', 1)"},
    {"python", CALL_SQL, "session.execute(text('SQL?'))"},
    {"python", CALL_SQL, "op.execute(sa.text(f\"SQL? {x}\"))"},
    {"python", CALL_SQL, "cur.execute(sql.SQL(\"SQL?\").format(sql.Identifier('x')))"},
    {"python", CALL_SQL, "Person.objects.raw('SQL?')"},
    {"python", CALL_SQL, "migrations.RunSQL(sql=\"SQL?\", reverse_sql='DROP')"},
    {"python", CALL_SQL, "migrations.RunSQL(\n    [\"a\", \"SQL?\"],\n)"},
    {"python", CALL_SQL, "df = pd.read_sql_query(\"SQL?\", engine)"},
    {"python", CALL_SQL, "task = PostgresOperator(task_id='x', sql='SQL?')"},
    {"python", CALL_SQL, "cur.execute(textwrap.dedent(\"\"\"SQL?\"\"\"))"},
    {"python", CALL_SQL, "plpy.execute(\"SQL?\")"},
    {"python", CALL_SQL, "subprocess.run(['psql', '-d', db, '-Atc', 'SQL?'])"},
    {"python", CALL_PART, "queryset.annotate(val=RawSQL(\"SQL?\", (x,)))"},
    {"python", CALL_PART, "Entry.objects.extra(where=['SQL?'])"},
    {"python", CALL_NOT, "raise ValueError(\"SQL?\")"},
    {"python", CALL_NOT, "logger.info('SQL?', x)"},
    {"python", CALL_NOT, "def f():\n    \"\"\"SQL?\"\"\"\n    return 1"},
    {"python", CALL_NOT, "parser.add_argument('--x', help='SQL?')"},
    {"python", CALL_NOT, "self.assertEqual('SQL?', str(q))"},
    {"python", CALL_NONE, "x = 1\ncur.execute(y)\nz = 'SQL?'"},
    {"python", CALL_NONE, "os.system('SQL?')"},
    /* JavaScript and TypeScript */
    {"javascript", CALL_SQL, "await client.query('SQL?', [id])"},
    {"javascript", CALL_NONE, "await client.query('SELECT', ['SQL?'])"},
    {"javascript", CALL_SQL, "await client.query({ name: 'x', text: 'SQL?', values: [1] })"},
    {"javascript", CALL_NONE, "await client.query({ text: 'x', values: ['SQL?'] })"},
    {"javascript", CALL_SQL, "const r = await sql`SQL? ${x}`"},
    {"typescript", CALL_SQL, "const r = await sql<User[]>`SQL? ${x}`"},
    {"typescript", CALL_SQL, "pool.many(sql.type(user)`SQL?`)"},
    {"typescript", CALL_SQL, "await prisma.$queryRaw<User[]>`SQL?`"},
    {"typescript", CALL_SQL, "prisma.$executeRawUnsafe(\n  'SQL?',\n  x)"},
    {"javascript", CALL_SQL, "knex.raw('SQL?')"},
    {"javascript", CALL_PART, "knex('t').whereRaw('SQL?', [1])"},
    {"javascript", CALL_SQL, "db.any('SQL?')"},
    {"javascript", CALL_SQL, "sequelize.query('SQL?', { type: QueryTypes.SELECT })"},
    {"javascript", CALL_PART, "sequelize.literal('SQL?')"},
    {"typescript", CALL_SQL, "await queryRunner.query(`SQL?`)"},
    {"typescript", CALL_PART, "qb.where('SQL?', { id })"},
    {"typescript", CALL_SQL, "db.execute(sql`SQL?`)"},
    {"typescript", CALL_SQL, "em.getConnection().execute('SQL?')"},
    {"javascript", CALL_SQL, "pgm.sql('SQL?')"},
    {"javascript", CALL_SQL, "client.query(cond ? 'SELECT 1' : 'SQL?')"},
    {"javascript", CALL_SQL, "await client.queryObject<User>`SQL?`"},
    {"javascript", CALL_SQL, "const q = /* sql */ `SQL?`"},
    {"javascript", CALL_NOT, "const q = gql`SQL?`"},
    {"javascript", CALL_NOT, "it('SQL?', () => {"},
    {"javascript", CALL_NOT, "throw new TypeError(`SQL?`)"},
    {"javascript", CALL_NOT, "console.log('SQL?')"},
    {"javascript", CALL_NOT, "const A = styled.div`SQL?`"},
    {"javascript", CALL_NOT, "const o = { title: 'SQL?' }"},
    {"tsx", CALL_NOT, "return <Input placeholder=\"SQL?\" />"},
    {"javascript", CALL_NONE, "const o = { query: 'SQL?' }"},
    {"javascript", CALL_NONE, "foo(`a ${'SQL?'}`)"},
    {"javascript", CALL_NONE, "client.query(function () { return 'SQL?' })"},
    {"javascript", CALL_NONE, "client.query(x => { const y = 'SQL?' })"},
    /* Java, Kotlin, Scala */
    {"java", CALL_SQL, "PreparedStatement s = conn.prepareStatement(\"SQL?\");"},
    {"java", CALL_SQL, "List<User> l = jdbcTemplate.query(\"SQL?\", mapper);"},
    {"java", CALL_NONE, "jdbcTemplate.update(\"INSERT\", \"SQL?\");"},
    {"java", CALL_SQL, "jdbcClient.sql(\"\"\"\n  SQL?\n  \"\"\").query();"},
    {"java", CALL_SQL, "em.createNativeQuery(\"SQL?\", User.class)"},
    {"java", CALL_NONE, "em.createQuery(\"SQL?\", User.class)"},
    {"java", CALL_SQL,
     "import org.jdbi.v3.core.Jdbi; class A { void f() { h.createQuery(\"SQL?\"); } }"},
    {"java", CALL_SQL, "@Query(value = \"SQL?\", nativeQuery = true)"},
    {"java", CALL_NONE, "@Query(\"SQL?\")"},
    {"java", CALL_SQL,
     "import org.springframework.data.jdbc.repository.query.Query; @Query(\"SQL?\")"},
    {"java", CALL_SQL, "@NamedNativeQuery(name = \"a\", query = \"SQL?\")"},
    {"java", CALL_SQL, "@Select({\"SELECT\", \"SQL?\"})"},
    {"java", CALL_SQL, "@SqlUpdate(\"SQL?\") void f();"},
    {"java", CALL_PART, "@Formula(\"SQL?\") private String x;"},
    {"java", CALL_PART, "ctx.select().where(DSL.condition(\"SQL?\"))"},
    {"java", CALL_SQL, "ctx.resultQuery(\"SQL?\")"},
    {"java", CALL_SQL, "pool.preparedQuery(\"SQL?\").execute()"},
    {"java", CALL_NOT, "throw new IllegalStateException(\"SQL?\");"},
    {"java", CALL_NOT, "log.info(\"SQL?\", x);"},
    {"java", CALL_NOT, "@DisplayName(\"SQL?\")"},
    {"java", CALL_NONE, "String s = map.get(\"SQL?\");"},
    {"kotlin", CALL_SQL, "session.run(queryOf(\"\"\"SQL?\"\"\", id).map { it }.asList)"},
    {"kotlin", CALL_SQL, "exec(\"SQL?\") { rs -> rs.next() }"},
    {"kotlin", CALL_SQL, "conn.prepareStatement(\"\"\"SQL?\"\"\".trimIndent())"},
    {"kotlin", CALL_NONE, "transaction { val x = \"SQL?\" }"},
    {"scala", CALL_SQL, "sql\"SQL? ${x}\".query[Int]"},
    {"scala", CALL_SQL, "val q = fr\"SQL?\""},
    {"scala", CALL_SQL, "SQL(\"SQL?\").as(parser)"},
    {"scala", CALL_SQL, "Update[Person](\"SQL?\").updateMany(ps)"},
    {"scala", CALL_NOT, "spark.sql(\"SQL?\")"},
    {"scala", CALL_NONE, "val s = s\"SQL? $x\""},
    /* C# */
    {"csharp", CALL_SQL, "await conn.QueryAsync<List<User>>(@\"SQL?\", new { x });"},
    {"csharp", CALL_SQL, "using var c = new NpgsqlCommand($\"SQL? {x}\", conn);"},
    {"csharp", CALL_SQL, "cmd.CommandText = \"SQL?\";"},
    {"csharp", CALL_SQL, "var c = new NpgsqlCommand() { CommandText = \"SQL?\" };"},
    {"csharp", CALL_SQL, "db.Users.FromSqlRaw(\"SQL?\")"},
    {"csharp", CALL_SQL, "migrationBuilder.Sql(@\"SQL?\");"},
    {"csharp", CALL_SQL, "conn.Execute(sql: \"SQL?\", param: p)"},
    {"csharp", CALL_PART, "b.HasCheckConstraint(\"CK\", \"SQL?\")"},
    {"csharp", CALL_NOT, "_logger.LogInformation(\"SQL?\");"},
    {"csharp", CALL_NONE, "var x = Foo(\"SQL?\");"},
    /* Ruby */
    {"ruby", CALL_SQL, "execute <<~X.squish\n  SQL?\nX\n"},
    {"ruby", CALL_SQL, "foo <<~SQL\n  SQL?\nSQL\n"},
    {"ruby", CALL_SQL, "User.find_by_sql([\"SQL?\", 1])"},
    {"ruby", CALL_SQL, "ActiveRecord::Base.connection.execute(%Q{SQL?})"},
    {"ruby", CALL_SQL, "conn.exec_params('SQL?', [1])"},
    {"ruby", CALL_SQL, "conn.prepare('x', 'SQL?')"},
    {"ruby", CALL_SQL, "DB[\"SQL?\", 1].all"},
    {"ruby", CALL_SQL, "exec_query \"SQL?\", \"Load\""},
    {"ruby", CALL_PART, "User.where \"SQL?\", 1"},
    {"ruby", CALL_PART, "User.where([\"SQL?\", 1])"},
    {"ruby", CALL_PART, "Arel.sql('SQL?')"},
    {"ruby", CALL_NOT, "raise ArgumentError, \"SQL?\""},
    {"ruby", CALL_NOT, "Rails.logger.info \"SQL?\""},
    {"ruby", CALL_NOT, "it \"SQL?\" do"},
    {"ruby", CALL_NOT, "puts 'SQL?'"},
    {"ruby", CALL_NONE, "execute x\ny = 'SQL?'"},
    /* PHP */
    {"php", CALL_SQL, "<?php $stmt = $pdo->prepare('SQL?');"},
    {"php", CALL_SQL, "<?php pg_query_params($c, 'SQL?', [1]);"},
    {"php", CALL_SQL, "<?php $conn->executeQuery(\"SQL? $x\");"},
    {"php", CALL_SQL, "<?php DB::select('SQL?', [1]);"},
    {"php", CALL_SQL, "<?php DB::connection('pg')->statement('SQL?');"},
    {"php", CALL_SQL, "<?php $x = <<<PGSQL\nSQL?\nPGSQL;\n"},
    {"php", CALL_SQL, "<?php $this->addSql('SQL?');"},
    {"php", CALL_PART, "<?php $q->whereRaw('SQL?');"},
    {"php", CALL_PART, "<?php DB::raw('SQL?');"},
    {"php", CALL_PART, "<?php $qb->andWhere('SQL?');"},
    {"php", CALL_NOT, "<?php throw new \\Exception('SQL?');"},
    {"php", CALL_NOT, "<?php echo 'SQL?';"},
    {"php", CALL_NOT, "<?php $wpdb->query('SQL?');"},
    {"php", CALL_NONE, "<?php $x = ['a' => 'SQL?'];"},
    /* Rust */
    {"rust", CALL_SQL, "sqlx::query!(\"SQL?\", id)"},
    {"rust", CALL_SQL, "sqlx::query_as!(User, \"SQL?\")"},
    {"rust", CALL_SQL, "sqlx::query_as::<_, User>(r#\"SQL?\"#).fetch_one(&pool)"},
    {"rust", CALL_SQL, "client.query_one(\"SQL?\", &[&id]).await?"},
    {"rust", CALL_SQL, "diesel::sql_query(\"SQL?\").execute(conn)"},
    {"rust", CALL_SQL, "client.batch_execute(&format!(\"SQL?\"))"},
    {"rust", CALL_SQL, "Statement::from_string(DbBackend::Postgres, \"SQL?\".to_owned())"},
    {"rust", CALL_PART, ".filter(sql::<Bool>(\"SQL?\"))"},
    {"rust", CALL_NOT, "panic!(\"SQL?\")"},
    {"rust", CALL_NOT, "assert_eq!(x, \"SQL?\")"},
    {"rust", CALL_NONE, "let x = foo(\"SQL?\");"},
    /* Elixir */
    {"elixir", CALL_SQL, "Repo.query!(\"SQL?\", [x])"},
    {"elixir", CALL_SQL, "execute \"SQL?\""},
    {"elixir", CALL_SQL, "execute(\"CREATE\", \"SQL?\")"},
    {"elixir", CALL_SQL, "\"SQL?\" |> Repo.query!()"},
    {"elixir", CALL_SQL, "Ecto.Adapters.SQL.query!(Repo, \"SQL?\", [])"},
    {"elixir", CALL_SQL, "Postgrex.prepare!(conn, \"name\", \"SQL?\")"},
    {"elixir", CALL_PART, "from(u in \"users\", where: fragment(\"SQL?\", u.id))"},
    {"elixir", CALL_NOT, "@doc \"\"\"\nSQL?\n\"\"\""},
    {"elixir", CALL_NOT, "raise \"SQL?\""},
    {"elixir", CALL_NOT, "Logger.info(\"SQL?\")"},
    {"elixir", CALL_NONE, "x = \"SQL?\""},
    /* Perl */
    {"perl", CALL_SQL, "$dbh->do(q{SQL?});"},
    {"perl", CALL_SQL, "my @a = $dbh->selectrow_array(\"SQL?\", undef, 1);"},
    {"perl", CALL_SQL, "$self->{dbh}->prepare(<<\"X\");\nSQL?\nX\n"},
    {"perl", CALL_SQL, "$pg->db->query('SQL?')"},
    {"perl", CALL_SQL, "spi_exec_query(\"SQL?\");"},
    {"perl", CALL_NOT, "die \"SQL?\";"},
    {"perl", CALL_NOT, "is($x, 1, 'SQL?');"},
    {"perl", CALL_NONE, "my $x = 'SQL?';"},
    /* C and C++ */
    {"c", CALL_SQL, "res = PQexec(conn, \"SQL?\");"},
    {"c", CALL_SQL, "PQprepare(conn, \"name\", \"SQL?\", 0, NULL);"},
    {"c", CALL_SQL, "ret = SPI_execute(\"SQL?\", true, 0);"},
    {"c", CALL_NOT, "ereport(ERROR, (errmsg(\"SQL?\")));"},
    {"c", CALL_NOT, "fprintf(stderr, \"SQL?\");"},
    {"c", CALL_NONE, "foo(\"SQL?\");"},
    {"cpp", CALL_SQL, "txn.exec_params(\"SQL?\", id);"},
    {"cpp", CALL_SQL, "conn.prepare(\"x\", R\"(SQL?)\");"},
    {"cpp", CALL_SQL, "sql << \"SQL?\", soci::into(x);"},
    {"cpp", CALL_SQL, "QSqlQuery query(\"SQL?\");"},
    {"cpp", CALL_SQL, "cluster->Execute(ClusterHostType::kMaster, \"SQL?\");"},
    {"cpp", CALL_SQL, "const storages::postgres::Query kQuery{\"SQL?\"};"},
    {"cpp", CALL_NOT, "std::cout << x << \"SQL?\";"},
    {"cpp", CALL_NOT, "throw std::runtime_error(\"SQL?\");"},
    /* Swift */
    {"swift", CALL_SQL, "try await client.query(\"SQL? \\(id)\")"},
    {"swift", CALL_SQL, "db.raw(\"SQL?\").all()"},
    {"swift", CALL_SQL, "PostgresQuery(unsafeSQL: \"SQL?\")"},
    {"swift", CALL_SQL, "try connection.prepareStatement(text: \"SQL?\")"},
    {"swift", CALL_NOT, "XCTAssertEqual(x, \"SQL?\")"},
    {"swift", CALL_NOT, "print(\"SQL?\")"},
    {"swift", CALL_NONE, "let x = \"SQL?\""},
    /* shell */
    {"shell", CALL_SQL, "psql -h x -Atc \"SQL?\" db"},
    {"shell", CALL_SQL, "sudo -u postgres \"$PSQL\" -c 'SQL?'"},
    {"shell", CALL_SQL, "psql <<EOF\nSQL?\nEOF\n"},
    {"shell", CALL_SQL, "cat <<EOF | psql\nSQL?\nEOF\n"},
    {"shell", CALL_SQL, "echo \"SQL?\" | psql x"},
    {"shell", CALL_SQL, "psql <<< \"SQL?\""},
    {"shell", CALL_SQL, "psql --command=\"SQL?\""},
    {"shell", CALL_NOT, "mysql -e \"SQL?\""},
    {"shell", CALL_NONE, "psql -l\nfoo \"SQL?\""},
    {"shell", CALL_NONE, "psql -l; foo \"SQL?\""},
    /* the manifest's own */
    {"python", CALL_SQL, "warehouse.run_it('SQL?')"},
    {"javascript", CALL_SQL, "db.run('SQL?')"},
    {"javascript", CALL_NONE, "npm.run('SQL?')"},
    {"java", CALL_SQL, "repo.exec_sql(1, \"SQL?\");"},
};

/* The literal that holds "SQL?". */
static uint32_t find_literal(const LexFile *file)
{
    for (uint32_t i = 0; i < file->count; i++) {
        uint32_t first, behind;
        if (file->tokens[i].kind == LEX_STRING) {
            Range contents = lexer_contents(file, i, &first, &behind);
            Str text = str_slice(file->text, contents.start, contents.end);
            bool outer = behind > first && str_find(text, STR("${'SQL?")) < text.len;
            if (str_find(text, STR("SQL?")) < text.len && !outer) {
                return i;
            }
        }
    }
    return file->count;
}

static unsigned check_line(const Line *line)
{
    Str names[] = {STR("run_it"), STR("db.run"), STR("Repo.exec_sql")};
    StrList extra = {.at = names, .count = 3};
    Arena *arena = arena_new();
    LexFile file =
        lexer_read(arena, language_named(str_from(line->language)), str_from(line->code));
    uint32_t literal = find_literal(&file);
    CallKind kind = CALL_KIND_COUNT;
    if (literal < file.count) {
        kind = call_kind(&file, literal, lexer_next(&file, literal), &extra);
    }
    bool wrong = kind != line->kind;
    if (wrong) {
        print_error("%s: %s, not %s: %s\n", line->language,
                    kind == CALL_KIND_COUNT ? "no literal" : kind_names[kind],
                    kind_names[line->kind], line->code);
    }
    arena_free(arena);
    return wrong;
}

static void test_lines(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        wrong += check_line(&lines[i]);
    }
    print_message("%zu lines\n", sizeof lines / sizeof *lines);
    assert_int_equal(wrong, 0);
}

/* However the code around it looks, nothing is read that is not there. */
static void test_cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t length = strlen(lines[i].code);
        for (size_t end = 0; end <= length; end++) {
            Arena *arena = arena_new();
            Str text = arena_copy(arena, (Str){.at = lines[i].code, .len = end});
            LexFile file = lexer_read(arena, language_named(str_from(lines[i].language)), text);
            for (uint32_t token = 0; token < file.count; token++) {
                call_kind(&file, token, token + 1, NULL);
            }
            arena_free(arena);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
