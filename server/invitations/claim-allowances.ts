import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Allowance, dayOf } from "./limits.ts";
import { addAllowances, lockAllowances } from "./store/allowances.ts";

/**
 * Takes so many of today's invitations from every limit that holds, or as many as are left where fewer will do.
 * Answers how many it took; whoever shares a limit waits until this transaction has ended.
 */
export async function claimAllowances(
  tx: Tx,
  allowances: readonly Allowance[],
  wanted: number,
  mayBeFewer: boolean,
): Promise<number> {
  const { day, until } = dayOf(tx.now);
  const counted = allowances.map((one) => one.counted);
  const used = new Map((await lockAllowances(tx, counted, day)).map((row) => [row.counted, row.used]));
  const left = allowances.map((one) => Math.max(0, one.limit - (used.get(one.counted) ?? 0)));
  const taken = Math.min(wanted, ...left);
  if (taken < wanted && !mayBeFewer) {
    const short = allowances[left.indexOf(taken)] as Allowance;
    const facts = { limit: short.limit, left: taken, until: until.toISOString() };
    throw new Refusal(short.code, { facts });
  }
  if (taken > 0) await addAllowances(tx, counted, day, taken);
  return taken;
}
