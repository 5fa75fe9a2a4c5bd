import type { ConversionId, ConversionRow } from "../conversions/conversion.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { type CounterUse, nthKey, qualifiedKey } from "./counter.ts";
import { giveBacks } from "./give-back.ts";
import { settleAndKeep } from "./settled-conversion.ts";
import type { SettlementFacts } from "./settlement.ts";
import type { RewardRow } from "./store.ts";
import { type StoredSettlement, storedUses } from "./stored-settlement.ts";
import type { Grant } from "./verdict.ts";

/** A conversion that was settled, as it is to be settled again for another upline. */
export type PastConversion = {
  row: ConversionRow;
  /** By its own plan, for the people who stand above now. */
  facts: SettlementFacts;
  /** What it granted and what still stands, or was refunded. */
  rewards: readonly RewardRow[];
};

export type Resettled = PastConversion & {
  stored: StoredSettlement;
  grants: readonly Grant[];
  /** The same to the same people: they keep what they have. */
  keptRewards: readonly RewardRow[];
  takenRewards: readonly RewardRow[];
  qualifies: boolean;
};

/** The advocate who counted the referral as qualified until now. */
export type FormerQualification = { advocateId: ParticipantId };

export type Resettlement = { resettled: Resettled[]; uses: CounterUse[] };

/**
 * Settles conversions of one person again, in their order, as if their upline had always been this one: first all that
 * was counted is given back, then each is settled by its own plan on the counters as they stand now. What was refunded
 * stays refunded.
 */
export function resettle(
  values: ReadonlyMap<string, bigint>,
  past: readonly PastConversion[],
  former: FormerQualification | null,
): Resettlement {
  const counters = new Map(values);
  const uses: CounterUse[] = [];
  const add = (some: readonly CounterUse[]): void => {
    for (const { key, amount } of some) counters.set(key, (counters.get(key) ?? 0n) + amount);
    uses.push(...some);
  };
  for (const one of past) for (const reward of one.rewards) add(undone(one, reward));
  if (former && past.some(({ facts }) => facts.kept.qualified))
    add([{ key: qualifiedKey(former.advocateId), amount: -1n }]);
  let qualifiedBy: ConversionId | null = null;
  const nth = new Map<string, bigint>();
  const resettled = past.map((one): Resettled => {
    const key = nthKey(one.row.participantId, one.row.kind);
    const before = nth.get(key) ?? 0n;
    nth.set(key, before + 1n);
    const reading = (asked: string): bigint => (asked === key ? before : (counters.get(asked) ?? 0n));
    const facts = { ...one.facts, isQualified: qualifiedBy !== null, counters: { get: reading } };
    const { settlement, stored } = settleAndKeep(facts);
    add(settlement.uses.filter((use) => use.key !== key));
    for (const grant of settlement.grants) add(refundedUses(one, grant));
    const isUndone = isWhole(one.row) && one.facts.plan.onRefund.milestones === "take_back";
    if (settlement.qualifies && isUndone && facts.kept.qualified) add(unqualified(facts));
    if (settlement.qualifies && !isUndone) qualifiedBy = one.row.id;
    const { grants } = settlement;
    const keptRewards = one.rewards.filter((reward) => grants.some((grant) => isSame(grant, reward)));
    return {
      ...one,
      ...{ facts, stored, keptRewards },
      grants: grants.filter((grant) => !keptRewards.some((reward) => isSame(grant, reward))),
      takenRewards: one.rewards.filter((reward) => !keptRewards.includes(reward)),
      qualifies: settlement.qualifies && !isUndone,
    };
  });
  return { resettled, uses };
}

/** Nothing of it remains. */
function isWhole({ amountMinor, refundedMinor }: ConversionRow): boolean {
  return amountMinor > 0n && refundedMinor === amountMinor;
}

/** What refunds have taken of something earned on a conversion, rounded down like every refund. */
export function refundedPart({ amountMinor, refundedMinor }: ConversionRow, earned: bigint): bigint {
  return amountMinor === 0n ? 0n : (earned * refundedMinor) / amountMinor;
}

/** What is left of a reward and goes back; what has expired has gone back already. */
export function leftOf({ amountMinor, reversedMinor, expiredMinor }: RewardRow): bigint {
  return amountMinor - reversedMinor - expiredMinor;
}

/** All that a reward still uses of caps, budgets and points, whatever refunds were to give back. */
function undone({ row, facts }: PastConversion, reward: RewardRow): CounterUse[] {
  const counted = {
    to: reward.participantId,
    earned: { minor: reward.amountMinor, currency: reward.currency },
    uses: storedUses(row.settlement as StoredSettlement, reward),
  };
  const end = reward.amountMinor - reward.expiredMinor;
  const given = giveBacks(counted, 0n, reward.reversedMinor, facts.plan.onRefund.caps);
  const whole = giveBacks(counted, 0n, end, "give_back");
  return [...whole, ...given.map(({ key, amount }) => ({ key, amount: -amount }))];
}

/** What was refunded before is given back as the plan says, as if the refund had come after. */
function refundedUses({ row, facts }: PastConversion, { to, amount, uses }: Grant): CounterUse[] {
  const counted = { to, earned: amount, uses };
  return giveBacks(counted, 0n, refundedPart(row, amount.minor), facts.plan.onRefund.caps);
}

function unqualified({ upline }: SettlementFacts): CounterUse[] {
  const advocate = upline.find(({ level }) => level === 1);
  return advocate ? [{ key: qualifiedKey(advocate.participantId), amount: -1n }] : [];
}

function isSame(grant: Grant, reward: RewardRow): boolean {
  return (
    grant.ruleId === reward.rule &&
    grant.level === reward.level &&
    grant.to === reward.participantId &&
    grant.legParticipantId === reward.legParticipantId &&
    grant.amount.minor === reward.amountMinor &&
    grant.amount.currency === reward.currency
  );
}
