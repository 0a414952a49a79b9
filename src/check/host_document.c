#include "check/host_document.h"

#include <stdlib.h>

#include "check/host.h"
#include "check/host_text.h"
#include "embedded/document.h"

#include "base/banned.h"

/* A block of SQL, as psql would run it. */
static void read_sql(Reading *reading, const Document *document, Range block)
{
    size_t before = reading->statements.count;
    Span *span = ARENA_NEW(reading->of_file, Span);
    *span = (Span){.file = block.start};
    SqlFragment sql = {
        .sql = arena_copy(reading->of_file, str_slice(document->text, block.start, block.end)),
        .spans = span,
        .span_count = 1,
        .lines = &reading->lines};
    host_text_fragment(reading, &sql, true);
    host_text_finish(reading, block, before, (HostTextNotes){.client = true});
}

static void refuse(Reading *reading, const Document *document)
{
    Position at = lines_position(&reading->lines, document->refused_at);
    gathering_add(reading,
                  (Statement){.place = {at, at},
                              .command = "",
                              .refusal = str_from(document->refusal),
                              .refused_at = {at, at}},
                  (Range){document->refused_at, document->refused_at});
}

static int compare_ranges(const void *a, const void *b)
{
    uint32_t left = ((const Range *)a)->start;
    uint32_t right = ((const Range *)b)->start;
    return (left > right) - (left < right);
}

/* The comments at the top of the document that say whose it is. */
static Str head_of(const Document *document)
{
    size_t end = 0;
    for (size_t i = 0; i < document->comments.count; i++) {
        Range comment = document->comments.at[i];
        Str between = str_slice(document->text, end, comment.start);
        end = str_trim(between).len ? end : comment.end;
    }
    return str_slice(document->text, 0, end);
}

static void read_blocks(Reading *reading, Document *document)
{
    for (size_t i = 0; i < document->host_count; i++) {
        const Language *language = document->hosts[i];
        Str program = document->programs[i];
        Prefiltered found = prefilter_read(reading->gather->prefilters[reading->worker],
                                           reading->of_file, language, program);
        LexFile file = host_read_program(reading, language, program, &found, false);
        for (uint32_t j = 0; j < file.comment_count; j++) {
            array_push(reading->of_file, &document->comments, file.comments[j]);
        }
    }
    for (size_t i = 0; i < document->sql.count; i++) {
        read_sql(reading, document, document->sql.at[i]);
    }
}

void host_document_read(Gather *gather, size_t worker, size_t index, Str text)
{
    Reading reading = gathering_begin(gather, worker, index);
    FileFacts *facts = reading.facts;
    DocumentKind kind = document_kind(facts->file.path);
    facts->file.language = document_name(kind);
    facts->coverage = (Coverage){.files = 1, .host_files = 1, .bytes = text.len};
    reading.lines = lines_index(reading.of_file, text);
    Document document = document_read(reading.of_file, kind, text);
    gathering_claim(reading.arena, head_of(&document), &reading.lines, &facts->file,
                    gather->manifest);
    if (document.refusal) {
        refuse(&reading, &document);
    }
    read_blocks(&reading, &document);
    if (document.comments.count) {
        qsort(document.comments.at, document.comments.count, sizeof *document.comments.at,
              compare_ranges);
    }
    host_read_comments(&reading, document.text, document.comments.at, document.comments.count);
    gathering_keep(&reading);
}
