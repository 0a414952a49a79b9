#ifndef RINGFENCE_CHECK_PROBE_H
#define RINGFENCE_CHECK_PROBE_H

#include "check/run.h"

/* Is the check real? For each service, each rule and each language that is read, a violation is
 * planted in memory, in a file that would be the service's, and checked like any other. */

/* What became of one violation. */
typedef struct {
    const Service *service; /* whose code it was planted in; NULL: nobody's */
    size_t rule;
    Str language;
    Str path; /* where it would have stood */
    bool caught;
    bool excepted; /* an exception of the manifest is the reason */
    Str reason;    /* why it was not caught, one line; else empty */
    Str help;      /* what to do about that; else empty */
} Probe;

typedef struct {
    Probe *at;
    size_t count;
    /* What could not be tried, as lines for people: a service without a boundary to cross, a
     * language that the manifest leaves out. */
    StrList notes;
} Probes;

/* How a violation of a rule is written. In these texts {own} is an object of the code's service,
 * {theirs} one of another service, {own_schema} and {their_schema} schemas that belong wholly to
 * them. */
typedef struct {
    const char *sql;      /* as a script; NULL: the rule is not about those */
    const char *plpgsql;  /* as a script with a PL/pgSQL body; NULL: the rule is not about those */
    bool nobodys;         /* in a file of no service */
    const char *language; /* of a host language's text … */
    const char *host;     /* … with {their_role}, {bare_schema} and {bare_name}; or NULL */
} ProbeText;

/* By rule index. */
extern const ProbeText probe_texts[RULE_COUNT];

/* How SQL stands in a host language: {sql} is the statement. */
typedef struct {
    const char *language; /* as language.h calls it */
    const char *text;     /* NULL: it holds no statements */
    bool bare;            /* a double quote in the SQL needs no backslash */
} ProbeHost;

extern const ProbeHost probe_hosts[];
extern const size_t probe_host_count;

/* Plants them all. `run` is prepared; memory from its arena. */
Probes probe_all(const Run *run, Supervisor *supervisor);

#endif
