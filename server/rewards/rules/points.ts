import Type from "typebox";
import { POINTS } from "../../primitives/money.ts";
import { bindAmounts } from "../amounts-by-level.ts";
import { LevelOrFriend, repeatedLevels } from "../parameter.ts";
import { LEVELS_MAX, levelTerms } from "../upline.ts";
import { defineRule } from "./rule.ts";

const POINTS_MAX = 1_000_000;

const Points = Type.Integer({
  title: "Points",
  description: "Points for each event.",
  minimum: 1,
  maximum: POINTS_MAX,
});

export const points = defineRule({
  name: "points",
  title: "Points",
  description: "Each level earns points every time it happens. Points are counted apart from money.",
  rewardKind: "points",
  basis: "nothing",
  isBounded: false,
  parameters: Type.Object(
    {
      levels: Type.Array(
        Type.Object({ level: LevelOrFriend, points: Points }, { additionalProperties: false }),
        {
          title: "Levels",
          description: "The points of each level; a level that is left out earns none by this rule.",
          minItems: 1,
          maxItems: LEVELS_MAX + 1,
        },
      ),
    },
    { additionalProperties: false },
  ),
  problems: ({ levels }) => repeatedLevels(levels),
  bind: ({ levels }, context) =>
    bindAmounts(
      levelTerms(levels, (entry) => ({ minor: BigInt(entry.points), currency: POINTS })),
      context,
      POINTS,
    ),
});
