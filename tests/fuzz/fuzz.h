#ifndef RINGFENCE_TESTS_FUZZ_FUZZ_H
#define RINGFENCE_TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "sql/tree.h"

/* What libFuzzer calls; replay.c calls it too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that must hold; a failure is a crash to the fuzzer. */
static inline void fuzz_require(bool holds)
{
    if (!holds) {
        abort();
    }
}

#endif
