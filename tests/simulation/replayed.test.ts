import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProgramId } from "../../server/programs/program.ts";
import { exportLog } from "../../server/proof/export-log.ts";
import { findLedgerDigest } from "../../server/proof/find-ledger-digest.ts";
import { replayLog } from "../../server/proof/replay-log.ts";
import { useDatabase } from "../support/database.ts";
import { asSent } from "./sent.ts";
import { playStored } from "./stored-world.ts";
import { histories } from "./worlds.ts";

const origin = useDatabase();
const other = useDatabase();
const RUNS = { numRuns: 15, endOnFailure: true };

test("whatever happened, its log makes the same ledger in another database", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const programId = (await playStored(origin.db, asSent(history))) as ProgramId;
      const lines: string[] = [];
      await exportLog(origin.db, programId, async (line) => void lines.push(line));
      const replayed = await replayLog(other.db, streamOf(lines));
      expect(replayed.surplus).toBeNull();
      expect(await ledgerOf(other.db, programId)).toEqual(await ledgerOf(origin.db, programId));
    }),
    RUNS,
  );
});

async function* streamOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function ledgerOf(db: typeof origin.db, programId: string): Promise<string[]> {
  const lines: string[] = [];
  await findLedgerDigest(db, programId, async (line) => void lines.push(line));
  return lines;
}
