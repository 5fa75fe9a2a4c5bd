import type { Finding, Rule } from "../house.ts";
import type { Tree } from "../source.ts";

const RECORD = "docs/decisions/0016-dependencies.md";

type Manifest = Partial<
  Record<"dependencies" | "devDependencies" | "optionalDependencies", Record<string, string>>
>;

/** A dependency is imported, is pinned, and has a line that says what it saves. */
export const dependencies: Rule = {
  name: "every dependency is used, pinned, and has its line in the decision record",
  check: (tree) => {
    const manifest = JSON.parse(tree.files.get("package.json") ?? "{}") as Manifest;
    const runtime = { ...manifest.dependencies, ...manifest.optionalDependencies };
    const all = { ...runtime, ...manifest.devDependencies };
    const record = tree.files.get(RECORD) ?? "";
    const said = new Set([...record.matchAll(/`([@a-z][^`\s]*)`/g)].map(([, name = ""]) => name));
    const findings: string[] = [];
    for (const [name, version] of Object.entries(all)) {
      const family = `${name.split("/")[0]}/*`;
      if (!/^\d/.test(version)) findings.push(`${name} is not pinned: ${version}`);
      if (!said.has(name) && !said.has(family)) findings.push(`${name} has no line in ${RECORD}`);
    }
    for (const name of Object.keys(manifest.dependencies ?? {}))
      if (!isImported(tree, name)) findings.push(`nothing imports ${name}`);
    return findings.map((message): Finding => ({ file: "package.json", line: 1, message }));
  },
};

function isImported({ sources }: Tree, name: string): boolean {
  return [...sources.values()].some(
    ({ path, imports }) =>
      path.startsWith("server/") && imports.some(({ from }) => from === name || from.startsWith(`${name}/`)),
  );
}
