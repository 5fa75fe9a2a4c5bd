import type { ConversionRow } from "../conversions/conversion.ts";
import { recordSettled } from "../conversions/record-settled.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { Transfer } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { createRewards } from "./create-rewards.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import { grantedRewards } from "./granted-rewards.ts";
import { rewardWire } from "./presentation.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { leftOf, type Resettled, refundedPart } from "./resettlement.ts";
import { type ForeignPurchase, rewardTransfers } from "./reward-transfers.ts";
import { insertFormerSettlements } from "./store/former-settlements.ts";
import { cancelReversed } from "./store/milestones.ts";
import { addReversed, type RewardRow } from "./store.ts";
import type { StoredSettlement } from "./stored-settlement.ts";

/** A reward of which something goes back. */
type Taken = {
  reward: RewardRow;
  minor: bigint;
  foreign: ForeignPurchase | null;
  key: string;
  isEnd: boolean;
};

/**
 * Stores conversions as they were settled again: what somebody lost goes back by the opposite transfers, what somebody
 * won is a reward of its own, and what they were settled by before is kept.
 */
export async function settleAgain(
  tx: Tx,
  reassignmentId: string,
  resettled: readonly Resettled[],
): Promise<void> {
  if (resettled.length === 0) return;
  await insertFormerSettlements(
    tx,
    reassignmentId,
    resettled.map(({ row }) => ({
      ...{ conversion_id: row.id, number: numberOf(row), settlement: row.settlement },
    })),
  );
  const settled = resettled.map((one) => ({ ...one, row: settledRow(tx, reassignmentId, one) }));
  await recordSettled(
    tx,
    settled.map(({ row }) => ({
      ...{ id: row.id, plan_version: row.planVersion ?? 0, settlement: row.settlement as object },
    })),
  );
  for (const one of settled) {
    const foreign = await findForeignPurchase(tx, one.row);
    const key = reassignmentId;
    await take(
      tx,
      reassignmentId,
      one.takenRewards.map((reward) => ({ reward, minor: leftOf(reward), foreign, key, isEnd: true })),
    );
    await cancelReversed(
      tx,
      one.takenRewards.map(({ id }) => id),
    );
    const rewards = grantedRewards(one.row, one.grants, one.facts.plan, tx, numberOf(one.row));
    await createRewards(tx, [
      {
        ...{ conversion: one.row, rewards, referralStatus: "joined", qualifies: one.qualifies },
        ...{ rate: foreign?.rate ?? null, facts: one.facts, isAgain: true },
      },
    ]);
    // What was refunded of the purchase is refunded of what is granted for it now.
    const refunded = rewards.map((reward) => ({ reward, minor: refundedPart(one.row, reward.amountMinor) }));
    await take(
      tx,
      reassignmentId,
      refunded.map(({ reward, minor }) => ({
        ...{ reward, minor, foreign, key: `${reassignmentId}:refunded` },
        isEnd: minor === reward.amountMinor,
      })),
    );
  }
}

/** The how-manieth settlement of a conversion stands. */
function numberOf({ settlement }: ConversionRow): number {
  return (settlement as StoredSettlement).again?.number ?? 1;
}

function settledRow(tx: Tx, reassignment: string, { row, stored, keptRewards }: Resettled): ConversionRow {
  const again = { number: numberOf(row) + 1, reassignment, kept: keptRewards.map(({ id }) => id) };
  return { ...row, settlement: { ...stored, settled_at: tx.now.toISOString(), again } };
}

async function take(tx: Tx, reassignmentId: string, all: readonly Taken[]): Promise<void> {
  const taken = all.filter(({ minor }) => minor > 0n);
  if (taken.length === 0) return;
  await postTransfers(
    tx,
    taken.flatMap((one) => transfersOf(tx, one)),
  );
  await addReversed(
    tx,
    taken.map(({ reward, minor, isEnd }) => ({
      ...{ id: reward.id, added: minor.toString(), is_whole: isEnd && reward.status !== "expired" },
    })),
  );
  await appendEvents(
    tx,
    taken.map((one) => factOf(one, reassignmentId)),
  );
}

function transfersOf(tx: Tx, { reward, minor, foreign, key }: Taken): Transfer[] {
  return rewardTransfers(
    tx.programId ?? "",
    {
      ...{ reward, purse: refundedPurse(reward.status), amountMinor: minor, isBack: true },
      netMinor: reward.amountMinor - reward.reversedMinor,
      idempotencyKey: `${reward.id}:reversed:${key}`,
      ...{ reason: "reversed", occurredAt: tx.now },
    },
    foreign,
  );
}

function factOf({ reward, minor, isEnd }: Taken, reassignmentId: string): Fact {
  const status = isEnd && reward.status !== "expired" ? "reversed" : reward.status;
  return {
    type: "reward.reversed",
    subjectId: reward.id,
    audience: [reward.participantId],
    object: {
      ...rewardWire({ ...reward, reversedMinor: reward.reversedMinor + minor, status }),
      reassignment_id: reassignmentId,
    },
    moves: [{ purse: refundedPurse(reward.status), currency: reward.currency, amount: -Number(minor) }],
  };
}
