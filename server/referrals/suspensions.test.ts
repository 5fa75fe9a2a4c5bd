import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { openReferralDoors } from "../../tests/support/referral-doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findNewestEvents } from "../events/find-newest-events.ts";
import { findReferrals } from "./find-referrals.ts";
import { streamParticipant } from "./stream-participant.ts";
import { verifyReferrals } from "./verify-referrals.ts";

const database = useDatabase();

let world: World;
let anna: Person;
let doors: Awaited<ReturnType<typeof openReferralDoors>>;

beforeAll(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  doors = await openReferralDoors(world);
});
afterAll(() => doors.close());

const key = () => writingKey(world.programId);
const suspend = (id: string, reason = "We are checking orders.") =>
  doors.post(key(), `/v1/participants/${id}/suspend`, { reason });
const reinstate = (id: string) => doors.post(key(), `/v1/participants/${id}/reinstate`, {});
const told = async (id: string) => {
  const { body } = await doors.get(key(), "/v1/events");
  return (body["data"] as { type: string; data: { object: { id: string } } }[])
    .filter(({ type, data }) => /suspended|updated/.test(type) && data.object.id === id)
    .map(({ type }) => type);
};
const statusOf = async (id: string) =>
  (await world.read((reader) => findReferrals(reader, [id]))).get(id)?.status;

describe("suspending somebody", () => {
  it("says why and since when, also to them, and happens once", async () => {
    const first = await suspend(anna.id);
    expect(first).toMatchObject({
      status: 200,
      body: { status: "suspended", suspension: { reason: "We are checking orders." } },
    });
    const second = await suspend(anna.id, "Another reason.");
    expect(second.body["suspension"]).toEqual(first.body["suspension"]);
    expect(await told(anna.id)).toEqual(["participant.suspended"]);
    const own = await doors.get(participantActor(world.programId, anna.id), "/v1/participants/me");
    expect(own.body).toMatchObject({ status: "suspended", suspension: first.body["suspension"] });
    const seen: string[] = [];
    const view = streamParticipant(anna.id);
    const events = await world.read((reader) => findNewestEvents(reader, null, 20));
    for (const event of events) if (view.sees(event)) seen.push(event.type);
    expect(seen).toEqual(["participant.suspended"]);
  });

  it("makes a sign-up under them not count, until they are reinstated", async () => {
    const bob = await world.join("Bob", { under: anna });
    expect(bob.referral).toMatchObject({ status: "not_eligible", reasons: ["advocate_not_active"] });
    const again = await reinstate(anna.id);
    expect(again).toMatchObject({ status: 200, body: { status: "active", suspension: null } });
    expect((await reinstate(anna.id)).status).toBe(200);
    expect(await told(anna.id)).toEqual(["participant.updated", "participant.suspended"]);
    expect((await world.join("Carol", { under: anna })).referral?.status).toBe("joined");
  });

  it("is for the team's reviewers and keys that may write, with a reason", async () => {
    const path = `/v1/participants/${anna.id}/suspend`;
    const answers = [
      await doors.post(readingKey(world.programId), path, { reason: "No." }),
      await doors.post(participantActor(world.programId, anna.id), path, { reason: "No." }),
      await doors.post(key(), path, {}),
      await doors.post(key(), path, { reason: " " }),
      await doors.post(key(), "/v1/participants/par_nobody/suspend", { reason: "No." }),
      await doors.post(key(), "/v1/participants/par_nobody/reinstate", {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 400, 400, 404, 404]);
  });
});

describe("who waits for somebody suspended", () => {
  it("gets the place when they are reinstated", async () => {
    await world.limit(1, "waitlist");
    const eve = await world.join("Eve");
    await world.join("Fay", { under: eve });
    const gus = await world.join("Gus", { under: eve });
    await suspend(eve.id);
    await world.limit(2, "waitlist");
    await reinstate(eve.id);
    expect(await statusOf(gus.id)).toBe("joined");
  });
});

describe("the places below", () => {
  it("leave out whoever is suspended and take them in again", async () => {
    await world.limit(1, "spillover");
    const hal = await world.join("Hal");
    const ida = await world.join("Ida", { under: hal });
    await suspend(ida.id);
    const jon = await world.join("Jon", { under: hal });
    expect(jon.referral).toMatchObject({ status: "not_eligible", reasons: ["direct_limit_reached"] });
    await reinstate(ida.id);
    const kim = await world.join("Kim", { under: hal });
    expect(kim.referral).toMatchObject({ status: "joined", advocateId: ida.id, inviterId: hal.id });
    await world.work();
    const checks = await verifyReferrals(world.db, world.programId);
    expect(checks.flatMap(({ detail }) => detail ?? [])).toEqual([]);
  });
});
