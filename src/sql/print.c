/* libpg_query writes its tree as JSON with one printf a piece of it, and nearly all of these pieces
 * are constants: three fifths of its time. Where it is linked statically, the linker's --wrap (see
 * the Makefile) leads its calls of appendStringInfo() and appendStringInfoString() here.
 * PostgreSQL's src/include/lib/stringinfo.h says what that does. Otherwise its own printf does the
 * work, and all is the same, only slower. */
#include "sql/print.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sql/tree.h"

#include "base/banned.h"

/* The formats are literals of libpg_query. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

#ifdef PG_QUERY_ARCHIVE

/* As stringinfo.h has it, the same in PostgreSQL 13 to 18; a NUL is always kept behind the text. */
typedef struct {
    char *data;
    int len;
    int maxlen; /* of the memory */
    int cursor;
} StringInfoData;

/* libpg_query's */
void appendBinaryStringInfo(StringInfoData *buffer, const void *data, int length);
void enlargeStringInfo(StringInfoData *buffer, int more);
void __wrap_appendStringInfo(StringInfoData *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void __wrap_appendStringInfoString(StringInfoData *buffer, const char *text);
extern const char __executable_start[],
    edata[]; /* the linker's: where the program's constants are */

enum { PIECE = 256, DIGITS = 12 };

static void print(StringInfoData *buffer, const char *text, size_t length)
{
    int room = buffer->maxlen - buffer->len;
    if (room <= 0 || length >= (size_t)room) {
        appendBinaryStringInfo(buffer, text, (int)length);
        return;
    }
    memcpy(buffer->data + buffer->len, text, length);
    buffer->len += (int)length;
    buffer->data[buffer->len] = '\0';
}

/* The decimal digits of `number` before `end`; where they begin. */
static char *print_digits(char *end, uint32_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

static size_t print_int(char *out, int number)
{
    char digits[DIGITS];
    char *end = digits + sizeof digits;
    char *at = print_digits(end, number < 0 ? 0u - (uint32_t)number : (uint32_t)number);
    if (number < 0) {
        *--at = '-';
    }
    memcpy(out, at, (size_t)(end - at));
    return (size_t)(end - at);
}

/* Prints constants and %d, %c, %s into `piece`. Returns the length, or -1 for another format or
 * want of room. */
static int print_piece(char piece[PIECE], const char *format, va_list arguments)
{
    size_t used = 0;
    for (const char *at = format;;) {
        const char *next = strchrnul(at, '%');
        size_t length = (size_t)(next - at);
        if (length + DIGITS > PIECE - used) {
            return -1;
        }
        memcpy(piece + used, at, length);
        used += length;
        if (!*next) {
            return (int)used;
        }
        if (next[1] == 'd') {
            used += print_int(piece + used, va_arg(arguments, int));
        } else if (next[1] == 'c') {
            piece[used++] = (char)va_arg(arguments, int);
        } else if (next[1] == 's') {
            const char *text = va_arg(arguments, const char *);
            size_t text_length = text ? strlen(text) : PIECE;
            if (text_length > PIECE - used) {
                return -1;
            }
            memcpy(piece + used, text, text_length);
            used += text_length;
        } else {
            return -1;
        }
        at = next + 2;
    }
}

/* Any other format. libpg_query's own printf and the C library's agree on what it uses: %ld, %u,
 * %f, %g. */
static void print_any(StringInfoData *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = memory_allocate((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    print(buffer, text, (size_t)length);
    free(text);
}

static _Thread_local bool is_short;

void print_short(bool on)
{
    is_short = on;
}

/* What stands behind the text that a format begins with. */
typedef enum { REST_NONE, REST_NUMBER, REST_TEXT, REST_CHARACTER, REST_OTHER } Rest;

/* What a format begins with, once it was looked at. */
typedef struct {
    const char *format;
    uint8_t length;   /* of the text: what the format begins with, its word short */
    uint8_t consumed; /* what of the format is in the text */
    uint8_t rest;     /* Rest: what the format goes on with */
    bool comma;       /* a comma ends it */
    char text[16];
} Known;

enum { KNOWN_SLOTS = 4096, LONGEST_LEAD = 4 }; /* libpg_query has some 1,500 formats */

/* Formats are constants, so their addresses tell them apart. */
static _Thread_local Known known[KNOWN_SLOTS];

static void know_word(Known *new, size_t lead, uint16_t word, bool type)
{
    memcpy(new->text, new->format, lead);
    new->text[lead] = type ? PRINTED_TYPE : PRINTED_KEY;
    new->text[lead + 1] = (char)(0x80 | (word & 0x7f)); /* no byte is a NUL */
    new->text[lead + 2] = (char)(0x80 | word >> 7);
    new->length = (uint8_t)(lead + PRINTED_BYTES);
}

/* Is `rest` all of a scalar: a number, true, "%s"? */
static bool is_scalar(const char *rest)
{
    size_t length = strcspn(rest, "{}[],");
    return length > 0 && rest[length] == ',' && !rest[length + 1];
}

/* Knows a format that begins with `"word":`, after a brace perhaps. A word that nobody asks for is
 * not printed, if a scalar stands behind it in the same format: tree.h drops such fields. */
static void know_start(Known *new)
{
    const char *format = new->format;
    size_t lead = strspn(format, "{},");
    const char *start = format + lead + 1;
    const char *end = lead <= LONGEST_LEAD && start[-1] == '"' ? strchr(start, '"') : NULL;
    if (!end || end[1] != ':' || end + 2 - format > UINT8_MAX) {
        return;
    }
    bool type = *start >= 'A' && *start <= 'Z';
    uint16_t word = tree_word((Str){.at = start, .len = (size_t)(end - start)});
    if (word) {
        know_word(new, lead, word, type);
        new->consumed = (uint8_t)(end + 2 - format);
    } else if (!type && !lead) {
        new->rest = is_scalar(end + 2) ? REST_NONE : REST_OTHER;
    }
}

/* Nearly all formats are one of these. */
static Rest rest_of(const char *format, bool *comma)
{
    static const struct {
        const char *format;
        Rest rest;
        bool comma;
    } rests[] = {{"%d", REST_NUMBER, false},
                 {"%d,", REST_NUMBER, true},
                 {"\"%s\",", REST_TEXT, true},
                 {"\"%c\",", REST_CHARACTER, true}};
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        if (strcmp(format, rests[i].format) == 0) {
            *comma = rests[i].comma;
            return rests[i].rest;
        }
    }
    return REST_OTHER;
}

static Known *know(Known *slot, const char *format)
{
    *slot = (Known){.format = format, .rest = REST_OTHER};
    know_start(slot);
    const char *rest = format + slot->consumed;
    size_t length = strlen(rest);
    if (slot->rest == REST_NONE) {
        return slot;
    }
    if (!strchr(rest, '%') && slot->length + length <= sizeof slot->text) {
        memcpy(slot->text + slot->length, rest, length);
        slot->length += (uint8_t)length;
        slot->rest = REST_NONE;
    } else {
        slot->rest = (uint8_t)rest_of(rest, &slot->comma);
    }
    return slot;
}

static Known *find_known(const char *format)
{
    Known *slot = &known[((uintptr_t)format * 0x9e3779b97f4a7c15u) >> 52];
    return slot->format == format ? slot : know(slot, format);
}

__attribute__((noinline)) static void print_format(StringInfoData *buffer, const char *format,
                                                   va_list arguments)
{
    char piece[PIECE];
    va_list again;
    va_copy(again, arguments);
    int printed = print_piece(piece, format, arguments);
    if (printed >= 0) {
        print(buffer, piece, (size_t)printed);
    } else {
        print_any(buffer, format, again);
    }
    va_end(again);
}

/* Where `length` bytes and a NUL can be written. */
static char *room_for(StringInfoData *buffer, size_t length)
{
    if (buffer->maxlen - buffer->len <= (int)length) {
        enlargeStringInfo(buffer, (int)length);
    }
    return buffer->data + buffer->len;
}

/* The buffer's next `length` bytes are written. */
static void advance(StringInfoData *buffer, size_t length)
{
    buffer->len += (int)length;
    buffer->data[buffer->len] = '\0';
}

static void print_number(StringInfoData *buffer, int number, bool comma)
{
    char digits[2 * DIGITS + 8];
    char *end = digits + DIGITS;
    char *at = print_digits(end, number < 0 ? 0u - (uint32_t)number : (uint32_t)number);
    if (number < 0) {
        *--at = '-';
    }
    *end = ',';
    memcpy(room_for(buffer, 16), at, 16); /* a constant number of bytes is copied at once */
    advance(buffer, (size_t)(end - at) + comma);
}

static void print_quoted(StringInfoData *buffer, const char *text, size_t length, bool comma)
{
    char *out = room_for(buffer, length + 3);
    out[0] = '"';
    memcpy(out + 1, text, length);
    memcpy(out + 1 + length, "\",", 2);
    advance(buffer, length + 2 + comma);
}

/* What stands behind the text. */
static void print_rest(StringInfoData *buffer, const Known *found, va_list arguments)
{
    char character;
    const char *text;
    switch (found->rest) {
    case REST_NUMBER:
        print_number(buffer, va_arg(arguments, int), found->comma);
        break;
    case REST_CHARACTER:
        character = (char)va_arg(arguments, int);
        print_quoted(buffer, &character, 1, found->comma);
        break;
    case REST_TEXT:
        text = va_arg(arguments, const char *);
        text = text ? text : "(null)";
        print_quoted(buffer, text, strlen(text), found->comma);
        break;
    default:
        print_format(buffer, found->format + found->consumed, arguments);
    }
}

/* All bytes of the text are copied, which is faster than some. */
static void print_text(StringInfoData *buffer, const Known *found)
{
    int room = buffer->maxlen - buffer->len;
    if (room <= (int)sizeof found->text) {
        appendBinaryStringInfo(buffer, found->text, found->length);
        return;
    }
    memcpy(buffer->data + buffer->len, found->text, sizeof found->text);
    buffer->len += found->length;
    buffer->data[buffer->len] = '\0';
}

void __wrap_appendStringInfo(StringInfoData *buffer, const char *format, ...)
{
    const Known *found = NULL;
    if (is_short) {
        found = find_known(format);
        print_text(buffer, found);
        if (found->rest == REST_NONE) {
            return;
        }
    }
    va_list arguments;
    va_start(arguments, format);
    if (found) {
        print_rest(buffer, found, arguments);
    } else {
        print_format(buffer, format, arguments);
    }
    va_end(arguments);
}

void __wrap_appendStringInfoString(StringInfoData *buffer, const char *text)
{
    if (is_short && text >= __executable_start && text < edata) {
        const Known *found = find_known(text);
        print_text(buffer, found);
        if (found->rest == REST_NONE) {
            return;
        }
        text += found->consumed;
    }
    print(buffer, text, strlen(text));
}

#else

void print_short(bool on)
{
    (void)on;
}

#endif
