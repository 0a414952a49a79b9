#include "check/host_liquibase.h"

#include "check/host_mybatis.h"
#include "check/host_text.h"
#include "embedded/liquibase.h"

#include "base/banned.h"

/* A statement of which nothing is known. */
static void read_doubt(Reading *reading, const LiquibaseDoubt *doubt)
{
    Place place = {.start = lines_position(&reading->lines, doubt->at.start),
                   .end = lines_position(&reading->lines, doubt->at.end)};
    Notice *notice = ARENA_NEW(reading->arena, Notice);
    *notice = (Notice){.kind = NOTICE_DYNAMIC_SQL, .place = place, .subject = doubt->why};
    gathering_add(reading,
                  (Statement){.place = place, .command = "", .notices = notice, .notice_count = 1},
                  doubt->at);
}

void host_liquibase_unread(Reading *reading, Range key)
{
    LiquibaseDoubt doubt = {
        .at = key, .why = STR("a Liquibase changelog that is neither XML nor SQL is not read")};
    read_doubt(reading, &doubt);
}

/* All of it is one session; each text is read by itself, so that a broken one costs only itself. */
static void read_group(Reading *reading, const LiquibaseGroup *group)
{
    size_t before = reading->statements.count;
    for (size_t i = 0; i < group->texts.count; i++) {
        const LiquibaseText *text = &group->texts.at[i];
        size_t first = reading->statements.count;
        host_text_fragment(reading, &text->sql, false);
        host_text_finish(reading, text->in_file, first, (HostTextNotes){.client = true});
    }
    host_text_join(reading, before);
    for (size_t i = 0; i < group->doubts.count; i++) {
        read_doubt(reading, &group->doubts.at[i]);
    }
}

void host_liquibase_read(Reading *reading, const LexFile *file)
{
    host_mybatis_fault(reading, file->text, "changelog");
    Liquibase changelog = liquibase_read(reading->of_file, file, &reading->lines);
    for (size_t i = 0; i < changelog.count; i++) {
        read_group(reading, &changelog.groups[i]);
    }
}
