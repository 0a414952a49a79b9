#include "rules/rules.h"

#include "base/banned.h"

/* Does the parser stumble over what begins a line and a statement? Then the one before it has no
 * end. */
static bool lacks_semicolon(Place place, Str message)
{
    static const Str near = STR("syntax error at or near \"");
    static const char verbs[] = "select insert update delete create alter drop truncate with grant "
                                "revoke comment do call merge refresh begin commit";
    Str word = str_slice(message, near.len, message.len);
    word.len = str_find_byte(word, '"', 0);
    return place.start.column == 1 && place.start.line > 1 && str_starts_with(message, near) &&
           str_in_list_nocase(verbs, word);
}

static void report_refusal(RuleRun *run, Place place, Str message)
{
    Str help = lacks_semicolon(place, message)
                   ? STR("nothing of this statement was checked, nor of the one before it: is a "
                         "semicolon missing between them?")
                   : STR("nothing of this statement was checked; correct it, or leave the file out "
                         "with `sql: exclude`");
    rule_report(run, &rule_unparsed_sql,
                (Finding){.place = place,
                          .service = run->file->service ? run->file->service->name : (Str){0},
                          .message = rule_format(run, "not checked: %.*s", STR_ARGS(message)),
                          .help = help},
                NULL);
}

static void check_statement(RuleRun *run)
{
    const Statement *statement = run->statement;
    if (statement->refusal.len) {
        report_refusal(run, statement->refused_at, statement->refusal);
    }
    for (size_t i = 0; i < statement->notice_count; i++) {
        const Notice *notice = &statement->notices[i];
        if (notice->kind == NOTICE_UNPARSED) {
            report_refusal(run, notice->place, notice->subject);
        }
    }
}

const Rule rule_unparsed_sql = {
    .id = STR("unparsed-sql"),
    .level = LEVEL_WARNING,
    .summary = STR("SQL that PostgreSQL's parser refuses"),
    .check_statement = check_statement,
};
