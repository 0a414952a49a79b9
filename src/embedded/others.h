#ifndef RINGFENCE_EMBEDDED_OTHERS_H
#define RINGFENCE_EMBEDDED_OTHERS_H

#include "embedded/names.h"

/* Constants that a neighbour of the file defines: what a name that the file does not bind stands
 * for. Only names that tell where they come from are looked up: by an import of a file whose path
 * it gives, by the class that a file is called like, or by the package (Go, Kotlin). */

/* What is looked for. */
typedef struct {
    const Language *language;
    Str folder;  /* below the root, without a slash at its end; empty: the root itself */
    Str file;    /* its name, with an extension or without; empty: all of the folder's package */
    Str package; /* of Go and Kotlin */
    Str self;    /* the path of the file that asks */
    Str owner, name; /* as constants_find has them */
} OthersQuery;

/* Answers them. */
typedef struct {
    bool (*find)(void *context, const OthersQuery *query, Str *value);
    void *context;
    Str path; /* of the file that asks, below the root */
} Others;

/* The value of the name of tokens [first, behind), a path, in *value; it lives as long as `others`
 * says. False where the file may bind it itself, and where it is not known. */
bool others_value(const Others *others, HostNames *names, uint32_t first, uint32_t behind,
                  Str *value);

#endif
