import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { openTestDoors, participantActor, writingKey } from "../../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../../tests/support/world.ts";
import { SHARE_CHANNELS } from "../../links/share-channel.ts";
import { rewardsRoutes } from "../routes.ts";

const URL = "http://refer.example";
const database = useDatabase();
let doors: Awaited<ReturnType<typeof openTestDoors>>;
let world: World;
let asha: Person;

beforeAll(async () => {
  world = await createWorld(database.db, { name: "Chai & Co" });
  const deps = { db: database.db, plans: world.plans, publicUrl: () => URL, announceAccess: () => {} };
  doors = await openTestDoors(database.db, rewardsRoutes(deps as never));
  asha = await world.join("Asha");
});
afterAll(() => doors.close());

type Share = {
  link: { url: string };
  card_url: string;
  channels: { channel: string; url: string }[];
  texts: { language: string; subject: string; text: string; disclosure: string }[];
};
const shareOf = async (actor = writingKey(world.programId)) =>
  (await doors.get(actor, `/v1/participants/${asha.id}/share`)).body as unknown as Share;
const tap = (channel: string, actor = participantActor(world.programId, asha.id)) =>
  doors.post(actor, "/v1/participants/me/shares", { channel });

describe("what somebody shares", () => {
  it("is their link, marked for every channel, with a picture", async () => {
    const share = await shareOf();
    expect(share.link.url).toBe(`${URL}/${asha.link.code}`);
    expect(share.card_url).toBe(`${URL}/og/${asha.link.code}.png`);
    expect(share.channels.map(({ channel }) => channel).sort()).toEqual([...SHARE_CHANNELS].sort());
    for (const { channel, url } of share.channels) expect(url).toBe(`${share.link.url}?ch=${channel}`);
  });

  it("says who earns in every language, in the program's own words where it has some", async () => {
    const ours = (await shareOf()).texts;
    expect(ours.map(({ language }) => language)).toEqual(["en", "hi"]);
    for (const { text, subject, disclosure } of ours) {
      expect(`${subject} ${text}`).toContain("Chai & Co");
      expect(disclosure.length).toBeGreaterThan(20);
    }
    const set = await doors.patch(writingKey(world.programId), `/v1/programs/${world.programId}`, {
      disclosure: { en: "I get 5 % when you buy." },
    });
    expect(set.status).toBe(200);
    const [english, hindi] = (await shareOf()).texts;
    expect(english?.disclosure).toBe("I get 5 % when you buy.");
    expect(hindi?.disclosure).toBe(ours[1]?.disclosure);
  });

  it("lists first what this program's people use, and what brings somebody before what is only tapped", async () => {
    expect((await shareOf()).channels[0]?.channel).toBe("whatsapp");
    for (const channel of ["telegram", "linkedin", "telegram"]) expect((await tap(channel)).status).toBe(204);
    expect((await shareOf()).channels.slice(0, 3).map(({ channel }) => channel)).toEqual([
      "telegram",
      "linkedin",
      "whatsapp",
    ]);
    await world.join("Ben", { under: asha, channel: "linkedin" });
    await world.work();
    expect((await shareOf()).channels[0]?.channel).toBe("linkedin");
  });

  it("is told to its owner and the program, and nobody taps for somebody else", async () => {
    const ben = await world.join("Ben");
    const other = participantActor(world.programId, ben.id);
    expect((await doors.get(other, `/v1/participants/${asha.id}/share`)).status).toBe(404);
    const foreign = await doors.post(other, `/v1/participants/${asha.id}/shares`, { channel: "x" });
    expect(foreign.status).toBe(404);
    expect((await tap("carrier_pigeon")).status).toBe(400);
  });
});
