import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { NotificationList, PreferencesAnswer } from "./contract.ts";
import { notificationRoutes } from "./routes.ts";

const database = useDatabase();

let world: World;
let asha: Person;
let ben: Person;
let doors: Awaited<ReturnType<typeof openTestDoors>>;
const announced: string[] = [];

beforeAll(async () => {
  world = await createWorld(database.db, { timeZone: "Asia/Kolkata" });
  asha = await world.join("Asha", { externalId: "crm-1" });
  ben = await world.join("Ben", { under: asha });
  const chen = await world.join("Chen", { under: asha, language: "hi" });
  await world.buy(chen, 250_000, { profit: 60_000 });
  await world.work();
  doors = await openTestDoors(
    database.db,
    notificationRoutes({
      db: database.db,
      publicUrl: () => "https://refer.example",
      emailKey: "the key of a test",
      announce: (programId) => announced.push(programId),
    }),
  );
});
afterAll(() => doors.close());

const as = (person: Person) => participantActor(world.programId, person.id);
const list = async (person: Person, query = "") => {
  const { body } = await doors.get(as(person), `/v1/notifications${query}`);
  return body as unknown as NotificationList;
};

describe("the inbox", () => {
  it("is one's own, newest first, with how many are unread", async () => {
    const { data, unread_count: unread } = await list(asha);
    const messages = data.map(({ message }) => message);
    expect(messages.slice().sort()).toEqual([
      "earned_direct",
      "friend_joined",
      "friend_qualified",
      "welcome",
    ]);
    expect(messages.at(-1)).toBe("welcome");
    expect(unread).toBe(4);
    expect(data.every(({ read }) => !read)).toBe(true);
  });

  it("is read by nobody else: not by another participant, not by the team", async () => {
    const other = await doors.get(as(ben), `/v1/notifications?participant_id=${asha.id}`);
    expect(other.status).toBe(404);
    const marked = await doors.post(as(ben), "/v1/notifications/read", { participant_id: asha.id });
    expect(marked.status).toBe(404);
    const preferences = await doors.get(as(ben), `/v1/notification_preferences?participant_id=${asha.id}`);
    expect(preferences.status).toBe(404);
    const { unread_count: unread } = await list(asha);
    expect(unread).toBe(4);
  });

  it("is read by the program's own software, which says whose", async () => {
    const key = readingKey(world.programId);
    const found = await doors.get(key, "/v1/notifications?participant_id=ext:crm-1");
    expect(found.body["unread_count"]).toBe(4);
    expect((await doors.get(key, "/v1/notifications")).status).toBe(400);
  });

  it("comes in pages, and by topic", async () => {
    const first = await list(asha, "?limit=3");
    expect(first.data).toHaveLength(3);
    const second = await list(asha, `?limit=3&after=${first.next_cursor}`);
    expect(second.data.map(({ message }) => message)).toEqual(["welcome"]);
    const earned = await list(asha, "?topic=earnings,friends");
    expect(earned.data.map(({ topic }) => topic).sort()).toEqual(["earnings", "friends"]);
  });

  it("remembers what was read, one by one and all at once, and tells other screens", async () => {
    const { data } = await list(asha);
    const [first] = data;
    announced.length = 0;
    const one = await doors.post(as(asha), "/v1/notifications/read", { ids: [first?.id] });
    expect(one).toMatchObject({ status: 200, body: { unread_count: 3 } });
    expect(announced).toEqual([world.programId]);
    const unread = await list(asha, "?unread=true");
    expect(unread.data.map(({ id }) => id)).toEqual(data.slice(1).map(({ id }) => id));
    const theirs = await doors.post(as(ben), "/v1/notifications/read", { ids: data.map(({ id }) => id) });
    expect(theirs.status).toBe(200);
    expect((await list(asha)).unread_count).toBe(3);
    const all = await doors.post(as(asha), "/v1/notifications/read", {});
    expect(all.body).toEqual({ unread_count: 0 });
    expect((await list(asha, "?unread=true")).data).toEqual([]);
  });
});

describe("preferences", () => {
  const read = async (person: Person) =>
    (await doors.get(as(person), "/v1/notification_preferences")).body as unknown as PreferencesAnswer;
  const put = (person: Person, body: object) =>
    doors.ask(as(person), "PUT", "/v1/notification_preferences", { body });

  it("begin with everything in the app, and by mail what matters at once", async () => {
    const { topics, time_zone: zone, quiet_hours: quiet, ...rest } = await read(ben);
    expect(zone).toBe("Asia/Kolkata");
    expect(quiet).toBeNull();
    expect(rest).toMatchObject({ time_zone_is_own: false, language: "en", email: ben.email });
    expect(topics.every(({ in_app: isInApp }) => isInApp)).toBe(true);
    const paces = new Map(topics.map(({ topic, email }) => [topic, email]));
    expect(paces.get("available")).toBe("immediate");
    expect(paces.get("earnings")).toBe("weekly");
  });

  it("change what is sent and leave the rest", async () => {
    const quiet_hours = { from: "21:30", to: "07:00" };
    const topics = [{ topic: "earnings", in_app: true, email: "daily" }];
    const { body } = await put(ben, { quiet_hours, topics, language: "hi", time_zone: "Europe/Berlin" });
    expect(body).toMatchObject({
      language: "hi",
      quiet_hours,
      time_zone: "Europe/Berlin",
      time_zone_is_own: true,
    });
    await put(ben, { topics: [{ topic: "friends", in_app: false, email: "off" }] });
    const { topics: after, quiet_hours: kept } = await read(ben);
    const chosen = new Map(after.map((one) => [one.topic, one]));
    expect(chosen.get("earnings")).toMatchObject({ email: "daily", title: "मित्रों से कमाई" });
    expect(chosen.get("friends")).toMatchObject({ in_app: false, email: "off", email_default: "weekly" });
    expect(kept).toEqual(quiet_hours);
    expect((await put(ben, { time_zone: null, quiet_hours: null })).body).toMatchObject({
      ...{ time_zone: "Asia/Kolkata", time_zone_is_own: false, quiet_hours: null },
    });
  });

  it("refuse a zone, a clock or a topic there is not", async () => {
    const refused = [
      { time_zone: "Mars/Olympus" },
      { quiet_hours: { from: "22:00", to: "22:00" } },
      { quiet_hours: { from: "25:00", to: "07:00" } },
      { topics: [{ topic: "gossip", in_app: true, email: "off" }] },
      {},
    ];
    for (const body of refused)
      expect(await put(asha, body), JSON.stringify(body)).toMatchObject({
        status: 400,
        body: { code: "invalid_request" },
      });
  });

  it("are changed by a key that may write, for whom it names", async () => {
    const topics = [{ topic: "links", in_app: true, email: "off" }];
    const body = { participant_id: "ext:crm-1", topics };
    const path = "/v1/notification_preferences";
    expect((await doors.ask(readingKey(world.programId), "PUT", path, { body })).status).toBe(403);
    expect((await doors.ask(writingKey(world.programId), "PUT", path, { body })).status).toBe(200);
    expect((await read(asha)).topics.find(({ topic }) => topic === "links")?.email).toBe("off");
  });
});
