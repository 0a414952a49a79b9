// Do our lexers and tree-sitter's grammars find the same literals? Files that a grammar parses without an error
// count; others are no measure.
//   compare.mjs DUMP MODULES LIST [--limit BYTES] [--show N]
// LIST: a file of lines LANGUAGE <tab> PATH.
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [dump, modules, list, ...options] = process.argv.slice(2);
const option = (name, otherwise) =>
  options.includes(name) ? Number(options[options.indexOf(name) + 1]) : otherwise;
const LIMIT = option("--limit", 6e6); // bytes a language
const SHOW = option("--show", 0); // disagreements printed a language
const LARGEST = option("--largest", 400e3); // bytes a file
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
  const files = new Map();
  for (const line of fs.readFileSync(list, "utf8").split("\n")) {
    const [language, file] = line.split("\t");
    if (file && (grammars[language] || language === "perl")) {
      if (!files.has(language)) files.set(language, []);
      files.get(language).push(file);
    }
  }
  let failed = 0;
  for (const [name, paths] of files) failed += !(await compare(name, paths));
  console.log(`${files.size - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

// Whole files whose literals are compared; gives what was counted.
function take(paths) {
  const taken = [];
  let bytes = 0;
  for (const file of paths) {
    const size = fs.statSync(file).size;
    if (size > LARGEST || bytes > LIMIT) continue;
    taken.push(file);
    bytes += size;
  }
  return taken;
}

// PPI does not look inside of quotes and attributes, and keeps a heredoc's body in its opener: what is ours in there is
// no measure.
function comparePerl(paths) {
  const taken = take(paths);
  const found = spawnSync("perl", [new URL("perl.pl", import.meta.url).pathname],
    { input: taken.join("\n") + "\n", maxBuffer: 1 << 30 });
  if (found.status !== 0) {
    console.log("perl        not compared: PPI could not be had");
    return true;
  }
  const mine = ours(taken.map((file) => ["perl", file]));
  const reference = read(found.stdout.toString());
  const report = newReport("perl");
  report.totals.refused = taken.length - reference.size;
  for (const [file, literals] of reference) {
    const own = new Map([...mine.get(file)].filter(([, kind]) => !kind.startsWith("body")));
    const opaque = [...literals.keys(), ...[...mine.get(file)].filter(([, kind]) => kind.startsWith("body"))
      .map(([key]) => key)].map((key) => key.split(" ").map(Number));
    for (const [key, kind] of literals) if (kind === "Attribute") literals.delete(key);
    const raw = fs.readFileSync(file);
    count(report, file, raw, own, literals, new Nested([]), new Nested(opaque));
  }
  return finish(report);
}

async function compare(name, paths) {
  if (name === "perl") return comparePerl(paths);
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
  const taken = take(paths);
  const mine = ours(taken.map((file) => [name, file]));
  const report = newReport(name);
  for (const file of taken) {
    const raw = fs.readFileSync(file);
    const text = raw.toString("utf8").replace(/^\ufeff/, "");
    const bom = raw.length - Buffer.byteLength(text);
    if (bom !== 0 && bom !== 3) continue;
    const tree = parser.parse(text);
    if (!tree || tree.rootNode.hasError) {
      report.totals.refused++;
      tree?.delete();
      continue;
    }
    const units = byteOffsets(text, raw.length - bom);
    const { literals, opaque } = theirs(query, tree, (unit) => units(unit) + bom, name, raw);
    tree.delete();
    count(report, file, raw, mine.get(file) ?? new Map(), literals, new Nested(opaque));
  }
  return finish(report);
}

const newReport = (name) =>
  ({ name, shown: 0, totals: { files: 0, refused: 0, bytes: 0, agree: 0, missed: 0, extra: 0 } });

// `opaque`: ranges inside which nothing is compared; `extras`: inside which only literals of ours are not.
function count(report, file, raw, own, literals, opaque, extras = opaque) {
  report.totals.files++;
  report.totals.bytes += raw.length;
  for (const [differing, key, kind] of differences(own, literals, opaque, extras, report)) {
    if (report.shown++ >= SHOW) continue;
    const [start, end] = key.split(" ").map(Number);
    const line = raw.subarray(0, start).toString().split("\n").length;
    const source = raw.subarray(Math.max(0, start - 25), Math.min(end, start + 60)).toString();
    console.log(`${differing} ${kind} ${file}:${line} [${start}, ${end}) ${JSON.stringify(source)}`);
  }
}

function finish({ name, totals }) {
  const all = totals.agree + totals.missed + totals.extra;
  const agreement = all ? totals.agree / all : 1;
  console.log(
    `${name.padEnd(11)} ${(100 * agreement).toFixed(3)} %  ${totals.agree} literals agree, ` +
      `${totals.missed} missed, ${totals.extra} extra; ${totals.files} files, ` +
      `${(totals.bytes / 1e6).toFixed(1)} MB, ${totals.refused} refused by the grammar`,
  );
  return agreement >= WANTED || totals.missed + totals.extra <= FEW;
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
