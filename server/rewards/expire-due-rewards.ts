import { holdBalances } from "../ledger/hold-balances.ts";
import type { Tx } from "../platform/database.ts";
import { expireRewards } from "./expire-rewards.ts";
import { unusedOf } from "./expiry.ts";
import { listExpiring, lockExpiring } from "./store/expiry.ts";

/** Rewards that expire in one transaction; the worker calls again until none is due. */
const EXPIRING_MAX = 500;

/** Takes back what was not used in time, by the database's clock; `only` of these. Answers how many rewards. */
export async function expireDueRewards(tx: Tx, only: readonly string[] | null = null): Promise<number> {
  const found = await listExpiring(tx, EXPIRING_MAX, only);
  if (found.length === 0) return 0;
  const available = await holdBalances(
    tx,
    found.map(({ participantId }) => participantId),
  );
  // Some may have been used while we waited for the balances.
  const due = await lockExpiring(
    tx,
    found.map(({ id }) => id),
  );
  const unused = due.map((reward) => ({ ...reward, unusedMinor: unusedOf(reward) }));
  await expireRewards(tx, unused, available, "due");
  return found.length;
}
