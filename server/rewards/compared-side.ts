import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import type { ReplayConversion, ReplayRefund } from "./replay.ts";
import { reversals } from "./reversal.ts";
import type { RewardId } from "./reward.ts";
import { type SettlementFacts, settle } from "./settlement.ts";
import type { Verdict } from "./verdict.ts";

/** What somebody got at a level, or, below zero, lost again. */
export type Payment = { to: ParticipantId; level: number; amount: Money };

export type Replayed = { payments: Payment[]; verdicts: Verdict[]; facts: SettlementFacts | null };

/** Which plan a conversion is settled by; null where none was in force. */
export type PlanChoice = (conversion: ReplayConversion) => PublishedPlan | null;

type Kept = { paid: Money; refundedMinor: bigint; rewards: (Payment & { reversedMinor: bigint })[] };

const NOTHING: Replayed = { payments: [], verdicts: [], facts: null };

/** One of the plans of a replay, with everything it has counted so far. */
export class ComparedSide {
  readonly #planFor: PlanChoice;
  readonly #refundable = new Map<string, Kept>();

  constructor(planFor: PlanChoice) {
    this.#planFor = planFor;
  }

  settle(conversion: ReplayConversion): Replayed {
    const published = this.#planFor(conversion);
    if (!published) return NOTHING;
    const facts = { ...conversion.facts, plan: published.plan, planVersion: published.version };
    const { grants, passes } = settle(facts);
    const payments = grants.map(({ to, level, amount }) => ({ to, level, amount }));
    if (conversion.isRefunded) this.#keep(conversion, payments);
    return { payments, verdicts: [...grants, ...passes], facts };
  }

  refund({ key, addedMinor }: ReplayRefund): Payment[] {
    const kept = this.#refundable.get(key);
    if (!kept) return [];
    kept.refundedMinor += addedMinor;
    return kept.rewards.flatMap((reward) => {
      const due = dueOf(reward, kept);
      const taken = due - reward.reversedMinor;
      reward.reversedMinor = due;
      if (taken === 0n) return [];
      return [{ to: reward.to, level: reward.level, amount: { ...reward.amount, minor: -taken } }];
    });
  }

  #keep({ key, facts }: ReplayConversion, payments: readonly Payment[]): void {
    const rewards = payments.map((payment) => ({ ...payment, reversedMinor: 0n }));
    this.#refundable.set(key, { paid: facts.conversion.amount, refundedMinor: 0n, rewards });
  }
}

const REWARD: RewardId = "rwd_replayed";

/** What refunds have taken back in all, by the rule that takes it back for real. */
function dueOf({ amount }: Payment, { paid, refundedMinor }: Kept): bigint {
  const [taken] = reversals(
    [{ rewardId: REWARD, state: "pending", earned: amount, reversedMinor: 0n }],
    paid,
    refundedMinor,
  );
  return taken?.amount.minor ?? 0n;
}
