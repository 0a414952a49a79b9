#ifndef RINGFENCE_CHECK_SIBLINGS_H
#define RINGFENCE_CHECK_SIBLINGS_H

#include "embedded/others.h"
#include "source/source.h"

/* Constants of a file's neighbours, read when somebody asks, through the root: so from the index or
 * a commit where that is what is checked, and whatever the run was asked about. One worker's: what
 * it has read it keeps, so the answers are the same with any number of them. */
typedef struct Siblings Siblings;

/* With siblings_close at its end. `root` must outlive it. */
Siblings *siblings_open(const SourceRoot *root);
void siblings_close(Siblings *siblings);

/* For the file at `path`. Values live until siblings_close. */
Others siblings_of(Siblings *siblings, Str path);

/* Has anybody asked since the last siblings_of? */
bool siblings_were_asked(const Siblings *siblings);

#endif
