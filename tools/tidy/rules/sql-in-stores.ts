import { type Finding, isReadingShelf, mayHoldSql, type Rule } from "../house.ts";

const STATEMENT =
  /^\s*(select\s+[\s\S]*\s(from|as)\s|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|(create|alter|drop|truncate)\s+(table|index|role|view|policy|schema)\s)/i;
const WRITING = /\b(insert\s+into|update\s+[\w."]+\s+set|delete\s+from|for\s+update)\b/i;

/** SQL is where its room keeps it, so that the tables of a room are known from one place. */
export const sqlInStores: Rule = {
  name: "SQL text only in store.ts, store/, signals/, reports/, lints/, platform/ and database/",
  check: ({ sources }, house) => {
    const findings: Finding[] = [];
    for (const source of sources.values()) {
      const { path, imports, texts } = source;
      if (isReadingShelf(path))
        for (const { text, line } of texts)
          if (WRITING.test(text))
            findings.push({ file: path, line, message: "a member of this shelf only reads" });
      if (mayHoldSql(path, house) || !/^(server|dashboard|sdk)\//.test(path)) continue;
      for (const { from, line } of imports)
        if (/^(kysely|pg)$/.test(from) && !isTypeOnly(source.imports, from))
          findings.push({ file: path, line, message: `${from} is for stores` });
      for (const { text, line } of texts)
        if (STATEMENT.test(text)) findings.push({ file: path, line, message: "holds SQL text" });
    }
    return findings;
  },
};

const isTypeOnly = (imports: readonly { from: string; isType: boolean }[], from: string): boolean =>
  imports.filter((one) => one.from === from).every(({ isType }) => isType);
