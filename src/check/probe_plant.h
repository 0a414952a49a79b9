#ifndef RINGFENCE_CHECK_PROBE_PLANT_H
#define RINGFENCE_CHECK_PROBE_PLANT_H

#include "base/array.h"
#include "check/probe.h"

/* Writes the violations that probe_all judges. */

typedef struct {
    const Run *run;
    Arena *arena;
    ARRAY(Probe) probes;
    ARRAY(SourceEntry) entries; /* the probe's text, by its index */
    ARRAY(Str) notes;
} Planting;

/* Plants violations in every service, and in a file of none. Texts are from planting->arena. */
void probe_plant(Planting *planting);

#endif
