import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { deliverEvents } from "../events/deliver-events.ts";
import { findEvents } from "../events/find-events.ts";
import { subscribers } from "../worker.ts";
import type { NotificationAnswer } from "./contract.ts";
import { findNotices } from "./find-notices.ts";
import { recordNotices } from "./record-notices.ts";
import { recordRead } from "./record-read.ts";
import { setPreferences } from "./set-preferences.ts";
import { gather } from "./slot.ts";
import { listNotifications } from "./store.ts";

const database = useDatabase();

let world: World;
let asha: Person;
let ben: Person;

beforeAll(async () => {
  world = await createWorld(database.db, { template: "two-level" });
  asha = await world.join("Asha");
  ben = await world.join("Ben", { under: asha });
  await world.work();
});

/** A person's inbox, newest first. */
async function inbox(person: Pick<Person, "id">, of = world): Promise<NotificationAnswer[]> {
  return of.read(async (reader) => {
    const rows = await listNotifications(reader, {
      ...{ participantId: person.id, isUnread: false, topics: null, after: null, before: null },
      limit: 200,
    });
    const answers = await findNotices(reader, rows, "https://refer.example");
    return rows.flatMap(({ id }) => answers.get(id) ?? []);
  });
}

const titles = async (person: Pick<Person, "id">, of = world) =>
  (await inbox(person, of)).map(({ title }) => title);

describe("what happens to people", () => {
  it("is told to those it concerns, by the name they may know", async () => {
    expect(await titles(asha)).toEqual(["Ben joined", "Welcome to A small world"]);
    const [welcome] = await inbox(ben);
    expect(welcome).toMatchObject({
      message: "welcome_friend",
      text: "Asha brought you here. Your own link is ready too: you can bring friends yourself.",
      read: false,
    });
  });

  it("tells each level of its earnings, and names nobody further down", async () => {
    const chen = await world.join("Chen", { under: ben });
    await world.buy(chen, 250_000, { profit: 60_000 });
    await world.work();
    const earned = (await inbox(ben)).find(({ message }) => message === "earned_direct");
    expect(earned).toMatchObject({
      title: "You earned ₹30.00",
      text: "Chen made a purchase. It is on its way to you.",
      amount: { amount: 3_000, currency: "INR" },
      count: 1,
    });
    expect(earned?.url).toMatch(/^https:\/\/refer\.example\/app\/earnings\?reward=rwd_/);
    const indirect = (await inbox(asha)).find(({ message }) => message === "earned_indirect");
    expect(indirect).toMatchObject({
      title: "You earned ₹6.00 from your network",
      text: "Somebody whom Ben brought made a purchase. It is on its way to you.",
    });
    expect(JSON.stringify(await inbox(asha))).not.toContain("Chen");
    expect(await titles(ben)).toContain("Chen qualified");
  });

  it("is told in the language of whoever reads it", async () => {
    const dev = await world.join("देव", { under: asha, language: "hi" });
    const eva = await world.join("Eva", { under: dev });
    await world.buy(eva, 300_000_000, { profit: 200_000_000 });
    await world.work();
    const earned = (await inbox(dev)).find(({ message }) => message === "earned_direct");
    expect(earned).toMatchObject({
      language: "hi",
      title: "आपने ₹1,00,000.00 कमाए",
      text: "Eva ने ख़रीदारी की। यह रास्ते में है।",
    });
  });

  it("says why a sign-up does not count, and calls who is unknown a friend", async () => {
    const fay = await world.join("Fay", { email: "fay@twice.example" });
    await world.join("Fay", { email: "fay@twice.example", under: fay, externalId: "fay-2" });
    const gil = await world.join("Gil", { email: "gil@twice.example" });
    await world.join("Gil", { email: "gil@twice.example", under: fay, externalId: "gil-2" });
    await world.work();
    expect(gil.referral).toBeNull();
    const [told, ...rest] = await inbox(fay);
    expect(told).toMatchObject({
      title: "Gil does not count as your referral",
      text: "Gil already had an account, so this one doesn’t count.",
    });
    expect(rest.map(({ message }) => message)).toEqual(["welcome"]);
  });

  it("says what a refund took back", async () => {
    const hal = await world.join("Hal", { under: await world.join("Gus") });
    const sale = await world.buy(hal, 200_000, { profit: 100_000 });
    await world.refund(sale, 100_000);
    await world.work();
    const [gus] = hal.upline;
    const [reversed] = await inbox({ id: gus ?? hal.id });
    expect(reversed).toMatchObject({ message: "reward_reversed", title: "₹25.00 was taken back" });
  });
});

describe("exactly once", () => {
  it("survives a worker that ends between its work and its commit", async () => {
    const own = await createWorld(database.db);
    const ida = await own.join("Ida");
    await own.join("Jon", { under: ida });
    const [subscriber] = subscribers(own).filter(({ name }) => name === "notifications");
    if (!subscriber || !("handle" in subscriber)) throw new Error("Nobody notifies.");
    const killed = {
      ...subscriber,
      handle: async (...given: Parameters<typeof subscriber.handle>) => {
        await subscriber.handle(...given);
        throw new Error("killed");
      },
    };
    const failing = async () => {
      for (;;) {
        const done = await deliverEvents(own.db, own.programId, killed);
        if (done === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await expect(failing()).rejects.toThrow("killed");
    await expect(failing()).rejects.toThrow("killed");
    expect(await titles(ida, own)).toEqual([]);
    await own.work();
    await own.work();
    expect(await titles(ida, own)).toEqual(["Jon joined", "Welcome to A small world"]);
    const start = { position: 0n, id: "" };
    const told = await own.read(async (reader) =>
      findEvents(reader, start, await own.db.horizon(reader), 100, ["notification.created"]),
    );
    expect(told.map(({ audience }) => audience[0]).filter((id) => id === ida.id)).toHaveLength(2);
  });

  it("two workers at once tell it once", async () => {
    const own = await createWorld(database.db);
    const kim = await own.join("Kim");
    await Promise.all([own.work(), own.work(), own.work()]);
    expect(await titles(kim, own)).toEqual(["Welcome to A small world"]);
  });
});

describe("a busy upline", () => {
  it("reads one notice of a thousand purchases, with their number and their sum", async () => {
    const own = await createWorld(database.db);
    const top = await own.join("Top");
    const friends = await own.joinTogether(
      Array.from({ length: 4 }, (_, n) => ({ name: `Friend ${n}`, under: top })),
    );
    await own.work();
    await own.write((tx) => recordRead(tx, top.id, null));
    const buyers = Array.from({ length: 250 }, () => friends).flat();
    for (let at = 0; at < buyers.length; at += 50)
      await Promise.all(
        buyers.slice(at, at + 50).map((friend) => own.buy(friend, 200_000, { profit: 10_000 })),
      );
    await own.work();
    const earned = (await inbox(top, own)).filter(({ message }) => message === "earned_direct");
    // Minutes are counted by the clock, and one may end while these are made.
    expect(earned.length).toBeLessThanOrEqual(2);
    expect(earned.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
    expect(earned.reduce((sum, { amount }) => sum + (amount?.amount ?? 0), 0)).toBe(1_000 * 500);
    expect(earned[0]?.text).toMatch(/^Your friends made [\d,]+ purchases\./);
  }, 120_000);

  it("is told anew after reading", async () => {
    const own = await createWorld(database.db);
    const top = await own.join("Top");
    const friend = await own.join("Friend", { under: top });
    await own.buy(friend, 200_000, { profit: 10_000 });
    await own.work();
    await own.write((tx) => recordRead(tx, top.id, null));
    await own.buy(friend, 200_000, { profit: 10_000 });
    await own.work();
    const earned = (await inbox(top, own)).filter(({ message }) => message === "earned_direct");
    expect(earned.map(({ count, read }) => [count, read])).toEqual([
      [1, false],
      [1, true],
    ]);
  });
});

describe("what happened long ago", () => {
  it("is there, and waits for nobody to read it", async () => {
    const own = await createWorld(database.db);
    const old = await own.join("Old");
    const now = new Date();
    const tell = (daysAgo: number) => {
      const at = new Date(now.getTime() - daysAgo * 86_400_000);
      const what = {
        participantId: old.id,
        message: "reinstated",
        isGrouped: false,
        facts: {},
        amount: null,
      };
      return own.write((tx) => recordNotices(tx, gather([{ ...what, key: `${daysAgo} days ago`, at }])));
    };
    await tell(8);
    await tell(6);
    expect((await inbox(old, own)).map(({ read }) => read).sort()).toEqual([false, true]);
  });
});

describe("a preference", () => {
  it("keeps a topic out of the app, or out of everywhere", async () => {
    const own = await createWorld(database.db);
    const lea = await own.join("Lea");
    await own.write((tx) =>
      setPreferences(tx, lea.id, { choices: { friends: { isInApp: false, pace: "off" } } }),
    );
    await own.join("Max", { under: lea });
    await own.work();
    expect(await titles(lea, own)).toEqual(["Welcome to A small world"]);
  });
});
