import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney } from "../primitives/money-text.ts";
import { oracleVerdicts } from "./oracle.test-support.ts";
import { isBoundedByProfit } from "./plan.ts";
import { explain, settle } from "./settlement.ts";
import type { Grant, PassReason, Verdict } from "./verdict.ts";
import { BUYER, factsOf, oracleFactsOf, world } from "./worlds.test-support.ts";

// A failing run prints its seed and path; `fc.assert(…, { ...RUNS, seed, path })` replays it.
const RUNS = { numRuns: 2_000 };

const TIMES_MIN = 20;
const ANSWERS: readonly (PassReason | "grant")[] = [
  "grant",
  "trigger_mismatch",
  "not_referred",
  "referral_rejected",
  "over_direct_limit",
  "below_minimum",
  "no_profit",
  "no_amount",
  "no_upline_at_level",
  "no_rate_for_level",
  "upline_inactive",
  "own_conversion",
  "rounds_to_zero",
  "other_rule_won",
];

function lineOf(verdict: Verdict): string {
  const start = `${verdict.ruleId} level ${verdict.level}`;
  if (verdict.kind === "pass")
    return `${start} passes ${verdict.participantId ?? "nobody"}: ${verdict.reason}`;
  const { to, rewardKind, amount, legParticipantId } = verdict;
  return `${start} pays ${to} ${rewardKind} ${amount.minor} ${amount.currency} by ${legParticipantId}`;
}

const moneyOf = (grants: readonly Grant[]) =>
  grants.reduce((sum, { amount }) => (amount.currency === "INR" ? sum + amount.minor : sum), 0n);

describe("any plan, any upline, any conversion", () => {
  test("gives the verdicts of the naive settlement", () => {
    fc.assert(
      fc.property(world, (given) => {
        const { grants, passes } = settle(factsOf(given));
        expect([...grants, ...passes].map(lineOf).sort()).toEqual(oracleVerdicts(oracleFactsOf(given)));
      }),
      RUNS,
    );
  });

  test("meets every reason often enough to mean something", () => {
    const counts = new Map<string, number>();
    for (const given of fc.sample(world, { numRuns: 2_000, seed: 7 })) {
      for (const line of oracleVerdicts(oracleFactsOf(given))) {
        const answer = line.includes(" pays ") ? "grant" : line.slice(line.indexOf(": ") + 2);
        counts.set(answer, (counts.get(answer) ?? 0) + 1);
      }
    }
    const rare = ANSWERS.filter((answer) => (counts.get(answer) ?? 0) < TIMES_MIN);
    expect(rare).toEqual([]);
  });

  test("gives the same verdicts again, and for the same upline in another order", () => {
    fc.assert(
      fc.property(world, (given) => {
        const facts = factsOf(given);
        const first = settle(facts);
        expect(settle(facts)).toEqual(first);
        expect(settle({ ...facts, upline: facts.upline.toReversed() })).toEqual(first);
      }),
      RUNS,
    );
  });

  test("never pays the buyer, a suspended participant, or nothing", () => {
    fc.assert(
      fc.property(world, (given) => {
        const facts = factsOf(given);
        for (const { to, amount, legParticipantId } of settle(facts).grants) {
          expect(to).not.toBe(BUYER);
          expect(amount.minor).toBeGreaterThan(0n);
          const member = facts.upline.find(({ participantId }) => participantId === to);
          expect(member).toMatchObject({ status: "active", legParticipantId });
        }
      }),
      RUNS,
    );
  });

  test("answers at most once for a rule, level and participant", () => {
    fc.assert(
      fc.property(world, (given) => {
        const { grants, passes } = settle(factsOf(given));
        const keys = [
          ...grants.map(({ ruleId, level, to }) => `${ruleId} ${level} ${to}`),
          ...passes.map(({ ruleId, level, participantId }) => `${ruleId} ${level} ${participantId}`),
        ];
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });

  test("keeps commissions within the profit where the plan is bounded by it", () => {
    fc.assert(
      fc.property(world, (given) => {
        const facts = factsOf(given);
        fc.pre(isBoundedByProfit(facts.plan));
        const { grants, profit } = settle(facts);
        expect(moneyOf(grants)).toBeLessThanOrEqual(profit.minor > 0n ? profit.minor : 0n);
      }),
      { numRuns: 500 },
    );
  });

  test("pays by one rule per level and currency unless all rules combine", () => {
    fc.assert(
      fc.property(world, (given) => {
        fc.pre(given.document.composition !== "all");
        const places = settle(factsOf(given)).grants.map(
          ({ level, amount }) => `${level} ${amount.currency}`,
        );
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test("can say every verdict in a sentence", () => {
    fc.assert(
      fc.property(world, (given) => {
        const facts = factsOf(given);
        const { grants, passes } = settle(facts);
        for (const verdict of [...grants, ...passes]) {
          const { message, arithmetic, inputs } = explain(verdict, facts);
          expect(`${message} ${arithmetic.join(" ")}`).not.toMatch(/undefined|null|NaN|\bn\b/);
          expect(Object.values(inputs)).not.toContain(undefined);
          if (verdict.kind === "grant") expect(message).toContain(formatMoney(verdict.amount));
          else expect(message).toMatch(/^\S.*\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
