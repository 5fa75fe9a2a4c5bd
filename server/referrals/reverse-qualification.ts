import type { Tx } from "../platform/database.ts";
import { unqualifyReferral } from "./store.ts";

/** The conversion that made a referral qualified is gone: it has to qualify again. Answers whether it was that one. */
export async function reverseQualification(
  tx: Tx,
  refereeId: string,
  conversionId: string,
): Promise<boolean> {
  return (await unqualifyReferral(tx, refereeId, conversionId)) > 0;
}
