#ifndef RINGFENCE_EMBEDDED_LIQUIBASE_H
#define RINGFENCE_EMBEDDED_LIQUIBASE_H

#include "lexer/lexer.h"

/* Liquibase's changelogs in XML: elements that hold SQL, and elements that stand for some. Source:
 * Liquibase's dbchangelog-latest.xsd; its ExpressionExpander (${name}), DatabaseList (dbms), and
 * AbstractPostgresDatabase (which names it quotes). */

/* What one change does, as SQL. What stands in the file keeps its place; the rest stands at the
 * element, names at their attribute. */
typedef struct {
    SqlFragment sql;
    Range in_file; /* the element */
} LiquibaseText;

/* What may do anything, as far as can be told. */
typedef struct {
    Range at;
    Str why;
} LiquibaseDoubt;

/* What is executed together: a changeSet, its rollback, the query of a precondition. */
typedef struct {
    Range in_file;
    ARRAY(LiquibaseText) texts;
    ARRAY(LiquibaseDoubt) doubts;
} LiquibaseGroup;

typedef struct {
    LiquibaseGroup *groups; /* as the file has them */
    size_t count;
} Liquibase;

/* Reads `file`, a changelog. `lines` are of its text. What is for other databases than PostgreSQL
 * is left out. All of it lives in `arena`; linear, but for the properties that are pasted in, which
 * are bounded. */
Liquibase liquibase_read(Arena *arena, const LexFile *file, const LineIndex *lines);

/* Is `text`, a file of YAML or JSON, a changelog: is databaseChangeLog its first key, or one that
 * begins a line? *at is where it says so. */
bool liquibase_is_key(Str text, Range *at);

#endif
