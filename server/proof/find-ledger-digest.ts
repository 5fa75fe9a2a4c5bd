import { createHash } from "node:crypto";
import type { Database } from "../platform/database.ts";
import { streamRows } from "../platform/row-stream.ts";
import { ledgerLines } from "./store.ts";

export type LedgerDigest = { transfers: number; sha256: string };

/** Statements that look at every row of a program take as long as there are rows. */
const STATEMENT_MS_MAX = 600_000;

/** One figure for the whole ledger of a program: equal where every transfer is. `take` is shown each line of it. */
export function findLedgerDigest(
  db: Database,
  programId: string,
  take: (line: string) => Promise<void> = async () => {},
): Promise<LedgerDigest> {
  return db.read(
    programId,
    async (reader) => {
      const hash = createHash("sha256");
      let transfers = 0;
      for await (const { line } of streamRows<{ line: string }>(reader, ledgerLines(reader))) {
        hash.update(`${line}\n`);
        await take(line);
        transfers++;
      }
      return { transfers, sha256: hash.digest("hex") };
    },
    { statementMsMax: STATEMENT_MS_MAX },
  );
}
