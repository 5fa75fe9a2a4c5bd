import { expect, test } from "vitest";
import { availableAt, canMove, displayStatus, REWARD_EDGES, type RewardState, remaining } from "./reward.ts";

const states = Object.keys(REWARD_EDGES) as RewardState[];

function reachable(from: RewardState, seen = new Set<RewardState>()): Set<RewardState> {
  for (const next of REWARD_EDGES[from]) if (!seen.has(next)) reachable(next, seen.add(next));
  return seen;
}

test("every state can be reached from pending", () => {
  expect([...reachable("pending"), "pending"].sort()).toEqual(expect.arrayContaining(states));
});

test("what was cancelled or expired stays so", () => {
  for (const end of ["cancelled", "expired"] as const) expect(REWARD_EDGES[end]).toEqual([]);
});

test("a held reward is never paid, nor made available, before its hold is cleared", () => {
  expect(canMove("held", "available")).toBe(false);
  expect(canMove("held", "paid")).toBe(false);
  expect(canMove("held", "pending")).toBe(true);
});

test("a paid reward can still be reversed by a refund", () => {
  expect(canMove("paid", "reversed")).toBe(true);
});

test("no participant reads the name of a state", () => {
  expect(states.map((state) => displayStatus(state, "commission"))).toEqual([
    "On its way",
    "On hold",
    "Available",
    "Paid",
    "Cancelled",
    "Reversed",
    "Expired",
  ]);
});

test("a hold of fourteen days ends fourteen days to the second after the conversion", () => {
  expect(availableAt(new Date("2026-12-01T10:00:00Z"), 14)).toEqual(new Date("2026-12-15T10:00:00Z"));
});

test("what was reversed is worth nothing any more", () => {
  expect(remaining({ minor: 2_000n, currency: "INR" }, 500n)).toEqual({ minor: 1_500n, currency: "INR" });
});
