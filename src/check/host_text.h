#ifndef RINGFENCE_CHECK_HOST_TEXT_H
#define RINGFENCE_CHECK_HOST_TEXT_H

#include "check/gathering.h"
#include "embedded/text.h"

/* Reads one text of a host file as what it may be: statements, a piece of one, or nothing. What is
 * read is added to the file's statements. What only a known name makes SQL is marked uncertain
 * and not counted: uncertain.h settles it. In a known call, what has a statement's shape and is
 * refused stays, as refused. */
void host_text_read(Reading *reading, const HostText *text);

/* The steps of it, for texts that are put together in other ways. */

typedef struct {
    bool uncertain; /* as a Statement's */
    bool again;     /* the text before, with other branches */
    bool client;    /* psql reads it: its statements are no transaction */
} HostTextNotes;

/* Adds the statements of `sql` to the file's; `client`: psql reads it. How many of them were
 * refused. */
size_t host_text_fragment(Reading *reading, const SqlFragment *sql, bool client);

/* Forgets the statements from `before` on. */
void host_text_take_back(Reading *reading, size_t before);

/* Makes the statements from `before` on a session of their own, which stands at `in_file`, and
 * counts them. */
void host_text_finish(Reading *reading, Range in_file, size_t before, HostTextNotes notes);

/* Makes one session, and one transaction, of the texts whose statements are those from `before` on;
 * host_text_finish has seen each of them as a client's. */
void host_text_join(Reading *reading, size_t before);

#endif
