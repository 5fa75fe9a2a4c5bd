import type { Static, TObject } from "typebox";
import { Value } from "typebox/value";
import type { Money } from "../../primitives/money.ts";
import type { FieldProblem } from "../../primitives/refusal.ts";
import type { RewardKind } from "../reward.ts";
import type { Places, Speaker } from "../upline.ts";
import type { Arithmetic, Verdict } from "../verdict.ts";

/** What a rule may look at. Everything else about a conversion is decided before the rule is asked. */
export type RuleFacts = { amount: Money; profit: Money; places: Places };

/** The plan around an entry: the name it speaks under and the plan's currency. */
export type RuleContext = { speaker: Speaker; currency: string };

/** A member of the shelf. A plan's entry names it, fills its parameters, and it is bound to them once. */
export type Rule = {
  name: string;
  title: string;
  description: string;
  rewardKind: RewardKind;
  /** What an amount is computed from; a sign-up has neither an amount nor a profit. */
  basis: "profit" | "amount" | "nothing";
  /** Its grants for one conversion never add up to more than its basis. */
  isBounded: boolean;
  parameters: TObject;
  /** What the schema cannot say; pointers start at the entry. */
  problems(parameters: unknown, context: RuleContext): FieldProblem[];
  bind(parameters: unknown, context: RuleContext): BoundRule;
};

/** A rule with its parameters read. `evaluate` runs for every purchase; `explain` only when somebody asks. */
export type BoundRule = {
  /** The levels it pays, nearest first. */
  levels: readonly number[];
  currency: string;
  /** The part of the basis it gives away at most, in millionths; 0 where it has no basis. */
  basisShare: bigint;
  /** Verdicts by level; at least one for each of `levels`. Grants are above zero and rounded down. */
  evaluate(facts: RuleFacts): Verdict[];
  /** How the amount at a level comes about, whether or not somebody stands there. */
  explain(level: number, facts: RuleFacts): Arithmetic;
};

type Definition<Parameters extends TObject> = Omit<Rule, "parameters" | "problems" | "bind"> & {
  parameters: Parameters;
  problems(parameters: Static<Parameters>, context: RuleContext): FieldProblem[];
  bind(parameters: Static<Parameters>, context: RuleContext): BoundRule;
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
    bind: (parameters, context) => definition.bind(read(parameters), context),
  };
}
