import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findRewards } from "./find-rewards.ts";
import { reassignReferral } from "./reassign-referral.ts";
import { listCounters, renewCounters } from "./store/counters.ts";
import { twoLevel } from "./templates/two-level.ts";
import { verifyProgram } from "./verify-program.ts";

const database = useDatabase();
const RUNS = 12;
const COUNTERS_MAX = 1_000;
/** What knows the whole history: a counter of these is what the books say. */
const KINDS = ["nth", "qualified", "points"];

const money = (amount: number) => ({ amount, currency: "INR" });
const fixed = (id: string, amount: number, more: object = {}) => ({
  ...{ id, rule: "fixed_amount", on: "purchase", levels: [{ level: 1, amount: money(amount) }] },
  ...more,
});
/** 1 000 on each purchase, at most 2 500 in all; 300 once two friends qualified; 77 on a second purchase. */
const plan = {
  ...(twoLevel.document("INR") as object),
  examples: [],
  direct_limit: null,
  rules: [
    fixed("share", 1_000),
    fixed("second", 77, { when: { nth: { from: 2, to: 2 } } }),
    { id: "milestone", rule: "milestone_bonus", on: "qualified", at: [2], pays: money(300) },
  ],
  caps: [{ id: "most", scope: "participant", period: "ever", amount: money(2_500) }],
};

async function counters(world: World): Promise<Map<string, bigint>> {
  const rows = await world.read((reader) => listCounters(reader, "", COUNTERS_MAX));
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** What rewards that stand use of the cap, by whom. */
async function capped(world: World, conversionIds: readonly string[]): Promise<Map<string, bigint>> {
  const used = new Map<string, bigint>();
  const rewards = await world.read((reader) => findRewards(reader, conversionIds));
  for (const reward of [...rewards.values()].flat()) {
    if (reward.status === "cancelled") continue;
    const left = reward.amountMinor - reward.reversedMinor;
    used.set(reward.participantId, (used.get(reward.participantId) ?? 0n) + left);
  }
  return used;
}

describe("counters that decide", () => {
  const person = fc.nat({ max: 5 });
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant("buy" as const), who: person }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), who: person, to: person }) },
    fc.record({ do: fc.constant("refund" as const), sale: fc.nat({ max: 12 }) }),
  );

  it("are what the books say, whoever is put under whom", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const world = await createWorld(database.db);
        await world.publish(plan);
        const top = await world.join("Top");
        const people: Person[] = [top];
        for (let n = 1; n < 6; n++) people.push(await world.join(`P ${n}`, { under: people[(n - 1) >> 1] }));
        const sales: Awaited<ReturnType<World["buy"]>>[] = [];
        const refunded = new Set<number>();
        for (const one of steps) {
          if (one.do === "buy") sales.push(await world.buy(people[one.who] as Person, 200_000));
          else if (one.do === "refund") {
            const sale = sales[one.sale];
            if (!sale || refunded.has(one.sale)) continue;
            refunded.add(one.sale);
            await world.refund(sale);
          } else {
            const order = { refereeId: people[one.who]?.id ?? "", advocateId: people[one.to]?.id ?? "" };
            const cause = {
              reason: "A test",
              actor: { kind: "system" },
              claimId: null,
              proposalId: null,
            } as const;
            await world
              .write((tx) => reassignReferral(tx, { ...order, ...cause }, world.plans))
              .catch((error) => expect(error).toHaveProperty("code"));
          }
        }
        await world.work();
        const { checks } = await verifyProgram(world.db, world.programId, new Date());
        expect(checks.filter(({ ok }) => !ok).map(({ id, detail }) => `${id}: ${detail}`)).toEqual([]);
        const kept = await counters(world);
        const used = await capped(
          world,
          sales.map(({ conversion }) => conversion.id),
        );
        for (const [key, value] of kept)
          if (key.startsWith("cap:"))
            expect([key, value]).toEqual([key, used.get(key.split(":")[2] ?? "") ?? 0n]);
        await world.write((tx) => renewCounters(tx, KINDS));
        expect(kept).toEqual(await counters(world));
      }),
      { numRuns: RUNS },
    );
  });
});
