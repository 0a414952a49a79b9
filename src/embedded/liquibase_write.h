#ifndef RINGFENCE_EMBEDDED_LIQUIBASE_WRITE_H
#define RINGFENCE_EMBEDDED_LIQUIBASE_WRITE_H

#include "embedded/mybatis.h"

/* What liquibase_write.c (a change as SQL) tells liquibase.c (which changes there are). */

typedef struct {
    Arena *arena;
    Mybatis xml;      /* its elements are read as a mapper's are */
    Map properties;   /* Str *, by name; its .at is NULL where it has several values */
    bool exact_names; /* objectQuotingStrategy: names are what they are, in any case */
    size_t spent;     /* bytes of properties that were pasted in */
} Changelog;

/* The name of an element, without a namespace's prefix. */
Str liquibase_name(const Changelog *log, const MybatisNode *node);

/* The value of an attribute with its ${properties} filled in, and where it stands; .at is NULL when
 * there is none. */
Str liquibase_attribute(Changelog *log, const MybatisNode *node, Str name, Range *at);

/* Is the element a change that is SQL, or stands for it? */
bool liquibase_is_change(Str name);

/* The SQL of such a change. */
SqlFragment liquibase_write(Changelog *log, const MybatisNode *node);

/* Puts a semicolon in the place of each `end` that ends a statement of `sql`, which liquibase_write
 * made. False for a regular expression that is more than a text. */
bool liquibase_cut(SqlFragment *sql, Str end);

/* The texts in the element itself, as they are. */
SqlFragment liquibase_body(Changelog *log, const MybatisNode *node);

#endif
