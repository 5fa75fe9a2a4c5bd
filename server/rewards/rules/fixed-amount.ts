import Type from "typebox";
import { fromWire } from "../../primitives/money.ts";
import { bindAmounts } from "../amounts-by-level.ts";
import { foreignCurrency, LevelOrFriend, PlanMoney, repeatedLevels, tooSmall } from "../parameter.ts";
import { LEVELS_MAX, levelTerms } from "../upline.ts";
import { defineRule } from "./rule.ts";

export const fixedAmount = defineRule({
  name: "fixed_amount",
  title: "Fixed amount",
  description: "Each level earns the same amount of money every time, whatever the order is worth.",
  rewardKind: "bonus",
  basis: "nothing",
  isBounded: false,
  parameters: Type.Object(
    {
      levels: Type.Array(
        Type.Object({ level: LevelOrFriend, amount: PlanMoney }, { additionalProperties: false }),
        {
          title: "Levels",
          description: "The amount of each level; a level that is left out earns nothing by this rule.",
          minItems: 1,
          maxItems: LEVELS_MAX + 1,
        },
      ),
    },
    { additionalProperties: false },
  ),
  problems: ({ levels }, { currency }) => [
    ...repeatedLevels(levels),
    ...levels.flatMap(({ amount }, index) => [
      ...foreignCurrency(`/levels/${index}/amount`, amount.currency, currency),
      ...tooSmall(`/levels/${index}/amount/amount`, amount.amount),
    ]),
  ],
  bind: ({ levels }, context) =>
    bindAmounts(
      levelTerms(levels, ({ amount }) => fromWire(amount)),
      context,
      context.currency,
    ),
});
