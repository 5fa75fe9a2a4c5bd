import type { Static, TObject } from "typebox";
import { Value } from "typebox/value";
import type { Money } from "../../primitives/money.ts";
import type { FieldProblem } from "../../primitives/refusal.ts";
import type { RewardKind } from "../reward.ts";
import type { Places, Speaker } from "../upline.ts";
import type { Answer, Arithmetic } from "../verdict.ts";

/** What a rule may look at. Everything else about a conversion is decided before the rule is asked. */
export type RuleFacts = {
  amount: Money;
  profit: Money;
  places: Places;
  /** The tier of whoever holds a level; null below the first tier, and where nobody stands. */
  tierAt(level: number): string | null;
  /** How many qualified referrals the advocate has with this one; zero while it is not qualified by this. */
  qualifiedNumber: bigint;
  /** What a rule has granted at a level in the end, in minor units. */
  grantedBy(ruleId: string, level: number): bigint;
};

/** The plan around an entry: the name it speaks under, the plan's currency and tiers, and its other rules. */
export type RuleContext = {
  speaker: Speaker;
  currency: string;
  on: string;
  isTier(id: string): boolean;
  /** The rule another entry of the plan names; undefined where there is no such entry. */
  ruleNamed(id: string): { name: string; on: string; rewardKind: RewardKind } | undefined;
};

/** A member of the shelf. A plan's entry names it, fills its parameters, and it is bound to them once. */
export type Rule = {
  name: string;
  title: string;
  description: string;
  rewardKind: RewardKind;
  /** What an amount is computed from; a sign-up has neither an amount nor a profit. */
  basis: "profit" | "amount" | "reward" | "nothing";
  /** Its grants for one conversion never add up to more than its basis. */
  isBounded: boolean;
  parameters: TObject;
  /** What the schema cannot say; pointers start at the entry. */
  problems(parameters: unknown, context: RuleContext): FieldProblem[];
  bind(parameters: unknown, context: RuleContext): BoundRule;
};

/** A rule with its parameters read. `evaluate` runs for every purchase; `explain` only when somebody asks. */
export type BoundRule = {
  /** The levels it pays, nearest first; 0 is the friend who buys. */
  levels: readonly number[];
  currency: string;
  /** What it is paid as, where a parameter and not the shelf decides. */
  rewardKind: RewardKind;
  /** The most of its basis that it gives away, in millionths; 0 where it has no basis. */
  basisShare: bigint;
  /** Answers by level; at least one for each of `levels`. Portions are exact and above zero. */
  evaluate(facts: RuleFacts): Answer[];
  /** How the amount at a level comes about, whether or not somebody stands there. */
  explain(level: number, facts: RuleFacts): Arithmetic;
};

type Definition<Parameters extends TObject> = Omit<Rule, "parameters" | "problems" | "bind"> & {
  parameters: Parameters;
  problems(parameters: Static<Parameters>, context: RuleContext): FieldProblem[];
  bind(
    parameters: Static<Parameters>,
    context: RuleContext,
  ): Omit<BoundRule, "rewardKind"> & {
    rewardKind?: RewardKind;
  };
};

/** Puts a rule on the shelf: its own functions see parameters that have passed its schema. */
export function defineRule<Parameters extends TObject>(definition: Definition<Parameters>): Rule {
  const read = (parameters: unknown): Static<Parameters> => {
    if (Value.Check(definition.parameters, parameters)) return parameters;
    throw new Error(`Parameters of ${definition.name} reached the rule without passing its schema.`);
  };
  return {
    ...definition,
    problems: (parameters, context) => definition.problems(read(parameters), context),
    bind: (parameters, context) => ({
      rewardKind: definition.rewardKind,
      ...definition.bind(read(parameters), context),
    }),
  };
}
