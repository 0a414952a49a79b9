#include "lexer/lexer_state.h"

#include <string.h>

#include "lexer/language_xml.h"

#include "base/banned.h"

/* XML: names of elements and attributes, < > / = as symbols, attribute values and text as strings.
 * Vue and Svelte: what is inside <script>. */

static const uint8_t xml_bytes[256] = {
    BYTES_OF_EVERY_LANGUAGE, ['-'] = BYTE_NAME, ['.'] = BYTE_NAME, [':'] = BYTE_NAME};

static bool xml_special(Lexer *lexer, char byte)
{
    (void)lexer;
    (void)byte;
    return false;
}

/* <!-- -->, <? ?> and <! >: passed over; the two of them at their line's end when they do not end.
 */
static void skip_declaration(Lexer *lexer)
{
    uint32_t start = lexer->at;
    bool comment = lexer_has(lexer, start, STR("<!--"));
    Str end = comment ? STR("-->") : lexer_has(lexer, start, STR("<?")) ? STR("?>") : STR(">");
    uint32_t found =
        lexer->searches < LEXER_SEARCHES ? lexer_find(lexer, start + 2, end) : lexer->end;
    if (found < lexer->end) {
        found += (uint32_t)end.len;
    } else {
        lexer->searches++;
        found = lexer_line_end(lexer, start);
    }
    lexer_comment(lexer, start, found);
}

static void read_tag(Lexer *lexer)
{
    Str all = {.at = lexer->text, .len = lexer->end};
    lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
    while (lexer->at < lexer->end) {
        char byte = lexer->text[lexer->at];
        if (byte == '<') {
            return; /* the last tag was not closed */
        }
        if (char_is_space(byte)) {
            lexer->first |= byte == '\n';
            lexer->at++;
        } else if ((byte == '"' || byte == '\'') && language_value_end(all, lexer->at)) {
            lexer_simple(lexer, FORM_XML_ATTRIBUTE);
        } else if (lexer_in_name(lexer, lexer->at)) {
            lexer_take(lexer, LEX_NAME, lexer->at, lexer_name_end(lexer, lexer->at));
        } else {
            lexer_take(lexer, LEX_SYMBOL, lexer->at, lexer->at + 1);
            if (byte == '>') {
                return;
            }
        }
    }
}

/* Does the < at `at` begin a tag, a comment or their like? In broken XML it may be the text's. */
static bool is_markup(const Lexer *lexer, uint32_t at)
{
    char next = lexer_byte(lexer, at + 1);
    return lexer_begins_name(lexer, at + 1) || next == '/' || next == '!' || next == '?';
}

/* Text between tags, unless it is white space. */
static void read_text(Lexer *lexer)
{
    uint32_t start = lexer->at;
    uint32_t end = lexer_find(lexer, start, STR("<"));
    while (end < lexer->end && !is_markup(lexer, end)) {
        end = lexer_find(lexer, end + 1, STR("<"));
    }
    Str text = {.at = lexer->text + start, .len = end - start};
    lexer->at = end;
    if (str_trim(text).len) {
        lexer_literal(lexer, start, end, FORM_XML_TEXT, 0, 0);
    }
    lexer->first |= memchr(text.at, '\n', text.len) != NULL;
}

static void xml_document(Lexer *lexer)
{
    while (lexer->at < lexer->end) {
        if (lexer_has(lexer, lexer->at, STR("<![CDATA["))) {
            uint32_t end = lexer_find(lexer, lexer->at, STR("]]>"));
            uint32_t close = end < lexer->end ? 3 : 0;
            lexer_literal(lexer, lexer->at, end + close, FORM_XML_CDATA, 9, close);
            lexer->tokens[lexer->count - 1].broken = !close;
        } else if (lexer_has(lexer, lexer->at, STR("<!")) ||
                   lexer_has(lexer, lexer->at, STR("<?"))) {
            skip_declaration(lexer);
        } else if (lexer->text[lexer->at] == '<' && is_markup(lexer, lexer->at)) {
            read_tag(lexer);
        } else {
            read_text(lexer);
        }
    }
}

/* The tag from `start` to `end` names another language than JavaScript. */
static const LexRules *script_rules(Str tag)
{
    static const struct {
        Str mark;
        const LexRules *rules;
    } marks[] = {{STR("\"tsx\""), &lexer_tsx},
                 {STR("'tsx'"), &lexer_tsx},
                 {STR("\"ts\""), &lexer_typescript},
                 {STR("'ts'"), &lexer_typescript},
                 {STR("typescript"), &lexer_typescript}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_find(tag, marks[i].mark) < tag.len) {
            return marks[i].rules;
        }
    }
    return &lexer_javascript;
}

static void script_document(Lexer *lexer)
{
    Str all = {.at = lexer->text, .len = lexer->end};
    for (;;) {
        uint32_t start = lexer_find(lexer, lexer->at, STR("<"));
        lexer->at = start;
        if (lexer_has(lexer, start, STR("<!--"))) {
            skip_declaration(lexer);
            continue;
        }
        if (start < lexer->end && !lexer_has(lexer, start, STR("<script"))) {
            lexer->at++;
            continue;
        }
        uint32_t open = lexer_find(lexer, start, STR(">"));
        if (open >= lexer->end) {
            lexer->at = lexer->end;
            return;
        }
        uint32_t end = lexer_find(lexer, open, STR("</script"));
        lexer->at = open + 1;
        lexer_island(lexer, script_rules(str_slice(all, start, open)), end);
    }
}

const LexRules lexer_xml = {.bytes = xml_bytes, .special = xml_special, .document = xml_document};
const LexRules lexer_script = {
    .bytes = xml_bytes, .special = xml_special, .document = script_document};
