#ifndef RINGFENCE_SQL_TREE_H
#define RINGFENCE_SQL_TREE_H

#include "base/arena.h"
#include "sql/words.h"

/* PostgreSQL's raw parse tree, read from libpg_query's JSON in one pass. The words are those of
 * PostgreSQL 15, src/include/nodes/parsenodes.h.
 *
 * A node is one value: {"SelectStmt":{…}} has the tag NODE_SelectStmt; {"String":{"sval":"x"}} is a
 * NODE_TEXT,
 * {"List":{"items":[…]}} a NODE_LIST and {"Integer":{"ival":1}} a NODE_NUMBER. An object without a
 * type of its own is a NODE_OBJECT, unless a field tells that it is a range variable (only these
 * have a relpersistence), the name of a type (typemod) or a collation (collname). A node of a type
 * that words.h does not list is a NODE_OBJECT too: its fields are kept, so that a new PostgreSQL
 * node never hides what stands below it. Scalars under keys that words.h does not list are dropped.
 */
typedef struct Node {
    uint16_t tag;   /* NodeTag */
    uint32_t count; /* of fields, items or bytes */
    union {
        const struct Field *fields;
        const struct Node *items;
        const char *text;
        int64_t number;
    };
} Node;

typedef struct Field {
    Node value;
    uint16_t key; /* NodeKey */
} Field;

/* Prepares the table of words. Call it once, before any thread reads a tree. */
void tree_prepare(void);

/* The NodeTag or NodeKey that is called like that, or 0. */
uint16_t tree_word(Str word);

/* Reads `json`, with words as sql/print.h has them or in full; nodes and texts point into it and
 * into `arena`. NULL when it nests deeper than TREE_DEPTH or is no JSON. */
const Node *tree_read(Arena *arena, Str json);

enum { TREE_DEPTH = 1000000 };

/* The field `key` of an object, or NULL. Every function here takes NULL for a node. */
const Node *node_get(const Node *node, NodeKey key);

/* The text of field `key`, or an empty Str. */
Str node_text(const Node *node, NodeKey key);

/* The number of field `key`, or 0: the JSON leaves zeros out. */
int64_t node_number(const Node *node, NodeKey key);
bool node_bool(const Node *node, NodeKey key);

/* Item `index` of a list, or NULL. */
const Node *node_item(const Node *list, size_t index);

/* How many items the list has; 0 for anything else. */
size_t node_length(const Node *list);

/* The node as text, if it is one. */
Str node_as_text(const Node *node);

bool node_is(const Node *node, NodeTag tag);

#endif
