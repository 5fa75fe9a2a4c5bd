import fc from "fast-check";
import { expect, test } from "vitest";
import { play, type Sightings } from "./play.ts";
import { histories } from "./worlds.ts";

// A failing run prints its seed and path; `npm run simulate -- --seed …` looks for more.
const RUNS = { numRuns: 2_000 };
const SIGHTINGS_MIN = 20;

const ANSWERS = [
  ...["grant", "held", "reversal", "restoration", "trigger_mismatch", "not_qualifying", "not_referred"],
  ...["referral_rejected", "over_direct_limit", "before_referral", "below_minimum", "not_nth", "too_late"],
  ...["country_excluded", "channel_excluded", "product_excluded", "segment_excluded", "tier_not_reached"],
  ...["no_profit", "no_reward_below", "no_milestone", "no_upline_at_level", "no_rate_for_level"],
  ...["upline_inactive", "other_rule_won", "cap_reached", "rounds_to_zero", "promoted", "cut"],
];

test("the engine says what the model says, for any plan, network and history, after every step", () => {
  fc.assert(
    fc.property(histories, (history) => play(history)),
    RUNS,
  );
});

test("the worlds reach every answer of the language often enough to mean something", () => {
  const sightings: Sightings = new Map();
  for (const history of fc.sample(histories, { numRuns: 1_000, seed: 7 })) play(history, sightings);
  const rare = ANSWERS.filter((answer) => (sightings.get(answer) ?? 0) < SIGHTINGS_MIN);
  expect(rare).toEqual([]);
});
