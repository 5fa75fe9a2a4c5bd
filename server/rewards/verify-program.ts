import { verifyLedger } from "../ledger/verify-ledger.ts";
import type { Database } from "../platform/database.ts";
import type { Check } from "../platform/verification.ts";
import { verifyIsolation } from "../programs/verify-isolation.ts";
import { verifyReferrals } from "../referrals/verify-referrals.ts";
import { verifyRewards } from "./verify-rewards.ts";

export type Verification = { ok: boolean; checkedAt: Date; checks: Check[] };

/** Checks every invariant of one program on the live database, now. Takes as long as there are rows to look at. */
export async function verifyProgram(db: Database, programId: string, now: Date): Promise<Verification> {
  const checks = [
    ...(await verifyLedger(db, programId)),
    ...(await verifyIsolation(db, programId)),
    ...(await verifyReferrals(db, programId)),
    ...(await verifyRewards(db, programId)),
  ].sort((a, b) => rank(a) - rank(b));
  return { ok: checks.every((check) => check.ok), checkedAt: now, checks };
}

/** By number; the counters, which have none, come last in the order they were checked. */
function rank({ id }: Check): number {
  const number = Number(id.slice(1));
  return Number.isNaN(number) ? Number.MAX_SAFE_INTEGER : number;
}
