/* The code cells of a Jupyter notebook; %%sql and %sql as in JupySQL and ipython-sql.
 *
 * What an escape of JSON stands for is shorter than the escape, and the text keeps its length. The
 * blanks that this takes stand before a run of escapes, or behind one that follows a name: so
 * \"\"\" is three quotes side by side, and nothing comes into \"orders\". Where a list of strings
 * holds a cell's lines, each line begins behind its string's quote. */
#include "embedded/document_cells.h"

#include "base/banned.h"

typedef struct {
    DocumentParts *parts;
    Str text;
    DocumentCells cells;
} Notebook;

static unsigned hex(Str digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = char_to_lower(digits.at[i]);
        unsigned digit = char_is_digit(c)       ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                                                : 0;
        value = value * 16 + digit;
    }
    return value;
}

static size_t encode(unsigned code, char out[3])
{
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0};
    for (size_t i = length; i-- > 1; code >>= 6) {
        out[i] = (char)(0x80 | (code & 0x3f));
    }
    out[0] = (char)(leads[length] | code);
    return length;
}

/* What the escape at `at` stands for goes to `out`: its length; *length is the escape's. */
static size_t decode_escape(Str text, size_t at, char out[3], size_t *length)
{
    static const char letters[] = "nrtbf", values[] = "\n \t  "; /* \r\n is two escapes */
    char c = at + 1 < text.len ? text.at[at + 1] : ' ';
    *length = c == 'u' ? 6 : 2;
    out[0] = c;
    for (size_t i = 0; i < sizeof letters - 1; i++) {
        out[0] = c == letters[i] ? values[i] : out[0];
    }
    if (c != 'u') {
        return 1;
    }
    unsigned code = hex(str_slice(text, at + 2, at + 6));
    if (code >= 0xd800 && code < 0xe000) { /* a half of a pair: what it is does not matter */
        code = '?';
    }
    return encode(code ? code : ' ', out);
}

/* Bytes `range` of a string, decoded, into its own place. */
static void keep_string(Notebook *notebook, const Language *language, Range range)
{
    Str text = str_slice(notebook->text, 0, range.end);
    for (size_t at = range.start; at < range.end;) {
        char run[256];
        size_t length = 0, escape = 0, end = at;
        while (end < range.end && text.at[end] == '\\' && length + 4 < sizeof run) {
            length += decode_escape(text, end, run + length, &escape);
            end += escape;
        }
        end = end < range.end ? end : range.end;
        if (end == at) {
            document_keep(notebook->parts, language, at, text.at[at]);
            at++;
            continue;
        }
        bool follows = at > range.start && char_is_name(text.at[at - 1]);
        size_t to = follows || length > end - at ? at : end - length;
        for (size_t i = 0; i < length && i < end - at; i++) {
            document_keep(notebook->parts, language, to + i, run[i]);
        }
        at = end;
    }
}

/* A line of a cell: of one string of a list, or a part of the only one. Its end may be \n. */
typedef struct {
    Range range;
    bool first; /* of its string */
} Line;

/* The line's bytes without the escaped line end. */
static Str line_text(const Notebook *notebook, Line line)
{
    Str text = str_slice(notebook->text, line.range.start, line.range.end);
    return str_ends_with(text, STR("\\n")) ? str_slice(text, 0, text.len - 2) : text;
}

/* Cuts the strings of a cell into lines. */
static void cut_lines(Notebook *notebook, const DocumentCell *cell,
                      void (*read)(Notebook *notebook, Line line, void *to), void *to)
{
    for (size_t i = 0; i < cell->lines.count; i++) {
        uint32_t start = cell->lines.at[i].start + 1;
        uint32_t behind = cell->lines.at[i].end - 1;
        bool first = true;
        for (uint32_t at = start; at < behind; at++) {
            bool escape = notebook->text.at[at] == '\\';
            bool ends = escape && notebook->text.at[at + 1] == 'n';
            at += escape;
            if (ends || at + 1 >= behind) {
                read(notebook, (Line){{start, at + 1 < behind ? at + 1 : behind}, first}, to);
                start = at + 1;
                first = false;
            }
        }
    }
}

/* How the lines of a cell are read. */
typedef struct {
    const Language *language; /* NULL and not `sql`: not at all */
    bool sql;
    bool begun;   /* a line that is not empty has been */
    bool joined;  /* the line before ends with a backslash: this one goes on with it */
    Range script; /* of SQL: from its first line on */
} CellReading;

static Str first_word(Str text, size_t from)
{
    size_t end = from;
    while (end < text.len && !char_is_space(text.at[end])) {
        end++;
    }
    return str_slice(text, from, end);
}

/* Behind what stands between %%sql and SQL on its line: addresses, options, "name <<". */
static size_t skip_arguments(Str line, size_t at)
{
    for (;;) {
        while (at < line.len && char_is_space(line.at[at])) {
            at++;
        }
        Str word = first_word(line, at);
        size_t next = at + word.len + 1;
        Str after = first_word(line, next);
        bool named = str_equal(after, STR("<<"));
        bool argument = str_starts_with(word, STR("-")) || str_starts_with(word, STR("@")) ||
                        str_find(word, STR("://")) < word.len;
        if (!word.len || (!named && !argument)) {
            return at;
        }
        at = named ? next + after.len : at + word.len;
    }
}

static void add_script(Notebook *notebook, Range range)
{
    if (range.end > range.start) {
        array_push(notebook->parts->arena, &notebook->parts->document->sql, range);
    }
}

/* %%sql, %%bash … at the top of a cell say what the rest is. */
static void read_cell_magic(Notebook *notebook, Line line, CellReading *reading)
{
    Str text = line_text(notebook, line);
    Str word = first_word(text, 0);
    Str name = str_slice(word, 2, word.len);
    bool script = str_equal(name, STR("script"));
    bool sql;
    const Language *language =
        document_language(script ? first_word(text, word.len + 1) : name, &sql);
    if (sql) {
        size_t behind = skip_arguments(text, word.len);
        reading->language = NULL;
        reading->sql = true;
        reading->script.start = line.range.start + (uint32_t)behind;
        keep_string(notebook, NULL, (Range){reading->script.start, line.range.end});
    } else if (language) {
        reading->language = language;
    } else if (str_in_list("html markdown latex svg perl6 writefile R", name)) {
        reading->language = NULL;
    }
}

/* A line %sql … or x = %sql …, which is SQL, in a program; or !… for the shell. */
static bool read_line_magic(Notebook *notebook, Line line)
{
    static const Str magic = STR("%sql ");
    Str text = line_text(notebook, line);
    Str trimmed = str_trim(text);
    size_t found = str_find(text, magic);
    Str before = str_trim(str_slice(text, 0, found));
    bool assigns = str_ends_with(before, STR("="));
    if (found < text.len && (!before.len || assigns)) {
        size_t behind = skip_arguments(text, found + magic.len);
        Range range = {line.range.start + (uint32_t)behind, line.range.start + (uint32_t)text.len};
        keep_string(notebook, NULL, range);
        add_script(notebook, range);
        return true;
    }
    if (str_starts_with(trimmed, STR("!"))) {
        uint32_t skipped = (uint32_t)str_find_byte(text, '!', 0) + 1;
        keep_string(notebook, language_named(STR("shell")),
                    (Range){line.range.start + skipped, line.range.end});
        return true;
    }
    return str_starts_with(trimmed, STR("%"));
}

static void keep_line(Notebook *notebook, Line line, CellReading *reading)
{
    static const Str backslash = STR("\\\\");
    const Language *language = reading->language;
    Str text = line_text(notebook, line);
    bool last = notebook->text.at[line.range.end] == '"'; /* of this string */
    bool joins = last && str_ends_with(text, backslash) &&
                 !str_ends_with(str_slice(text, 0, text.len - 2), backslash);
    if (line.first) {
        document_keep(notebook->parts, language, line.range.start - 1,
                      reading->joined ? ' ' : '\n');
    }
    reading->joined = joins;
    uint32_t end = line.range.start + (uint32_t)text.len - (joins ? 2 : 0);
    keep_string(notebook, language, (Range){line.range.start, last ? end : line.range.end});
}

static void read_line(Notebook *notebook, Line line, void *to)
{
    CellReading *reading = to;
    Str text = str_trim(line_text(notebook, line));
    if (!reading->begun && str_starts_with(text, STR("%%"))) {
        reading->begun = true;
        read_cell_magic(notebook, line, reading);
        return;
    }
    reading->begun |= text.len > 0;
    if (reading->sql) {
        reading->script.start = reading->script.start ? reading->script.start : line.range.start;
        keep_line(notebook, line, reading);
    } else if (reading->language && !read_line_magic(notebook, line)) {
        keep_line(notebook, line, reading);
    }
    reading->script.end = line.range.end;
}

static void read_cell(Notebook *notebook, const DocumentCell *cell)
{
    CellReading reading = {.language = notebook->cells.kernel, .sql = notebook->cells.kernel_sql};
    cut_lines(notebook, cell, read_line, &reading);
    if (reading.sql) {
        reading.script.end = cell->lines.at[cell->lines.count - 1].end - 1;
        add_script(notebook, reading.script);
    }
}

void document_read_notebook(DocumentParts *parts)
{
    Notebook notebook = {.parts = parts,
                         .text = parts->source,
                         .cells = document_cells(parts->arena, parts->source)};
    if (notebook.cells.failed) {
        parts->document->refusal = "a notebook that is no well-formed JSON";
        parts->document->refused_at = notebook.cells.failed_at;
    }
    for (size_t i = 0; i < notebook.cells.cells.count; i++) {
        read_cell(&notebook, &notebook.cells.cells.at[i]);
    }
}
