import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { openReferralDoors } from "../../tests/support/referral-doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import { setProgram } from "../programs/set-program.ts";
import { findReferrals } from "./find-referrals.ts";

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
const enrol = async (fields: object) =>
  (await doors.post(key(), "/v1/participants", { name: "Somebody", ...fields })).body;

describe("the segment of a participant and the channel of a referral", () => {
  it("are given at sign-up, shown, and read by whoever settles", async () => {
    const referral = { code: anna.link.code, channel: "newsletter" };
    const bob = await enrol({ email: "bob@example.com", country: "IN", segment: "founding", referral });
    expect(bob).toMatchObject({ segment: "founding", referral: { channel: "newsletter" } });
    const id = String(bob["id"]);
    const { body } = await doors.get(key(), `/v1/participants/${id}`);
    expect(body).toMatchObject({ segment: "founding", referral: { channel: "newsletter" } });
    const buyers = await world.read((reader) => findBuyers(reader, [id], 1));
    expect(buyers.get(id)).toMatchObject({ country: "IN", segment: "founding" });
    const referrals = await world.read((reader) => findReferrals(reader, [id]));
    expect(referrals.get(id)).toMatchObject({ channel: "newsletter" });
    const list = await doors.get(key(), "/v1/referrals");
    expect(list.body["data"]).toMatchObject([{ referee_id: id, channel: "newsletter" }]);
  });

  it("are null where nothing was said, and no longer than 64 characters", async () => {
    expect(anna).toMatchObject({ segment: null });
    const long = await enrol({ email: "long@example.com", segment: "x".repeat(65) });
    expect(long["code"]).toBe("invalid_request");
    const channel = "x".repeat(65);
    const far = await enrol({ email: "far@example.com", referral: { code: anna.link.code, channel } });
    expect(far["code"]).toBe("invalid_request");
  });

  it("can be asked for in the list of participants", async () => {
    await enrol({ email: "c@example.com", segment: "students" });
    const { body } = await doors.get(key(), "/v1/participants?segment=students");
    expect(body["data"]).toMatchObject([{ email: "c@example.com", segment: "students" }]);
  });
});

describe("the language of a participant", () => {
  it("is the program's where nobody says, and can be said at sign-up and later", async () => {
    await world.write(async (tx) => setProgram(tx, { language: "hi" }));
    const quiet = await enrol({ email: "quiet@example.com" });
    const english = await enrol({ email: "english@example.com", language: "en" });
    expect([quiet["language"], english["language"]]).toEqual(["hi", "en"]);
    await world.write(async (tx) => setProgram(tx, { language: "en" }));
    const { body } = await doors.patch(key(), `/v1/participants/${quiet["id"]}`, { language: "en" });
    expect(body["language"]).toBe("en");
    expect(await enrol({ email: "x@example.com", language: "xx" })).toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("changing a participant", () => {
  const change = (actor: Parameters<typeof doors.patch>[0], id: string, body: object) =>
    doors.patch(actor, `/v1/participants/${id}`, body);

  it("sets the segment and the country, and takes them away", async () => {
    const dan = await world.join("Dan", { segment: "old", country: "DE" });
    const changed = await change(key(), dan.id, { segment: "new", country: "IN" });
    expect(changed).toMatchObject({ status: 200, body: { id: dan.id, segment: "new", country: "IN" } });
    const without = await change(key(), dan.id, { segment: null });
    expect(without.body).toMatchObject({ segment: null, country: "IN" });
  });

  it("is told to the program once, and not where nothing changed", async () => {
    const eve = await world.join("Eve");
    await change(key(), eve.id, { segment: "a" });
    await change(key(), eve.id, { segment: "a" });
    const { body } = await doors.get(key(), "/v1/events");
    const told = (body["data"] as { type: string; data: { object: { id: string } } }[]).filter(
      ({ type, data }) => type === "participant.updated" && data.object.id === eve.id,
    );
    expect(told).toMatchObject([{ data: { object: { segment: "a", changed: ["segment"], name: "Eve" } } }]);
  });

  it("lets people say themselves whether friends read their name and news is sent, and nothing else", async () => {
    const fay = await world.join("Fay");
    const herself = participantActor(world.programId, fay.id);
    const said = { name_shown: true, marketing_consent: true };
    expect(await change(herself, "me", said)).toMatchObject({ status: 200, body: said });
    expect((await change(herself, fay.id, { marketing_consent: false })).body).toMatchObject({
      name_shown: true,
      marketing_consent: false,
    });
    expect((await change(herself, fay.id, { name_shown: false, country: "IN" })).status).toBe(403);
    expect((await change(herself, anna.id, { name_shown: true })).status).toBe(404);
    expect((await doors.get(key(), `/v1/participants/${fay.id}`)).body).toMatchObject({ name_shown: true });
  });

  it("is for those who may write, and about people of the program", async () => {
    const answers = [
      await change(readingKey(world.programId), anna.id, { segment: "a" }),
      await change(participantActor(world.programId, anna.id), anna.id, { segment: "a" }),
      await change(key(), "par_nobody", { segment: "a" }),
      await change(key(), anna.id, {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 404, 400]);
  });
});
