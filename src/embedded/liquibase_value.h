#ifndef RINGFENCE_EMBEDDED_LIQUIBASE_VALUE_H
#define RINGFENCE_EMBEDDED_LIQUIBASE_VALUE_H

#include "embedded/mybatis.h"

/* What the attributes and texts of a changelog's elements say, with their ${properties} filled in.
 * The inside of liquibase.c and liquibase_write.c. */

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

/* The texts in the element itself, as they are. */
SqlFragment liquibase_body(Changelog *log, const MybatisNode *node);

/* Has the element the attribute? */
bool liquibase_has(const Changelog *log, const MybatisNode *node, Str name);

/* A draft to write into. */
FragmentDraft liquibase_begin(const Changelog *log);

/* Appends a text all of which stands at `at`. */
void liquibase_append(FragmentDraft *draft, Str text, Range at);

/* Appends the SQL in an attribute, at its place. False: there is none. */
bool liquibase_write_attribute(Changelog *log, FragmentDraft *draft, const MybatisNode *node,
                               Str name);

/* Appends the name that the attributes `schema` (or empty) and `name` tell, quoted as Liquibase
 * does. All of it stands where the name does, wherever the schema's attribute is. */
void liquibase_write_name(Changelog *log, FragmentDraft *draft, const MybatisNode *node, Str schema,
                          Str name);

/* Appends the value of a column, by attributes that begin with `prefix`: SQL, a sequence, or
 * anything. */
void liquibase_write_value(Changelog *log, FragmentDraft *draft, const MybatisNode *node,
                           const char *prefix);

/* Appends the type in the attribute `name` where it has a schema, else text: Liquibase has other
 * words for PostgreSQL's own. */
void liquibase_write_type(Changelog *log, FragmentDraft *draft, const MybatisNode *node, Str name);

#endif
