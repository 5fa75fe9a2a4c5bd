import fc from "fast-check";
import type { TSchema } from "typebox";
import { describe, expect, test } from "vitest";
import { RATE_ONE } from "../../primitives/rate.ts";
import { placeUpline, type UplineMember } from "../upline.ts";
import type { Answer } from "../verdict.ts";
import { findRule, rules } from "./index.ts";
import { contextOfRule, parametersOf } from "./parameters.test-support.ts";
import type { BoundRule, Rule, RuleFacts } from "./rule.ts";

const RUNS = { numRuns: 300 };
const DEPTH = 16;
const AMOUNT_MAX = 10n ** 15n;

const rupees = (minor: bigint) => ({ minor, currency: "INR" });

const upline = fc
  .array(
    fc.constantFrom<UplineMember["status"]>(
      "active",
      "active",
      "suspended",
      "inactive",
      "erased",
      "over_limit",
    ),
    {
      maxLength: DEPTH,
    },
  )
  .map((statuses) =>
    statuses.map((status, index): UplineMember => {
      const leg = index === 0 ? "par_buyer" : (`par_${index}` as const);
      return { participantId: `par_${index + 1}`, level: index + 1, legParticipantId: leg, status };
    }),
  );

const ruleFacts: fc.Arbitrary<RuleFacts> = fc
  .record({
    amount: fc.oneof(fc.bigInt({ min: 0n, max: 500n }), fc.bigInt({ min: 0n, max: AMOUNT_MAX })),
    profit: fc.oneof(fc.bigInt({ min: -100n, max: 500n }), fc.bigInt({ min: 0n, max: AMOUNT_MAX })),
    members: upline,
    inactiveUpline: fc.constantFrom("lapse" as const, "hold" as const, "compress" as const),
    qualifiedNumber: fc.bigInt({ min: 0n, max: 30n }),
    below: fc.bigInt({ min: 0n, max: 1_000n }),
  })
  .map(({ amount, profit, members, inactiveUpline, qualifiedNumber, below }) => ({
    amount: rupees(amount),
    profit: rupees(profit),
    places: placeUpline("par_buyer", members, inactiveUpline, DEPTH),
    tierAt: () => null,
    qualifiedNumber,
    grantedBy: () => below,
  }));

function bind(rule: Rule, parameters: unknown): BoundRule {
  return rule.bind(parameters, contextOfRule(rule));
}

function basisOf(rule: Rule, facts: RuleFacts): bigint {
  if (rule.basis === "nothing" || rule.basis === "reward") return 0n;
  return rule.basis === "profit" ? facts.profit.minor : facts.amount.minor;
}

const paid = (answers: readonly Answer[]) =>
  answers.reduce((sum, one) => (one.kind === "portion" ? sum + one.exact : sum), 0n);

function holds(rule: Rule, law: (bound: BoundRule, facts: RuleFacts, parameters: unknown) => void): void {
  fc.assert(
    fc.property(parametersOf(rule), ruleFacts, (parameters, facts) =>
      law(bind(rule, parameters), facts, parameters),
    ),
    RUNS,
  );
}

test("every rule is found by its name, and no two share one", () => {
  for (const rule of rules) expect(findRule(rule.name)).toBe(rule);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (_name, rule) => {
  test("gives the same verdicts for the same facts", () => {
    holds(rule, (bound, facts, parameters) => {
      expect(bound.evaluate(facts)).toEqual(bound.evaluate(facts));
      expect(bind(rule, structuredClone(parameters)).evaluate({ ...facts })).toEqual(bound.evaluate(facts));
    });
  });

  test("answers for each of its levels", () => {
    holds(rule, (bound, facts) => {
      const answered = bound.evaluate(facts).map(({ level }) => level);
      expect(bound.levels.length).toBeGreaterThan(0);
      expect(bound.levels).toEqual([...bound.levels].sort((a, b) => a - b));
      expect(answered).toEqual(expect.arrayContaining([...bound.levels]));
      expect(new Set(answered).size).toBe(answered.length);
    });
  });

  test("pays more than zero in its currency to the holder of the level, or says why not", () => {
    holds(rule, (bound, facts) => {
      for (const one of bound.evaluate(facts)) {
        const holder = facts.places.holders[one.level];
        if (one.kind === "pass") {
          expect(one.reason).not.toBe("");
          expect(one.participantId).toBe(holder?.participantId ?? null);
        } else {
          expect(one.exact).toBeGreaterThan(0n);
          expect(one.currency).toBe(bound.currency);
          expect(one.rewardKind).toBe(bound.rewardKind);
          expect(one.to).toBe(holder?.participantId);
          expect(one.legParticipantId).toBe(holder?.legParticipantId);
          expect(one.isHeld).toBe(holder?.status !== "active");
          if (one.isHeld) expect(facts.places.inactiveUpline).toBe("hold");
        }
      }
    });
  });

  test("grants no more than its basis where it declares itself bounded", () => {
    holds(rule, (bound, facts) => {
      const basis = basisOf(rule, facts);
      if (rule.isBounded)
        expect(paid(bound.evaluate(facts))).toBeLessThanOrEqual(basis > 0n ? basis * RATE_ONE : 0n);
      else if (rule.basis === "nothing") expect(bound.basisShare).toBe(0n);
    });
  });

  test("pays nobody less when its basis doubles", () => {
    holds(rule, (bound, facts) => {
      const doubled = {
        ...facts,
        amount: rupees(facts.amount.minor * 2n),
        profit: rupees(facts.profit.minor * 2n),
      };
      const more = bound.evaluate(doubled);
      for (const one of bound.evaluate(facts)) {
        if (one.kind === "pass") continue;
        const again = more.find(({ level }) => level === one.level);
        expect(again?.kind).toBe("portion");
        if (again?.kind === "portion") expect(again.exact).toBeGreaterThanOrEqual(one.exact);
      }
    });
  });

  test("explains the amount at each of its levels", () => {
    holds(rule, (bound, facts) => {
      for (const level of bound.levels) {
        const { lines, inputs } = bound.explain(level, facts);
        expect(lines.join()).toMatch(/\S/);
        expect(Object.values(inputs)).not.toContain(undefined);
      }
    });
  });

  test("names and describes every parameter, for the form of the editor", () => {
    expect(rule.title).toMatch(/^[A-Z]/);
    expect(rule.description).toMatch(/^[A-Z].*\.$/);
    expect(undescribed(rule.parameters)).toEqual([]);
  });
});

/** Where a schema leaves a field without title or description, or an object open to unknown keys. */
function undescribed(schema: TSchema, at = ""): string[] {
  const { properties, items, additionalProperties } = schema as {
    properties?: Record<string, TSchema>;
    items?: TSchema;
    additionalProperties?: boolean;
  };
  if (items !== undefined) return undescribed(items, `${at}/0`);
  if (properties === undefined) return [];
  const open = additionalProperties === false ? [] : [`${at} takes unknown keys`];
  return open.concat(
    Object.entries(properties).flatMap(([name, inner]) => {
      const place = `${at}/${name}`;
      const { title, description } = inner as { title?: string; description?: string };
      const silent = title && description ? [] : [`${place} has no title or no description`];
      return silent.concat(undescribed(inner, place));
    }),
  );
}
