#ifndef RINGFENCE_LEXER_LEXER_FORMS_H
#define RINGFENCE_LEXER_LEXER_FORMS_H

#include "lexer/lexer.h"

/* The forms of literals, one row each in lexer_forms.c: what ends them, what is inside, what they
 * stand for. */

typedef enum {
    HOLES_NONE,
    HOLES_TEMPLATE, /* ${} */
    HOLES_KOTLIN,   /* $x ${}, with so many dollars */
    HOLES_SCALA,    /* $x ${}, $$ is a dollar */
    HOLES_RUBY,     /* #{} #@x #$x */
    HOLES_ELIXIR,   /* #{} */
    HOLES_SWIFT,    /* \(), with so many # */
    HOLES_PYTHON,   /* {}, {{ is a brace; !r and :format behind the expression */
    HOLES_CSHARP,   /* {} with so many braces; ,width and :format */
    HOLES_PHP,
    HOLES_PERL,
    HOLES_SHELL,
} LexHoles;

typedef enum {
    DEDENT_NONE,
    DEDENT_LEAST,  /* Ruby <<~, Perl <<~: the least indentation of a line that is not blank */
    DEDENT_JAVA,   /* the same, the closing delimiter's line included; blanks at line ends go */
    DEDENT_CLOSER, /* Swift, C#: the closing delimiter's; the first and last line ends go */
    DEDENT_CLOSER_LINE, /* Elixir, PHP: the closing delimiter's; Elixir's first line end goes */
    DEDENT_TABS,        /* shell <<-: all leading tabs */
} LexDedent;

/* What backslashes mean. `simple` is pairs: the letter, and the byte it stands for. */
typedef struct {
    const char *simple;
    unsigned octal : 2;   /* \0 to \777: up to so many digits */
    unsigned hex : 2;     /* \x: 1 exactly two digits, 2 up to two, 3 any number */
    unsigned unicode : 3; /* \u: 1 four digits, 2 also \U and eight, 4 also \u{…} */
    unsigned braced : 1;  /* \x{…} */
    unsigned named : 1;   /* \N{…} */
    unsigned control : 1; /* \cX */
    unsigned joins : 2;   /* backslash and line end: 1 nothing, 2 nor the white space behind */
    unsigned keeps : 1;   /* an unknown one keeps its backslash; else it is the byte behind it */
    const char *only;     /* backslash means something before these bytes alone; else it is kept */
} LexEscapes;

typedef struct {
    const LexEscapes *escapes; /* NULL: none */
    uint8_t role;              /* LexRole */
    uint8_t holes;             /* LexHoles */
    uint8_t dedent;            /* LexDedent */
    unsigned lines : 1;        /* may span lines */
    unsigned protects : 1;     /* a backslash hides the delimiter behind it, escape or not */
    unsigned doubled : 1;      /* two delimiters are one */
    unsigned greedy : 1;       /* of more quotes than end it, the last ones do */
    unsigned returns : 1;      /* \r\n stays as it is, else it is \n */
    unsigned entities : 1;     /* &lt; &#10; */
} LexForm;

typedef enum {
    FORM_NONE,
    FORM_C,
    FORM_C_RAW,
    FORM_C_CHARACTER,
    FORM_GO,
    FORM_GO_RAW,
    FORM_GO_CHARACTER,
    FORM_JAVA,
    FORM_JAVA_BLOCK,
    FORM_JAVA_CHARACTER,
    FORM_KOTLIN,
    FORM_KOTLIN_RAW,
    FORM_KOTLIN_CHARACTER,
    FORM_SCALA,
    FORM_SCALA_RAW,
    FORM_SCALA_HOLES,
    FORM_SCALA_HOLES_BLOCK,
    FORM_SCALA_RAW_HOLES,
    FORM_SCALA_RAW_HOLES_BLOCK,
    FORM_SCALA_CHARACTER,
    FORM_CSHARP,
    FORM_CSHARP_VERBATIM,
    FORM_CSHARP_HOLES,
    FORM_CSHARP_VERBATIM_HOLES,
    FORM_CSHARP_RAW,
    FORM_CSHARP_BLOCK,
    FORM_CSHARP_RAW_HOLES,
    FORM_CSHARP_BLOCK_HOLES,
    FORM_CSHARP_CHARACTER,
    FORM_RUST,
    FORM_RUST_RAW,
    FORM_RUST_CHARACTER,
    FORM_SWIFT,
    FORM_SWIFT_BLOCK,
    FORM_SWIFT_MARKED,
    FORM_SWIFT_MARKED_BLOCK,
    FORM_JS,
    FORM_JS_TEMPLATE,
    FORM_JSX,
    FORM_REGEX,
    FORM_REGEX_LINES,
    FORM_PYTHON,
    FORM_PYTHON_RAW,
    FORM_PYTHON_BYTES,
    FORM_PYTHON_BLOCK,
    FORM_PYTHON_RAW_BLOCK,
    FORM_PYTHON_BYTES_BLOCK,
    FORM_PYTHON_HOLES,
    FORM_PYTHON_RAW_HOLES,
    FORM_PYTHON_HOLES_BLOCK,
    FORM_PYTHON_RAW_HOLES_BLOCK,
    FORM_RUBY,
    FORM_RUBY_SINGLE,
    FORM_RUBY_WORDS,
    FORM_RUBY_WORDS_HOLES,
    FORM_RUBY_REGEX,
    FORM_RUBY_COMMAND,
    FORM_RUBY_SYMBOL,
    FORM_RUBY_SYMBOL_SINGLE,
    FORM_RUBY_CHARACTER,
    FORM_RUBY_HEREDOC,
    FORM_RUBY_HEREDOC_RAW,
    FORM_RUBY_SQUIGGLY,
    FORM_RUBY_SQUIGGLY_RAW,
    FORM_RUBY_HEREDOC_COMMAND,
    FORM_ELIXIR,
    FORM_ELIXIR_RAW,
    FORM_ELIXIR_BLOCK,
    FORM_ELIXIR_RAW_BLOCK,
    FORM_ELIXIR_ATOM,
    FORM_ELIXIR_CHARACTER,
    FORM_ELIXIR_REGEX,
    FORM_ELIXIR_REGEX_RAW,
    FORM_ELIXIR_WORDS,
    FORM_ELIXIR_WORDS_RAW,
    FORM_PERL,
    FORM_PERL_SINGLE,
    FORM_PERL_WORDS,
    FORM_PERL_REGEX,
    FORM_PERL_REGEX_RAW,
    FORM_PERL_COMMAND,
    FORM_PERL_HEREDOC,
    FORM_PERL_HEREDOC_RAW,
    FORM_PERL_INDENTED,
    FORM_PERL_INDENTED_RAW,
    FORM_PERL_HEREDOC_COMMAND,
    FORM_PERL_INDENTED_COMMAND,
    FORM_PHP,
    FORM_PHP_SINGLE,
    FORM_PHP_COMMAND,
    FORM_PHP_HEREDOC,
    FORM_PHP_NOWDOC,
    FORM_SHELL,
    FORM_SHELL_SINGLE,
    FORM_SHELL_ANSI,
    FORM_SHELL_HEREDOC,
    FORM_SHELL_HEREDOC_RAW,
    FORM_SHELL_TABS,
    FORM_SHELL_TABS_RAW,
    FORM_XML_TEXT,
    FORM_XML_ATTRIBUTE,
    FORM_XML_CDATA,
    FORM_COUNT
} LexFormName;

extern const LexForm lexer_forms[FORM_COUNT];

#endif
