import type { EventRecord, Move } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import type { WireMoney } from "../primitives/money.ts";
import { recordProgramCounts } from "../programs/record-program-counts.ts";
import { addRewardCounts, type RewardCount } from "./store.ts";

/** The subscriber that keeps the counters of rewards. */
export const REWARD_COUNTS_READER = "reward-counts";

type RewardObject = { participant_id: string; level: number; leg_participant_id: string };
/** Those of long ago say no more than the amount. */
type RefundObject = { amount: WireMoney; counted?: WireMoney };
type ConversionObject = { kind: string; amount: { amount: number; currency: string } };

/** Adds rewards, reversals and purchases to the counters that pages read: per level, per leg, per program. */
export async function recordRewardCounts(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  const counts = new Map<string, RewardCount>();
  for (const event of events) {
    const [move] = event.data.moves ?? [];
    if (!move || !COUNTED.has(event.type)) continue;
    const reward = event.data.object as RewardObject;
    const isEarned = event.type === "reward.created";
    for (const leg of ["", reward.leg_participant_id]) count(counts, reward, leg, move, isEarned);
  }
  if (counts.size > 0) await addRewardCounts(tx, [...counts.values()]);
  await recordProgramCounts(tx, events.flatMap(programCounts));
}

const COUNTED: ReadonlySet<string> = new Set(["reward.created", "reward.reversed", "reward.restored"]);

function count(
  counts: Map<string, RewardCount>,
  reward: RewardObject,
  leg: string,
  move: Move,
  isEarned: boolean,
): void {
  const key = `${reward.participant_id} ${reward.level} ${leg} ${move.currency}`;
  const old = counts.get(key);
  counts.set(key, {
    participant_id: reward.participant_id,
    level: reward.level,
    leg_participant_id: leg,
    currency: move.currency,
    earned_minor: (BigInt(old?.earned_minor ?? 0) + (isEarned ? BigInt(move.amount) : 0n)).toString(),
    reversed_minor: (BigInt(old?.reversed_minor ?? 0) + (isEarned ? 0n : BigInt(-move.amount))).toString(),
    rewards: (old?.rewards ?? 0) + (isEarned ? 1 : 0),
  });
}

type ProgramCount = Parameters<typeof recordProgramCounts>[1][number];

function programCounts(event: EventRecord): ProgramCount[] {
  const paid = (event.data.moves ?? []).filter((move) => move.purse === "paid");
  return [
    ...conversionCounts(event),
    ...paid.map(
      (move): ProgramCount => ({ metric: "paid", currency: move.currency, added: BigInt(move.amount) }),
    ),
  ];
}

function conversionCounts(event: EventRecord): ProgramCount[] {
  if (event.type === "conversion.refunded" || event.type === "conversion.chargeback_reversed") {
    const { amount, counted = amount } = event.data.object as RefundObject;
    const sign = event.type === "conversion.refunded" ? 1n : -1n;
    return [{ metric: "refunded", currency: counted.currency, added: sign * BigInt(counted.amount) }];
  }
  if (event.type !== "conversion.settled") return [];
  const { kind, amount } = event.data.object as ConversionObject;
  if (kind !== "purchase") return [];
  return [
    { metric: "purchases", currency: "", added: 1n },
    { metric: "revenue", currency: amount.currency, added: BigInt(amount.amount) },
  ];
}
