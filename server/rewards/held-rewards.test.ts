import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { ConversionReport } from "../conversions/conversion.ts";
import { deliverEvents } from "../events/deliver-events.ts";
import { reinstateParticipant } from "../referrals/reinstate-participant.ts";
import { suspendParticipant } from "../referrals/suspend-participant.ts";
import { subscribers } from "../worker.ts";
import { acceptSignIn } from "./accept-sign-in.ts";
import { createRewards } from "./create-rewards.ts";
import { createSignInMemory } from "./create-sign-in-memory.ts";
import { type ActivityQuestion, findActive } from "./find-active.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { reverseChargeback } from "./reverse-chargeback.ts";
import { reverseRewards } from "./reverse-rewards.ts";
import { INACTIVE_UPLINE, UNUSED } from "./reward-use.ts";
import { settleConversions } from "./settle-conversions.ts";
import { twoLevel } from "./templates/two-level.ts";

const database = useDatabase();
const DAY_MS = 86_400_000;
const AMOUNT = 2_000;
/** More than are let go at once. */
const MANY = 501;

let world: World;
let anna: Person;
let bob: Person;

beforeEach(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
});

/** A reward for Anna on a purchase of Bob's that pays nothing by itself. */
async function hold(availableAt: Date, planVersion = 1, count = 1): Promise<void> {
  const { conversion } = await world.buy(bob, 100);
  await world.write(async (tx) => {
    const people = { participantId: anna.id, refereeId: bob.id, legParticipantId: bob.id };
    const terms = { level: 1, planVersion, kind: "commission" as const };
    const worth = { amountMinor: BigInt(AMOUNT), reversedMinor: 0n, currency: "INR" };
    const waiting = { ...UNUSED, status: "held" as const, holdReason: INACTIVE_UPLINE };
    const reward = { conversionId: conversion.id, ...people, ...terms, ...worth, ...waiting };
    const rewards = Array.from({ length: count }, (_, n) => {
      const rule = count === 1 ? "level-share" : `level-share-${n}`;
      return { ...reward, id: tx.newId("rwd"), rule, availableAt, createdAt: tx.now, settlement: 1 };
    });
    await createRewards(tx, [
      {
        conversion,
        rewards,
        referralStatus: null,
        qualifies: false,
        rate: null,
        facts: { plan: { document: {} as never } },
      },
    ]);
  });
}

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

const suspend = () => world.write((tx) => suspendParticipant(tx, anna.id, "We are looking."));
const reinstate = () => world.write((tx) => reinstateParticipant(tx, anna.id));
const purses = async () => {
  const [balance] = await world.balances(anna);
  return balance && { held: balance.held, pending: balance.pending, available: balance.available };
};
const later = () => new Date(Date.now() + DAY_MS);

describe("what is held for somebody who is suspended", () => {
  it("goes on its way when they are reinstated, and not before", async () => {
    await suspend();
    await hold(later());
    await world.work();
    expect(await purses()).toEqual({ held: AMOUNT, pending: 0, available: 0 });
    await reinstate();
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: AMOUNT, available: 0 });
  });

  it("is available at once where its days are over", async () => {
    await suspend();
    await hold(new Date(Date.now() - DAY_MS));
    await reinstate();
    await world.work();
    await world.release();
    expect(await purses()).toEqual({ held: 0, pending: 0, available: AMOUNT });
  });

  it("stays held through their own visits and purchases", async () => {
    await suspend();
    await hold(later());
    expect(await world.write((tx) => acceptSignIn(tx, anna.id))).toBe(0);
    await world.buy(anna, 500);
    await world.work();
    expect(await purses()).toMatchObject({ held: AMOUNT });
  });

  it("is let go once, however often somebody is reinstated", async () => {
    await suspend();
    await hold(later());
    expect([await reinstate(), await reinstate()]).toEqual([true, false]);
    await world.work();
    await suspend();
    await reinstate();
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: AMOUNT, available: 0 });
  });
});

describe("what a plan holds", () => {
  const holding = () =>
    world.publish({ ...(twoLevel.document("INR") as object), ...{ inactive_upline: "hold", hold_days: 1 } });

  it("goes on its way where a bank gives it back after they were reinstated", async () => {
    await holding();
    await suspend();
    const { conversion, rewards } = await world.buy(bob, 200_000);
    const [held] = rewards;
    const amount = { minor: 200_000n, currency: "INR" };
    const { refund } = await world.write((tx) =>
      reverseRewards(tx, { kind: "chargeback", conversion: conversion.id, externalId: "back", amount }),
    );
    await reinstate();
    await world.work();
    await world.write((tx) => reverseChargeback(tx, refund.id));
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: Number(held?.amountMinor), available: 0 });
  });

  it("goes on its way where they were reinstated while it was being settled", async () => {
    await holding();
    await suspend();
    const report: ConversionReport = {
      ...{ kind: "purchase", externalId: "under-way", participant: bob.id, fingerprint: "under way" },
      ...{ amount: { minor: 200_000n, currency: "INR" }, profit: null, occurredAt: null },
      ...{ product: null, metadata: null },
    };
    const reported = [{ report, actor: { kind: "system" } as const, requestId: "req_of_a_test" }];
    const looked = signal();
    const heard = signal();
    // It looks before they are reinstated for others to see, and ends after everybody has heard of that.
    const settling = await world.write(async (tx) => {
      await reinstateParticipant(tx, anna.id);
      const end = world.write(async (other) => {
        const desk = await findSettlementFacts(other, [report], world.plans);
        looked.give();
        await heard.given;
        await settleConversions(other, reported, desk);
      });
      await looked.given;
      return { end };
    });
    for (const subscriber of subscribers(world))
      if (subscriber.name === "held-rewards") await deliverEvents(world.db, world.programId, subscriber);
    heard.give();
    await settling.end;
    expect(await purses()).toMatchObject({ held: 10_000 });
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: 10_000, available: 0 });
  });

  it("goes on its way in whatever number", async () => {
    await suspend();
    await hold(later(), 1, MANY);
    await reinstate();
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: MANY * AMOUNT, available: 0 });
  });
});

describe("what is held for somebody who has been away", () => {
  it("goes on its way with their own purchase", async () => {
    await hold(later());
    await world.buy(anna, 500);
    await world.work();
    expect(await purses()).toEqual({ held: 0, pending: AMOUNT, available: 0 });
  });

  it("goes on its way with their first visit of a day", async () => {
    await world.write((tx) => acceptSignIn(tx, anna.id));
    await hold(later());
    expect(await world.write((tx) => acceptSignIn(tx, anna.id))).toBe(0);
    await world.write((tx) =>
      tx.run(sql`delete from participant_activity where program_id = ${tx.programId}`),
    );
    expect(await world.write((tx) => acceptSignIn(tx, anna.id))).toBe(1);
    expect(await purses()).toEqual({ held: 0, pending: AMOUNT, available: 0 });
  });

  it("stays where the plan asks for something else", async () => {
    const activity = { within_days: 30, by: ["purchase"] };
    await world.publish({ ...(twoLevel.document("INR") as object), inactive_upline: "hold", activity });
    await hold(later(), 2);
    expect(await world.write((tx) => acceptSignIn(tx, anna.id))).toBe(0);
    expect(await purses()).toMatchObject({ held: AMOUNT });
    await world.buy(anna, 500);
    await world.work();
    expect(await purses()).toMatchObject({ held: 0, pending: AMOUNT });
  });

  it("stays where a purchase of somebody else is settled", async () => {
    const activity = { within_days: 30, by: ["purchase"] };
    await world.publish({ ...(twoLevel.document("INR") as object), inactive_upline: "hold", activity });
    await hold(later(), 2);
    await world.buy(bob, 500);
    await world.work();
    expect(await purses()).toMatchObject({ held: AMOUNT });
  });
});

describe("whether somebody was active", () => {
  const NOON = Date.UTC(2026, 4, 20, 12);
  const ask = (days: number, by: readonly ("purchase" | "sign_in")[], at: number): ActivityQuestion => ({
    participantId: anna.id,
    at: new Date(at),
    activity: { withinDays: days, by },
  });
  const answer = (questions: ActivityQuestion[]) => world.read((reader) => findActive(reader, questions));

  it("by purchase is asked to the moment: the first of the days not included, the last is", async () => {
    await world.buy(anna, 500, { at: new Date(NOON) });
    await world.buy(anna, 500, { at: new Date(NOON), kind: "renewal" });
    const days = 30 * DAY_MS;
    const moments = [NOON - 1, NOON, NOON + days - 1, NOON + days];
    expect(await answer(moments.map((at) => ask(30, ["purchase"], at)))).toEqual([false, true, true, false]);
    expect(await answer([ask(30, ["sign_in"], NOON)])).toEqual([false]);
  });

  it("by purchase does not count what was no purchase", async () => {
    await world.buy(anna, 500, { at: new Date(NOON), kind: "renewal" });
    expect(await answer([ask(30, ["purchase"], NOON)])).toEqual([false]);
  });

  it("by visit is asked by whole days", async () => {
    await world.write((tx) =>
      tx.run(sql`
        insert into participant_activity (program_id, participant_id, day)
        values (${tx.programId}, ${anna.id}, '2026-05-20')`),
    );
    const moments = [
      Date.UTC(2026, 4, 19, 23, 59),
      Date.UTC(2026, 4, 20),
      Date.UTC(2026, 4, 26, 23, 59),
      Date.UTC(2026, 4, 27),
    ];
    expect(await answer(moments.map((at) => ask(7, ["sign_in"], at)))).toEqual([false, true, true, false]);
    expect(await answer([ask(7, ["purchase", "sign_in"], NOON)])).toEqual([true]);
  });

  it("is answered in the order of the questions, yes where no plan asks", async () => {
    await world.buy(bob, 500, { at: new Date(NOON) });
    const idle = ask(5, ["purchase", "sign_in"], NOON);
    const free = { ...idle, activity: null };
    expect(await answer([free, idle, { ...idle, participantId: bob.id }, free])).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(await answer([])).toEqual([]);
  });
});

describe("the memory of visits", () => {
  it("knows a person by program and day", () => {
    const memory = createSignInMemory();
    memory.add("prg_a", "par_1", "2026-05-20");
    expect([
      memory.has("prg_a", "par_1", "2026-05-20"),
      memory.has("prg_a", "par_1", "2026-05-21"),
      memory.has("prg_b", "par_1", "2026-05-20"),
    ]).toEqual([true, false, false]);
  });
});
