import fs from "node:fs";
import path from "node:path";
import { parseSync, Visitor } from "vite";

/** One name a file takes from another; `*` is everything, nothing is the file itself. */
export type Import = { from: string; to: string | null; name: string; isType: boolean; line: number };
type Export = { name: string; isType: boolean; isFunction: boolean; line: number };
/** A place in the code that a rule may look at. */
type Mark = { text: string; line: number };

export type Source = {
  path: string;
  text: string;
  imports: Import[];
  exports: Export[];
  /** `Date.now`, `process.env`, `fetch()`: members that are read and functions that are called. */
  names: Mark[];
  /** `new Date()`: constructors called without an argument. */
  bareConstructors: Mark[];
  /** String literals and the fixed parts of templates. */
  texts: Mark[];
};

/** All files of a repository, by path; code is parsed. */
export type Tree = { files: Map<string, string>; sources: Map<string, Source> };

const FOLDERS = ["server", "dashboard", "sdk", "database", "tests", "tools", "bench", "docs"];
const PARSED = /\.(ts|tsx|mjs)$/;
const SKIPPED = /^(node_modules|dist|data|\..*)$/;

export function readTree(root: string): Tree {
  const files = new Map<string, string>();
  for (const name of fs.readdirSync(root)) {
    const full = path.join(root, name);
    if (FOLDERS.includes(name)) collect(full, name, files);
    else if (fs.statSync(full).isFile() && !name.startsWith(".")) files.set(name, readText(full));
  }
  return treeOf(files);
}

function collect(folder: string, below: string, files: Map<string, string>): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.test(entry.name)) continue;
    const full = path.join(folder, entry.name);
    const name = `${below}/${entry.name}`;
    if (entry.isDirectory()) collect(full, name, files);
    else files.set(name, readText(full));
  }
}

/** Pictures and fonts are files too: links may lead to them. */
function readText(file: string): string {
  return /\.(ts|tsx|mjs|cjs|js|json|md|sql|html|css|yaml|yml)$/.test(file)
    ? fs.readFileSync(file, "utf8")
    : "";
}

/** A tree from texts, for rules that are proved on a few lines. */
export function treeOf(files: Map<string, string> | Record<string, string>): Tree {
  const map = files instanceof Map ? files : new Map(Object.entries(files));
  const sources = new Map<string, Source>();
  for (const [name, text] of map) if (PARSED.test(name)) sources.set(name, parse(name, text, map));
  return { files: map, sources };
}

type Parsed = ReturnType<typeof parseSync>;
/** What the readers of one file share: where they write, and how an offset becomes a line. */
type Desk = { source: Source; parsed: Parsed; lineOf(offset: number): number; addImport: AddImport };
type AddImport = (from: string, name: string, isType: boolean, offset: number) => void;

function parse(file: string, text: string, files: Map<string, string>): Source {
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message}`);
  const source: Source = {
    path: file,
    text,
    imports: [],
    exports: [],
    names: [],
    bareConstructors: [],
    texts: [],
  };
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => starts.findLastIndex((start) => start <= offset) + 1;
  const addImport: AddImport = (from, name, isType, offset) => {
    source.imports.push({ from, to: resolve(file, from, files), name, isType, line: lineOf(offset) });
  };
  const desk: Desk = { source, parsed, lineOf, addImport };
  readExports(desk);
  readBody(desk, readImports(desk));
  return source;
}

/** Answers which local name stands for which whole module: `import * as contract from …`. */
function readImports({ source, parsed, addImport }: Desk): Map<string, string> {
  const namespaces = new Map<string, string>();
  for (const { moduleRequest, entries, start } of parsed.module.staticImports) {
    const from = moduleRequest.value;
    if (entries.length === 0) addImport(from, "", false, start);
    for (const { importName, localName, isType } of entries) {
      if (importName.kind === "NamespaceObject") namespaces.set(localName.value, from);
      const name = importName.kind === "Default" ? "default" : (importName.name ?? "");
      addImport(from, name, isType, start);
    }
  }
  for (const { moduleRequest } of parsed.module.dynamicImports) {
    const request = source.text.slice(moduleRequest.start, moduleRequest.end);
    if (/^["'].*["']$/.test(request)) addImport(request.slice(1, -1), "*", false, moduleRequest.start);
  }
  return namespaces;
}

function readExports({ source, parsed, lineOf, addImport }: Desk): void {
  for (const { entries, start } of parsed.module.staticExports) {
    for (const { moduleRequest, importName, exportName, isType } of entries) {
      if (moduleRequest) {
        const isAll = importName.kind === "All" || importName.kind === "AllButDefault";
        addImport(moduleRequest.value, isAll ? "*" : (importName.name ?? "default"), isType, start);
      }
      const name = exportName.kind === "Default" ? "default" : exportName.name;
      if (name !== null) source.exports.push({ name, isType, isFunction: false, line: lineOf(start) });
    }
  }
}

function readBody({ source, parsed, lineOf, addImport }: Desk, namespaces: Map<string, string>): void {
  const functions = new Set<string>();
  const add = (list: Mark[], text: string, offset: number): void => {
    list.push({ text, line: lineOf(offset) });
  };
  const addMember = (object: string, name: string, isType: boolean, offset: number): void => {
    const from = namespaces.get(object);
    if (from !== undefined) addImport(from, name, isType, offset);
  };
  new Visitor({
    FunctionDeclaration: ({ id }) => void (id && functions.add(id.name)),
    ClassDeclaration: ({ id }) => void (id && functions.add(id.name)),
    VariableDeclarator: ({ id, init }) => {
      if (id.type === "Identifier" && /^(Arrow)?FunctionExpression$/.test(init?.type ?? ""))
        functions.add(id.name);
    },
    MemberExpression: ({ object, property, start }) => {
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      add(source.names, `${object.name}.${property.name}`, start);
      addMember(object.name, property.name, false, start);
    },
    TSQualifiedName: ({ left, right, start }) => {
      if (left.type === "Identifier") addMember(left.name, right.name, true, start);
    },
    TSImportType: ({ source: module, start }) => addImport(module.value, "*", true, start),
    CallExpression: ({ callee, start }) => {
      if (callee.type === "Identifier") add(source.names, `${callee.name}()`, start);
    },
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === "Identifier" && given.length === 0)
        add(source.bareConstructors, callee.name, start);
    },
    Literal: ({ value, start }) => {
      if (typeof value === "string") add(source.texts, value, start);
    },
    TemplateElement: ({ value, start }) => add(source.texts, value.raw, start),
  }).visit(parsed.program);
  for (const one of source.exports) one.isFunction = !one.isType && functions.has(one.name);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The path of a file of the tree, or null for a package. */
function resolve(file: string, from: string, files: Map<string, string>): string | null {
  if (!from.startsWith(".")) return null;
  const full = path.posix.join(path.posix.dirname(file), from.replace(/\?.*$/, ""));
  return [full, `${full}.ts`, `${full}/index.ts`].find((name) => files.has(name)) ?? full;
}

export const isTest = (file: string): boolean =>
  /\.(test|test-support)\.tsx?$|\.laws\.test\.ts$/.test(file) || file.startsWith("tests/");
