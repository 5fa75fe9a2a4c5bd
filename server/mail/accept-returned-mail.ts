import type { Database } from "../platform/database.ts";
import { parseReport } from "./delivery-report.ts";
import { recordMailReport } from "./record-mail-report.ts";
import { readReturnAddress, type SealedMail } from "./seal.ts";

/**
 * Takes a mail that came back to us. The address it came to says, under our seal, which mail it is about; without that
 * only a key of the program may say so. Answers how many reports in it changed something.
 */
export async function acceptReturnedMail(
  { db, emailKey }: { db: Database; emailKey: string },
  raw: Uint8Array | string,
  to: { recipients?: readonly string[]; programId?: string },
): Promise<{ found: number; applied: number }> {
  const { reports, returnedTo } = await parseReport(raw);
  const sealed = [...(to.recipients ?? []), ...returnedTo]
    .map((address) => readReturnAddress(address, emailKey))
    .find((one): one is SealedMail => one !== null && (to.programId ?? one.programId) === one.programId);
  const programId = to.programId ?? sealed?.programId;
  if (programId === undefined || reports.length === 0) return { found: 0, applied: 0 };
  const applied = await db.write(programId, async (tx) => {
    let count = 0;
    for (const report of reports) {
      const about = { ...report, mailId: sealed?.mailId ?? report.mailId };
      if ((await recordMailReport(tx, about, emailKey)).isApplied) count++;
    }
    return count;
  });
  return { found: reports.length, applied };
}
