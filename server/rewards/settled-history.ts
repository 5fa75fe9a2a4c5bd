import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import { type CounterUse, KEEPS_NOTHING, type KeptCounters, pointsKey, qualifiedKey } from "./counter.ts";
import { giveBacks } from "./give-back.ts";
import type { Plan } from "./plan.ts";
import { byStart, isRunning, type Promotion } from "./promotion.ts";
import { type Settlement, type SettlementFacts, settle } from "./settlement.ts";
import type { Grant } from "./verdict.ts";

/** What a history adds by itself: how counters stand, who is qualified, which promotions run. */
export type HistoryFacts = Omit<SettlementFacts, "counters" | "kept" | "isQualified" | "promotions">;

/** What a refund takes from somebody; below zero where a reversed chargeback grants it again. */
export type Taken = { conversion: string; ruleId: string; to: ParticipantId; level: number; amount: Money };

type Reward = {
  conversion: string;
  grant: Grant;
  plan: Plan;
  takenMinor: bigint;
  /** The advocate whose how-manieth qualified referral this bonus is for. */
  milestone: { advocateId: ParticipantId; number: bigint } | null;
  /** Taken back with its milestone: refunds of its own conversion no longer touch it. */
  hasEnded: boolean;
  /** Gone unused: refunds take only what lies beyond it, and no reversed chargeback brings any of it back. */
  expiredMinor: bigint;
};

type Expired = { key: string; ruleId: string; to: ParticipantId; level: number; minor: bigint };

type Settled = { facts: HistoryFacts; rewards: Reward[]; qualified: ParticipantId | null };

/**
 * Conversions and refunds of a program in their order, with counters in memory: what the database keeps locked, for
 * whoever tells the story again.
 */
export class SettledHistory {
  readonly #promotions: readonly Promotion[];
  readonly #kept: KeptCounters;
  readonly #counters = new Map<string, bigint>();
  readonly #settled = new Map<string, Settled>();
  /** The conversion that made the referral of somebody qualified. */
  readonly #qualifiedBy = new Map<ParticipantId, string>();
  readonly #milestones = new Map<ParticipantId, Reward[]>();

  constructor(promotions: readonly Promotion[] = [], kept: KeptCounters = KEEPS_NOTHING) {
    this.#promotions = promotions.toSorted(byStart);
    this.#kept = kept;
  }

  get counters(): ReadonlyMap<string, bigint> {
    return this.#counters;
  }

  /** Settles the next conversion. One that no refund follows need not be remembered. */
  settle(
    conversion: string,
    given: HistoryFacts,
    isRefundable = true,
  ): { facts: SettlementFacts; settlement: Settlement } {
    const { participantId, occurredAt } = given.conversion;
    const facts: SettlementFacts = {
      ...given,
      kept: this.#kept,
      counters: { get: (key) => this.#counters.get(key) ?? 0n },
      isQualified: this.#qualifiedBy.has(participantId),
      promotions: this.#promotions.filter((promotion) => isRunning(promotion, occurredAt)),
    };
    const settlement = settle(facts);
    const advocateId = settlement.qualifies ? advocateOf(given) : null;
    const rewards = rewardsOf(
      conversion,
      settlement,
      given.plan,
      advocateId && this.#milestoneOf(advocateId),
    );
    this.#add(settlement.uses);
    if (settlement.qualifies) this.#qualifiedBy.set(participantId, conversion);
    for (const reward of rewards) this.#rememberMilestone(reward);
    if (isRefundable) this.#settled.set(conversion, { facts: given, rewards, qualified: advocateId });
    return { facts, settlement };
  }

  /** So much of a conversion is refunded by now, in all; less than before where a chargeback was reversed. */
  refund(conversion: string, refundedMinor: bigint): Taken[] {
    const settled = this.#settled.get(conversion);
    if (!settled) return [];
    const paid = settled.facts.conversion.amount.minor;
    const taken = settled.rewards.flatMap((reward) =>
      reward.hasEnded ? [] : this.#take(reward, dueOf(reward.grant.amount, refundedMinor, paid)),
    );
    const isWhole = refundedMinor === paid;
    return isWhole ? taken.concat(this.#unqualify(conversion, settled)) : taken;
  }

  /** So much of a reward was not used in time. */
  expire({ key, ruleId, to, level, minor }: Expired): void {
    const reward = this.#settled
      .get(key)
      ?.rewards.find(({ grant }) => grant.ruleId === ruleId && grant.to === to && grant.level === level);
    if (reward) reward.expiredMinor += minor;
  }

  #take(reward: Reward, allMinor: bigint): Taken[] {
    const { grant, plan, takenMinor, conversion, expiredMinor } = reward;
    const dueMinor = allMinor - expiredMinor;
    if (dueMinor === takenMinor || (expiredMinor > 0n && dueMinor < takenMinor)) return [];
    const counted = { to: grant.to, earned: grant.amount, uses: grant.uses };
    this.#add(giveBacks(counted, takenMinor, dueMinor, plan.onRefund.caps));
    reward.takenMinor = dueMinor;
    const { ruleId, to, level, amount } = grant;
    return [{ conversion, ruleId, to, level, amount: { ...amount, minor: dueMinor - takenMinor } }];
  }

  /** The referral has to qualify again, and what its advocate got for numbers not reached any more goes back. */
  #unqualify(conversion: string, { facts, qualified }: Settled): Taken[] {
    const { participantId } = facts.conversion;
    if (qualified === null || facts.plan.onRefund.milestones === "keep") return [];
    if (this.#qualifiedBy.get(participantId) !== conversion) return [];
    this.#qualifiedBy.delete(participantId);
    if (!this.#kept.qualified) return [];
    this.#add([{ key: qualifiedKey(qualified), amount: -1n }]);
    const left = this.#counters.get(qualifiedKey(qualified)) ?? 0n;
    const reached = this.#milestones.get(qualified) ?? [];
    const lost = reached.filter(
      ({ milestone, expiredMinor }) => milestone !== null && milestone.number > left && expiredMinor === 0n,
    );
    this.#milestones.set(
      qualified,
      reached.filter((reward) => !lost.includes(reward)),
    );
    return lost.toReversed().flatMap((reward) => {
      reward.hasEnded = true;
      return this.#take(reward, reward.grant.amount.minor);
    });
  }

  #milestoneOf(advocateId: ParticipantId): NonNullable<Reward["milestone"]> {
    return { advocateId, number: (this.#counters.get(qualifiedKey(advocateId)) ?? 0n) + 1n };
  }

  #rememberMilestone(reward: Reward): void {
    const { milestone } = reward;
    if (milestone === null) return;
    const reached = this.#milestones.get(milestone.advocateId) ?? [];
    this.#milestones.set(milestone.advocateId, [...reached, reward]);
  }

  #add(uses: readonly CounterUse[]): void {
    for (const { key, amount } of uses) {
      if (!this.#kept.points && key.startsWith(pointsKey("par_"))) continue;
      this.#counters.set(key, (this.#counters.get(key) ?? 0n) + amount);
    }
  }
}

function advocateOf({ upline }: HistoryFacts): ParticipantId | null {
  return upline.find(({ level }) => level === 1)?.participantId ?? null;
}

function rewardsOf(
  conversion: string,
  { grants }: Settlement,
  plan: Plan,
  milestone: Reward["milestone"],
): Reward[] {
  const bonuses = new Set(
    plan.rules.flatMap(({ id, rule }) => (rule.name === "milestone_bonus" ? [id] : [])),
  );
  return grants.map((grant) => ({
    conversion,
    grant,
    plan,
    takenMinor: 0n,
    milestone: bonuses.has(grant.ruleId) ? milestone : null,
    hasEnded: false,
    expiredMinor: 0n,
  }));
}

/** Rounds down, like every refund. What cost nothing cannot be refunded in part. */
function dueOf(earned: Money, refundedMinor: bigint, paidMinor: bigint): bigint {
  return paidMinor === 0n ? 0n : (earned.minor * refundedMinor) / paidMinor;
}
