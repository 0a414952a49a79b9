#include "source/lean.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

#include "base/banned.h"

enum {
    LOOK = 8, /* bytes of a line that tell whether it ends the data */
    FEW = 8   /* less than a window's eighth is not worth moving what is behind it */
};

typedef struct {
    int descriptor;
    const SourceSieve *sieve;
    size_t window;
    char *kept;
    size_t len, capacity;
    off_t at;        /* in the file: what is read next */
    bool at_end;     /* there is no more */
    size_t looked;   /* up to there, kept text holds no COPY that is not settled */
    size_t searched; /* behind `looked`, where to go on looking for the line's end */
    off_t refused;   /* in the file: data that begin before it have no end */
    LineGap *gaps;
    size_t gap_count;
    char *room; /* for a window of data, and LOOK bytes before it */
} Lean;

/* How looking for the end of data went. */
typedef enum { DATA_GOES_ON, DATA_ENDS, DATA_REFUSED, DATA_FAILED } Verdict;

/* Fills up to `size` bytes from the file; false with errno. Sets *at_end behind the last one. */
static bool fill(Lean *lean, char *to, size_t size, size_t *got)
{
    ssize_t result;
    do {
        result = pread(lean->descriptor, to, size, lean->at);
    } while (result < 0 && errno == EINTR);
    *got = result > 0 ? (size_t)result : 0;
    lean->at += result > 0 ? result : 0;
    lean->at_end = result == 0;
    return result >= 0;
}

static void reserve(Lean *lean, size_t more)
{
    if (lean->capacity - lean->len < more) {
        lean->capacity += lean->capacity / 2 + more;
        lean->kept = memory_resize(lean->kept, lean->capacity);
    }
}

/* Reads another window of what is kept. */
static bool read_more(Lean *lean)
{
    size_t got;
    reserve(lean, lean->window);
    if (!fill(lean, lean->kept + lean->len, lean->window, &got)) {
        return false;
    }
    lean->len += got;
    errno = EFBIG;
    return lean->len <= UINT32_MAX;
}

static bool begins_copy(Str line)
{
    static const Str copies[] = {STR("COPY "), STR("copy "), STR("\\copy "), STR("\\COPY ")};
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        if (str_starts_with(line, copies[i])) {
            return true;
        }
    }
    return false;
}

static bool ends_data(Str line, bool at_end)
{
    return str_starts_with(line, STR("\\.\n")) || str_starts_with(line, STR("\\.\r\n")) ||
           (at_end && str_equal(line, STR("\\.")));
}

/* Looks at the lines behind line ends in text[*from, …): up to the last one that can be judged. Of
 * the text, LOOK bytes are left then, and *from is where. */
static Verdict scan(Str text, size_t *from, bool at_end, uint64_t *lines)
{
    size_t end = text.len > *from + LOOK ? text.len - LOOK : *from;
    while ((*from = source_scan_data(text.at, *from, end, lines)) < end) {
        Str line = str_slice(text, ++*from, text.len);
        if (begins_copy(line) || ends_data(line, false)) {
            return begins_copy(line) ? DATA_REFUSED : DATA_ENDS;
        }
    }
    if (!at_end) {
        return DATA_GOES_ON;
    }
    while ((*from = str_find_byte(text, '\n', *from)) < text.len) {
        Str line = str_slice(text, ++*from, text.len);
        ++*lines;
        if (begins_copy(line) || ends_data(line, true)) {
            return begins_copy(line) ? DATA_REFUSED : DATA_ENDS;
        }
    }
    return DATA_REFUSED;
}

static void note_gap(Lean *lean, size_t at, uint64_t lines)
{
    uint64_t before = lean->gap_count ? lean->gaps[lean->gap_count - 1].lines : 0;
    if ((lean->gap_count & (lean->gap_count - 1)) == 0) {
        size_t room = lean->gap_count ? 2 * lean->gap_count : 1;
        lean->gaps = memory_resize(lean->gaps, room * sizeof *lean->gaps);
    }
    lean->gaps[lean->gap_count++] =
        (LineGap){.at = (uint32_t)at, .lines = (uint32_t)(before + lines)};
}

/* What is kept ends before `start` and goes on with `rest`. */
static void cut_out(Lean *lean, size_t start, Str rest, uint64_t lines)
{
    note_gap(lean, start, lines);
    lean->len = start;
    reserve(lean, rest.len);
    memmove(lean->kept + start, rest.at, rest.len);
    lean->len += rest.len;
}

/* Goes on with data that began at kept byte `start`, window by window; *lines were counted, and
 * `left` bytes at the end of what is kept are still to be looked at. */
static Verdict skip_windows(Lean *lean, size_t start, size_t left, uint64_t *lines)
{
    Verdict verdict = DATA_GOES_ON;
    size_t begin = LOOK - left;
    size_t got;
    lean->room = lean->room ? lean->room : memory_allocate(LOOK + lean->window);
    memcpy(lean->room + begin, lean->kept + lean->len - left, left);
    while (verdict == DATA_GOES_ON) {
        if (!fill(lean, lean->room + LOOK, lean->window, &got)) {
            return DATA_FAILED;
        }
        Str text = {.at = lean->room, .len = LOOK + got};
        size_t from = begin;
        verdict = scan(text, &from, lean->at_end, lines);
        if (verdict == DATA_ENDS) {
            cut_out(lean, start, str_slice(text, from, text.len), *lines - 1);
            return verdict;
        }
        left = text.len - from;
        if (verdict == DATA_REFUSED) {
            lean->refused = lean->at - (off_t)left;
            return verdict;
        }
        begin = LOOK - left;
        memmove(lean->room + begin, text.at + from, left);
    }
    return verdict;
}

/* Leaves out the data that begin at kept byte `start`. False with errno. */
static bool skip_data(Lean *lean, size_t start)
{
    Str text = {.at = lean->kept, .len = lean->len};
    uint64_t lines = 0;
    off_t behind = lean->at;
    off_t begin = behind - (off_t)(lean->len - start);
    size_t from = start - 1;
    lean->looked = lean->searched = start;
    if (begin < lean->refused) {
        return true;
    }
    Verdict verdict = scan(text, &from, lean->at_end, &lines);
    if (verdict == DATA_ENDS) {
        bool few = from - start < lean->window / FEW;
        lean->looked = lean->searched = few ? from : start;
        if (!few) {
            cut_out(lean, start, str_slice(text, from, text.len), lines - 1);
        }
        return true;
    }
    if (verdict == DATA_REFUSED) {
        lean->refused = begin + (off_t)(from - start);
        return true;
    }
    verdict = skip_windows(lean, start, text.len - from, &lines);
    if (verdict == DATA_REFUSED) { /* it is text: it is read again */
        lean->at = behind;
        lean->at_end = false;
    }
    return verdict != DATA_FAILED;
}

/* The first "stdin" or "STDIN" at or after `from`, or text.len. */
static size_t find_stdin(Str text, size_t from)
{
    Str rest = str_slice(text, from, text.len);
    size_t lower = str_find(rest, STR("stdin"));
    size_t upper = str_find(str_slice(rest, 0, lower), STR("STDIN"));
    return from + (upper < lower ? upper : lower);
}

/* Settles the COPYs in what is kept. */
static bool look(Lean *lean)
{
    for (;;) {
        Str text = {.at = lean->kept, .len = lean->len};
        size_t found = find_stdin(text, lean->looked);
        if (found >= text.len) {
            size_t cut = STR("stdin").len - 1; /* one may begin at the end */
            lean->looked = text.len > lean->looked + cut ? text.len - cut : lean->looked;
            return true;
        }
        lean->looked = found;
        lean->searched = lean->searched > found ? lean->searched : found;
        lean->searched = str_find_byte(text, '\n', lean->searched);
        if (lean->searched >= text.len) {
            return true;
        }
        size_t start = lean->searched + 1;
        if (!lean->sieve->begins(lean->sieve->context, str_slice(text, 0, start))) {
            lean->looked = lean->searched = start;
        } else if (!skip_data(lean, start)) {
            return false;
        }
    }
}

bool source_read_lean(int descriptor, const SourceSieve *sieve, SourceText *text)
{
    Lean lean = {.descriptor = descriptor,
                 .sieve = sieve,
                 .window = sieve->window ? sieve->window : SOURCE_WINDOW};
    bool read = true;
    while (read && !lean.at_end) {
        read = read_more(&lean) && look(&lean);
    }
    int number = errno;
    free(lean.room);
    if (!read) {
        free(lean.kept);
        free(lean.gaps);
        errno = number;
        return false;
    }
    *text = (SourceText){.text = {.at = lean.kept, .len = lean.len},
                         .block = lean.kept,
                         .gaps = lean.gaps,
                         .gap_count = lean.gap_count,
                         .left_out = (uint64_t)lean.at - lean.len};
    return true;
}
