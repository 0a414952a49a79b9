#include "lexer/lexer_forms.h"

#include "base/banned.h"

/* Each language's escapes, as its reference lists them. */

#define C_LETTERS "a\ab\bf\fn\nr\rt\tv\v"

static const LexEscapes c_escapes = {
    .simple = C_LETTERS "e\x1b", .octal = 3, .hex = 3, .unicode = 2, .joins = 1};
/* https://go.dev/ref/spec#String_literals */
static const LexEscapes go_escapes = {.simple = C_LETTERS, .octal = 3, .hex = 1, .unicode = 2};
/* Java Language Specification 3.10.7 */
static const LexEscapes java_escapes = {
    .simple = "b\bf\fn\nr\rs t\t", .octal = 3, .unicode = 1, .joins = 1};
static const LexEscapes kotlin_escapes = {.simple = "b\bn\nr\rt\t", .unicode = 1};
static const LexEscapes scala_escapes = {.simple = "b\bf\fn\nr\rt\t", .octal = 3, .unicode = 1};
static const LexEscapes csharp_escapes = {
    .simple = C_LETTERS "e\x1b", .octal = 1, .hex = 3, .unicode = 2};
/* https://doc.rust-lang.org/reference/tokens.html */
static const LexEscapes rust_escapes = {
    .simple = "n\nr\rt\t", .octal = 1, .hex = 1, .unicode = 4, .joins = 2};
static const LexEscapes swift_escapes = {
    .simple = "n\nr\rt\t", .octal = 1, .unicode = 4, .joins = 2};
/* ECMA-262, 12.9.4 and B.1.2 */
static const LexEscapes js_escapes = {
    .simple = "b\bf\fn\nr\rt\tv\v", .octal = 3, .hex = 1, .unicode = 5, .joins = 1};
/* Python's Language Reference, 2.4.1.1 */
static const LexEscapes python_escapes = {.simple = C_LETTERS "\\\\''\"\"",
                                          .octal = 3,
                                          .hex = 1,
                                          .unicode = 2,
                                          .named = 1,
                                          .joins = 1,
                                          .keeps = 1};
static const LexEscapes bytes_escapes = {
    .simple = C_LETTERS "\\\\''\"\"", .octal = 3, .hex = 1, .joins = 1, .keeps = 1};
static const LexEscapes ruby_escapes = {
    .simple = C_LETTERS "e\x1bs ", .octal = 3, .hex = 2, .unicode = 5, .control = 1, .joins = 1};
static const LexEscapes elixir_escapes = {.simple = C_LETTERS "e\x1bs d\x7f",
                                          .octal = 1,
                                          .hex = 2,
                                          .unicode = 5,
                                          .braced = 1,
                                          .joins = 1};
/* perlop, "Quote and Quote-like Operators"; \l \u \L \U \Q \E change nothing that is SQL. */
static const LexEscapes perl_escapes = {.simple = "a\ab\bf\fn\nr\rt\te\x1b",
                                        .octal = 3,
                                        .hex = 2,
                                        .braced = 1,
                                        .named = 1,
                                        .control = 1};
/* https://www.php.net/manual/en/language.types.string.php */
static const LexEscapes php_escapes = {.simple = "n\nr\rt\tv\ve\x1b"
                                                 "f\f\\\\$$\"\"",
                                       .octal = 3,
                                       .hex = 2,
                                       .unicode = 4,
                                       .keeps = 1};
static const LexEscapes php_heredoc_escapes = {.simple = "n\nr\rt\tv\ve\x1b"
                                                         "f\f\\\\$$",
                                               .octal = 3,
                                               .hex = 2,
                                               .unicode = 4,
                                               .keeps = 1};
/* A backslash hides itself and the delimiter. */
static const LexEscapes single_escapes = {.only = "\\'"};
static const LexEscapes quoted_escapes = {.only = "\\"};
/* POSIX, Shell Command Language 2.2.3 */
static const LexEscapes shell_escapes = {.only = "$`\"\\", .joins = 1};
static const LexEscapes shell_heredoc_escapes = {.only = "$`\\", .joins = 1};
static const LexEscapes ansi_escapes = {.simple = C_LETTERS "e\x1b"
                                                            "E\x1b\\\\''\"\"??",
                                        .octal = 3,
                                        .hex = 2,
                                        .unicode = 2,
                                        .control = 1,
                                        .keeps = 1};

const LexForm lexer_forms[FORM_COUNT] = {
    [FORM_C] = {.escapes = &c_escapes, .protects = 1},
    [FORM_C_RAW] = {.lines = 1},
    [FORM_C_CHARACTER] = {.escapes = &c_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_GO] = {.escapes = &go_escapes, .protects = 1},
    [FORM_GO_RAW] = {.lines = 1},
    [FORM_GO_CHARACTER] = {.escapes = &go_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_JAVA] = {.escapes = &java_escapes, .protects = 1},
    [FORM_JAVA_BLOCK] = {.escapes = &java_escapes,
                         .protects = 1,
                         .lines = 1,
                         .dedent = DEDENT_JAVA},
    [FORM_JAVA_CHARACTER] = {.escapes = &java_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_KOTLIN] = {.escapes = &kotlin_escapes, .protects = 1, .holes = HOLES_KOTLIN},
    [FORM_KOTLIN_RAW] = {.lines = 1, .greedy = 1, .holes = HOLES_KOTLIN},
    [FORM_KOTLIN_CHARACTER] = {.escapes = &kotlin_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_SCALA] = {.escapes = &scala_escapes, .protects = 1},
    [FORM_SCALA_RAW] = {.lines = 1, .greedy = 1},
    [FORM_SCALA_HOLES] = {.escapes = &scala_escapes, .protects = 1, .holes = HOLES_SCALA},
    [FORM_SCALA_HOLES_BLOCK] = {.escapes = &scala_escapes,
                                .lines = 1,
                                .greedy = 1,
                                .holes = HOLES_SCALA},
    [FORM_SCALA_RAW_HOLES] = {.protects = 1, .holes = HOLES_SCALA},
    [FORM_SCALA_RAW_HOLES_BLOCK] = {.lines = 1, .greedy = 1, .holes = HOLES_SCALA},
    [FORM_SCALA_CHARACTER] = {.escapes = &scala_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_CSHARP] = {.escapes = &csharp_escapes, .protects = 1},
    [FORM_CSHARP_VERBATIM] = {.lines = 1, .doubled = 1, .returns = 1},
    [FORM_CSHARP_HOLES] = {.escapes = &csharp_escapes, .protects = 1, .holes = HOLES_CSHARP},
    [FORM_CSHARP_VERBATIM_HOLES] = {.lines = 1, .doubled = 1, .returns = 1, .holes = HOLES_CSHARP},
    [FORM_CSHARP_RAW] = {0},
    [FORM_CSHARP_BLOCK] = {.lines = 1, .returns = 1, .dedent = DEDENT_CLOSER},
    [FORM_CSHARP_RAW_HOLES] = {.holes = HOLES_CSHARP},
    [FORM_CSHARP_BLOCK_HOLES] = {.lines = 1,
                                 .returns = 1,
                                 .dedent = DEDENT_CLOSER,
                                 .holes = HOLES_CSHARP},
    [FORM_CSHARP_CHARACTER] = {.escapes = &csharp_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_RUST] = {.escapes = &rust_escapes, .protects = 1, .lines = 1},
    [FORM_RUST_RAW] = {.lines = 1},
    [FORM_RUST_CHARACTER] = {.escapes = &rust_escapes, .protects = 1, .role = LEX_CHARACTER},
    [FORM_SWIFT] = {.escapes = &swift_escapes, .protects = 1, .holes = HOLES_SWIFT},
    [FORM_SWIFT_BLOCK] = {.escapes = &swift_escapes,
                          .protects = 1,
                          .lines = 1,
                          .dedent = DEDENT_CLOSER,
                          .holes = HOLES_SWIFT},
    [FORM_SWIFT_MARKED] = {.escapes = &swift_escapes, .holes = HOLES_SWIFT},
    [FORM_SWIFT_MARKED_BLOCK] = {.escapes = &swift_escapes,
                                 .lines = 1,
                                 .dedent = DEDENT_CLOSER,
                                 .holes = HOLES_SWIFT},
    [FORM_JS] = {.escapes = &js_escapes, .protects = 1},
    [FORM_JS_TEMPLATE] = {.escapes = &js_escapes,
                          .protects = 1,
                          .lines = 1,
                          .holes = HOLES_TEMPLATE},
    [FORM_JSX] = {.lines = 1, .entities = 1},
    [FORM_REGEX] = {.protects = 1, .role = LEX_REGEX},
    [FORM_REGEX_LINES] = {.protects = 1, .lines = 1, .role = LEX_REGEX},
    [FORM_PYTHON] = {.escapes = &python_escapes, .protects = 1},
    [FORM_PYTHON_RAW] = {.protects = 1},
    [FORM_PYTHON_BYTES] = {.escapes = &bytes_escapes, .protects = 1},
    [FORM_PYTHON_BLOCK] = {.escapes = &python_escapes, .protects = 1, .lines = 1},
    [FORM_PYTHON_RAW_BLOCK] = {.protects = 1, .lines = 1},
    [FORM_PYTHON_BYTES_BLOCK] = {.escapes = &bytes_escapes, .protects = 1, .lines = 1},
    [FORM_PYTHON_HOLES] = {.escapes = &python_escapes, .protects = 1, .holes = HOLES_PYTHON},
    [FORM_PYTHON_RAW_HOLES] = {.protects = 1, .holes = HOLES_PYTHON},
    [FORM_PYTHON_HOLES_BLOCK] = {.escapes = &python_escapes,
                                 .protects = 1,
                                 .lines = 1,
                                 .holes = HOLES_PYTHON},
    [FORM_PYTHON_RAW_HOLES_BLOCK] = {.protects = 1, .lines = 1, .holes = HOLES_PYTHON},
    [FORM_RUBY] = {.escapes = &ruby_escapes, .protects = 1, .lines = 1, .holes = HOLES_RUBY},
    [FORM_RUBY_SINGLE] = {.escapes = &quoted_escapes, .protects = 1, .lines = 1},
    [FORM_RUBY_WORDS] = {.protects = 1, .lines = 1, .role = LEX_WORDS},
    [FORM_RUBY_WORDS_HOLES] = {.protects = 1, .lines = 1, .role = LEX_WORDS, .holes = HOLES_RUBY},
    [FORM_RUBY_REGEX] = {.protects = 1, .lines = 1, .role = LEX_REGEX, .holes = HOLES_RUBY},
    [FORM_RUBY_COMMAND] = {.escapes = &ruby_escapes,
                           .protects = 1,
                           .lines = 1,
                           .role = LEX_COMMAND,
                           .holes = HOLES_RUBY},
    [FORM_RUBY_SYMBOL] = {.escapes = &ruby_escapes,
                          .protects = 1,
                          .lines = 1,
                          .role = LEX_SYMBOLIC,
                          .holes = HOLES_RUBY},
    [FORM_RUBY_SYMBOL_SINGLE] = {.escapes = &quoted_escapes,
                                 .protects = 1,
                                 .lines = 1,
                                 .role = LEX_SYMBOLIC},
    [FORM_RUBY_CHARACTER] = {.escapes = &ruby_escapes, .role = LEX_CHARACTER},
    [FORM_RUBY_HEREDOC] = {.escapes = &ruby_escapes, .protects = 1, .holes = HOLES_RUBY},
    [FORM_RUBY_HEREDOC_RAW] = {0},
    [FORM_RUBY_SQUIGGLY] = {.escapes = &ruby_escapes,
                            .protects = 1,
                            .holes = HOLES_RUBY,
                            .dedent = DEDENT_LEAST},
    [FORM_RUBY_SQUIGGLY_RAW] = {.dedent = DEDENT_LEAST},
    [FORM_RUBY_HEREDOC_COMMAND] = {.escapes = &ruby_escapes,
                                   .protects = 1,
                                   .role = LEX_COMMAND,
                                   .holes = HOLES_RUBY},
    [FORM_ELIXIR] = {.escapes = &elixir_escapes, .protects = 1, .lines = 1, .holes = HOLES_ELIXIR},
    [FORM_ELIXIR_RAW] = {.protects = 1, .lines = 1},
    [FORM_ELIXIR_BLOCK] = {.escapes = &elixir_escapes,
                           .protects = 1,
                           .lines = 1,
                           .holes = HOLES_ELIXIR,
                           .dedent = DEDENT_CLOSER_LINE},
    [FORM_ELIXIR_RAW_BLOCK] = {.protects = 1, .lines = 1, .dedent = DEDENT_CLOSER_LINE},
    [FORM_ELIXIR_ATOM] = {.escapes = &elixir_escapes,
                          .protects = 1,
                          .lines = 1,
                          .role = LEX_SYMBOLIC,
                          .holes = HOLES_ELIXIR},
    [FORM_ELIXIR_CHARACTER] = {.escapes = &elixir_escapes, .role = LEX_CHARACTER},
    [FORM_ELIXIR_REGEX] = {.protects = 1, .lines = 1, .role = LEX_REGEX, .holes = HOLES_ELIXIR},
    [FORM_ELIXIR_REGEX_RAW] = {.protects = 1, .lines = 1, .role = LEX_REGEX},
    [FORM_ELIXIR_WORDS] = {.protects = 1, .lines = 1, .role = LEX_WORDS, .holes = HOLES_ELIXIR},
    [FORM_ELIXIR_WORDS_RAW] = {.protects = 1, .lines = 1, .role = LEX_WORDS},
    [FORM_PERL] = {.escapes = &perl_escapes, .protects = 1, .lines = 1, .holes = HOLES_PERL},
    [FORM_PERL_SINGLE] = {.escapes = &quoted_escapes, .protects = 1, .lines = 1},
    [FORM_PERL_WORDS] = {.protects = 1, .lines = 1, .role = LEX_WORDS},
    [FORM_PERL_REGEX] = {.protects = 1, .lines = 1, .role = LEX_REGEX},
    [FORM_PERL_REGEX_RAW] = {.protects = 1, .lines = 1, .role = LEX_REGEX},
    [FORM_PERL_COMMAND] = {.escapes = &perl_escapes,
                           .protects = 1,
                           .lines = 1,
                           .role = LEX_COMMAND,
                           .holes = HOLES_PERL},
    [FORM_PERL_HEREDOC] = {.escapes = &perl_escapes, .protects = 1, .holes = HOLES_PERL},
    [FORM_PERL_HEREDOC_RAW] = {0},
    [FORM_PERL_INDENTED] = {.escapes = &perl_escapes,
                            .protects = 1,
                            .holes = HOLES_PERL,
                            .dedent = DEDENT_LEAST},
    [FORM_PERL_INDENTED_RAW] = {.dedent = DEDENT_LEAST},
    [FORM_PERL_HEREDOC_COMMAND] = {.escapes = &perl_escapes,
                                   .protects = 1,
                                   .role = LEX_COMMAND,
                                   .holes = HOLES_PERL},
    [FORM_PERL_INDENTED_COMMAND] = {.escapes = &perl_escapes,
                                    .protects = 1,
                                    .role = LEX_COMMAND,
                                    .holes = HOLES_PERL,
                                    .dedent = DEDENT_LEAST},
    [FORM_PHP] =
        {.escapes = &php_escapes, .protects = 1, .lines = 1, .returns = 1, .holes = HOLES_PHP},
    [FORM_PHP_SINGLE] = {.escapes = &single_escapes, .protects = 1, .lines = 1, .returns = 1},
    [FORM_PHP_COMMAND] = {.escapes = &php_escapes,
                          .protects = 1,
                          .lines = 1,
                          .role = LEX_COMMAND,
                          .holes = HOLES_PHP},
    [FORM_PHP_HEREDOC] = {.escapes = &php_heredoc_escapes,
                          .protects = 1,
                          .returns = 1,
                          .holes = HOLES_PHP,
                          .dedent = DEDENT_CLOSER_LINE},
    [FORM_PHP_NOWDOC] = {.returns = 1, .dedent = DEDENT_CLOSER_LINE},
    [FORM_SHELL] =
        {.escapes = &shell_escapes, .protects = 1, .lines = 1, .returns = 1, .holes = HOLES_SHELL},
    [FORM_SHELL_SINGLE] = {.lines = 1, .returns = 1},
    [FORM_SHELL_ANSI] = {.escapes = &ansi_escapes, .protects = 1, .lines = 1, .returns = 1},
    [FORM_SHELL_HEREDOC] = {.escapes = &shell_heredoc_escapes,
                            .protects = 1,
                            .returns = 1,
                            .holes = HOLES_SHELL},
    [FORM_SHELL_HEREDOC_RAW] = {.returns = 1},
    [FORM_SHELL_TABS] = {.escapes = &shell_heredoc_escapes,
                         .protects = 1,
                         .returns = 1,
                         .holes = HOLES_SHELL,
                         .dedent = DEDENT_TABS},
    [FORM_SHELL_TABS_RAW] = {.returns = 1, .dedent = DEDENT_TABS},
    [FORM_XML_TEXT] = {.lines = 1, .entities = 1},
    [FORM_XML_ATTRIBUTE] = {.lines = 1, .entities = 1},
    [FORM_XML_CDATA] = {.lines = 1},
};
