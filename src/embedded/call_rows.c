#include "embedded/call_rows.h"

#include "base/banned.h"

/* Calls of all languages, asked first where they say what is no SQL, last otherwise. */
const CallRow call_rows_common[] = {
    /* messages */
    {"*Error *Exception *Failure *_error panic fail abort die warn warning debug info error fatal "
     "println "
     "print printf fprintf puts pprint console.* log.* logger.* *logger.* logging.* slog.* "
     "klog.* glog.* syslog.* trace.* winston.* alert confirm prompt raise throw NSLog os_log "
     "fatalError preconditionFailure reportError die exit",
     CALL_NOT, CALL_LATER, NULL},
    /* what only looks at a text */
    {".startsWith .endsWith .includes .indexOf .lastIndexOf .startswith .endswith .starts_with "
     ".ends_with .StartsWith .EndsWith .start_with? .end_with? .contains .Contains .include? "
     "strings.HasPrefix strings.HasSuffix strings.Contains str_starts_with str_contains",
     CALL_NOT, CALL_LATER, NULL},
    /* tests' names, and what they compare */
    {"describe it test context specify scenario expect assert* Assert.* assert.* should "
     "@DisplayName @Test @Disabled @Deprecated @deprecated",
     CALL_NOT, CALL_LATER, NULL},
    /* translations */
    {"gettext ngettext pgettext dgettext _ __ _e esc_html__ t i18n.* trans translate tr "
     "NSLocalizedString getString Lang.get",
     CALL_NOT, CALL_LATER, NULL},
    /* other languages */
    {"gql graphql graphqlTag css html svg keyframes createGlobalStyle styled.* cypher spark.sql "
     "sparkSession.sql session.cql groq",
     CALL_NOT, CALL_TAG, NULL},
    {"dedent textwrap.dedent cleandoc strip trim rstrip lstrip rtrim ltrim strtr format Format "
     "formatted sprintf vsprintf Sprintf asprintf g_strdup_printf StrFormat str_replace replace "
     "concat Concat join Join StrCat squish stripMargin stripIndent trimIndent trimMargin "
     "TrimSpace outdent unindent String.raw indoc concatdoc include_str String.from String string "
     "str std.string string_view QString QStringLiteral QLatin1String fromUtf8 Some Just "
     "Optional.of "
     "Box.new Arc.new TEXT _T F compact to_string String.new Cow.Borrowed AssertSqlSafe lines list "
     "List.of Arrays.asList listOf arrayOf Seq List Array array tuple",
     CALL_THROUGH, CALL_TAG, NULL},
    /* what projects call their own */
    {"execute_sql executeSql ExecuteSql exec_sql execSql ExecSql run_sql runSql RunSql query_sql "
     "querySql QuerySql do_sql sql_query run_query runQuery RunQuery execute_query executeQuery "
     "ExecuteQuery exec_query execQuery ExecQuery *_query_sql run_pg_query remote_query",
     CALL_SQL, 0, NULL},
    {NULL, 0, 0, NULL},
};

const CallField call_fields[] = {
    {"description title label message msg help summary placeholder tooltip hint alt error caption "
     "subtitle doc docs comment usage about",
     CALL_NOT, true},
    {"CommandText commandText selectCommand", CALL_SQL, true},
    {"sql Sql SQL rawSql rawSQL RawSQL raw_sql sqlQuery sql_query sqlString sqlText sqlStatement "
     "sqlTemplate sql_template unsafeSQL reverse_sql sql_definition cteSql",
     CALL_SQL, false},
    {"where having conditions condition filter check", CALL_PART, false},
    {"text query Query Text value statement Statement stmt command q queryString queryText "
     "query_string operation countQuery",
     CALL_THROUGH, false},
    {NULL, 0, false},
};
