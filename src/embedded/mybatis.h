#ifndef RINGFENCE_EMBEDDED_MYBATIS_H
#define RINGFENCE_EMBEDDED_MYBATIS_H

#include "base/map.h"
#include "lexer/lexer.h"

/* MyBatis mappers: XML documents whose elements hold SQL, put together by more elements. Source:
 * MyBatis 3, "Mapper XML Files" and "Dynamic SQL", and its org.apache.ibatis.scripting.xmltags. */

typedef enum {
    MYBATIS_TEXT,      /* character data, CDATA too */
    MYBATIS_OTHER,     /* an element without a meaning of its own: what is in it counts */
    MYBATIS_NOTHING,   /* one that writes nothing */
    MYBATIS_STATEMENT, /* select, insert, update, delete, and the selectKey in them */
    MYBATIS_FRAGMENT,  /* sql: it is included elsewhere */
    MYBATIS_INCLUDE,
    MYBATIS_PROPERTY, /* what an include sets a ${name} to */
    MYBATIS_IF,
    MYBATIS_CHOOSE, /* one of its children is written, … */
    MYBATIS_BRANCH, /* … which are these */
    MYBATIS_TRIM,   /* trim, where, set */
    MYBATIS_EACH,
} MybatisKind;

typedef struct MybatisNode {
    uint8_t kind;
    bool included;    /* of a fragment: another element of the file includes it */
    bool busy;        /* its widths are being counted, or it is being written */
    uint32_t token;   /* its name; of a text its literal */
    uint32_t behind;  /* of an element: the token behind its attributes */
    Range tag;        /* where its start tag is, or the text */
    Range in_file;    /* all of it */
    uint32_t choices; /* texts that its chooses make; 0: not counted yet */
    uint32_t ifs[2];  /* 1 + those with some ifs, by MybatisIfs; 0: not counted yet */
    uint32_t read;    /* of an if: what has read it last; for the reader */
    struct MybatisNode *parent, *child, *last, *next;
} MybatisNode;

typedef struct {
    Arena *arena;
    const LexFile *file;
    const LineIndex *lines;
    const MybatisNode *root;  /* around all elements */
    Map fragments;            /* by id, and by namespace and id */
    ARRAY(MybatisNode *) sql; /* statements and fragments, as the file has them */
    ARRAY(MybatisNode *) ifs; /* those that are in the text that was composed last */
    ARRAY(Range) missing;     /* where that text includes what the file does not have */
    size_t spent;             /* bytes that were written, in all */
} Mybatis;

/* The elements of `file`, a mapper. `lines` are of its text. All of it lives in `arena`; linear. */
Mybatis mybatis_read(Arena *arena, const LexFile *file, const LineIndex *lines);

/* The value of attribute `name` of an element; empty, with .at NULL, when it has none. */
Str mybatis_attribute(const Mybatis *mybatis, const MybatisNode *node, Str name);

/* Is a statement for another database than PostgreSQL, by its databaseId? Any name can be given to
 * one: only those that tell are known. */
bool mybatis_is_foreign(const Mybatis *mybatis, const MybatisNode *node);

/* Which ifs are true. */
typedef enum {
    MYBATIS_OF_NEIGHBOURS, /* one of those that nothing but white space parts, everywhere */
    MYBATIS_OF_SIBLINGS,   /* one of those in the same element, everywhere */
    MYBATIS_ALL,
} MybatisIfs;

/* Which of the texts that a statement or fragment can make. */
typedef struct {
    uint32_t choice; /* of mybatis_choices: so that each branch of each choose is in one of them */
    MybatisIfs ifs;
    uint32_t branch; /* of mybatis_branches, without MYBATIS_ALL; a larger number: no if is true */
} MybatisVariant;

uint32_t mybatis_choices(Mybatis *mybatis, MybatisNode *node);
uint32_t mybatis_branches(Mybatis *mybatis, MybatisNode *node, MybatisIfs ifs);

/* The text. What stands in the file keeps its place, what an include brings is at that include.
 * #{x} is a parameter; ${x}, and an include of what the file does not have, is a hole
 * (sql/hole.h). */
SqlFragment mybatis_compose(Mybatis *mybatis, MybatisNode *node, MybatisVariant variant);

/* Can an if put more into a text than punctuation and parameters? */
bool mybatis_says(const Mybatis *mybatis, const MybatisNode *node);

#endif
