#include "check/transaction.h"

#include "base/banned.h"

void transaction_clear(Transaction *transaction)
{
    transaction->statements.count = 0;
    transaction->savepoints.count = 0;
}

void transaction_enter(Transaction *transaction, const Statement *statement)
{
    if (statement->connected) {
        transaction_clear(transaction);
        transaction->open = false;
    }
}

static void roll_back_to(Transaction *transaction, Str name)
{
    for (size_t i = transaction->savepoints.count; i > 0; i--) {
        if (str_equal(transaction->savepoints.at[i - 1].name, name)) {
            transaction->statements.count = transaction->savepoints.at[i - 1].count;
            transaction->savepoints.count = i;
            return;
        }
    }
}

/* Applies one effect; true when it ends a transaction. */
static bool apply(Transaction *transaction, Arena *arena, const Effect *effect)
{
    switch (effect->kind) {
    case EFFECT_BEGIN:
        transaction->open = true;
        return false;
    case EFFECT_SAVEPOINT:
        array_push(arena, &transaction->savepoints,
                   (struct TransactionMark){effect->savepoint, transaction->statements.count});
        return false;
    case EFFECT_ROLLBACK_TO:
        roll_back_to(transaction, effect->savepoint);
        return false;
    case EFFECT_ROLLBACK:
        transaction_clear(transaction);
        transaction->open = false;
        return true;
    case EFFECT_COMMIT:
        transaction->open = false;
        return true;
    default:
        return false;
    }
}

/* A statement without an access matters to nobody. */
bool transaction_add(Transaction *transaction, Arena *arena, const Statement *statement,
                     const RuleFile *file)
{
    bool ended = false;
    if (statement->access_count) {
        array_push(arena, &transaction->statements,
                   (TransactionStatement){.statement = statement, .file = file});
    }
    for (size_t i = 0; i < statement->effect_count; i++) {
        ended |= apply(transaction, arena, &statement->effects[i]);
    }
    return ended || !transaction->open;
}
