import Type, { type Static } from "typebox";
import { fromWire, type Money } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { foreignCurrency, PlanMoney } from "./parameter.ts";
import type { PassReason } from "./verdict.ts";

/** What must be true of a conversion before a rule is asked at all; every condition given must hold. */
export const When = Type.Object(
  {
    amount_above: Type.Optional({
      ...PlanMoney,
      title: "Only above",
      description:
        "The gross amount must be strictly above this: an order of exactly this amount earns nothing.",
    }),
  },
  { title: "Only when", description: "Conditions for this rule.", additionalProperties: false },
);

export type Conditions = { amountAbove: Money | null };

export function readConditions(when: Static<typeof When> | undefined): Conditions {
  return { amountAbove: when?.amount_above === undefined ? null : fromWire(when.amount_above) };
}

export function conditionProblems(when: Static<typeof When> | undefined, currency: string): FieldProblem[] {
  if (when?.amount_above === undefined) return [];
  return foreignCurrency("/when/amount_above", when.amount_above.currency, currency);
}

/** The first condition that does not hold, as the reason to pass; null when all hold. */
export function unmetCondition(conditions: Conditions, amount: Money): PassReason | null {
  const { amountAbove } = conditions;
  return amountAbove !== null && amount.minor <= amountAbove.minor ? "below_minimum" : null;
}
