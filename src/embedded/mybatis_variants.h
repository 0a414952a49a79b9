#ifndef RINGFENCE_EMBEDDED_MYBATIS_VARIANTS_H
#define RINGFENCE_EMBEDDED_MYBATIS_VARIANTS_H

#include "embedded/mybatis.h"

/* What mybatis_variants.c (how many texts an element makes) tells mybatis_compose.c (which writes
 * them). */

enum { MYBATIS_DEEPEST = 48 };

/* What an include's properties are called, and those of the includes around it. */
typedef struct MybatisScope {
    const MybatisNode *include;
    const struct MybatisScope *outer;
} MybatisScope;

/* The numbers of texts that a node makes. */
typedef struct {
    uint32_t choices, ifs[2];
} MybatisWidths;

/* The value of property `name` of the includes around; *scope is that of the include around the one
 * that says so. .at is NULL where none does. */
Str mybatis_property(const Mybatis *mybatis, Str name, const MybatisScope **scope);

/* The fragment of an include; NULL: the file does not have it. Its name may hold a property. */
MybatisNode *mybatis_included(const Mybatis *mybatis, const MybatisNode *node,
                              const MybatisScope *scope);

/* Counts the texts of a node at `depth`, once: those of an include are its fragment's. */
MybatisWidths mybatis_widths(Mybatis *mybatis, MybatisNode *node, unsigned depth);

#endif
