#ifndef RINGFENCE_GRANTS_TEXTS_H
#define RINGFENCE_GRANTS_TEXTS_H

/* The .sql files of this folder, embedded by ci/embed-sql. */

/* From the plan's rows to the differences: the rest of a WITH. */
extern const char grants_compare[];

/* Behind it, the differences for a report. */
extern const char grants_drift[];

/* What stands before and behind the query in the block that applies it. */
extern const char grants_apply_head[], grants_apply_tail[];

#endif
