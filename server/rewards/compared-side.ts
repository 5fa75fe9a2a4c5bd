import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import { type KeptCounters, spentKey } from "./counter.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import type { Promotion } from "./promotion.ts";
import type { ReplayConversion, ReplayExpiry, ReplayRefund } from "./replay.ts";
import { SettledHistory } from "./settled-history.ts";
import type { Settlement, SettlementFacts } from "./settlement.ts";

/** What somebody got at a level, or, below zero, lost again. */
export type Payment = { to: ParticipantId; level: number; amount: Money };

/** What one plan says of a conversion; null where no plan was in force. */
export type Replayed = {
  payments: Payment[];
  settled: { facts: SettlementFacts; settlement: Settlement } | null;
};

/** Which plan a conversion is settled by; null where none was in force. */
export type PlanChoice = (conversion: ReplayConversion) => PublishedPlan | null;

/** One of the plans of a replay, with everything it has counted so far. */
export class ComparedSide {
  readonly #planFor: PlanChoice;
  readonly #history: SettledHistory;
  readonly #refunded = new Map<string, bigint>();

  constructor(planFor: PlanChoice, promotions: readonly Promotion[], kept: KeptCounters) {
    this.#planFor = planFor;
    this.#history = new SettledHistory(promotions, kept);
  }

  settle(conversion: ReplayConversion): Replayed {
    const published = this.#planFor(conversion);
    if (!published) return { payments: [], settled: null };
    const facts = { ...conversion.facts, plan: published.plan, planVersion: published.version };
    const settled = this.#history.settle(conversion.key, facts, conversion.isRefunded);
    const payments = settled.settlement.grants.map(({ to, level, amount }) => ({ to, level, amount }));
    return { payments, settled };
  }

  refund({ key, addedMinor }: ReplayRefund): Payment[] {
    const refunded = (this.#refunded.get(key) ?? 0n) + addedMinor;
    this.#refunded.set(key, refunded);
    return this.#history
      .refund(key, refunded)
      .map(({ to, level, amount }) => ({ to, level, amount: { ...amount, minor: -amount.minor } }));
  }

  expire(expiry: ReplayExpiry): void {
    this.#history.expire(expiry);
  }

  /** How far everything has been counted by now. */
  get counters(): ReadonlyMap<string, bigint> {
    return this.#history.counters;
  }

  /** What a promotion has spent by now; nothing where it has no budget. */
  spentOf(promotionId: string): bigint {
    return this.#history.counters.get(spentKey(promotionId)) ?? 0n;
  }
}
