import { type Finding, type House, isContract, isReadingShelf, kindOf, type Rule, roomOf } from "../house.ts";
import type { Source } from "../source.ts";

/** Packages that compute and nothing else. */
const PURE_PACKAGES =
  /^(typebox(\/.*)?|isbot|csv-parse\/sync|csv-stringify\/sync|obscenity|postal-mime|qr|@lingui\/(core|message-utils\/compileMessage))$/;
/** The same text always gives the same hash. */
const PURE_CRYPTO = new Set(["createHash", "createHmac", "hash", "timingSafeEqual"]);
const IMPURE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(Date\.now|performance\.now)$/, "the clock"],
  [/^(Math\.random|crypto\.(randomUUID|getRandomValues))$/, "chance"],
  [/^process\./, "the process"],
  [/^console\./, "the log"],
  [/^fetch\(\)$/, "the network"],
  [/^set(Timeout|Interval|Immediate)\(\)$/, "the clock"],
];

/** A noun thinks: facts come in as arguments, decisions go out as data. */
export const pureNouns: Rule = {
  name: "nouns import no clock, random, SQL, network, log or config",
  check: ({ sources }, house) =>
    [...sources.values()]
      .filter(({ path }) => kindOf(path, house) === "noun" || isContract(path))
      .flatMap((source) => [...impureImports(source, house), ...impureNames(source)]),
};

function impureImports({ path, imports }: Source, house: House): Finding[] {
  const findings: Finding[] = [];
  for (const { from, to, name, isType, line } of imports) {
    if (isReadingShelf(path) && (from === "kysely" || (isType && to === "server/platform/database.ts")))
      continue;
    const reason = to === null ? packageReason(from, name, isType) : fileReason(to, isType, house);
    if (reason) findings.push({ file: path, line, message: `a noun does not import ${reason}` });
  }
  return findings;
}

function packageReason(from: string, name: string, isType: boolean): string | null {
  if (PURE_PACKAGES.test(from)) return null;
  if (from === "node:crypto") return isType || PURE_CRYPTO.has(name) ? null : `${name} from ${from}`;
  return from;
}

/** The shape of what a store or a verb answers may be looked at; a transaction may not even be named. */
function fileReason(to: string, isType: boolean, house: House): string | null {
  const kind = kindOf(to, house);
  if (kind === "noun" || isContract(to)) return null;
  if (isType && (kind === "store" || kind === "verb")) return null;
  return `${to} (${roomOf(to) === "platform" ? "plumbing" : kind})`;
}

function impureNames({ path, names, bareConstructors }: Source): Finding[] {
  const findings: Finding[] = [];
  for (const { text, line } of names)
    for (const [pattern, what] of IMPURE_NAMES)
      if (pattern.test(text))
        findings.push({ file: path, line, message: `a noun does not ask ${what}: ${text}` });
  for (const { text, line } of bareConstructors)
    if (text === "Date")
      findings.push({ file: path, line, message: "a noun does not ask the clock: new Date()" });
  return findings;
}
