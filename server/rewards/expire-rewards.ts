import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { type Expiry, expire } from "./expiry.ts";
import { rewardWire } from "./presentation.ts";
import { addExpired } from "./store/expiry.ts";
import type { RewardRow } from "./store.ts";

/** A reward of which this much is to expire. */
export type Due = RewardRow & { unusedMinor: bigint };

/**
 * Gives back to the program what is left unused of rewards, which the caller has locked with the balances they are
 * in; `occasion` tells two expiries of one reward apart.
 */
export async function expireRewards(
  tx: Tx,
  due: readonly Due[],
  availableOf: (ownerId: string, currency: string) => bigint,
  occasion: string,
): Promise<void> {
  if (due.length === 0) return;
  const owners = new Map<string, Due[]>();
  for (const reward of due) {
    const owner = `${reward.participantId} ${reward.currency}`;
    owners.set(owner, [...(owners.get(owner) ?? []), reward]);
  }
  const expired = [...owners.values()].flatMap((rewards) => {
    const [first] = rewards;
    return first ? expire(rewards, availableOf(first.participantId, first.currency)) : [];
  });
  await postTransfers(
    tx,
    expired.filter(({ minor }) => minor > 0n).map((one) => transferBack(tx, one, occasion)),
  );
  await addExpired(
    tx,
    expired.map(({ reward, minor }) => ({ id: reward.id, minor: minor.toString() })),
  );
  await appendEvents(tx, expired.map(factOf));
}

function transferBack(tx: Tx, { reward, minor }: Expiry<Due>, occasion: string) {
  return transferOf({
    idempotencyKey: `${reward.id}:expired:${occasion}`,
    from: { ownerId: reward.participantId, purse: "available" },
    to: { ownerId: tx.programId ?? "", purse: "funding" },
    amount: { minor, currency: reward.currency },
    reason: "expired",
    subjectId: reward.id,
    occurredAt: reward.expiresAt ?? tx.now,
  });
}

function factOf({ reward, minor }: Expiry<Due>) {
  const { id, participantId, currency, expiredMinor } = reward;
  return {
    type: "reward.expired" as const,
    subjectId: id,
    audience: [participantId],
    object: rewardWire({ ...reward, status: "expired", expiredMinor: expiredMinor + minor }),
    moves: [{ purse: "available", currency, amount: -Number(minor) }],
  };
}
