import { type Finding, isContract, type Rule } from "../house.ts";

/** No private way into the server: the browser's code knows the wire shapes and nothing else. */
export const browserImports: Rule = {
  name: "the dashboard and the sdk import only contracts",
  check: ({ sources }) => {
    const findings: Finding[] = [];
    for (const { path, imports } of sources.values()) {
      const room = /^(dashboard|sdk)\//.exec(path)?.[1];
      if (room === undefined || path.includes(".test.")) continue;
      for (const { from, to, isType, line } of imports) {
        if (from.startsWith("node:"))
          findings.push({ file: path, line, message: `there is no ${from} in a browser` });
        if (to === null || to.startsWith(`${room}/`)) continue;
        if (!isContract(to)) findings.push({ file: path, line, message: `${to} is not a contract` });
        else if (!isType)
          findings.push({ file: path, line, message: `${to} is imported as a value, not as types` });
      }
    }
    return findings;
  },
};
