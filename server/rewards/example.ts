import type { ParticipantId } from "../participants/participant.ts";
import { fromWire, type Money, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { Plan } from "./plan.ts";
import type { PlanExample } from "./plan-document.ts";
import { settle } from "./settlement.ts";
import type { UplineMember } from "./upline.ts";

/** What a golden example gave; `message` says the first difference in words where it does not hold. */
export type ExampleResult = { index: number; holds: boolean; message: string | null };

type LevelAmount = { level: number; amount: Money };

const BUYER: ParticipantId = "par_buyer";
const OCCURRED_AT = new Date(0);

/** Settles every golden example of a plan for a buyer with an active participant at each level. */
export function runExamples(plan: Plan, defaultMargin: Rate = RATE_ONE): ExampleResult[] {
  return (plan.document.examples ?? []).map((example, index) => {
    const message = difference(expected(example), actual(plan, example, defaultMargin));
    return { index, holds: message === null, message };
  });
}

function expected({ expect }: PlanExample): LevelAmount[] {
  return sumByLevel(expect.map(({ level, amount }) => ({ level, amount: fromWire(amount) })));
}

function actual(plan: Plan, { given }: PlanExample, defaultMargin: Rate): LevelAmount[] {
  const amount: WireMoney = given.amount ?? { amount: 0, currency: plan.currency };
  const { grants } = settle({
    plan,
    planVersion: 0,
    conversion: {
      participantId: BUYER,
      kind: given.kind ?? "purchase",
      amount: fromWire(amount),
      profit: given.profit === undefined ? null : fromWire(given.profit),
      occurredAt: OCCURRED_AT,
    },
    defaultMargin,
    referral: "counts",
    upline: activeUpline(plan.depth),
  });
  return sumByLevel(grants);
}

function activeUpline(depth: number): UplineMember[] {
  return Array.from({ length: depth }, (_, index) => ({
    participantId: `par_level${index + 1}`,
    level: index + 1,
    legParticipantId: index === 0 ? BUYER : `par_level${index}`,
    status: "active",
  }));
}

/** Level by level and currency by currency, in a fixed order. */
function sumByLevel(amounts: readonly LevelAmount[]): LevelAmount[] {
  const sums = new Map<string, LevelAmount>();
  for (const { level, amount } of amounts) {
    const key = `${String(level).padStart(2, "0")} ${amount.currency}`;
    const minor = (sums.get(key)?.amount.minor ?? 0n) + amount.minor;
    sums.set(key, { level, amount: { minor, currency: amount.currency } });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, sum]) => (sum.amount.minor === 0n ? [] : [sum]));
}

function difference(expect: readonly LevelAmount[], got: readonly LevelAmount[]): string | null {
  const wanted = describe(expect);
  const given = describe(got);
  return wanted === given ? null : `Expected ${wanted}; the plan gives ${given}.`;
}

function describe(amounts: readonly LevelAmount[]): string {
  if (amounts.length === 0) return "nothing";
  return amounts.map(({ level, amount }) => `${formatMoney(amount)} to level ${level}`).join(" and ");
}
