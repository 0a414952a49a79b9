#include "lexer/lexer_state.h"

#include "base/banned.h"

/* Heredocs of Ruby, Perl and the shell: an opener inside a line, a body behind it. */

/* Where the line begins that ends a heredoc with the word `tag`, from the start of line `at` on;
 * lexer->end if none does. *behind is behind that line's word. */
static uint32_t find_end(const Lexer *lexer, uint32_t at, Str tag, bool indented, uint32_t *behind)
{
    if (!tag.len) {
        /* Perl's <<"": an empty line. */
        uint32_t empty =
            lexer_byte(lexer, at) == '\n' ? at : lexer_find(lexer, at, STR("\n\n")) + 1;
        *behind = empty;
        return empty < lexer->end ? empty : lexer->end;
    }
    uint32_t found = at;
    while ((found = lexer_find(lexer, found, tag)) < lexer->end) {
        uint32_t line = found;
        while (indented && line > at &&
               (lexer->text[line - 1] == ' ' || lexer->text[line - 1] == '\t')) {
            line--;
        }
        *behind = found + (uint32_t)tag.len;
        char next = lexer_byte(lexer, *behind);
        bool last = *behind >= lexer->end || next == '\n' ||
                    (next == '\r' && lexer_byte(lexer, *behind + 1) == '\n');
        if (last && (line == at || lexer->text[line - 1] == '\n')) {
            return line;
        }
        found = *behind;
    }
    return lexer->end;
}

static Str tag_of(const Lexer *lexer, Range tag)
{
    return (Str){.at = lexer->text + tag.start, .len = tag.end - tag.start};
}

bool lexer_heredoc(Lexer *lexer, uint32_t start, uint32_t end, uint8_t form, Range tag,
                   bool indented)
{
    uint32_t behind;
    if (lexer->heredoc_count == LEXER_HEREDOCS || lexer->searches >= LEXER_SEARCHES ||
        end - start > 255) {
        return false;
    }
    uint32_t line = lexer_find(lexer, end, STR("\n"));
    if (line >= lexer->end ||
        find_end(lexer, line + 1, tag_of(lexer, tag), indented, &behind) >= lexer->end) {
        lexer->searches++;
        return false;
    }
    lexer_literal(lexer, start, end, form, end - start, 0);
    uint32_t token = lexer->count - 1;
    lexer->tokens[token].heredoc = true;
    lexer->heredocs[lexer->heredoc_count++] =
        (LexHeredoc){.token = token, .tag = tag, .indented = indented};
    return true;
}

static void read_body(Lexer *lexer, LexHeredoc heredoc)
{
    uint32_t behind = lexer->at;
    uint32_t end =
        find_end(lexer, lexer->at, tag_of(lexer, heredoc.tag), heredoc.indented, &behind);
    if (end >= lexer->end) {
        /* Another heredoc of the line took the end that was meant for this one. */
        end = behind = lexer->at;
        lexer->tokens[heredoc.token].broken = true;
    }
    uint8_t form = lexer->tokens[heredoc.token].form;
    uint32_t body = lexer_emit(lexer, LEX_BODY, lexer->at, end);
    lexer->tokens[body].form = form & 127;
    lexer->tokens[heredoc.token].link = body;
    lexer_inside(lexer, form, end);
    lexer->tokens[body].link = lexer->count;
    lexer->at = behind;
}

void lexer_heredoc_bodies(Lexer *lexer)
{
    LexHeredoc heredocs[LEXER_HEREDOCS];
    unsigned count = lexer->heredoc_count;
    for (unsigned i = 0; i < count; i++) {
        heredocs[i] = lexer->heredocs[i];
    }
    lexer->heredoc_count = 0;
    for (unsigned i = 0; i < count; i++) {
        read_body(lexer, heredocs[i]);
        /* What follows begins behind the line that ended this one. */
        lexer->at = lexer_line_end(lexer, lexer->at);
        lexer->at += lexer_byte(lexer, lexer->at) == '\r';
        lexer->at += lexer->at < lexer->end;
    }
    lexer->first = true;
}
