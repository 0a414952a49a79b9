/* Runs a fuzz target over files, as an ordinary test. */
#include <stdio.h>

#include "base/buffer.h"
#include "tests/fuzz/fuzz.h"

#include "base/banned.h"

static bool replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    Buffer buffer = {0};
    char chunk[4096];
    size_t got;
    if (!file) {
        perror(path);
        return false;
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&buffer, (Str){.at = chunk, .len = got});
    }
    fclose(file);
    LLVMFuzzerTestOneInput((const uint8_t *)buffer_cstring(&buffer), buffer.len);
    buffer_free(&buffer);
    return true;
}

int main(int count, char **paths)
{
    int failed = count < 2;
    for (int i = 1; i < count; i++) {
        failed += !replay(paths[i]);
    }
    return failed != 0;
}
