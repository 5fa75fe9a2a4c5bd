import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { REWARD_EDGES } from "../server/rewards/reward.ts";

const root = path.dirname(import.meta.dirname);
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const schema = read("database/schema.sql");

/** The edges of each diagram, by its heading. `[*]` is before the first state and after the last. */
const diagrams = new Map(
  [...read("docs/lifecycles.md").matchAll(/^## (\w+)\n\n```mermaid\n([\s\S]*?)^```$/gm)].map(
    ([, name = "", text = ""]) => [
      name,
      [...text.matchAll(/^ +(\S+) --> (\S+?)(?::.*)?$/gm)].map(
        ([, from = "", to = ""]) => [from, to] as const,
      ),
    ],
  ),
);

describe("the diagrams of docs/lifecycles.md", () => {
  test.each([
    ["Program", "programs", "state"],
    ["Plan", "plans", "state"],
    ["Replay", "replays", "state"],
    ["Mail", "mails", "state"],
    ["Participant", "participants", "status"],
    ["Link", "links", "state"],
    ["Referral", "referrals", "status"],
    ["Claim", "claims", "state"],
    ["Proposal", "reassignment_proposals", "state"],
    ["Conversion", "conversions", "status"],
    ["Refund", "refunds", "status"],
    ["Redemption", "redemptions", "status"],
    ["Reward", "rewards", "status"],
  ])("%s: shows the states the table allows", (name, table, column) => {
    const drawn = new Set((diagrams.get(name) ?? []).flat().filter((state) => state !== "[*]"));
    expect([...drawn].sort()).toEqual(statesOf(table, column).sort());
  });

  test("Reward: shows the only ways a reward moves", () => {
    const drawn = (diagrams.get("Reward") ?? []).filter(([from, to]) => from !== "[*]" && to !== "[*]");
    const allowed = Object.entries(REWARD_EDGES).flatMap(([from, tos]) => tos.map((to) => [from, to]));
    expect(drawn.map(String).sort()).toEqual(allowed.map(String).sort());
  });
});

/** What the check of a column lets in, as the catalog writes it. */
function statesOf(table: string, column: string): string[] {
  const name = `${table}_${column}_check`;
  const check = schema.split("\n").find((line) => line.includes(`constraint ${name} `)) ?? "";
  return [...check.matchAll(/'(\w+)'::text/g)].map(([, state = ""]) => state);
}
