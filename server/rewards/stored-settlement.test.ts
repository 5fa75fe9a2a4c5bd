import { describe, expect, test } from "vitest";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import { parsePlan } from "./plan.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import { settle } from "./settlement.ts";
import { type SettlementFacts, UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import {
  type StoredSettlement,
  storedFacts,
  storedPasses,
  storedSettlement,
  storedUses,
} from "./stored-settlement.ts";
import { countersOf } from "./tally.ts";

const inr = (amount: number) => ({ amount, currency: "INR" });

const plan = parsePlan({
  ...{ name: "Counted", currency: "INR", direct_limit: null, overflow: "reject", inactive_upline: "lapse" },
  ...{ hold_days: 14, attribution_window_days: 30, composition: "all" },
  rules: [
    {
      ...{ id: "share", rule: "percent_of_amount", on: "purchase", when: { nth: { to: 3 } } },
      levels: [1, 2, 3].map((level) => ({ level, rate: "5" })),
    },
    { id: "third", rule: "milestone_bonus", on: "qualified", at: [3], pays: inr(700) },
  ],
  tiers: [{ id: "gold", name: "Gold", at_least: { qualified: 1 }, multiplier: "200" }],
  caps: [
    { id: "monthly", scope: "participant", period: "month", amount: inr(1_200) },
    { id: "all", scope: "program", period: "day", amount: inr(1_000_000) },
  ],
});
const published: PublishedPlan = { id: "pln_1", version: 1, inForceFrom: new Date(0), plan };

const facts: SettlementFacts = {
  ...UNCOUNTED,
  ...{ plan, planVersion: 1, defaultMargin: RATE_ONE as Rate, referral: "counts", kept: plan.kept },
  upline: [1, 2].map((level) => ({
    participantId: `par_${level}`,
    level,
    legParticipantId: `par_${level - 1}`,
    status: "active",
  })),
  conversion: {
    ...UNPLACED,
    ...{ participantId: "par_0", kind: "purchase", occurredAt: new Date("2026-12-02T10:00:00Z") },
    ...{ amount: { minor: 10_000n, currency: "INR" }, profit: null },
  },
  counters: countersOf([
    ["qualified:par_1", 2n],
    ["nth:par_0:purchase", 1n],
    ["cap:monthly:par_2:2026-12", 900n],
  ]),
};
const settlement = settle(facts);
/** As it comes back from the database. */
const stored: StoredSettlement = JSON.parse(JSON.stringify(storedSettlement(facts, settlement)));
const again = storedFacts(facts.conversion, stored, published, []);

describe("what is kept of a settlement", () => {
  test("gives the same settlement again", () => {
    expect(settlement.grants.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      "share 1",
      "share 2",
      "third 1",
    ]);
    expect(settle(again)).toEqual(settlement);
    expect(storedPasses(stored, "par_0")).toEqual(settlement.passes);
  });

  test("says what each reward used", () => {
    for (const { ruleId: rule, level, to: participantId, uses } of settlement.grants)
      expect(storedUses(stored, { rule, level, participantId, refereeId: "par_0" })).toEqual(uses);
  });

  test("names each person once, above", () => {
    const { upline, ...rest } = stored;
    expect(upline.map(([id]) => id)).toEqual(["par_1", "par_2"]);
    expect(JSON.stringify(rest)).not.toContain("par_");
  });

  test("is read as it was kept when everybody was named in full", () => {
    const before: StoredSettlement = {
      ...stored,
      passes: settlement.passes.map(({ ruleId, level, participantId, reason }) => [
        ...([ruleId, level, participantId, reason] as const),
      ]),
      counted: {
        ...{ time_zone: "UTC", kept: plan.kept },
        readings: settlement.readings.map(([key, value]) => [key, value.toString()]),
      },
      uses: settlement.grants.flatMap(({ ruleId, level, to, uses }) =>
        uses.map(({ key, amount }): [string, number, string, string, string] => [
          ...([ruleId, level, to, key, amount.toString()] as const),
        ]),
      ),
    };
    expect(settle(storedFacts(facts.conversion, before, published, []))).toEqual(settlement);
    expect(storedPasses(before, "par_0")).toEqual(settlement.passes);
    for (const { ruleId: rule, level, to: participantId, uses } of settlement.grants)
      expect(storedUses(before, { rule, level, participantId, refereeId: "par_0" })).toEqual(uses);
  });
});
