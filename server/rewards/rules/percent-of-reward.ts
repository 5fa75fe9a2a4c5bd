import Type from "typebox";
import type { Rate } from "../../primitives/rate.ts";
import type { FieldProblem } from "../../primitives/refusal.ts";
import { Percent, repeatedLevels, ShortId } from "../parameter.ts";
import { explainShare, rateOf } from "../rates-by-level.ts";
import { LEVELS_MAX, levelTerms, payLevels } from "../upline.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const NAME = "percent_of_reward";

const Above = Type.Integer({
  title: "Level",
  description: "The level that earns; it shares in what the level just below it was granted.",
  minimum: 2,
  maximum: LEVELS_MAX,
});

export const percentOfReward = defineRule({
  name: NAME,
  title: "Share of a reward",
  description: "Each level earns a percentage of what another rule granted to the level just below it.",
  rewardKind: "commission",
  basis: "reward",
  isBounded: false,
  parameters: Type.Object(
    {
      of: { ...ShortId, title: "Of", description: "The id of the rule whose rewards are shared." },
      levels: Type.Array(Type.Object({ level: Above, rate: Percent }, { additionalProperties: false }), {
        title: "Levels",
        description: "The share of each level; a level that is left out earns nothing by this rule.",
        minItems: 1,
        maxItems: LEVELS_MAX,
      }),
    },
    { additionalProperties: false },
  ),
  problems: ({ of, levels }, context) => [...repeatedLevels(levels), ...sharedProblems(of, context)],
  bind({ of, levels }, { speaker, currency }) {
    const rates = levelTerms(levels, ({ rate }) => rateOf(rate));
    return {
      levels: levels.map(({ level }) => level).sort((a, b) => a - b),
      currency,
      basisShare: levels.reduce((total, { rate }) => total + rateOf(rate), 0n),
      evaluate: (facts) =>
        payLevels(speaker, rates, facts.places, currency, (rate, level) => {
          const below = facts.grantedBy(of, level - 1);
          return below === 0n ? "no_reward_below" : below * rate;
        }),
      explain(level, facts) {
        const below = { minor: facts.grantedBy(of, level - 1), currency };
        const { lines, ...rest } = explainShare(below, rates[level] ?? (0n as Rate), "reward");
        return { lines: lines.map((line) => `${line} (granted to level ${level - 1} by "${of}")`), ...rest };
      },
    };
  },
});

function sharedProblems(of: string, { on, ruleNamed }: RuleContext): FieldProblem[] {
  const shared = ruleNamed(of);
  const problem = (code: string, message: string): FieldProblem[] => [{ pointer: "/of", code, message }];
  if (shared === undefined) return problem("unknown_rule", `The plan has no rule "${of}".`);
  if (shared.name === NAME) return problem("shares_a_share", "A share of a reward cannot be shared again.");
  if (shared.on !== on)
    return problem("other_trigger", `The rule "${of}" pays on "${shared.on}", not on "${on}".`);
  return shared.rewardKind === "commission" || shared.rewardKind === "bonus"
    ? []
    : problem("no_money", "Only rewards in money can be shared.");
}
