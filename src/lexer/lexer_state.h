#ifndef RINGFENCE_LEXER_LEXER_STATE_H
#define RINGFENCE_LEXER_LEXER_STATE_H

#include "base/array.h"
#include "lexer/lexer.h"
#include "lexer/lexer_forms.h"

/* What the lexers of all families share. The core (lexer.c) reads white space, names, numbers and
 * operators; a family adds rows of LexRules and what its special bytes and words begin. */

typedef enum {
    BYTE_SYMBOL, /* all that a table does not name */
    BYTE_SPACE,
    BYTE_LINE, /* \n */
    BYTE_NAME,
    BYTE_DIGIT,
    BYTE_OPEN,  /* ( [ { */
    BYTE_CLOSE, /* ) ] } */
    BYTE_SPECIAL
} ByteClass;

/* The part of a class table that is the same everywhere. */
#define BYTES_OF_EVERY_LANGUAGE                                                          \
    [' '] = BYTE_SPACE, ['\t'] = BYTE_SPACE, ['\r'] = BYTE_SPACE, ['\f'] = BYTE_SPACE,   \
    ['\v'] = BYTE_SPACE, ['\n'] = BYTE_LINE, ['a' ... 'z'] = BYTE_NAME,                  \
    ['A' ... 'Z'] = BYTE_NAME, ['_'] = BYTE_NAME, [0x80 ... 0xff] = BYTE_NAME,           \
    ['0' ... '9'] = BYTE_DIGIT, ['('] = BYTE_OPEN, ['['] = BYTE_OPEN, ['{'] = BYTE_OPEN, \
    [')'] = BYTE_CLOSE, [']'] = BYTE_CLOSE, ['}'] = BYTE_CLOSE

typedef struct Lexer Lexer;

/* A family's row. */
typedef struct LexRules {
    const uint8_t *bytes; /* 256 ByteClasses */

    /* Reads what the BYTE_SPECIAL byte at lexer->at begins; false (and nothing read): an operator.
     */
    bool (*special)(Lexer *lexer, char byte);

    /* A name was read, from `start` to lexer->at; true when it began a literal (or the like), which
     * was read then and stands for the name. NULL: none does. */
    bool (*word)(Lexer *lexer, uint32_t start);
    bool
        every_word; /* ask `word` about each name; else only when a quote or # is right behind it */

    void (*document)(Lexer *lexer); /* reads the text; NULL: lexer_run */

    bool digit_quotes; /* 1'000 */
    bool conversions;  /* a ! ends the expression of a hole in braces, as a : does */
    unsigned dialect;  /* the family's own */
} LexRules;

/* A heredoc whose opener was read and whose body begins behind the line. */
typedef struct {
    uint32_t token; /* its STRING */
    Range tag;      /* the word that ends it */
    bool indented;  /* white space may stand before that word */
} LexHeredoc;

enum { LEXER_HEREDOCS = 16, LEXER_RESTARTS = 16, LEXER_SEARCHES = 64 };

struct Lexer {
    Arena *arena;
    const char *text;
    uint32_t at, end;
    const LexRules *rules;
    LexToken *tokens;
    uint32_t count;
    size_t capacity;
    ARRAY(Range) comments;
    LexHeredoc heredocs[LEXER_HEREDOCS];
    unsigned heredoc_count;
    unsigned depth;    /* of nested literals */
    unsigned restarts; /* literals that were given up at the end of the text */
    unsigned searches; /* fruitless ones for the end of a heredoc */
    bool first;        /* the next token is the first one of its line */
    bool lost;         /* a hole reached the end: everything returns to the outermost literal */
    bool missed;       /* a hole of a family reached the end */
    uint32_t character_lost; /* up to here, an apostrophe has no other one on its line */
    bool comment_lost;       /* a nested block comment does not end: they are read as others' */
    Range endless;           /* the end of a block comment was searched here, in vain */
    unsigned cases;          /* shell: `case` without its `esac` */
};

/* The byte `ahead` of the next one, or NUL behind the end. */
static inline char lexer_peek(const Lexer *lexer, uint32_t ahead)
{
    return lexer->end - lexer->at > ahead ? lexer->text[lexer->at + ahead] : '\0';
}

static inline char lexer_byte(const Lexer *lexer, uint32_t at)
{
    return at < lexer->end ? lexer->text[at] : '\0';
}

static inline bool lexer_in_name(const Lexer *lexer, uint32_t at)
{
    if (at >= lexer->end) {
        return false;
    }
    uint8_t byte = lexer->rules->bytes[(unsigned char)lexer->text[at]];
    return byte == BYTE_NAME || byte == BYTE_DIGIT;
}

/* Is byte `at` a letter, an underscore or beyond ASCII? For names behind a sigil, whatever the
 * table says. */
static inline bool lexer_begins_name(const Lexer *lexer, uint32_t at)
{
    char byte = lexer_byte(lexer, at);
    return char_is_alpha(byte) || byte == '_' || (unsigned char)byte >= 0x80;
}

/* Appends a token; gives its index. lexer->at stays. */
uint32_t lexer_emit(Lexer *lexer, LexKind kind, uint32_t start, uint32_t end);

/* Appends a token and goes on behind it. Always true. */
bool lexer_take(Lexer *lexer, LexKind kind, uint32_t start, uint32_t end);

/* The end of the name that begins at `at`, by the rules' table. */
uint32_t lexer_name_end(const Lexer *lexer, uint32_t at);

/* The offset of the first `needle` from `at` on, or lexer->end. */
uint32_t lexer_find(const Lexer *lexer, uint32_t at, Str needle);

/* Does `text` stand at `at`? */
bool lexer_has(const Lexer *lexer, uint32_t at, Str text);

/* The offset of the first `byte` from `at` on that stands before the line's end; 0: none does.
 * Costs no more than the way to that byte or line end. */
uint32_t lexer_find_on_line(const Lexer *lexer, uint32_t at, char byte);

/* The end of the line that `at` is in, before its \n or \r\n. */
uint32_t lexer_line_end(const Lexer *lexer, uint32_t at);

/* Notes a comment and goes on behind it. Always true. */
bool lexer_comment(Lexer *lexer, uint32_t start, uint32_t end);

/* The delimiter that ends what `open` begins: its bracket, or itself. */
char lexer_closing(char open);

/* Reads a comment up to the end of the line; `joins`: a backslash before the line's end goes on.
 * Always true. */
bool lexer_line_comment(Lexer *lexer, bool joins);

/* Reads a comment from /_* to *_/. Always true. */
bool lexer_block_comment(Lexer *lexer, bool nested);

/* Reads tokens up to the bracket `close` that no bracket `open` has opened, which is not read; with
 * NUL, up to lexer->end. False when the end came first. */
bool lexer_run(Lexer *lexer, char open, char close);

/* As `open`: a hole in braces, whose expression also ends at its format, outside brackets. */
enum { LEXER_FORMATTED = 1 };

/* Is the last token the end of a value, so that a slash behind it is a division? */
bool lexer_behind_value(const Lexer *lexer);

/* The last token's source; `;` where there is none yet. */
Str lexer_last(const Lexer *lexer);

/* How a literal is delimited. */
typedef struct {
    uint32_t start;   /* of its prefix */
    uint32_t content; /* behind its opening delimiter */
    uint8_t form;
    char open; /* nests inside: ( in %q( ); NUL: nothing does */
    char close;
    uint8_t quotes; /* `close` ends it when so many stand together */
    uint8_t marks;  /* …and so many # follow. C#: braces of a hole; Kotlin: dollars of one */
} LexQuote;

/* Reads the literal `quote`, holes and all, and goes on behind it; the header says what becomes of
 * broken ones. Always true. */
bool lexer_quote(Lexer *lexer, LexQuote quote);

/* Appends a STRING without holes whose ends are known, and goes on behind it. Always true. */
bool lexer_literal(Lexer *lexer, uint32_t start, uint32_t end, uint8_t form, uint32_t open,
                   uint32_t close);

/* Reads a literal of one delimiter byte at lexer->at. Always true. */
bool lexer_simple(Lexer *lexer, uint8_t form);

/* Reads the character literal whose quote is at lexer->at and which began at `start`; false when it
 * is not closed on its line. */
bool lexer_character(Lexer *lexer, uint32_t start, uint8_t form);

/* How many bytes `byte` stand in a row from `at` on, up to `most`. */
static inline uint32_t lexer_run_length(const Lexer *lexer, uint32_t at, char byte, uint32_t most)
{
    uint32_t length = 0;
    while (length < most && at + length < lexer->end && lexer->text[at + length] == byte) {
        length++;
    }
    return length;
}

/* A literal being read: where the piece that is not emitted yet begins. */
typedef struct {
    LexQuote quote;
    uint32_t piece;
} LexBody;

/* Appends what of the literal stands between its last hole and `end` as a piece, if anything. */
static inline void lexer_piece(Lexer *lexer, LexBody *body, uint32_t end)
{
    if (body->piece < end) {
        lexer_emit(lexer, LEX_PIECE, body->piece, end);
    }
    body->piece = end;
}

/* What a byte that may begin a hole turned out to be. HOLE_LOST: a hole that is not closed. */
typedef enum { HOLE_TEXT, HOLE_READ, HOLE_LOST } HoleResult;

/* Reads what begins at lexer->at, a byte that may begin a hole of the literal's form, and goes on
 * behind it. */
HoleResult lexer_any_hole(Lexer *lexer, LexBody *body);

/* Reads the hole from `start`, whose expression begins at `expression` and ends before bracket
 * `close`; goes on behind that. False when it is not closed: lexer->lost then. */
bool lexer_hole(Lexer *lexer, LexBody *body, uint32_t start, uint32_t expression, char open,
                char close);

/* Appends the hole from `start` that is one name, `name`, and goes on behind `end`. */
void lexer_name_hole(Lexer *lexer, LexBody *body, uint32_t start, Range name, uint32_t end);

/* The same two for holes whose expressions a family reads itself. */
uint32_t lexer_hole_open(Lexer *lexer, LexBody *body, uint32_t start, uint32_t expression);
void lexer_hole_close(Lexer *lexer, LexBody *body, uint32_t hole, uint32_t expression_end,
                      uint32_t end);

/* Families' holes: lexer->at is at the byte that may begin one; false (and nothing read): it is
 * text. One that is not closed sets lexer->missed. */
bool lexer_php_hole(Lexer *lexer, LexBody *body);
bool lexer_perl_hole(Lexer *lexer, LexBody *body);
bool lexer_shell_hole(Lexer *lexer, LexBody *body);

/* Perl: reads the variable at lexer->at, which begins with `sigil`; false (and nothing read): it is
 * none. */
bool lexer_perl_variable(Lexer *lexer, char sigil);

/* The opener of a heredoc from `start` to `end`: a STRING, if the text holds its end. False
 * otherwise, and nothing is read. */
bool lexer_heredoc(Lexer *lexer, uint32_t start, uint32_t end, uint8_t form, Range tag,
                   bool indented);

/* At the start of a line: reads the bodies of the heredocs that were opened on the line before. */
void lexer_heredoc_bodies(Lexer *lexer);

/* Reads the text from lexer->at to `end` as the inside of `form`, into pieces and holes, as
 * children of the last token. */
void lexer_inside(Lexer *lexer, uint8_t form, uint32_t end);

/* Goes on with another language up to `end`. */
void lexer_island(Lexer *lexer, const LexRules *rules, uint32_t end);

/* Reads the JSX element at lexer->at; false (and nothing read): it is none. */
bool lexer_jsx(Lexer *lexer);

extern const LexRules lexer_go, lexer_java, lexer_kotlin, lexer_scala, lexer_csharp, lexer_rust,
    lexer_clang, lexer_cplusplus, lexer_swift, lexer_javascript, lexer_typescript, lexer_tsx,
    lexer_python, lexer_ruby, lexer_perl, lexer_php, lexer_elixir, lexer_shell, lexer_script,
    lexer_xml;

#endif
