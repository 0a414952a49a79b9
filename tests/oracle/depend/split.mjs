// Cuts SQL text into statements. It is told apart from ringfence's own splitter on purpose.

const QUOTE = /'(?:[^']|'')*'/y;
const ESCAPE_QUOTE = /[eE]'(?:[^'\\]|''|\\[^])*'/y;
const NAME_QUOTE = /"(?:[^"]|"")*"/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*/y;
const LINE_COMMENT = /--[^\n]*/y;

function match(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? "";
}

function blockComment(text, at) {
    let depth = 0;
    let end = at;
    do {
        if (text.startsWith("/*", end)) { depth++; end += 2; }
        else if (text.startsWith("*/", end)) { depth--; end += 2; }
        else end++;
    } while (depth > 0 && end < text.length);
    return text.slice(at, end);
}

// The token at `at`: {text, kind}, where kind is "space", "comment", "end" or "token".
export function tokenAt(text, at) {
    if (/\s/.test(text[at])) return { text: text[at], kind: "space" };
    const comment = match(LINE_COMMENT, text, at) ||
        (text.startsWith("/*", at) ? blockComment(text, at) : "");
    if (comment) return { text: comment, kind: "comment" };
    if (text[at] === ";") return { text: ";", kind: "end" };
    const tag = match(DOLLAR, text, at);
    if (tag) {
        const close = text.indexOf(tag, at + tag.length);
        if (close < 0) throw new Error(`unclosed ${tag}`);
        return { text: text.slice(at, close + tag.length), kind: "token" };
    }
    const token = match(ESCAPE_QUOTE, text, at) || match(QUOTE, text, at) ||
        match(NAME_QUOTE, text, at) || match(WORD, text, at) || text[at];
    return { text: token, kind: "token" };
}

// [{start, end, close, label}] of each statement: offsets of its first token, behind its last one, and
// behind its semicolon; and the label that a comment of its own line `-- label: NAME` gives it.
export function split(text) {
    const statements = [];
    let current = null;
    let label = null;
    for (let at = 0; at < text.length;) {
        const { text: token, kind } = tokenAt(text, at);
        if (kind === "comment" && !current) label = /^-- label: (.*)$/.exec(token)?.[1] ?? label;
        if (kind === "token") {
            if (!current) {
                current = { start: at, label };
                label = null;
            }
            current.end = at + token.length;
        }
        at += token.length;
        if (kind === "end" && current) {
            statements.push({ ...current, close: at });
            current = null;
        }
    }
    if (current) statements.push({ ...current, close: text.length });
    return statements;
}
