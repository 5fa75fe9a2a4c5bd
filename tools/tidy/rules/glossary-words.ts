import type { Finding, House, Rule } from "../house.ts";
import { isTest, type Tree } from "../source.ts";

/** One vocabulary: files, exported names, tables and columns avoid the words the glossary replaces. */
export const glossaryWords: Rule = {
  name: "names avoid the words the glossary replaces",
  check: (tree, house) => [...codeFindings(tree, house), ...tableFindings(tree, house)],
};

function codeFindings({ sources }: Tree, house: House): Finding[] {
  const findings: Finding[] = [];
  for (const { path, exports } of sources.values()) {
    if (isTest(path)) continue;
    const words = path.startsWith("dashboard/") ? onScreens(house) : house;
    const inPath = avoidedIn(path.replace(/\.\w+$/, ""), words);
    if (inPath) findings.push({ file: path, line: 1, message: `the file's name says "${inPath}"` });
    for (const { name, line } of exports) {
      const word = avoidedIn(name, words);
      if (word) findings.push({ file: path, line, message: `${name} says "${word}"` });
    }
  }
  return findings;
}

/** A page is called by what stands on it. */
function onScreens(house: House): Pick<House, "avoided"> {
  return { avoided: new Set([...house.avoided].filter((word) => !house.onScreens.has(word))) };
}

function tableFindings({ files }: Tree, house: House): Finding[] {
  const findings: Finding[] = [];
  for (const [file, text] of files) {
    if (!/^database\/migrations\/.*\.sql$/.test(file)) continue;
    text.split("\n").forEach((line, index) => {
      const name =
        /^\s*(?:create table |create view |alter table \w+ add column )?([a-z_]+)/.exec(line)?.[1] ?? "";
      const word = line.trimStart().startsWith("--") ? null : avoidedIn(name, house);
      if (word) findings.push({ file, line: index + 1, message: `${name} says "${word}"` });
    });
  }
  return findings;
}

function avoidedIn(name: string, { avoided }: Pick<House, "avoided">): string | null {
  const words =
    name
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return words.find((word) => avoided.has(word) || avoided.has(word.replace(/s$/, ""))) ?? null;
}
