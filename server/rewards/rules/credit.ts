import Type from "typebox";
import { CREDIT, fromWire } from "../../primitives/money.ts";
import { bindAmounts } from "../amounts-by-level.ts";
import { foreignCurrency, LevelOrFriend, PlanMoney, repeatedLevels, tooSmall } from "../parameter.ts";
import { LEVELS_MAX, levelTerms } from "../upline.ts";
import { defineRule } from "./rule.ts";

export const credit = defineRule({
  name: "credit",
  title: "Credit",
  description: "Each level gets credit to spend with you every time. Credit is never paid out in money.",
  rewardKind: "credit",
  basis: "nothing",
  isBounded: false,
  parameters: Type.Object(
    {
      levels: Type.Array(
        Type.Object(
          {
            level: LevelOrFriend,
            amount: { ...PlanMoney, title: "Credit", description: `In hundredths, currency "${CREDIT}".` },
          },
          { additionalProperties: false },
        ),
        {
          title: "Levels",
          description: "The credit of each level; a level that is left out gets none by this rule.",
          minItems: 1,
          maxItems: LEVELS_MAX + 1,
        },
      ),
    },
    { additionalProperties: false },
  ),
  problems: ({ levels }) => [
    ...repeatedLevels(levels),
    ...levels.flatMap(({ amount }, index) => [
      ...foreignCurrency(`/levels/${index}/amount`, amount.currency, CREDIT),
      ...tooSmall(`/levels/${index}/amount/amount`, amount.amount),
    ]),
  ],
  bind: ({ levels }, context) =>
    bindAmounts(
      levelTerms(levels, ({ amount }) => fromWire(amount)),
      context,
      CREDIT,
    ),
});
