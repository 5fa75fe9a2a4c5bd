import type { ParticipantId } from "../participants/participant.ts";
import { fromWire, type Money, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import { nthKey, pointsKey, qualifiedKey } from "./counter.ts";
import type { PlanExample } from "./example-document.ts";
import type { Plan } from "./plan.ts";
import { settle } from "./settlement.ts";
import { UNCOUNTED } from "./settlement-facts.ts";
import { countersOf } from "./tally.ts";
import type { UplineMember } from "./upline.ts";

/** What a golden example gave; `message` says the first difference in words where it does not hold. */
export type ExampleResult = { index: number; holds: boolean; message: string | null };

type LevelAmount = { level: number; amount: Money };

const BUYER: ParticipantId = "par_buyer";
const DAY_MS = 86_400_000;

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
  const upline = activeUpline(Math.max(1, plan.depth));
  const kind = given.kind ?? "purchase";
  const { grants } = settle({
    ...UNCOUNTED,
    plan,
    planVersion: 0,
    conversion: {
      participantId: BUYER,
      kind,
      amount: fromWire(amount),
      profit: given.profit === undefined ? null : fromWire(given.profit),
      occurredAt: new Date((given.days ?? 0) * DAY_MS),
      country: given.country ?? null,
      channel: given.channel ?? null,
      product: given.product ?? null,
      segment: given.segment ?? null,
    },
    defaultMargin,
    referral: "counts",
    referredAt: new Date(0),
    upline,
    counters: countersOf(countedBefore(plan, given, kind, upline)),
    kept: plan.kept,
  });
  return sumByLevel(grants);
}

/** The counters as they stand where the example says how much happened before. */
function countedBefore(
  plan: Plan,
  { nth = 1, qualified, tier }: PlanExample["given"],
  kind: string,
  upline: readonly UplineMember[],
): [string, bigint][] {
  const reached = plan.tiers.find(({ id }) => id === tier);
  const people = [BUYER, ...upline.map(({ participantId }) => participantId)];
  const counted = people.flatMap((person): [string, bigint][] => [
    [qualifiedKey(person), reached?.qualifiedMin ?? 0n],
    [pointsKey(person), reached?.pointsMin ?? 0n],
  ]);
  counted.push([nthKey(BUYER, kind), BigInt(nth - 1)]);
  const advocate = upline[0]?.participantId;
  if (advocate !== undefined && qualified !== undefined)
    counted.push([qualifiedKey(advocate), BigInt(qualified)]);
  return counted;
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
  return amounts
    .map(({ level, amount }) => `${formatMoney(amount)} to ${level === 0 ? "the friend" : `level ${level}`}`)
    .join(" and ");
}
