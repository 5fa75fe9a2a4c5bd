import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { findStanding } from "../referrals/find-standing.ts";
import { findRewards } from "./find-rewards.ts";
import { reassignReferral } from "./reassign-referral.ts";
import { verifyProgram } from "./verify-program.ts";

const database = useDatabase();
const ROUNDS = 100;
const RUNS = 15;

let world: World;
let anna: Person;
let bob: Person;

beforeEach(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  bob = await world.join("Bob");
});

const reassign = (friend: Person, to: Person) =>
  world.write((tx) =>
    reassignReferral(
      tx,
      {
        ...{ refereeId: friend.id, advocateId: to.id, reason: "They met at the fair." },
        ...{ actor: { kind: "system" }, claimId: null, proposalId: null },
      },
      world.plans,
    ),
  );

async function failures(): Promise<string[]> {
  await world.work();
  const { checks } = await verifyProgram(world.db, world.programId, new Date());
  return checks.flatMap(({ id, detail, ok }) => (ok ? [] : [`${id}: ${detail}`]));
}

const earned = async (person: Person) => {
  const balances = await world.balances(person);
  return balances.map((one) => one.pending + one.available);
};

describe("somebody who is put under another advocate", () => {
  it("takes along what was earned on them, by opposite transfers and rewards of their own", async () => {
    const top = await world.join("Top");
    const carol = await world.join("Carol", { under: top });
    const dan = await world.join("Dan", { under: anna });
    await world.buy(dan, 200_000, { profit: 40_000 });
    expect([await earned(anna), await earned(carol), await earned(top)]).toEqual([[2000], [], []]);
    const { reassignment } = await reassign(dan, carol);
    expect(reassignment.money).toEqual(
      [
        { participant_id: anna.id, currency: "INR", before: 2000, after: 0 },
        { participant_id: top.id, currency: "INR", before: 0, after: 400 },
        { participant_id: carol.id, currency: "INR", before: 0, after: 2000 },
      ].sort((a, b) => (a.participant_id < b.participant_id ? -1 : 1)),
    );
    expect([await earned(anna), await earned(carol), await earned(top)]).toEqual([[0], [2000], [400]]);
    expect(await failures()).toEqual([]);
    await world.buy(dan, 200_000, { profit: 40_000 });
    expect([await earned(anna), await earned(carol)]).toEqual([[0], [4000]]);
    expect(await failures()).toEqual([]);
  });

  it("keeps what they have who stand at the same level on both sides, and changes legs", async () => {
    const carol = await world.join("Carol", { under: anna });
    const dora = await world.join("Dora", { under: anna });
    const eve = await world.join("Eve", { under: carol });
    const { rewards } = await world.buy(eve, 200_000, { profit: 40_000 });
    const { reassignment } = await reassign(eve, dora);
    // Anna's share stays the same amount, and belongs to another leg of hers now.
    expect(reassignment.money.map(({ participant_id }) => participant_id).sort()).toEqual(
      [carol.id, dora.id].sort(),
    );
    const rows = await world.read((reader) => findRewards(reader, [rewards[0]?.conversionId ?? ""]));
    const annas = [...rows.values()].flat().filter(({ participantId }) => participantId === anna.id);
    expect(annas.map(({ status, legParticipantId }) => [status, legParticipantId])).toEqual([
      ["cancelled", carol.id],
      ["pending", dora.id],
    ]);
    expect(await failures()).toEqual([]);
  });

  it("brings everybody below them along, whose past purchases stay where they were", async () => {
    const dan = await world.join("Dan", { under: anna });
    const eve = await world.join("Eve", { under: dan });
    const fay = await world.join("Fay", { under: eve });
    await world.buy(eve, 200_000, { profit: 40_000 });
    await reassign(dan, bob);
    expect([await earned(anna), await earned(dan), await earned(bob)]).toEqual([[400], [2000], []]);
    await world.buy(eve, 200_000, { profit: 40_000 });
    expect([await earned(anna), await earned(dan), await earned(bob)]).toEqual([[400], [4000], [400]]);
    await world.work();
    const levels = async (person: Person) => {
      const standing = await world.read(async (reader) =>
        findStanding(reader, person.id, await world.db.horizon(reader)),
      );
      return standing?.levels.map(({ participants }) => participants);
    };
    expect([await levels(anna), await levels(bob), await levels(dan)]).toEqual([[], [1, 1, 1], [1, 1]]);
    expect(fay.upline).toEqual([eve.id, dan.id, anna.id]);
    expect(await failures()).toEqual([]);
  });

  it("keeps what was refunded refunded, before and after", async () => {
    const dan = await world.join("Dan", { under: anna });
    const sale = await world.buy(dan, 200_000, { profit: 40_000 });
    await world.refund(sale, 50_000);
    await world.refund(await world.buy(dan, 300_000, { profit: 60_000 }));
    await reassign(dan, bob);
    expect([await earned(anna), await earned(bob)]).toEqual([[0], [1500]]);
    await world.refund(sale);
    expect(await earned(bob)).toEqual([0]);
    expect(await failures()).toEqual([]);
  });

  it("may be somebody nobody had brought, and somebody who waited", async () => {
    const late = await world.join("Late");
    await world.buy(late, 200_000, { profit: 40_000 });
    const { referral } = await reassign(late, anna);
    expect(referral).toMatchObject({ status: "joined", advocateId: anna.id });
    await world.limit(1, "waitlist");
    const waiting = await world.join("Waiting", { under: anna });
    expect(waiting.referral?.status).toBe("waitlisted");
    await reassign(waiting, bob);
    expect([await earned(anna), await failures()]).toEqual([[2000], []]);
    // The place of who leaves goes to the next in the line.
    const next = await world.join("Next", { under: anna });
    expect(next.referral?.status).toBe("waitlisted");
    const carol = await world.join("Carol");
    await reassign(late, carol);
    const placed = await world.read((reader) => findReferrals(reader, [next.id]));
    expect(placed.get(next.id)).toMatchObject({ status: "joined", advocateId: anna.id });
    expect(await failures()).toEqual([]);
  });

  it("is refused below themselves, where they are, and where there is no room", async () => {
    const dan = await world.join("Dan", { under: anna });
    const eve = await world.join("Eve", { under: dan });
    await expect(reassign(dan, eve)).rejects.toMatchObject({ code: "below_referee" });
    await expect(reassign(dan, dan)).rejects.toMatchObject({ code: "own_link" });
    await expect(reassign(dan, anna)).rejects.toMatchObject({ code: "same_advocate" });
    await world.join("Full", { under: bob });
    await world.limit(1, "reject");
    await expect(reassign(eve, bob)).rejects.toMatchObject({ code: "direct_limit_reached" });
    expect(await failures()).toEqual([]);
  });

  it("finds the next open place below where the program spills over, and none below themselves", async () => {
    await world.limit(1, "spillover");
    const dan = await world.join("Dan", { under: anna });
    const full = await world.join("Full", { under: bob });
    const { referral } = await reassign(dan, bob);
    expect(referral).toMatchObject({ advocateId: full.id, inviterId: bob.id });
    // Below Bob everybody stands below Dan or is full.
    await expect(reassign(full, anna)).resolves.toMatchObject({ referral: { advocateId: anna.id } });
    expect(await failures()).toEqual([]);
  });
});

describe("at the same moment", () => {
  it("one place is given once", async () => {
    await world.limit(1, "reject");
    const carol = await world.join("Carol");
    const rivals = await Promise.all(Array.from({ length: 6 }, (_, n) => world.join(`Rival ${n}`)));
    const outcomes = await Promise.allSettled(rivals.map((rival) => reassign(rival, carol)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await failures()).toEqual([]);
  });

  it("a purchase is before a decision or after it, and pays the same", { timeout: 120_000 }, async () => {
    const dan = await world.join("Dan", { under: anna });
    for (let round = 0; round < ROUNDS; round++) {
      const to = round % 2 === 0 ? bob : anna;
      const from = round % 2 === 0 ? anna : bob;
      await Promise.all([reassign(dan, to), world.buy(dan, 200_000, { profit: 40_000 })]);
      const [theirs = 0] = await earned(to);
      const [nothing = 0] = await earned(from);
      expect([theirs, nothing]).toEqual([2000 * (round + 1), 0]);
    }
    expect(await failures()).toEqual([]);
  });

  it("a refund is before a decision or after it, and takes from whoever has it", {
    timeout: 120_000,
  }, async () => {
    const dan = await world.join("Dan", { under: anna });
    for (let round = 0; round < ROUNDS / 4; round++) {
      const sale = await world.buy(dan, 200_000, { profit: 40_000 });
      await Promise.all([reassign(dan, round % 2 === 0 ? bob : anna), world.refund(sale)]);
      expect([await earned(anna), await earned(bob)].flat().every((minor) => minor === 0)).toBe(true);
    }
    expect(await failures()).toEqual([]);
  });
});

type Bought = { buyer: number; profit: number; upline: number[]; refunded: boolean };

/** Who stands above whom, and what each of their purchases pays: 5 % to the first, 1 % to the second. */
class Oracle {
  readonly above = new Map<number, number>();
  readonly bought: Bought[] = [];
  uplineOf(person: number): number[] {
    const upline: number[] = [];
    for (let next = this.above.get(person); next !== undefined; next = this.above.get(next))
      upline.push(next);
    return upline;
  }
  buy(buyer: number, profit: number): void {
    this.bought.push({ buyer, profit, upline: this.uplineOf(buyer), refunded: false });
  }
  move(person: number, to: number): boolean {
    if (person === to || this.above.get(person) === to || this.uplineOf(to).includes(person)) return false;
    this.above.set(person, to);
    for (const one of this.bought) if (one.buyer === person) one.upline = this.uplineOf(person);
    return true;
  }
  earned(person: number): number {
    const shareOf = ({ profit, upline, refunded }: Bought): number => {
      if (refunded) return 0;
      if (upline[0] === person) return Math.floor(profit / 20);
      return upline[1] === person ? Math.floor(profit / 100) : 0;
    };
    return this.bought.reduce((sum, one) => sum + shareOf(one), 0);
  }
}

describe("whatever is decided", () => {
  const person = fc.nat({ max: 6 });
  const step = fc.oneof(
    fc.record({ do: fc.constant("buy" as const), who: person, profit: fc.integer({ min: 1, max: 99_999 }) }),
    fc.record({ do: fc.constant("move" as const), who: person, to: person }),
    fc.record({ do: fc.constant("refund" as const), sale: fc.nat({ max: 30 }) }),
  );
  const above = fc.array(fc.option(fc.nat({ max: 6 })), { minLength: 7, maxLength: 7 });

  it("the books agree with everybody's fresh share of what was moved", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(above, fc.array(step, { maxLength: 14 }), async (beginnings, steps) => {
        world = await createWorld(database.db);
        const oracle = new Oracle();
        const people: Person[] = [];
        for (const [index, beginning] of beginnings.entries()) {
          const under = beginning !== null && beginning < index ? people[beginning] : undefined;
          people.push(await world.join(`P ${index}`, { under }));
          if (under && beginning !== null) oracle.above.set(index, beginning);
        }
        const sales: Awaited<ReturnType<World["buy"]>>[] = [];
        for (const one of steps) {
          if (one.do === "buy") {
            sales.push(await world.buy(people[one.who] as Person, 200_000, { profit: one.profit }));
            oracle.buy(one.who, one.profit);
          } else if (one.do === "move") {
            const moving = reassign(people[one.who] as Person, people[one.to] as Person);
            if (oracle.move(one.who, one.to)) await moving;
            else await expect(moving).rejects.toHaveProperty("code");
          } else {
            const sale = sales[one.sale];
            const bought = oracle.bought[one.sale];
            if (!sale || !bought || bought.refunded) continue;
            bought.refunded = true;
            await world.refund(sale);
          }
        }
        for (const [index, one] of people.entries())
          expect((await earned(one))[0] ?? 0).toBe(oracle.earned(index));
        expect(await failures()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
