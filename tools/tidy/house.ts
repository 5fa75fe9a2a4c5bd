import type { Tree } from "./source.ts";

/** What the rules of the house are about: the order of the rooms and the words of the glossary. */
export type House = {
  rooms: readonly string[];
  verbs: ReadonlySet<string>;
  avoided: ReadonlySet<string>;
  /** Words that are avoided everywhere but where a person reads them. */
  onScreens: ReadonlySet<string>;
};

type Kind = "noun" | "verb" | "store" | "door" | "plumbing" | "wiring" | "test" | "outside";

export type Finding = { file: string; line: number; message: string };

/** A member of the shelf: what must hold, over all files at once. */
export type Rule = { name: string; check(tree: Tree, house: House): Finding[] };

/** One-shot commands wire rooms together like `main.ts` does. */
const WIRING = /^server\/([a-z-]+\.ts$|commands\/)/;

/** The kind of a file is decided by where it is and how it is called, and by nothing else. */
export function kindOf(file: string, { verbs }: House): Kind {
  if (/\.(test|test-support)\.tsx?$/.test(file) || file.startsWith("tests/")) return "test";
  if (!file.startsWith("server/")) return "outside";
  if (WIRING.test(file)) return "wiring";
  if (roomOf(file) === "platform") return "plumbing";
  const [name = "", folder = ""] = file.replace(/\.ts$/, "").split("/").reverse();
  if (name === "store" || folder === "store") return "store";
  if (/^(contract|routes|jobs|door)$/.test(name) || folder === "routes" || folder === "contract")
    return "door";
  return verbs.has(name.split("-")[0] ?? "") && name.includes("-") ? "verb" : "noun";
}

/** The folder of the server a file stands in, or "" for wiring and everything outside. */
export function roomOf(file: string): string {
  return /^server\/([a-z-]+)\//.exec(file)?.[1] ?? "";
}

export const isContract = (file: string): boolean => /^server\/[a-z-]+\/contract(\/[a-z-]+)?\.ts$/.test(file);

/** On these shelves a member carries the one statement it needs, so that adding one takes one file. It only reads. */
export const isReadingShelf = (file: string): boolean =>
  /^server\/(reports|[a-z-]+\/(signals|lints))\//.test(file) &&
  !/(\.test|\/(contract|routes|jobs))\.ts$/.test(file);

export const mayHoldSql = (file: string, house: House): boolean =>
  file.startsWith("database/") ||
  isReadingShelf(file) ||
  ["store", "plumbing", "test"].includes(kindOf(file, house));

/** The order of the rooms is the test's, the words are the glossary's. */
export function houseOf(rooms: readonly string[], glossary: string): House {
  return {
    rooms,
    verbs: wordsAfter("Verbs", glossary),
    avoided: wordsAfter("Avoid in names", glossary),
    onScreens: wordsAfter("Screens may say", glossary),
  };
}

/** The lists of the glossary: `**Verbs:** accept append …` */
function wordsAfter(title: string, glossary: string): Set<string> {
  const line = glossary.split("\n").find((one) => one.startsWith(`**${title}:**`)) ?? "";
  const words = line.slice(title.length + 5).match(/[a-z]+/g) ?? [];
  return new Set(words);
}
