/* Prints what the lexers see, for tests and for eyes: dump [literals|tokens|decode|time]
 * [LANGUAGE], paths on standard input, one a line, or LANGUAGE, a tab, and the path. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "lexer/lexer.h"

#include "base/banned.h"

static const char *const kinds[LEX_KIND_COUNT] = {"name",  "number", "symbol", "string",
                                                  "piece", "hole",   "body"};
static const char *const roles[LEX_ROLE_COUNT] = {"text",  "character", "regex",
                                                  "words", "command",   "symbolic"};

static bool read_file(const char *path, Buffer *buffer)
{
    FILE *file = fopen(path, "rb");
    char chunk[65536];
    size_t got;
    if (!file) {
        perror(path);
        return false;
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(buffer, (Str){.at = chunk, .len = got});
    }
    fclose(file);
    return true;
}

static void print_literals(const LexFile *file)
{
    for (uint32_t i = 0; i < file->count; i++) {
        LexToken token = file->tokens[i];
        if (token.kind == LEX_STRING || token.kind == LEX_BODY) {
            printf("%u %u %s%s\n", token.start, token.end,
                   token.kind == LEX_BODY ? "body"
                   : token.heredoc        ? "heredoc"
                                          : roles[lexer_role(token)],
                   token.broken ? " broken" : "");
        }
    }
}

static void print_tokens(const LexFile *file)
{
    for (uint32_t i = 0; i < file->count; i++) {
        LexToken token = file->tokens[i];
        Str source = lexer_source(file, i);
        printf("%u %s%s%s %u-%u link %u: %.*s\n", i, kinds[token.kind], token.first ? " first" : "",
               token.broken ? " broken" : "", token.start, token.end, token.link,
               (int)(source.len < 60 ? source.len : 60), source.at);
    }
}

/* A byte of a decoded literal, so that every literal is one line. */
static void print_byte(char byte)
{
    static const char letters[] = "\\\\\nn\tt\rr";
    for (const char *pair = letters; *pair; pair += 2) {
        if (*pair == byte) {
            printf("\\%c", pair[1]);
            return;
        }
    }
    if ((unsigned char)byte < ' ' || byte == 127) {
        printf("\\x%02x", (unsigned char)byte);
    } else {
        putchar(byte);
    }
}

static void print_text(const LexFile *file, LexText text)
{
    size_t hole = 0;
    for (size_t i = 0; i <= text.text.len; i++) {
        for (; hole < text.hole_count && text.holes[hole].at == i; hole++) {
            Str source = lexer_source(file, text.holes[hole].token);
            printf("<<%.*s>>", (int)source.len, source.at);
        }
        if (i < text.text.len) {
            print_byte(text.text.at[i]);
        }
    }
}

/* Where byte `offset` of the text is in the file. */
static Position position_of(const LineIndex *lines, LexText text, size_t offset)
{
    size_t i = text.span_count - 1;
    while (i > 0 && text.spans[i].sql > offset) {
        i--;
    }
    return lines_position(lines, text.spans[i].file + (offset - text.spans[i].sql));
}

/* Each literal on a line: where its text's first and last byte stand, its role, its value. */
static void print_decoded(Arena *arena, const LexFile *file)
{
    LineIndex lines = lines_index(arena, file->text);
    for (uint32_t i = 0; i < file->count; i++) {
        LexToken token = file->tokens[i];
        if (token.kind == LEX_STRING) {
            LexText text = lexer_decode(arena, file, i);
            Position start = position_of(&lines, text, 0);
            Position end = position_of(&lines, text, text.text.len ? text.text.len - 1 : 0);
            printf("%u:%u-%u:%u %s%s [", start.line, start.column, end.line, end.column,
                   roles[lexer_role(token)], token.broken ? " broken" : "");
            print_text(file, text);
            printf("]\n");
        }
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void dump(const char *mode, const Language *language, const char *path, Str text)
{
    Arena *arena = arena_new();
    double start = seconds();
    LexFile file = lexer_read(arena, language, text);
    double took = seconds() - start;
    printf("file %s\n", path);
    if (strcmp(mode, "tokens") == 0) {
        print_tokens(&file);
    } else if (strcmp(mode, "decode") == 0) {
        print_decoded(arena, &file);
    } else if (strcmp(mode, "time") == 0) {
        printf("%zu bytes %u tokens %.6f s\n", text.len, file.count, took);
    } else {
        print_literals(&file);
    }
    arena_free(arena);
}

int main(int count, char **arguments)
{
    const char *mode = count > 1 ? arguments[1] : "literals";
    char line[4096];
    Buffer buffer = {0};
    int failed = 0;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        const char *path = tab ? tab + 1 : line;
        buffer_clear(&buffer);
        failed |= !read_file(path, &buffer);
        Str named = tab ? (Str){.at = line, .len = (size_t)(tab - line)}
                        : str_from(count > 2 ? arguments[2] : NULL);
        const Language *language = named.len
                                       ? language_named(named)
                                       : language_of_file(str_from(path), buffer_str(&buffer));
        if (language) {
            dump(mode, language, path, buffer_str(&buffer));
        }
    }
    buffer_free(&buffer);
    return failed;
}
