#include "check/host_mybatis.h"

#include <string.h>

#include "check/host_text.h"
#include "embedded/likely.h"
#include "embedded/mybatis.h"
#include "embedded/mybatis_fault.h"

#include "base/banned.h"

enum { MOST_CHOICES = 32, MOST_BRANCHES = 64, MOST_MISSING = 64 };

/* An element whose texts are being read. */
typedef struct {
    Reading *reading;
    Mybatis *mybatis;
    MybatisNode *node;
    uint32_t number;      /* of this choice of branches, for MybatisNode.read */
    ARRAY(Range) missing; /* where what was read includes what the file does not have */
} Element;

static void keep_missing(Element *element)
{
    const Mybatis *mybatis = element->mybatis;
    for (size_t i = 0; i < mybatis->missing.count && element->missing.count < MOST_MISSING; i++) {
        Range range = mybatis->missing.at[i];
        size_t known = 0;
        while (known < element->missing.count && element->missing.at[known].start != range.start) {
            known++;
        }
        if (known == element->missing.count) {
            array_push(element->reading->of_file, &element->missing, range);
        }
    }
}

/* Reads one of the texts; false where not all of it was understood. */
static bool read_variant(Element *element, MybatisVariant variant)
{
    Reading *reading = element->reading;
    size_t before = reading->statements.count;
    Mybatis *mybatis = element->mybatis;
    SqlFragment sql = mybatis_compose(mybatis, element->node, variant);
    host_text_fragment(reading, &sql, false);
    for (size_t i = before; i < reading->statements.count; i++) {
        if (!reading->statements.at[i].command[0]) {
            return false;
        }
    }
    for (size_t i = 0; i < mybatis->ifs.count; i++) {
        mybatis->ifs.at[i]->read = element->number;
    }
    keep_missing(element);
    return true;
}

/* Was one of the ifs that can be true not read, and says more than a comma? */
static bool is_lost(Element *element, uint32_t choice)
{
    Mybatis *mybatis = element->mybatis;
    mybatis_compose(mybatis, element->node, (MybatisVariant){.choice = choice, .ifs = MYBATIS_ALL});
    for (size_t i = 0; i < mybatis->ifs.count; i++) {
        const MybatisNode *node = mybatis->ifs.at[i];
        if (node->read != element->number && mybatis_says(mybatis, node)) {
            return true;
        }
    }
    return false;
}

/* Notes on the last statement, which was counted, that what is at `range` was not read. */
static void note(Element *element, Range range, Str why)
{
    Reading *reading = element->reading;
    Arena *arena = reading->gather->gathered->arenas[reading->worker];
    Statement *statement = &reading->statements.at[reading->statements.count - 1];
    Notice *notices = ARENA_ARRAY(arena, Notice, statement->notice_count + 1);
    if (statement->notice_count) {
        memcpy(notices, statement->notices, statement->notice_count * sizeof *notices);
    }
    notices[statement->notice_count++] =
        (Notice){.kind = NOTICE_DYNAMIC_SQL,
                 .place = {.start = lines_position(&reading->lines, range.start),
                           .end = lines_position(&reading->lines, range.end)},
                 .subject = why};
    statement->notices = notices;
    reading->facts->coverage.dynamic++;
}

static bool same_position(Position a, Position b)
{
    return a.line == b.line && a.column == b.column;
}

/* Does the statement say that it is dynamic at `at`? */
static bool tells(const Statement *statement, Position at)
{
    for (size_t i = 0; i < statement->notice_count; i++) {
        if (same_position(statement->notices[i].place.start, at)) {
            return true;
        }
    }
    for (size_t i = 0; i < statement->access_count; i++) {
        if (statement->accesses[i].doubt && same_position(statement->accesses[i].place.start, at)) {
            return true;
        }
    }
    return false;
}

/* A fragment of another file may hold a query, even where a value would be no matter. */
static void note_missing(Element *element, size_t first)
{
    const Reading *reading = element->reading;
    for (size_t i = 0; i < element->missing.count && reading->statements.count > first; i++) {
        Position at = lines_position(&reading->lines, element->missing.at[i].start);
        bool told = false;
        for (size_t j = first; j < reading->statements.count && !told; j++) {
            told = tells(&reading->statements.at[j], at);
        }
        if (!told) {
            note(element, element->missing.at[i], STR("what it includes is not in this file"));
        }
    }
}

static void finish(Element *element, size_t before, bool again)
{
    host_text_finish(element->reading, element->node->in_file, before,
                     (HostTextNotes){.again = again});
}

/* With some of the ifs at a time, and with none. Was anything read? */
static bool read_some(Element *element, MybatisVariant variant, bool again)
{
    Reading *reading = element->reading;
    uint32_t count = mybatis_branches(element->mybatis, element->node, variant.ifs);
    uint32_t most = count < MOST_BRANCHES ? count : MOST_BRANCHES;
    bool any = false;
    for (uint32_t i = 0; i <= most && count; i++) {
        size_t before = reading->statements.count;
        variant.branch = i < most ? i : count;
        if (read_variant(element, variant)) {
            finish(element, before, again || any);
            any |= reading->statements.count > before;
        } else {
            host_text_take_back(reading, before);
        }
    }
    return any;
}

/* Reads a text that is no SQL with all ifs by some of them. False, and nothing is read, where none
 * of these texts is SQL. */
static bool read_branches(Element *element, uint32_t choice, bool again)
{
    MybatisVariant variant = {.choice = choice, .ifs = MYBATIS_OF_NEIGHBOURS};
    bool any = read_some(element, variant, again);
    bool lost = is_lost(element, choice);
    if (lost) {
        variant.ifs = MYBATIS_OF_SIBLINGS;
        any |= read_some(element, variant, again || any);
        lost = is_lost(element, choice);
    }
    if (any && lost) {
        note(element, element->node->tag, STR("a branch of it could not be read"));
    }
    return any;
}

static void read_statement(Element *element)
{
    Reading *reading = element->reading;
    uint32_t count = mybatis_choices(element->mybatis, element->node);
    size_t first = reading->statements.count;
    bool lost = false; /* a text was refused, and said so */
    for (uint32_t i = 0; i < count && i < MOST_CHOICES; i++) {
        size_t before = reading->statements.count;
        bool again = before > first;
        element->number++;
        bool read = read_variant(element, (MybatisVariant){.choice = i, .ifs = MYBATIS_ALL});
        if (!read) {
            host_text_take_back(reading, before);
            if (read_branches(element, i, again) || lost) {
                continue;
            }
            read_variant(element, (MybatisVariant){.choice = i, .ifs = MYBATIS_ALL});
            lost = true;
        }
        finish(element, before, again && read);
    }
    if (count > MOST_CHOICES && reading->statements.count > first) {
        note(element, element->node->tag, STR("it has more branches than are read"));
    }
    note_missing(element, first);
}

/* What no element of the file includes may be included elsewhere: it is read as a piece. */
static void read_fragment(Element *element)
{
    Reading *reading = element->reading;
    uint32_t count = mybatis_choices(element->mybatis, element->node);
    size_t before = reading->statements.count;
    bool names = false;
    for (uint32_t i = 0; i < count && i < MOST_CHOICES; i++) {
        HostText text = {.kind = CALL_PART, .in_file = element->node->in_file, .again = i > 0};
        text.sql = mybatis_compose(element->mybatis, element->node,
                                   (MybatisVariant){.choice = i, .ifs = MYBATIS_ALL});
        names |= likely_names_known(text.sql.sql);
        host_text_read(reading, &text);
    }
    if (names && reading->statements.count == before) {
        reading->facts->coverage.statements++;
        reading->facts->coverage.dynamic++;
    }
}

void host_mybatis_fault(Reading *reading, Str text, const char *kind)
{
    MybatisFault fault = mybatis_fault(reading->of_file, text, kind, &reading->lines);
    if (fault.reason.len) {
        Place place = {.start = lines_position(&reading->lines, fault.at.start),
                       .end = lines_position(&reading->lines, fault.at.end)};
        gathering_add(reading,
                      (Statement){.place = place,
                                  .command = "",
                                  .refusal = arena_copy(reading->arena, fault.reason),
                                  .refused_at = place},
                      fault.at);
    }
}

void host_mybatis_read(Reading *reading, const LexFile *file)
{
    host_mybatis_fault(reading, file->text, "mapper");
    Mybatis mybatis = mybatis_read(reading->of_file, file, &reading->lines);
    uint32_t number = 0;
    for (size_t i = 0; i < mybatis.sql.count; i++) {
        Element element = {
            .reading = reading, .mybatis = &mybatis, .node = mybatis.sql.at[i], .number = number};
        if (mybatis_is_foreign(&mybatis, element.node)) {
            continue;
        }
        if (element.node->kind == MYBATIS_STATEMENT) {
            read_statement(&element);
        } else if (!element.node->included) {
            read_fragment(&element);
        }
        number = element.number;
    }
}
