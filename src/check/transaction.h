#ifndef RINGFENCE_CHECK_TRANSACTION_H
#define RINGFENCE_CHECK_TRANSACTION_H

#include "rules/rule.h"

/* Which statements of a script take effect together. A statement outside BEGIN … COMMIT is a
 * transaction of its own; what ROLLBACK takes back, savepoints included, belongs to none.
 * Zero-initialise it. */
typedef struct {
    ARRAY(TransactionStatement) statements;
    ARRAY(struct TransactionMark {
        Str name;
        size_t count; /* statements before the savepoint */
    })
    savepoints;
    bool open;
} Transaction;

/* Call it before `statement` runs: a new connection takes back what is open. */
void transaction_enter(Transaction *transaction, const Statement *statement);

/* Adds `statement` of `file`. True when the transaction ends with it: its statements then are
 * complete, and transaction_clear makes room for the next one. Memory from `arena`. */
bool transaction_add(Transaction *transaction, Arena *arena, const Statement *statement,
                     const RuleFile *file);

/* Forgets the statements and savepoints. */
void transaction_clear(Transaction *transaction);

#endif
