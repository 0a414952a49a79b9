#ifndef RINGFENCE_GRANTS_TEXTS_H
#define RINGFENCE_GRANTS_TEXTS_H

/* The .sql files of this folder, embedded by ci/embed-sql. */

/* Behind the plan's rows, the rest of a WITH, in this order: what the plan means on this server;
 * what each role is to have and has; what differs, and the statement that mends it. */
extern const char grants_server[], grants_privileges[], grants_differences[];

/* Behind it, the differences for a report. */
extern const char grants_drift[];

/* What stands before and behind the query in the block that applies it. */
extern const char grants_apply_head[], grants_apply_tail[];

#endif
