import { setTimeout as sleep } from "node:timers/promises";

type Program = { call<Body>(method: string, path: string, body?: object): Promise<Body> };

const inr = (amount: number) => ({ amount, currency: "INR" });
/** So much that no cap and no budget ends the load. */
const PLENTY = inr(900_000_000_000_000);
const DAY_MS = 86_400_000;
/** A promotion cannot begin in the past; nobody buys before it has begun. */
const SOON_MS = 2_000;
/** The clocks of the programs that are measured. */
const INDIA_MS = 5.5 * 3_600_000;

/** Five rules, five levels, tiers, caps: all that the language has and a purchase can meet. */
const RICH_PLAN = {
  name: "Rich",
  currency: "INR",
  direct_limit: 8,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  rules: [
    {
      ...{ id: "level-share", rule: "percent_of_profit", on: "purchase" },
      when: { amount_above: inr(100_000) },
      levels: [
        { level: 1, rate: "5", by_tier: { gold: "7" } },
        ...[2, 3, 4, 5].map((level) => ({ level, rate: "1" })),
      ],
    },
    {
      ...{ id: "first-order", rule: "fixed_amount", on: "purchase" },
      when: { nth: { to: 1 }, amount_above: inr(100_000) },
      levels: [{ level: 1, amount: inr(5_000) }],
    },
    {
      ...{ id: "thanks", rule: "credit", on: "purchase", when: { nth: { to: 3 } } },
      levels: [{ level: 0, amount: { amount: 500, currency: "CRD" } }],
    },
    {
      ...{ id: "loyalty", rule: "points", on: "purchase" },
      levels: [
        { level: 1, points: 10 },
        { level: 2, points: 5 },
      ],
    },
    { id: "fourth-friend", rule: "milestone_bonus", on: "qualified", at: [4], pays: inr(10_000) },
  ],
  tiers: [
    { id: "silver", name: "Silver", at_least: { qualified: 2 }, multiplier: "110" },
    { id: "gold", name: "Gold", at_least: { qualified: 4 }, multiplier: "120" },
  ],
  caps: [
    { id: "monthly", scope: "participant", period: "month", amount: PLENTY },
    { id: "daily", scope: "program", period: "day", amount: PLENTY },
  ],
};

/** Puts it in force, with a promotion over it. What is advised against is acknowledged. */
export async function enrichPlan(program: Program): Promise<void> {
  const draft = await program.call<{ id: string }>("POST", "/v1/plans", { document: RICH_PLAN });
  const { findings } = await program.call<{ findings: { code: string }[] }>(
    "POST",
    `/v1/plans/${draft.id}/lint`,
  );
  for (const { code } of findings)
    await program.call("POST", `/v1/plans/${draft.id}/acknowledgements`, { code, reason: "It is measured." });
  await program.call("POST", `/v1/plans/${draft.id}/publish`, {});
  const wall = (ms: number) => new Date(Date.now() + INDIA_MS + ms).toISOString().slice(0, 19);
  await program.call("POST", "/v1/promotions", {
    document: {
      ...{ name: "A month of more", starts_at: wall(SOON_MS), ends_at: wall(30 * DAY_MS) },
      ...{ rules: ["level-share"], multiplier: "150", budget: PLENTY },
    },
  });
  await sleep(2 * SOON_MS);
}
