#ifndef RINGFENCE_CHECK_PROBE_TARGET_H
#define RINGFENCE_CHECK_PROBE_TARGET_H

#include "check/probe_plant.h"

/* The objects that probes are about, and their names in the probes' texts. */

#define PROBE_NAME "ringfence_probe"

typedef struct {
    const Service *service; /* NULL: there is none */
    Str schema, name;       /* in planting->arena */
    bool whole; /* the schema is the service's altogether, and the actor has no right to look into
                   it */
} ProbeTarget;

/* Appends a name that the glob `pattern` matches: its first star is PROBE_NAME. */
void probe_append_match(Buffer *out, Str pattern);

/* An object of the service, whole schemas first. False when each of its names is somebody else's.
 */
bool probe_target(const Planting *planting, const Service *service, ProbeTarget *target);

/* An object of another service that is not published to this one (NULL: to nobody's code). The next
 * services come first, so that each is a victim once. False, and an empty one: there is none. */
bool probe_victim(const Planting *planting, const Service *service, ProbeTarget *victim);

/* Appends a text of probe.h with the names put in. False when it needs one that there is none of.
 */
bool probe_fill(Buffer *out, Str text, const ProbeTarget *own, const ProbeTarget *theirs);

#endif
