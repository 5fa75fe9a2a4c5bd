import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey } from "../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { participantRoutes } from "./routes.ts";

const database = useDatabase();
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000);
const LONG_BEFORE = new Date(Date.now() - 60 * 86_400_000);
const THIS_MONTH = new Date().toISOString().slice(0, 7);

let world: World;
let neighbour: World;
let anna: Person;
let bob: Person;
let doors: Awaited<ReturnType<typeof openTestDoors>>;

beforeAll(async () => {
  world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  neighbour = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  anna = await world.join("Anna", { externalId: "customer/1" });
  bob = await world.join("Bob", { under: anna });
  await world.buy(bob, 200_000, { profit: 40_000, at: LONG_AGO });
  await world.refund(await world.buy(bob, 300_000, { profit: 60_000 }), 100_000);
  doors = await openTestDoors(database.db, participantRoutes({ db: database.db }));
});
afterAll(() => doors.close());

const asKey = (url: string) => doors.get(readingKey(world.programId), url);
const asAnna = (url: string) => doors.get(participantActor(world.programId, anna.id), url);
const asBob = (url: string) => doors.get(participantActor(world.programId, bob.id), url);
const BALANCE = [{ currency: "INR", pending: 2_000, available: 2_000, held: 0, paid: 0 }];

describe("the balance", () => {
  it("is read by our id, by the caller's own and by the participant themselves", async () => {
    for (const answer of [
      await asKey(`/v1/participants/${anna.id}/balance`),
      await asKey(`/v1/participants/ext:${encodeURIComponent("customer/1")}/balance`),
      await asAnna("/v1/participants/me/balance"),
      await asAnna(`/v1/participants/${anna.id}/balance`),
    ])
      expect(answer).toMatchObject({ status: 200, body: { data: BALANCE } });
    expect(await asBob("/v1/participants/me/balance")).toMatchObject({ status: 200, body: { data: [] } });
  });

  it("of somebody else cannot be told from that of nobody", async () => {
    const refusals = [
      await asBob(`/v1/participants/${anna.id}/balance`),
      await asBob(`/v1/participants/ext:${encodeURIComponent("customer/1")}/balance`),
      await asKey("/v1/participants/par_nobody/balance"),
      await asKey("/v1/participants/me/balance"),
      await doors.get(readingKey(neighbour.programId), `/v1/participants/${anna.id}/balance`),
    ];
    for (const { status, body } of refusals) expect([status, body["code"]]).toEqual([404, "not_found"]);
  });
});

describe("the entries", () => {
  it("come newest first with their reward, and add up to the balance", async () => {
    const { body } = await asAnna("/v1/participants/me/entries");
    const data = body["data"] as Record<string, unknown>[];
    expect(data.map(({ purse, amount, reason }) => [purse, amount, reason])).toEqual([
      ["pending", -1_000, "reversed"],
      ["pending", 3_000, "granted"],
      ["available", 2_000, "granted"],
    ]);
    expect(data[0]).toMatchObject({ currency: "INR", reward_id: expect.stringMatching(/^rwd_/) });
    expect(body).toMatchObject({ has_more: false, next_cursor: null });
  });

  it("are paged by cursors that lead both ways", async () => {
    const first = (await asAnna("/v1/participants/me/entries?limit=2")).body;
    expect(first).toMatchObject({ has_more: true, prev_cursor: null });
    const second = (await asAnna(`/v1/participants/me/entries?limit=2&after=${first["next_cursor"]}`)).body;
    expect(second["data"]).toHaveLength(1);
    const back = (await asAnna(`/v1/participants/me/entries?limit=2&before=${second["prev_cursor"]}`)).body;
    expect(back["data"]).toEqual(first["data"]);
    const wrong = await asAnna("/v1/participants/me/entries?after=yesterday");
    expect([wrong.status, wrong.body["code"]]).toEqual([400, "invalid_cursor"]);
  });
});

describe("the statement", () => {
  it("opens with nothing and closes with the balance in the month of the first reward", async () => {
    const { status, body } = await asAnna(`/v1/participants/me/statements/${THIS_MONTH}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      period: THIS_MONTH,
      from: `${THIS_MONTH}-01T00:00:00.000Z`,
      opening: [{ currency: "INR", pending: 0, available: 0, held: 0, paid: 0 }],
      closing: BALANCE,
      has_more: false,
    });
    expect(body["entries"]).toHaveLength(3);
  });

  it("refuses what is no month", async () => {
    for (const month of ["2026-13", "yesterday", "2026-03-01"])
      expect((await asAnna(`/v1/participants/me/statements/${month}`)).status).toBe(400);
  });
});
