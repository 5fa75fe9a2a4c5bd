import Type, { type Static } from "typebox";
import { COUPONS, fromWire } from "../../primitives/money.ts";
import { formatMoney } from "../../primitives/money-text.ts";
import { RATE_ONE } from "../../primitives/rate.ts";
import { bindAmounts } from "../amounts-by-level.ts";
import { foreignCurrency, LevelOrFriend, Percent, PlanMoney, repeatedLevels } from "../parameter.ts";
import { LEVELS_MAX, levelTerms } from "../upline.ts";
import { defineRule } from "./rule.ts";

const EXPIRY_DAYS_MAX = 3_650;

const Value = Type.Object(
  { percent: Type.Optional(Percent), amount: Type.Optional(PlanMoney) },
  {
    title: "Worth",
    description: "A percent off, or an amount off; one of the two.",
    additionalProperties: false,
  },
);

/** What the shop is told when somebody shows the code. */
const CouponTerms = Type.Object(
  {
    levels: Type.Array(Type.Object({ level: LevelOrFriend }, { additionalProperties: false }), {
      title: "Levels",
      description: "Who gets one: 0 is the friend who buys, 1 the direct advocate.",
      minItems: 1,
      maxItems: LEVELS_MAX + 1,
    }),
    label: Type.String({
      title: "Label",
      description: 'What it says on the coupon, such as "10 % off your next order".',
      minLength: 1,
      maxLength: 200,
      pattern: "\\S",
    }),
    value: Value,
    expires_days: Type.Optional(
      Type.Integer({
        title: "Expires after days",
        description: "Days from when it becomes available; never where it is left out.",
        minimum: 1,
        maximum: EXPIRY_DAYS_MAX,
      }),
    ),
  },
  { additionalProperties: false },
);
type CouponTerms = Static<typeof CouponTerms>;

export const coupon = defineRule({
  name: "coupon",
  title: "Coupon",
  description: "Each level gets one coupon with a code of its own that works once.",
  rewardKind: "coupon",
  basis: "nothing",
  isBounded: false,
  parameters: CouponTerms,
  problems: ({ levels, value }, { currency }) => [
    ...repeatedLevels(levels),
    ...(value.amount ? foreignCurrency("/value/amount", value.amount.currency, currency) : []),
    ...((value.amount === undefined) === (value.percent === undefined)
      ? [{ pointer: "/value", code: "one_of_two", message: "Say either a percent or an amount." }]
      : []),
  ],
  bind(terms, context) {
    const bound = bindAmounts(
      levelTerms(terms.levels, () => ({ minor: 1n, currency: COUPONS })),
      context,
      COUPONS,
    );
    return {
      ...bound,
      explain: (level) => ({
        exact: RATE_ONE,
        lines: [
          `${level === 0 ? "The friend" : `Level ${level}`} gets a coupon: ${terms.label} (${worth(terms)})`,
        ],
        inputs: { basis: "nothing", fixed_amount: 1, currency: COUPONS, label: terms.label },
      }),
    };
  },
});

function worth({ value }: CouponTerms): string {
  return value.amount ? `${formatMoney(fromWire(value.amount))} off` : `${value.percent} % off`;
}
