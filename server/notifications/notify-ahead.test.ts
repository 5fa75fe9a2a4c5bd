import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Tx } from "../platform/database.ts";
import { launchPromotion } from "../rewards/launch-promotion.ts";
import { twoLevel } from "../rewards/templates/two-level.ts";
import { findNotices } from "./find-notices.ts";
import type { AheadKind } from "./find-occasions-ahead.ts";
import { notifyAhead } from "./notify-ahead.ts";
import { notifyEverybody } from "./notify-everybody.ts";
import { listNotifications } from "./store.ts";

const database = useDatabase();
const DAY_MS = 86_400_000;

let world: World;
let asha: Person;
let ben: Person;

beforeAll(async () => {
  world = await createWorld(database.db);
  await world.publish({
    ...(twoLevel.document(world.currency) as object),
    ...{ examples: [], hold_days: 0, expires_days: { points: 30 } },
    rules: [{ id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 10 }] }],
  });
  asha = await world.join("Asha");
  ben = await world.join("Ben", { under: asha });
});

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const at = <T>(now: Date, fn: (tx: Tx) => Promise<T>) => world.write((tx) => fn(Object.assign(tx, { now })));
const ahead = (now: Date, kind: AheadKind) => at(now, (tx) => notifyAhead(tx, kind));

async function told(person: Person, message: string): Promise<{ title: string; text: string }[]> {
  return world.read(async (reader) => {
    const rows = await listNotifications(reader, {
      ...{ participantId: person.id, isUnread: false, topics: null, after: null, before: null, limit: 100 },
    });
    const answers = await findNotices(reader, rows, "https://refer.example");
    return rows.flatMap(({ id }) => answers.get(id) ?? []).filter((one) => one.message === message);
  });
}

describe("what comes by the calendar", () => {
  it("is told of a friend who is one step away, some days after they joined, once", async () => {
    const cleo = await world.join("Cleo", { under: asha });
    await ahead(inDays(2), "friends");
    expect(await told(asha, "friend_one_step_away")).toEqual([]);
    for (const days of [3.1, 3.2, 4]) await ahead(inDays(days), "friends");
    const [notice, ...more] = await told(asha, "friend_one_step_away");
    expect(notice?.title).toBe("2 friends are one step away, Cleo among them");
    expect(more).toEqual([]);
    expect(cleo.referral?.status).toBe("joined");
  });

  it("is told seven days before something expires, once", async () => {
    await world.buy(ben, 200_000);
    await ahead(inDays(22), "rewards");
    expect(await told(asha, "reward_expiring")).toEqual([]);
    for (const days of [23.5, 24, 26]) await ahead(inDays(days), "rewards");
    const notices = await told(asha, "reward_expiring");
    expect(notices.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^10 points expires on \d+ \w+ 20\d\d$/),
    ]);
  });

  it("is told three days before a link expires", async () => {
    await world.write((tx) =>
      tx.run(sql`
        update links set expires_at = ${inDays(10)}, label = 'Diwali'
         where program_id = ${tx.programId} and participant_id = ${ben.id}`),
    );
    await ahead(inDays(6), "links");
    expect(await told(ben, "link_expiring")).toEqual([]);
    for (const days of [7.5, 8, 9]) await ahead(inDays(days), "links");
    expect((await told(ben, "link_expiring")).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Your link Diwali expires on /),
    ]);
  });

  it("is told of the statement of a month in which something moved", async () => {
    const later = inDays(35);
    for (const days of [35, 35.1]) await ahead(inDays(days), "statements");
    const months = [0, 35].map((days) => inDays(days).toISOString().slice(0, 7));
    const isNextMonth = months[0] !== months[1];
    expect(isNextMonth).toBe(true);
    const notices = await told(asha, "statement_ready");
    // The purchase was in the month before, unless that lies two months back.
    const before = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() - 1, 1));
    const wasThen = before.toISOString().slice(0, 7) === months[0];
    expect(notices).toHaveLength(wasThen ? 1 : 0);
    expect(await told(ben, "statement_ready")).toEqual([]);
  });
});

describe("what everybody is told", () => {
  it("is that a promotion begins and has its last day, and that the rules change; each once", async () => {
    const day = (days: number) => inDays(days).toISOString().slice(0, 19);
    const document = {
      ...{ name: "Double week", starts_at: day(1), ends_at: day(8), multiplier: "200", rules: ["points"] },
    };
    await world.write((tx) => launchPromotion(tx, document));
    const everybody = async (days: number) => {
      while ((await at(inDays(days), notifyEverybody)) > 0);
    };
    for (const days of [0, 0.5]) await everybody(days);
    expect(await told(ben, "promotion_started")).toEqual([]);
    for (const days of [1.1, 1.2]) await everybody(days);
    for (const days of [7.2, 7.3]) await everybody(days);
    await everybody(9);
    for (const person of [asha, ben]) {
      expect((await told(person, "promotion_started")).map(({ title }) => title)).toEqual([
        "Double week has begun",
      ]);
      expect((await told(person, "promotion_last_day")).map(({ title }) => title)).toEqual([
        "Last day: Double week",
      ]);
      expect(await told(person, "rules_changed")).toHaveLength(1);
    }
  });
});
