import type { Finding, Rule } from "../house.ts";
import type { Tree } from "../source.ts";

/** No file leads back to itself, types included. */
export const importCycles: Rule = {
  name: "no import cycles",
  check: (tree) => {
    const findings: Finding[] = [];
    const state = new Map<string, "open" | "done">();
    const visit = (file: string, trail: string[]): void => {
      state.set(file, "open");
      for (const next of importedBy(tree, file)) {
        if (state.get(next) === "open") {
          const cycle = [...trail.slice(trail.indexOf(next)), next];
          findings.push({ file: next, line: 1, message: cycle.join(" → ") });
        } else if (!state.has(next)) visit(next, [...trail, next]);
      }
      state.set(file, "done");
    };
    for (const file of [...tree.sources.keys()].sort()) if (!state.has(file)) visit(file, [file]);
    return findings;
  },
};

function importedBy({ sources }: Tree, file: string): string[] {
  const targets = (sources.get(file)?.imports ?? []).map(({ to }) => to);
  return [...new Set(targets)].filter((to): to is string => to !== null && sources.has(to)).sort();
}
