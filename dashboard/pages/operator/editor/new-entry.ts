import { CREDIT } from "../../../parts/money.ts";
import type { PlanDocument, PlanRule, Schema, ShelfRule } from "../../../wire.ts";

const MONEY_RULES = ["percent_of_profit", "percent_of_amount", "fixed_amount"];

/** What a schema cannot know: which of several parameters to begin with. */
const BEGINNINGS: Record<string, (plan: PlanDocument) => Partial<PlanRule>> = {
  coupon: () => ({ label: "10 % off your next order", value: { percent: "10" } }),
  milestone_bonus: ({ currency }) => ({ on: "qualified", every: 5, pays: { amount: 10_000, currency } }),
  percent_of_reward: ({ rules }) => {
    const shared = rules.find(({ rule }) => MONEY_RULES.includes(rule));
    return { of: shared?.id ?? "", ...(shared ? { on: shared.on } : {}) };
  },
};

/** A rule from the shelf with its blanks filled in, ready to be changed. */
export function newRule({ name, parameters }: ShelfRule, plan: PlanDocument): PlanRule {
  const currency = name === "credit" ? CREDIT : plan.currency;
  return {
    id: freeId(
      name.replaceAll("_", "-"),
      (plan.rules ?? []).map(({ id }) => id),
    ),
    rule: name,
    on: "purchase",
    ...(beginningOf(parameters, currency) as Partial<PlanRule>),
    ...BEGINNINGS[name]?.({ ...plan, rules: plan.rules ?? [] }),
  };
}

/** The next level of a list of levels, filled in like the ones before it. */
export function nextLevel(
  levels: readonly { level: number }[],
  entry: Schema | undefined,
  currency: string,
): object {
  const least = entry?.properties?.["level"]?.minimum ?? 1;
  const level = levels.length === 0 ? Math.max(1, least) : Math.max(...levels.map((one) => one.level)) + 1;
  const { by_tier: _ownRates, ...like } = (levels.at(-1) ?? beginningOf(entry ?? {}, currency)) as Record<
    string,
    unknown
  >;
  return { ...like, level };
}

export function freeId(wish: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wish : `${wish}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** Something for every required part of a schema. */
function beginningOf(schema: Schema, currency: string): unknown {
  if (schema.type === "array") return [beginningOf(schema.items ?? {}, currency)];
  if (schema.type === "integer") return schema.title === "Level" ? Math.max(1, schema.minimum ?? 1) : 10;
  if (schema.type === "string") return schema.title === "Percent" ? "5" : "";
  const { properties = {}, required = [] } = schema;
  if (properties["currency"] && properties["amount"]) return { amount: 1_000, currency };
  return Object.fromEntries(
    required.flatMap((key) => (properties[key] ? [[key, beginningOf(properties[key], currency)]] : [])),
  );
}
