#ifndef RINGFENCE_LEXER_LEXER_H
#define RINGFENCE_LEXER_LEXER_H

#include "base/arena.h"
#include "lexer/language.h"
#include "sql/fragment.h"

/* Host languages as tokens: names, numbers, symbols and literals; enough to find a string, the call
 * that it is an argument of, and what it is joined to. Comments and white space are no tokens.
 *
 * Tokens are one flat array in file order. What belongs to a string stands right behind it:
 *
 *     q("a ${b} c")     NAME q · SYMBOL ( · STRING "a ${b} c" [ PIECE a_ · HOLE b [ NAME b ] ·
 * PIECE _c ] · SYMBOL )
 *
 * so that a loop over lexer_next() sees the code around strings, and a loop over all tokens sees
 * the expressions inside them, too. A string without a hole has no children: its contents are its
 * range less `open` and `close`.
 *
 * A heredoc's STRING is its opener (<<~SQL), where the value is used; its text is a BODY further
 * on, behind the end of the line, which lexer_next() passes over. lexer_contents() and
 * lexer_decode() hide the difference.
 *
 * Any bytes are lexed, in linear time:
 * - A literal that may not span lines and is not closed ends at its line's end, and is `broken`.
 * - A literal that may span lines and is not closed up to the end of the file does the same: the
 * next line is code again. A character literal that is not closed on its line is a symbol, its
 * quote.
 * - A heredoc without its end is no heredoc: its opener is a symbol and a name.
 * - A comment that is not closed ends at its line's end.
 * - A hole that is not closed up to the end of the file breaks its string, as above.
 * - Below LEXER_DEPTH nested literals, holes are text. */

enum { LEXER_DEPTH = 48 };

typedef enum {
    LEX_NAME, /* identifiers and keywords, with their sigil where a language has one: $x, @x, %x, 'a
               */
    LEX_NUMBER, /* one token, without a sign */
    LEX_SYMBOL, /* an operator of one to three bytes: += => -> :: := <> .. ... || && ?? |> << <- =~
                   and so on */
    LEX_STRING, /* a literal in quotes of any kind, its prefix and delimiters included */
    LEX_PIECE,  /* of a string with holes: source bytes between them, never empty */
    LEX_HOLE,   /* of a string: an expression without its delimiters; its tokens are its children */
    LEX_BODY,   /* of a heredoc: its lines, without the one that ends it; pieces and holes are its
                   children */
    LEX_KIND_COUNT
} LexKind;

/* What a literal is for. Only LEX_TEXT can be SQL. */
typedef enum {
    LEX_TEXT,
    LEX_CHARACTER, /* 'x' where that is a character, ?x in Ruby and Elixir */
    LEX_REGEX,     /* with its flags; Perl's m s tr y */
    LEX_WORDS,     /* %w(a b), qw(a b), ~w(a b) */
    LEX_COMMAND,   /* `ls` in Ruby, PHP and Perl, %x(ls), qx(ls) */
    LEX_SYMBOLIC,  /* :"a" in Ruby and Elixir */
    LEX_ROLE_COUNT
} LexRole;

typedef struct {
    uint32_t start, end; /* in the text */
    uint32_t link;      /* STRING, HOLE, BODY: index of the token behind its last child; a heredoc's
                         * STRING:      index of its BODY; else 0 */
    unsigned kind : 4;  /* LexKind */
    unsigned form : 7;  /* STRING, BODY: its quotes and escapes, see lexer_role */
    unsigned first : 1; /* the first token on its line; lines joined by a backslash are one */
    unsigned joined : 1;  /* neither white space nor a comment before it */
    unsigned broken : 1;  /* STRING: not closed */
    unsigned heredoc : 1; /* STRING: its text is a BODY */
    unsigned open : 8;    /* STRING: bytes of prefix and opening delimiter */
    unsigned
        close : 8; /* STRING: bytes of the closing delimiter, and flags of a regex; 0 when broken */
} LexToken;

typedef struct {
    Str text;
    const Language *language;
    const LexToken *tokens;
    uint32_t count;
    const Range
        *comments; /* with their delimiters, in order; also Perl's POD and what is behind __END__ */
    uint32_t comment_count;
} LexFile;

/* Lexes all of `text`, shorter than 4 GiB; what is longer has no tokens. The file lives in `arena`,
 * about 16 bytes a token, and keeps `text`. */
LexFile lexer_read(Arena *arena, const Language *language, Str text);

/* The token behind token `index`, its children and any heredoc's body; file->count behind the last
 * one. The same call walks the children of a string or a hole: they end at the parent's `link`. */
uint32_t lexer_next(const LexFile *file, uint32_t index);

/* The source of token `index`. */
Str lexer_source(const LexFile *file, uint32_t index);

/* Is token `index` the name or symbol `word`? False behind the last token. */
bool lexer_is(const LexFile *file, uint32_t index, Str word);

/* Is token `index` a name? */
bool lexer_is_name(const LexFile *file, uint32_t index);

/* Is it one of the symbols of `list`, which blanks separate? */
bool lexer_is_one_of(const LexFile *file, uint32_t index, const char *list);

/* What a STRING is for. */
LexRole lexer_role(LexToken token);

/* Where the contents of STRING `index` are, between its delimiters, and in *first and *behind its
 * children (equal when there are none). */
Range lexer_contents(const LexFile *file, uint32_t index, uint32_t *first, uint32_t *behind);

/* Where a hole stands in a decoded text. */
typedef struct {
    uint32_t at;    /* offset in the text: the value belongs before that byte */
    uint32_t token; /* index of the HOLE */
} LexHole;

/* A literal's value. */
typedef struct {
    Str text;          /* with a NUL behind it; holes leave nothing in it */
    const Span *spans; /* from its bytes to the file's, as in an SqlFragment; what an escape stands
                        * for maps to the escape's first byte */
    size_t span_count; /* at least 1 */
    const LexHole *holes;
    size_t hole_count;
} LexText;

/* The value of STRING `index`: escapes resolved, lines dedented and joined as its language does.
 * Escapes that name a character by its Unicode name give a '?'; NUL gives a blank. In `arena`,
 * O(length). */
LexText lexer_decode(Arena *arena, const LexFile *file, uint32_t index);

#endif
