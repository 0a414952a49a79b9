#include "embedded/call_tokens.h"

#include "base/banned.h"

/* Goes from token `i` towards `first`: into the string that holds it, else past what is at `i`. */
static uint32_t step(CallTokens *tokens, uint32_t i, uint32_t first)
{
    LexToken token = tokens->file->tokens[i];
    bool parent = token.kind == LEX_HOLE || token.kind == LEX_BODY || token.kind == LEX_STRING;
    uint32_t next = lexer_next(tokens->file, i);
    if (token.kind == LEX_BODY || token.kind == LEX_HOLE) {
        next = token.link > i ? token.link : i + 1;
    }
    if (parent && next > first) {
        tokens->count = 0; /* what is around the string is none of a hole's business */
        return i + 1;
    }
    if (token.kind != LEX_BODY && token.kind != LEX_HOLE && token.kind != LEX_PIECE) {
        tokens->at[tokens->count++] = i;
    }
    return next;
}

void call_tokens_read(CallTokens *tokens, const LexFile *file, uint32_t first)
{
    tokens->file = file;
    tokens->count = 0;
    uint32_t i = first > CALL_TOKENS ? first - CALL_TOKENS : 0;
    while (i < first) {
        uint32_t next = step(tokens, i, first);
        i = next > i ? next : i + 1;
    }
}

LexToken call_token(const CallTokens *tokens, int index)
{
    return index >= 0 && index < tokens->count ? tokens->file->tokens[tokens->at[index]]
                                               : (LexToken){.kind = LEX_SYMBOL};
}

Str call_source(const CallTokens *tokens, int index)
{
    LexToken token = call_token(tokens, index);
    return str_slice(tokens->file->text, token.start, token.end);
}

bool call_is(const CallTokens *tokens, int index, Str word)
{
    return call_token(tokens, index).kind <= LEX_SYMBOL &&
           str_equal(call_source(tokens, index), word);
}

static char only_byte(const CallTokens *tokens, int index)
{
    LexToken token = call_token(tokens, index);
    return token.kind == LEX_SYMBOL && token.end == token.start + 1
               ? tokens->file->text.at[token.start]
               : '\0';
}

bool call_opens(const CallTokens *tokens, int index)
{
    char byte = only_byte(tokens, index);
    return byte == '(' || byte == '[' || byte == '{';
}

bool call_closes(const CallTokens *tokens, int index)
{
    char byte = only_byte(tokens, index);
    return byte == ')' || byte == ']' || byte == '}';
}

int call_opening(const CallTokens *tokens, int index)
{
    int depth = 0;
    for (; index >= 0; index--) {
        depth += call_closes(tokens, index) - call_opens(tokens, index);
        if (depth == 0) {
            return index;
        }
    }
    return -1;
}

/* How many angle brackets the symbol holds, all of them `byte`: << is an operator's, too. */
static int angles(const CallTokens *tokens, int index, char byte)
{
    Str source = call_source(tokens, index);
    int count = 0;
    while (call_token(tokens, index).kind == LEX_SYMBOL && (size_t)count < source.len &&
           source.at[count] == byte) {
        count++;
    }
    return (size_t)count == source.len ? count : 0;
}

/* The place before the type arguments <…> that end at `index`; `index` itself when it ends none. */
static int before_angles(const CallTokens *tokens, int index)
{
    enum { LONGEST = 40 };
    int depth = 0;
    for (int i = index; i >= 0 && i > index - LONGEST; i--) {
        depth += angles(tokens, i, '>') - angles(tokens, i, '<');
        if (depth == 0) {
            return i < index ? i - 1 : index;
        }
        if (call_is(tokens, i, STR(";"))) {
            break;
        }
    }
    return index;
}

/* The place of the name whose arguments, type arguments or indexes end at `index`. */
static int name_before(const CallTokens *tokens, int index)
{
    for (int i = 0; i < CALL_PARTS && index >= 0; i++) {
        int before = call_closes(tokens, index) ? call_opening(tokens, index) - 1
                                                : before_angles(tokens, index);
        if (before < index &&
            (call_is(tokens, before, STR("::")) || call_is(tokens, before, STR("!")) ||
             call_is(tokens, before, STR("->")) || call_is(tokens, before, STR("?.")))) {
            before--;
        }
        if (before == index || before < -1) {
            break;
        }
        index = before;
    }
    return index;
}

/* The place before the separator . -> :: ?. &. \ !! and the like that ends at `index`; `index`
 * itself when none does. */
static int before_separator(const CallTokens *tokens, int index)
{
    static const char *const separators[] = {".", "->", "::", "?.", "&.", "\\", "?->", "!."};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (call_is(tokens, index, str_from(separators[i]))) {
            index--;
            bool unwraps = call_is(tokens, index, STR("!")) || call_is(tokens, index, STR("!!")) ||
                           call_is(tokens, index, STR("?"));
            return unwraps ? index - 1 : index;
        }
    }
    return index;
}

static Str without_sigil(Str name)
{
    while (name.len > 1 && (*name.at == '$' || *name.at == '@' || *name.at == '%')) {
        name = str_slice(name, 1, name.len);
    }
    return name;
}

CallPath call_path(const CallTokens *tokens, int index)
{
    CallPath path = {.start = index};
    if (call_is(tokens, index, STR("!")) || call_is(tokens, index, STR("?."))) {
        index--; /* query!( and query?.( */
    }
    while (path.count < CALL_PARTS && index >= 0) {
        index = name_before(tokens, index);
        if (call_token(tokens, index).kind != LEX_NAME) {
            break;
        }
        path.parts[path.count++] = without_sigil(call_source(tokens, index));
        path.start = index;
        int before = before_separator(tokens, index - 1);
        if (before == index - 1) {
            break;
        }
        index = before;
    }
    path.annotation = call_is(tokens, path.start - 1, STR("@")) ||
                      str_starts_with(call_source(tokens, path.start), STR("@"));
    return path;
}

/* Does `name` fit one word of a pattern? */
static bool word_fits(Str name, Str pattern, bool any_case)
{
    bool (*equal)(Str, Str) = any_case ? str_equal_nocase : str_equal;
    if (pattern.len == 1 && *pattern.at == '*') {
        return true;
    }
    if (pattern.len && *pattern.at == '*') {
        pattern = str_slice(pattern, 1, pattern.len);
        return name.len >= pattern.len &&
               equal(str_slice(name, name.len - pattern.len, name.len), pattern);
    }
    if (pattern.len && pattern.at[pattern.len - 1] == '*') {
        pattern.len--;
        return equal(str_slice(name, 0, pattern.len), pattern);
    }
    return equal(name, pattern);
}

/* The same; query! and query? are query's variants. */
static bool method_fits(Str name, Str pattern)
{
    if (word_fits(name, pattern, false)) {
        return true;
    }
    bool marked = name.len > 1 && (name.at[name.len - 1] == '!' || name.at[name.len - 1] == '?');
    return marked && word_fits(str_slice(name, 0, name.len - 1), pattern, false);
}

bool call_matches(const CallPath *path, Str pattern)
{
    if (str_starts_with(pattern, STR("@"))) {
        pattern = str_slice(pattern, 1, pattern.len);
        if (!path->annotation) {
            return false;
        }
    }
    size_t end = pattern.len;
    for (int part = 0;; part++) {
        size_t start = end;
        while (start > 0 && pattern.at[start - 1] != '.') {
            start--;
        }
        Str word = str_slice(pattern, start, end);
        bool fits = part < path->count &&
                    (word.len == 0 || (part == 0 ? method_fits(path->parts[0], word)
                                                 : word_fits(path->parts[part], word, true)));
        if (!fits || start == 0) {
            return fits;
        }
        end = start - 1;
    }
}
