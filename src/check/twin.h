#ifndef RINGFENCE_CHECK_TWIN_H
#define RINGFENCE_CHECK_TWIN_H

#include "check/gather.h"

/* Two snapshots of one repository hold mostly the same files. What both hold is read once: the
 * second one gets a copy of the first one's facts, because judging writes into them. */
typedef struct GatherTwin {
    const SourceRoot *root;
    const SourceList *sources;
    const Gathered *gathered; /* not judged yet; outlives the copies */
} GatherTwin;

/* Fills in `facts` of `entry` in `root` with a copy of the twin's, in `arena`. False when the file
 * is another one there, or when its facts are made of other files, too. */
bool twin_copy(const GatherTwin *twin, const SourceRoot *root, const SourceEntry *entry,
               Arena *arena, FileFacts *facts);

#endif
