import Type, { type Static } from "typebox";
import { isMoney } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { foreignCurrency, LevelOrFriend, PlanMoney, ShortId, Trigger } from "./parameter.ts";
import { unknownTiers } from "./tier.ts";
import { LEVELS_MAX } from "./upline.ts";

const EXAMPLES_MAX = 100;
const AMOUNTS_MAX = 50 * LEVELS_MAX;
const COUNT_MAX = 1_000_000;

const Word = (title: string, description: string) =>
  Type.Optional(Type.String({ title, description, minLength: 1, maxLength: 200 }));

const Count = (title: string, description: string, minimum: number) =>
  Type.Optional(Type.Integer({ title, description, minimum, maximum: COUNT_MAX }));

const Given = Type.Object(
  {
    kind: Type.Optional(Trigger),
    amount: Type.Optional(PlanMoney),
    profit: Type.Optional(PlanMoney),
    nth: Count(
      "Which one",
      "The buyer's how-manieth of this kind it is; the first unless it says otherwise.",
      1,
    ),
    days: Count("Days", "Days since the referral was made; none unless it says otherwise.", 0),
    country: Word("Country", "Of the buyer."),
    channel: Word("Channel", "Of the referral."),
    product: Word("Product", "Of the purchase."),
    segment: Word("Segment", "Of the buyer."),
    tier: Type.Optional({ ...ShortId, title: "Tier", description: "Of everyone above the buyer." }),
    qualified: Count("Qualified", "The advocate's qualified referrals before this one.", 0),
  },
  {
    title: "Given",
    description: "One conversion; a purchase unless it says otherwise.",
    additionalProperties: false,
  },
);

const Example = Type.Object(
  {
    given: Given,
    expect: Type.Array(
      Type.Object({ level: LevelOrFriend, amount: PlanMoney }, { additionalProperties: false }),
      {
        title: "Expect",
        description: "What each level earns in all; nobody else earns.",
        maxItems: AMOUNTS_MAX,
      },
    ),
  },
  { additionalProperties: false },
);
export type PlanExample = Static<typeof Example>;

export const Examples = Type.Array(Example, { title: "Golden examples", maxItems: EXAMPLES_MAX });

export function exampleProblems(
  examples: readonly PlanExample[] = [],
  plan: { currency: string; isTier(id: string): boolean },
): FieldProblem[] {
  return examples.flatMap((example, index) => problemsOf(example, `/examples/${index}`, plan));
}

function problemsOf(
  { given, expect }: PlanExample,
  at: string,
  { currency, isTier }: { currency: string; isTier(id: string): boolean },
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if ((given.kind ?? "purchase") === "purchase" && given.amount === undefined) {
    problems.push({ pointer: `${at}/given/amount`, code: "required", message: "A purchase has an amount." });
  }
  if (given.amount) problems.push(...foreignCurrency(`${at}/given/amount`, given.amount.currency, currency));
  if (given.profit) problems.push(...foreignCurrency(`${at}/given/profit`, given.profit.currency, currency));
  if (given.tier)
    problems.push(
      ...unknownTiers([given.tier], isTier, `${at}/given/tier`).map((one) => ({
        ...one,
        pointer: `${at}/given/tier`,
      })),
    );
  expect.forEach(({ amount }, index) => {
    if (!isMoney(amount.currency)) return;
    problems.push(...foreignCurrency(`${at}/expect/${index}/amount`, amount.currency, currency));
  });
  return problems;
}
