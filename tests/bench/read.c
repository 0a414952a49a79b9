/* The floor for host code: opens and reads every file named on standard input, and nothing else. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    char path[4096];
    char *room = NULL;
    size_t most = 0;
    size_t files = 0;
    size_t bytes = 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        struct stat status;
        int file = open(path, O_RDONLY);
        if (file < 0 || fstat(file, &status) != 0) {
            perror(path);
            return 2;
        }
        if ((size_t)status.st_size > most) {
            most = (size_t)status.st_size;
            room = realloc(room, most);
        }
        ssize_t got;
        for (size_t at = 0; (got = read(file, room, most - at)) > 0; at += (size_t)got) {
            bytes += (size_t)got;
            if (at + (size_t)got == most) {
                break;
            }
        }
        files++;
        close(file);
    }
    free(room);
    printf("%zu files, %zu bytes\n", files, bytes);
    return 0;
}
