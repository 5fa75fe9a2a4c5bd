import { createHash } from "node:crypto";
import type { Database } from "../platform/database.ts";
import { streamRows } from "../platform/row-stream.ts";
import type { ProgramId } from "../programs/program.ts";
import { LOG_VERSION, type LogEnd, type LogHeader } from "./logged-fact.ts";
import { type FactRow, factsOf } from "./store.ts";

/** Statements that look at every row of a program take as long as there are rows. */
const STATEMENT_MS_MAX = 600_000;

/** Hands on, line by line, everything that a program's ledger follows from, as of one moment; nobody is named in it. */
export async function exportLog(
  db: Database,
  programId: ProgramId,
  write: (line: string) => Promise<void>,
): Promise<LogEnd> {
  const hash = createHash("sha256");
  const tell = async (value: object): Promise<void> => {
    const line = JSON.stringify(value);
    hash.update(`${line}\n`);
    await write(line);
  };
  const header: LogHeader = { log: "referralhub", version: LOG_VERSION, program: programId };
  await tell(header);
  const facts = await db.read(
    programId,
    async (reader) => {
      let count = 0;
      for await (const { at, fact, body } of streamRows<FactRow>(reader, factsOf(reader))) {
        await tell({ at: at.toISOString(), fact, ...body });
        count++;
      }
      return count;
    },
    { statementMsMax: STATEMENT_MS_MAX },
  );
  const end: LogEnd = { end: true, facts, sha256: hash.digest("hex") };
  await write(JSON.stringify(end));
  return end;
}
