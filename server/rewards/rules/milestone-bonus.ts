import Type, { type Static } from "typebox";
import { COUPONS, CREDIT, fromWire, POINTS } from "../../primitives/money.ts";
import { formatMoney } from "../../primitives/money-text.ts";
import { RATE_ONE } from "../../primitives/rate.ts";
import type { FieldProblem } from "../../primitives/refusal.ts";
import { PlanMoney, strangeCurrency, tooSmall } from "../parameter.ts";
import type { RewardKind } from "../reward.ts";
import { payLevels } from "../upline.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const NUMBER_MAX = 1_000_000;
const MILESTONES_MAX = 100;

const ReferralNumber = Type.Integer({
  title: "Number",
  description: "A number of qualified referrals.",
  minimum: 1,
  maximum: NUMBER_MAX,
});

const Milestones = Type.Object(
  {
    every: Type.Optional({
      ...ReferralNumber,
      title: "Every",
      description: "Pays at each multiple of this number.",
    }),
    at: Type.Optional(
      Type.Array(ReferralNumber, {
        title: "At",
        description: "Pays once at each of these numbers.",
        minItems: 1,
        maxItems: MILESTONES_MAX,
        uniqueItems: true,
      }),
    ),
    pays: { ...PlanMoney, title: "Pays", description: "Money, points or credit." },
  },
  { additionalProperties: false },
);
type Milestones = Static<typeof Milestones>;

export const milestoneBonus = defineRule({
  name: "milestone_bonus",
  title: "Milestone",
  description:
    "The direct advocate earns a bonus when their number of qualified referrals reaches a milestone.",
  rewardKind: "bonus",
  basis: "nothing",
  isBounded: false,
  parameters: Milestones,
  problems: milestoneProblems,
  bind(terms, { speaker }) {
    const pays = fromWire(terms.pays);
    const rewardKind = kindOf(pays.currency);
    const isMilestone = milestoneOf(terms);
    return {
      levels: [1],
      currency: pays.currency,
      rewardKind,
      basisShare: 0n,
      evaluate: (facts) =>
        payLevels({ ...speaker, rewardKind }, [undefined, pays], facts.places, pays.currency, () =>
          // The number is the advocate's own; whoever stands in for them has reached nothing.
          facts.places.holders[1]?.level === 1 && isMilestone(facts.qualifiedNumber)
            ? pays.minor * RATE_ONE
            : "no_milestone",
        ).filter(({ level }) => level === 1),
      explain: (_level, facts) => ({
        lines: [`Qualified referral number ${facts.qualifiedNumber}: ${formatMoney(pays)}`],
        exact: pays.minor * RATE_ONE,
        inputs: {
          basis: "nothing",
          qualified_number: Number(facts.qualifiedNumber),
          fixed_amount: Number(pays.minor),
          currency: pays.currency,
        },
      }),
    };
  },
});

function kindOf(currency: string): RewardKind {
  if (currency === POINTS) return "points";
  return currency === CREDIT ? "credit" : "bonus";
}

/** Whether a number of qualified referrals is one that pays. */
function milestoneOf({ every, at }: Pick<Milestones, "every" | "at">): (number: bigint) => boolean {
  if (every !== undefined) return (number) => number > 0n && number % BigInt(every) === 0n;
  const numbers = new Set((at ?? []).map(BigInt));
  return (number) => numbers.has(number);
}

function milestoneProblems({ every, at, pays }: Milestones, { currency, on }: RuleContext): FieldProblem[] {
  const problems = [
    ...strangeCurrency("/pays", pays.currency, currency),
    ...(pays.currency === COUPONS
      ? [
          {
            pointer: "/pays/currency",
            code: "wrong_currency",
            message: "A coupon needs the rule for coupons.",
          },
        ]
      : []),
    ...tooSmall("/pays/amount", pays.amount),
  ];
  if (on !== "qualified") {
    const message = 'A milestone is reached by a referral that qualifies; use "qualified".';
    problems.push({ pointer: "/on", code: "wrong_trigger", message });
  }
  if ((every === undefined) === (at === undefined)) {
    const message = "Say either every how many, or at which numbers.";
    problems.push({ pointer: "/every", code: "one_of_two", message });
  }
  return problems;
}
