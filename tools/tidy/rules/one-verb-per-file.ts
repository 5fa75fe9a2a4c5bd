import { type Finding, kindOf, type Rule } from "../house.ts";

/** `release-due-rewards.ts` is `releaseDueRewards()`: types and constants may stand beside it, no second function. */
export const oneVerbPerFile: Rule = {
  name: "a verb file has one exported function, called like the file",
  check: ({ sources }, house) => {
    const findings: Finding[] = [];
    for (const { path, exports } of sources.values()) {
      if (kindOf(path, house) !== "verb") continue;
      const name = camelCase(path.slice(path.lastIndexOf("/") + 1, -".ts".length));
      const functions = exports.filter(({ isFunction }) => isFunction);
      if (!functions.some((one) => one.name === name))
        findings.push({ file: path, line: 1, message: `does not export the function ${name}` });
      for (const one of functions)
        if (one.name !== name)
          findings.push({ file: path, line: one.line, message: `${one.name} wants a file of its own` });
    }
    return findings;
  },
};

const camelCase = (text: string): string =>
  text.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
