import { type Finding, kindOf, type Rule } from "../house.ts";
import { isTest, type Source, type Tree } from "../source.ts";

/** Files that are read by a tool because of their name. */
const ENTRIES = /\.(test|config)\.(ts|tsx|mjs)$/;

/** Every file is reached from a command, a page or a test; product code not by tests alone. */
export const noLonelyFiles: Rule = {
  name: "no file that nothing imports",
  check: (tree, house) => {
    const live = reachable(tree, (file) => isStart(file, tree));
    const product = reachable(tree, (file) => !isTest(file) && isStart(file, tree), isTest);
    return [...tree.sources.keys()]
      .filter((file) => !(isTest(file) || kindOf(file, house) === "test" ? live : product).has(file))
      .map((file) => ({
        file,
        line: 1,
        message: live.has(file) ? "only tests import it" : "nothing imports it",
      }));
  },
};

/** Every exported name is imported somewhere; a type is also in use where it says what its own file takes or gives. */
export const noIdleExports: Rule = {
  name: "no export that nothing uses",
  check: ({ sources }) => {
    const used = new Set<string>();
    for (const { path, imports } of sources.values())
      for (const { to, name } of imports) if (to !== null && to !== path) used.add(`${to}#${name}`);
    const findings: Finding[] = [];
    for (const { path, text, exports } of sources.values()) {
      if (ENTRIES.test(path) || used.has(`${path}#*`)) continue;
      for (const { name, isType, line } of exports)
        if (
          !used.has(`${path}#${name}`) &&
          !isCalledByATool(path, name) &&
          !(isType && isNamedAgain(text, name))
        )
          findings.push({ file: path, line, message: `nothing imports ${name}` });
    }
    return findings;
  },
};

const isNamedAgain = (text: string, name: string): boolean =>
  (text.match(new RegExp(`\\b${name}\\b`, "g")) ?? []).length > 1;

/** Vitest calls the default export of a global set-up. */
const isCalledByATool = (path: string, name: string): boolean => name === "default" && isTest(path);

function isStart(file: string, { files }: Tree): boolean {
  if (ENTRIES.test(file)) return true;
  return (files.get("package.json") ?? "").includes(file);
}

/** Follows imports, and names of files in texts: a build tool names its entry, a test the program it spawns. */
function reachable(
  tree: Tree,
  isFirst: (file: string) => boolean,
  isClosed: (file: string) => boolean = () => false,
): Set<string> {
  const found = new Set<string>();
  const named = new Map(
    [...tree.sources.keys()].flatMap((file) => endingsOf(file).map((end) => [end, file])),
  );
  const queue = [...tree.sources.keys()].filter(isFirst);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file) || isClosed(file)) continue;
    found.add(file);
    const source = tree.sources.get(file);
    if (source) queue.push(...targetsOf(source, named, tree));
  }
  return found;
}

/** How a text may name a file: by itself, or with its folder. */
function endingsOf(file: string): string[] {
  const parts = file.split("/");
  return [parts.slice(-1).join("/"), parts.slice(-2).join("/")];
}

function targetsOf({ imports, texts, path }: Source, named: Map<string, string>, tree: Tree): string[] {
  const imported = imports.map(({ to }) => to).filter((to): to is string => to !== null);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const mentioned = texts
    .filter(({ text }) => /\.(ts|tsx|mjs)$/.test(text))
    .map(({ text }) => {
      const name = text.replace(/^(\.{0,2}\/)+/, "");
      if (tree.sources.has(name)) return name;
      if (tree.sources.has(folder + name)) return folder + name;
      return named.get(name) ?? named.get(name.split("/").slice(-2).join("/"));
    });
  return [...imported, ...mentioned.filter((name) => name !== undefined)];
}
