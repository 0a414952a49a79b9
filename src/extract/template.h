#ifndef RINGFENCE_EXTRACT_TEMPLATE_H
#define RINGFENCE_EXTRACT_TEMPLATE_H

#include "base/arena.h"

/* What template languages put between SQL: Jinja and dbt, Go's text/template, Handlebars, ERB,
 * Flyway's ${x},
 * #{x}, sqlcmd's $(x) and {x}. None of it can begin a token of PostgreSQL's outside quotes and
 * comments. Sources: Jinja "Template Designer Documentation"; dbt "About ref/source/this/config";
 * Go text/template, "Actions"; Flyway "Placeholders"; Ruby ERB, "Recognized Tags". */
typedef enum {
    TEMPLATE_NONE,
    TEMPLATE_VALUE, /* something unknown comes in its place */
    TEMPLATE_NAME,  /* a relation whose name is known */
    TEMPLATE_MODEL, /* {{ this }}: the relation that the file makes */
    TEMPLATE_BLANK, /* nothing comes in its place: a comment, a setting, a loop's head */
    TEMPLATE_IF,
    TEMPLATE_ELSE,
    TEMPLATE_BEGIN, /* another block that a TEMPLATE_END ends */
    TEMPLATE_END,
    TEMPLATE_CUT, /* what stands on one side of it is a statement apart: {% set q %}SELECT … */
} TemplateKind;

/* Which way an if goes in a loop that goes round once, as all loops are read. */
typedef enum { TEMPLATE_EITHER, TEMPLATE_TAKEN, TEMPLATE_LEFT } TemplateWay;

typedef struct {
    TemplateKind kind;
    TemplateWay way; /* of TEMPLATE_IF */
    bool dbt;        /* it is one of dbt's own calls */
    uint32_t end;    /* behind it */
    Str name;        /* of TEMPLATE_NAME: as SQL writes it */
} Template;

/* A variable of the template's own, by the places of its name and its value. */
typedef struct {
    Range name, value;
    bool unknown; /* it is set to two things */
} TemplateVariable;

enum { TEMPLATE_VARIABLES = 16 };

/* What was looked for in vain, so that nobody looks again: hostile texts would take quadratic time.
 * Zero-initialise it for every text. */
typedef struct {
    unsigned missing;  /* closing marks that the rest of the text does not hold */
    unsigned unquoted; /* how often a closing mark was found only by ignoring quotes */
    TemplateVariable variables[TEMPLATE_VARIABLES];
    size_t variable_count;
    size_t erb_end; /* where the last "%>" that was looked for is */
} TemplateMemo;

/* The template construct that begins at byte `at`, or TEMPLATE_NONE. `name` lives in `arena`. */
Template template_at(Arena *arena, TemplateMemo *memo, Str text, uint32_t at);

/* Behind the last `{{ … }}` that string constant [start, end) of PostgreSQL's leaves open (`'{{
 * var('x') }}'`), or 0. */
uint32_t template_behind_string(Str text, uint32_t start, uint32_t end);

#endif
