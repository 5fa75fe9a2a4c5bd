import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { findActive } from "./find-active.ts";
import { publishedPlans } from "./plans-in-force.ts";
import { rewardWire } from "./presentation.ts";
import { INACTIVE_UPLINE } from "./reward-use.ts";
import { listPublishedPlans } from "./store/plans.ts";
import { lockHeldRewards, type RewardRow, resumeRewards } from "./store.ts";

/** Rewards looked at in one statement; there are rarely more. */
const HELD_REWARDS_MAX = 500;

/**
 * Lets go what was held for these people because they were not active, where they are now, as the plan of each reward
 * asks it: it waits out what is left of its days, and is available where nothing is left. `only` of these rewards,
 * where somebody knows. Answers how many.
 */
export async function releaseHeldRewards(
  tx: Tx,
  participantIds: readonly string[],
  only: ReadonlySet<string> | null = null,
): Promise<number> {
  if (participantIds.length === 0) return 0;
  let all = 0;
  for (let after: RewardRow | null = null; ; ) {
    const held: RewardRow[] = await lockHeldRewards(tx, participantIds, INACTIVE_UPLINE, {
      after,
      limit: HELD_REWARDS_MAX,
    });
    const wanted = only === null ? held : held.filter(({ id }) => only.has(id));
    if (wanted.length > 0) all += await resume(tx, wanted);
    if (held.length < HELD_REWARDS_MAX) return all;
    after = held.at(-1) ?? null;
  }
}

async function resume(tx: Tx, held: readonly RewardRow[]): Promise<number> {
  const plans = publishedPlans(await listPublishedPlans(tx));
  const planOf = new Map(plans.map((published) => [published.version, published.plan]));
  const isActive = await findActive(
    tx,
    held.map((reward) => ({
      participantId: reward.participantId,
      at: tx.now,
      activity: planOf.get(reward.planVersion)?.activity ?? null,
    })),
  );
  const resumed = held.filter((_, index) => isActive[index]);
  await postTransfers(
    tx,
    resumed.filter((reward) => remaining(reward) > 0n).map((reward) => resumeTransfer(tx, reward)),
  );
  await resumeRewards(
    tx,
    resumed.map((reward) => reward.id),
  );
  await appendEvents(tx, resumed.map(resumedFact));
  return resumed.length;
}

function remaining(reward: RewardRow): bigint {
  return reward.amountMinor - reward.reversedMinor;
}

function resumeTransfer(tx: Tx, reward: RewardRow) {
  return transferOf({
    idempotencyKey: `${reward.id}:resumed`,
    from: { ownerId: reward.participantId, purse: "held" },
    to: { ownerId: reward.participantId, purse: "pending" },
    amount: { minor: remaining(reward), currency: reward.currency },
    reason: "released",
    subjectId: reward.id,
    occurredAt: tx.now,
  });
}

function resumedFact(reward: RewardRow): Fact {
  const amount = Number(remaining(reward));
  return {
    type: "reward.resumed",
    subjectId: reward.id,
    audience: [reward.participantId],
    object: rewardWire({ ...reward, status: "pending", holdReason: null }),
    moves: [
      { purse: "held", currency: reward.currency, amount: -amount },
      { purse: "pending", currency: reward.currency, amount },
    ],
  };
}
