#ifndef RINGFENCE_RULES_PAGES_H
#define RINGFENCE_RULES_PAGES_H

/* The rules' pages, embedded by ci/embed-pages; an entry without a name ends the list. */
typedef struct {
    const char *name, *text;
} EmbeddedPage;

extern const EmbeddedPage embedded_pages[];

#endif
