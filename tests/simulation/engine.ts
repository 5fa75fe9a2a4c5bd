import type { ParticipantId } from "../../server/participants/participant.ts";
import { parsePercent, RATE_ONE } from "../../server/primitives/rate.ts";
import { type CounterUse, qualifiedKey } from "../../server/rewards/counter.ts";
import { giveBacks } from "../../server/rewards/give-back.ts";
import { type Plan, parsePlan } from "../../server/rewards/plan.ts";
import {
  byStart,
  isRunning,
  type Promotion,
  type PromotionId,
  readPromotion,
} from "../../server/rewards/promotion.ts";
import { restorations } from "../../server/rewards/restoration.ts";
import { type RefundedReward, reversals } from "../../server/rewards/reversal.ts";
import { type Grant, type SettlementFacts, settle } from "../../server/rewards/settlement.ts";
import type { Above, Conversion, Person, World } from "./facts.ts";

type Reward = {
  conversion: Conversion;
  grant: Grant;
  takenBack: bigint;
  isEnded: boolean;
  /** Whose milestone, and which. */
  milestone: { advocate: string; number: bigint } | null;
};

/** What the adapter is told of the network: facts, about which the language has nothing to say. */
export type Surroundings = { person: Person; referral: SettlementFacts["referral"]; above: Above[] };

/** The server's pure nouns, held together by as little as possible: counters as a map, rewards as a list. */
export class Engine {
  readonly plan: Plan;
  readonly #world: World;
  readonly #promotions: Promotion[];
  readonly #counters = new Map<string, bigint>();
  readonly #rewards: Reward[] = [];
  readonly #refunded = new Map<Conversion, bigint>();
  /** By whom was referred: the conversion that qualified the referral. */
  readonly #qualified = new Map<string, Conversion>();

  constructor(world: World) {
    this.#world = world;
    this.plan = parsePlan(world.plan);
    this.#promotions = world.promotions
      .map(({ id, document }) => readPromotion(id as PromotionId, document, world.timeZone))
      .sort(byStart);
  }

  factsOf(conversion: Conversion, { person, referral, above }: Surroundings): SettlementFacts {
    const { currency } = this.plan;
    const occurredAt = new Date(conversion.occurredAt);
    return {
      plan: this.plan,
      planVersion: 1,
      conversion: {
        participantId: conversion.buyer as ParticipantId,
        kind: conversion.kind,
        amount: { minor: conversion.amount, currency },
        profit: conversion.profit === null ? null : { minor: conversion.profit, currency },
        occurredAt,
        country: person.country,
        channel: person.channel,
        product: conversion.product,
        segment: person.segment,
      },
      defaultMargin: parsePercent(this.#world.margin) ?? RATE_ONE,
      referral,
      referredAt: referral === "none" ? null : new Date(person.referredAt),
      isQualified: this.#qualified.has(conversion.buyer),
      upline: above.map(({ id, status }, index) => ({
        participantId: id as ParticipantId,
        level: index + 1,
        legParticipantId: (above[index - 1]?.id ?? conversion.buyer) as ParticipantId,
        status,
      })),
      promotions: this.#promotions.filter((promotion) => isRunning(promotion, occurredAt)),
      timeZone: this.#world.timeZone,
      counters: readingOf(new Map(this.#counters)),
      kept: { nth: true, qualified: true, points: true },
    };
  }

  settle(conversion: Conversion, surroundings: Surroundings): { lines: string[]; facts: SettlementFacts } {
    const facts = this.factsOf(conversion, surroundings);
    const { grants, passes, qualifies, uses } = settle(facts);
    this.#count(uses);
    if (qualifies) this.#qualified.set(conversion.buyer, conversion);
    const advocate = surroundings.person.advocate ?? "";
    const number = this.#counters.get(qualifiedKey(advocate as ParticipantId)) ?? 0n;
    for (const grant of grants) {
      const isMilestone =
        this.#world.plan.rules.find(({ id }) => id === grant.ruleId)?.rule === "milestone_bonus";
      const milestone = isMilestone ? { advocate, number } : null;
      this.#rewards.push({ conversion, grant, takenBack: 0n, isEnded: false, milestone });
    }
    const lines = [
      ...passes.map(
        ({ ruleId, level, participantId, reason }) =>
          `${ruleId} level ${level} passes ${participantId ?? "nobody"}: ${reason}`,
      ),
      ...grants.map(
        ({ ruleId, level, to, amount, isHeld }) =>
          `${ruleId} level ${level} pays ${to} ${amount.minor} ${amount.currency}${isHeld ? " held" : ""}`,
      ),
    ];
    return { lines: lines.sort(), facts };
  }

  /** Answers what is taken back of each reward; below zero where a chargeback is reversed. */
  refund(conversion: Conversion, minor: bigint): string[] {
    const total = (this.#refunded.get(conversion) ?? 0n) + minor;
    this.#refunded.set(conversion, total);
    const before = this.#rewards.map(({ takenBack }) => takenBack);
    const paid = { minor: conversion.amount, currency: this.plan.currency };
    const mine = this.#rewards.filter((reward) => reward.conversion === conversion && !reward.isEnded);
    const listed = mine.map(refundedReward);
    const changes =
      minor > 0n
        ? reversals(listed, paid, total).map(({ rewardId, amount }) => ({ rewardId, by: amount.minor }))
        : restorations(listed, paid, total).map(({ rewardId, amount }) => ({ rewardId, by: -amount.minor }));
    for (const { rewardId, by } of changes) {
      const reward = mine[Number(rewardId.slice(4))];
      if (reward) this.#take(reward, by);
    }
    if (total === conversion.amount) this.#undo(conversion);
    return this.#rewards
      .map((reward, index) => ({ reward, change: reward.takenBack - (before[index] ?? 0n) }))
      .filter(({ change }) => change !== 0n)
      .map(
        ({ reward: { conversion: cause, grant }, change }) =>
          `conversion ${cause.id} ${grant.ruleId} level ${grant.level} takes ${change} ${grant.amount.currency} from ${grant.to}`,
      )
      .sort();
  }

  counter(key: string): bigint {
    return this.#counters.get(key) ?? 0n;
  }

  #take(reward: Reward, by: bigint): void {
    const { to, amount: earned, uses } = reward.grant;
    const after = reward.takenBack + by;
    const caps = this.#world.plan.on_refund?.caps ?? "give_back";
    this.#count(giveBacks({ to, earned, uses }, reward.takenBack, after, caps));
    reward.takenBack = after;
  }

  /** What the verb for refunds does: a qualification whose cause is gone is undone. */
  #undo(conversion: Conversion): void {
    if (this.#world.plan.on_refund?.milestones !== "take_back") return;
    if (this.#qualified.get(conversion.buyer) !== conversion) return;
    this.#qualified.delete(conversion.buyer);
    const advocate = this.#world.people.find(({ id }) => id === conversion.buyer)?.advocate ?? "";
    const key = qualifiedKey(advocate as ParticipantId);
    this.#count([{ key, amount: -1n }]);
    for (const reward of this.#rewards) {
      if (reward.milestone?.advocate !== advocate || reward.milestone.number <= this.counter(key)) continue;
      if (!reward.isEnded) this.#take(reward, reward.grant.amount.minor - reward.takenBack);
      reward.isEnded = true;
    }
  }

  #count(uses: readonly CounterUse[]): void {
    for (const { key, amount } of uses) this.#counters.set(key, this.counter(key) + amount);
  }
}

function refundedReward({ grant, takenBack }: Reward, index: number): RefundedReward {
  const isWhole = takenBack === grant.amount.minor;
  return {
    rewardId: `rwd_${index}`,
    state: isWhole ? "reversed" : "pending",
    earned: grant.amount,
    reversedMinor: takenBack,
  };
}

function readingOf(counters: ReadonlyMap<string, bigint>): SettlementFacts["counters"] {
  return { get: (key) => counters.get(key) ?? 0n };
}
