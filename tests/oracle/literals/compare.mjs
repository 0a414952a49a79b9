// Do our lexers and tree-sitter's grammars find the same literals? Files that a grammar parses without an error
// count; others are no measure.
//   compare.mjs DUMP MODULES LIST --languages NAME,… [--limit BYTES] [--show N]
// LIST: a file of lines LANGUAGE <tab> PATH. A language that has none in it fails.
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [dump, modules, list, ...options] = process.argv.slice(2);
const option = (name, otherwise) => (options.includes(name) ? options[options.indexOf(name) + 1] : otherwise);
const LANGUAGES = option("--languages", "").split(",");
const LIMIT = Number(option("--limit", 6e6)); // bytes a language that a grammar parses
const SHOW = Number(option("--show", 0)); // disagreements printed a reason, five times as many without one
const RUNAWAY = 20; // lines
const UNEXPLAINED = "unexplained";
const ALONE = ["kotlin", "swift"]; // nothing to compare them with
const WANTED = 0.9995;
const FEW = 1; // one in little code is more than that share
const require = createRequire(path.resolve(modules, "package.json"));
const { Parser, Language, Query } = require("web-tree-sitter");

// Each grammar's literals, and the nodes whose inside is opaque to it: what lies in one is not compared.
const js = ["string", "template_string", "regex"];
const c = ["string_literal", "raw_string_literal", "char_literal"];
const grammars = {
  go: ["go", ["interpreted_string_literal", "raw_string_literal", "rune_literal"]],
  python: ["python", ["string"]],
  javascript: ["javascript", js, ["jsx_text", "html_comment"]],
  typescript: ["typescript", [...js, "template_literal_type"]],
  tsx: ["tsx", [...js, "template_literal_type"], ["jsx_text"], "tree-sitter-typescript"],
  java: ["java", ["string_literal", "character_literal"]],
  scala: ["scala", ["string", "interpolated_string_expression", "character_literal"]],
  csharp: [
    "c_sharp",
    ["string_literal", "verbatim_string_literal", "raw_string_literal",
      "interpolated_string_expression", "character_literal"],
    ["preproc_region", "preproc_endregion", "preproc_error", "preproc_warning", "preproc_pragma", "preproc_line",
      "interpolation_format_clause"],
    "tree-sitter-c-sharp",
  ],
  ruby: [
    "ruby",
    ["string", "string_array", "symbol_array", "subshell", "regex", "delimited_symbol", "character",
      "heredoc_beginning", "heredoc_body"],
  ],
  php: ["php", ["string", "encapsed_string", "heredoc", "nowdoc", "shell_command_expression"]],
  rust: ["rust", c],
  elixir: ["elixir", ["string", "charlist", "sigil", "quoted_atom", "char", "quoted_keyword"]],
  c: ["c", c, ["preproc_arg"]],
  cpp: ["cpp", c, ["preproc_arg"]],
  shell: ["bash", ["string", "raw_string", "ansi_c_string", "translated_string", "heredoc_body"],
    ["regex"]],
};

function wasmOf(name) {
  const [grammar, , , folder] = grammars[name];
  const file = grammar === "tsx" ? "tree-sitter-tsx" : `tree-sitter-${grammar}`;
  return path.resolve(modules, "node_modules", folder ?? `tree-sitter-${grammar}`, `${file}.wasm`);
}

// Is `body` the body of a here document, as POSIX 2.7.4 has it: the line before opens one, the line behind is the first
// one that is its word? `opener`: what that line must be, too.
function isHeredocBody({ raw }, [start, end], opener) {
  const above = raw.subarray(raw.lastIndexOf(10, start - 2) + 1, start).toString();
  const [, tabs, word] = above.match(/<<(-?)\s*[\\'"]?(\w+)/) ?? [];
  const unindented = (text) => (tabs ? text.replace(/^\t+/gm, "") : text);
  const below = raw.subarray(end, end + 200).toString().split("\n", 1)[0];
  const inside = raw.subarray(start, end).toString().split("\n");
  return word && opener.test(above) && unindented(below) === word && !inside.some((line) => unindented(line) === word);
}

// Can a literal stand at `start` in a here document? In a substitution of one whose word is not quoted.
function isSubstituted({ raw, start }, body) {
  const above = raw.subarray(raw.lastIndexOf(10, body[0] - 2) + 1, body[0]).toString();
  return /<<-?\s*\w/.test(above) && /\$[({]|`/.test(raw.subarray(body[0], start).toString());
}

const inside = ([start, end], { start: from, end: to }) => start <= from && to <= end;
const rangesOf = (literals, kind) =>
  [...literals].filter(([, found]) => found === kind).map(([key]) => key.split(" ").map(Number));
const quotedPatterns = ({ raw }) =>
  [...raw.toString("latin1").matchAll(/"\$\{\w+[#%]+[^}"'\n]*\\'[^}"'\n]*\}"/g)].map(({ index, 0: { length } }) =>
    [index, index + length]);
const isElixirPair = (text) => /^~[A-Z]+\[[^\]\n]*\\\\\]/.test(text);

// Why some differ: a language, and what must hold of the literal that only one of both has, its bytes `start` to `end` of
// `raw`, `own` and `other` being all literals of the file. What none of these explains counts against us.
const reasons = [
  ["shell", ({ before, text, differing }) => differing === "extra" && /[!@?*+]\([^()\s]*\)$/.test(before) && /^['"]/.test(text),
    "the grammar takes quotes behind a pattern for plain text"],
  ["shell", (it) => rangesOf(it.own, "body").some((body) => it.raw[body[0]] === 0x5c && body[1] === it.end && inside(body, it)),
    "the grammar leaves out a here document's first line that a backslash begins"],
  ["shell", ({ raw, start, end, own, other }) => (raw[start] === 0x24 && other.has(`${start + 1} ${end}`)) ||
      (raw[start - 1] === 0x24 && own.has(`${start - 1} ${end}`)),
    'ours of $"…" begins at the dollar'],
  ["shell", (it) => rangesOf(it.own, "body").some((body) => inside(body, it) && isHeredocBody(it, body, /<<.*(&&|\|\|?)\s*$/) &&
      (it.differing === "missed" || it.kind === "body" || isSubstituted(it, body))),
    "the grammar takes the lines behind && or | for commands, though a here document's body comes first"],
  // $ line="a'b"; echo "${line#*\'}" "${line:+'}"   prints: b '
  ["shell", (it) => quotedPatterns(it).some(([start, end]) => start < it.end && it.start < end),
    "the grammar takes \\' in \"${x#…}\" for the beginning of a string"],
  ["shell", ({ before, kind }) => kind === "raw_string" && /"[^"]*\$\{\w+:?[-+=?][^}"]*$/.test(before),
    "the grammar takes '…' in \"${x:+…}\" for a string; there, quotes are text"],
  ["shell", (it) => it.differing === "extra" && rangesOf(it.own, "body").some((body) => inside(body, it) &&
      /^\t*\$\([^\n]*$/.test(it.raw.subarray(body[0], it.start).toString())),
    "the grammar overlooks a substitution that begins a here document"],
  ["elixir", (it) => isElixirPair(it.text) || rangesOf(it.other, "sigil").some((sigil) => inside(sigil, it) &&
      isElixirPair(it.raw.subarray(...sigil).toString())),
    "the grammar takes \\\\] in a sigil with a capital for a hidden bracket; Elixir reads the backslashes as a pair"],
];

function reasonOf(name, difference) {
  return reasons.find(([language, holds]) => language === name && holds(difference))?.[2];
}

// Byte offset of each UTF-16 unit.
function byteOffsets(text, bytes) {
  if (text.length === bytes) return (unit) => unit;
  const offsets = new Uint32Array(text.length + 1);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = at;
    const unit = text.charCodeAt(i);
    at += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
  }
  offsets[text.length] = at;
  return (unit) => offsets[unit];
}

const isBlank = (byte) => byte === 0x20 || byte === 0x09;

// A heredoc's body is ours from the start of its first line to the start of the one that ends it. Ruby's grammar
// begins at the line end before and takes the end's word in; the shell's leaves leading tabs and empty lines out.
function bodyRange(name, node, offset, raw) {
  let start = offset(node.startIndex);
  let last = node.lastChild;
  let end = offset(last?.type === "heredoc_end" ? last.startIndex : node.endIndex);
  if (name === "ruby") start = raw.indexOf(10, start) + 1;
  while (isBlank(raw[end - 1])) end--;
  if (name === "shell") {
    while (isBlank(raw[start - 1]) || raw[start - 1] === 10) start--;
    start = raw.indexOf(10, start) + 1;
  }
  return [start, end];
}

function theirs(query, tree, offset, name, raw) {
  const literals = new Map();
  const opaque = [];
  for (const { name: kind, node } of query.captures(tree.rootNode)) {
    const range = [offset(node.startIndex), offset(node.endIndex)];
    if (node.type === "quoted_keyword") while (raw[range[1] - 1] !== raw[range[0]]) range[1]--;
    const [start, end] = node.type === "heredoc_body" ? bodyRange(name, node, offset, raw) : range;
    if (kind === "opaque") {
      opaque.push([start, end]);
    } else {
      literals.set(`${start} ${end}`, node.type);
    }
  }
  return { literals, opaque };
}

// Ranges, to ask whether one of them holds another one.
class Nested {
  constructor(ranges) {
    this.ranges = ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let reach = 0;
    this.reaches = this.ranges.map(([, end]) => (reach = Math.max(reach, end)));
  }

  has(start, end) {
    let low = 0;
    for (let high = this.ranges.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.ranges[middle][0] <= start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.reaches[low - 1] >= end;
  }
}

function ours(files) {
  const input = files.map(([language, file]) => `${language}\t${file}`).join("\n") + "\n";
  return read(execFileSync(dump, ["literals"], { input, maxBuffer: 1 << 30 }).toString());
}

function read(output) {
  const result = new Map();
  let literals;
  for (const line of output.split("\n")) {
    if (line.startsWith("file ")) result.set(line.slice(5), (literals = new Map()));
    else if (line) {
      const [start, end, ...role] = line.split(" ");
      literals.set(`${start} ${end}`, role.join(" "));
    }
  }
  return result;
}

async function main() {
  await Parser.init();
  const files = new Map(LANGUAGES.map((language) => [language, []]));
  for (const line of fs.readFileSync(list, "utf8").split("\n")) {
    const [language, file] = line.split("\t");
    if (file) files.get(language).push(file);
  }
  let failed = 0;
  for (const [name, paths] of files) {
    if (ALONE.includes(name)) {
      failed += !readAlone(name, paths);
      continue;
    }
    const report = newReport(name);
    if (paths.length) await (name === "perl" ? comparePerl : compare)(report, paths);
    failed += !finish(report);
  }
  console.log(`${files.size - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

// Code that compiles has no literal without an end. That much can be asked without another reader.
function readAlone(name, paths) {
  const taken = [];
  let bytes = 0;
  for (let i = 0; i < paths.length && bytes < LIMIT; i++) {
    taken.push(paths[i]);
    bytes += fs.statSync(paths[i]).size;
  }
  const kinds = [...ours(taken.map((file) => [name, file]))].flatMap(([file, literals]) =>
    [...literals].map(([key, kind]) => [kind, `${path.relative(modules, file)} [${key.replace(" ", ", ")})`]));
  const broken = kinds.filter(([kind]) => kind.endsWith(" broken"));
  const passed = kinds.length > 0 && broken.length === 0;
  console.log(`${name.padEnd(11)} no sound grammar, see tests/lexer${passed ? "" : " FAILED"}: ${kinds.length} literals, ` +
    `${broken.length} without an end; ${taken.length} files, ${(bytes / 1e6).toFixed(1)} MB` +
    `${bytes < LIMIT ? ", no more of it was had" : ""}`);
  for (const [kind, place] of broken.slice(0, 5 * SHOW)) console.log(`        ${kind} ${place}`);
  return passed;
}

// PPI does not look inside of quotes, heredocs and attributes: what is ours in there is no measure.
function comparePerl(report, paths) {
  const found = spawnSync("perl", [new URL("perl.pl", import.meta.url).pathname, LIMIT],
    { input: paths.filter(isPerl).join("\n") + "\n", maxBuffer: 1 << 30 });
  if (found.status !== 0) {
    console.log(`PPI failed: ${found.stderr}`);
    return;
  }
  const refused = [...found.stdout.toString().matchAll(/^refused (.*)/gm)].map(([, file]) => file);
  const reference = read(found.stdout.toString().replace(/^refused .*\n/gm, ""));
  const mine = ours([...reference.keys(), ...refused].map((file) => ["perl", file]));
  for (const file of refused) refuse(report, file, mine);
  for (const [file, literals] of reference) {
    const own = mine.get(file);
    const opaque = [...literals.keys()].map((key) => key.split(" ").map(Number));
    for (const [key, kind] of literals) if (kind === "Attribute") literals.delete(key);
    count(report, file, fs.readFileSync(file), own, literals, new Nested([]), new Nested(opaque));
  }
}

// Scripts of the shell are called .t, too.
function isPerl(file) {
  const [first] = fs.readFileSync(file, "latin1").split("\n", 1);
  return !first.startsWith("#!") || first.includes("perl");
}

async function compare(report, paths) {
  const { name } = report;
  const [, types, opaqueTypes = []] = grammars[name];
  const language = await Language.load(wasmOf(name));
  const parser = new Parser();
  parser.setLanguage(language);
  const known = (type) => language.types.includes(type);
  const query = new Query(
    language,
    types.filter(known).map((type) => `(${type}) @literal`).join("\n") +
      opaqueTypes.filter(known).map((type) => `\n(${type}) @opaque`).join(""),
  );
  const parsed = new Map();
  const refused = [];
  for (let bytes = 0, i = 0; i < paths.length && bytes < LIMIT; i++) {
    const raw = fs.readFileSync(paths[i]);
    const text = raw.toString("utf8").replace(/^\ufeff/, "");
    const bom = raw.length - Buffer.byteLength(text);
    if (bom !== 0 && bom !== 3) continue;
    const tree = parser.parse(text);
    if (!tree || tree.rootNode.hasError) {
      refused.push(paths[i]);
    } else {
      const units = byteOffsets(text, raw.length - bom);
      parsed.set(paths[i], theirs(query, tree, (unit) => units(unit) + bom, name, raw));
      bytes += raw.length;
    }
    tree?.delete();
  }
  const mine = ours([...parsed.keys(), ...refused].map((file) => [name, file]));
  for (const file of refused) refuse(report, file, mine);
  for (const [file, { literals, opaque }] of parsed) {
    count(report, file, fs.readFileSync(file), mine.get(file), literals, new Nested(opaque));
  }
}

const newReport = (name) => ({
  name,
  reasons: new Map(),
  totals: { files: 0, refused: 0, bytes: 0, agree: 0, missed: 0, extra: 0, runaways: 0 },
});

// A literal of ours that runs over many lines, and is none of theirs, or finds no end in a file that they refuse.
function isRunaway(raw, start, end) {
  let lines = 0;
  for (let at = start; (at = raw.indexOf(10, at) + 1) && at <= end; ) lines++;
  return lines > RUNAWAY;
}

function refuse({ totals, name }, file, mine) {
  totals.refused++;
  const raw = fs.readFileSync(file);
  for (const [key, kind] of mine.get(file)) {
    const [start, end] = key.split(" ").map(Number);
    if (!kind.endsWith(" broken") || !isRunaway(raw, start, end)) continue;
    totals.runaways++;
    console.log(`${name}: runs away: ${path.relative(modules, file)} [${start}, ${end})`);
  }
}

// `opaque`: ranges inside which nothing is compared; `extras`: inside which only literals of ours are not.
function count(report, file, raw, own, literals, opaque, extras = opaque) {
  const { name, totals, reasons } = report;
  totals.files++;
  totals.bytes += raw.length;
  for (const [differing, key, kind] of differences(own, literals, opaque, extras, report)) {
    const [start, end] = key.split(" ").map(Number);
    const before = raw.subarray(Math.max(0, start - 60), start).toString();
    const text = raw.subarray(start, end).toString();
    const reason = reasonOf(name, { differing, kind, raw, start, end, before, text, own, other: literals }) ?? UNEXPLAINED;
    const line = raw.subarray(0, start).toString().split("\n").length;
    totals.runaways += differing === "extra" && reason === UNEXPLAINED && isRunaway(raw, start, end);
    if (!reasons.has(reason)) reasons.set(reason, []);
    reasons.get(reason).push(`${differing} ${kind} ${path.relative(modules, file)}:${line} [${start}, ${end}) ` +
      JSON.stringify(`${before.slice(-30)}→${text.slice(0, 60)}`));
  }
}

// A line a language, the reasons of what differs below it.
function finish({ name, totals, reasons }) {
  const unexplained = reasons.get(UNEXPLAINED)?.length ?? 0;
  const all = totals.agree + totals.missed + totals.extra;
  const right = totals.agree / (totals.agree + unexplained);
  const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const passed = totals.agree > 0 && !totals.runaways && (right >= WANTED || unexplained <= FEW);
  console.log(totals.agree === 0
    ? `${name.padEnd(11)} FAILED: no code of it could be had and compared`
    : `${name.padEnd(11)} ${(100 * right).toFixed(3)} % ${passed ? "" : "FAILED "}(${(100 * totals.agree / all).toFixed(3)} % ` +
      `with what is explained): ${totals.agree} agree, ${totals.missed} missed, ${totals.extra} extra, ${unexplained} ` +
      `unexplained, ${totals.runaways} runaways; ${totals.files} files, ${size(totals.bytes)}` +
      `${totals.bytes < LIMIT ? ", no more of it was had" : ""}; ${totals.refused} refused by the grammar`);
  for (const [reason, found] of [...reasons].sort()) {
    console.log(`    ${found.length} × ${reason}`);
    for (const line of found.slice(0, reason === UNEXPLAINED ? 5 * SHOW : SHOW)) console.log(`        ${line}`);
  }
  return passed;
}

function* differences(own, other, opaque, extras, { name, totals }) {
  for (const [key, kind] of other) {
    const [start, end] = key.split(" ").map(Number);
    if (own.has(key)) totals.agree++;
    else if (!opaque.has(start, end)) {
      totals.missed++;
      yield ["missed", key, kind];
    }
  }
  for (const [key, kind] of own) {
    const [start, end] = key.split(" ").map(Number);
    // The shell's grammar has no node for the opener of a heredoc.
    const opener = name === "shell" && kind === "heredoc";
    if (!other.has(key) && !opener && !extras.has(start, end)) {
      totals.extra++;
      yield ["extra", key, kind];
    }
  }
}

await main();
