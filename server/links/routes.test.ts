import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, writingKey } from "../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Actor } from "../access/actor.ts";
import { findNewestEvents } from "../events/find-newest-events.ts";
import { setProgram } from "../programs/set-program.ts";
import type { CodeVerdict, LinkAnswer } from "./contract.ts";
import { expireDueLinks } from "./expire-due-links.ts";
import { purgeLinkDays } from "./purge-link-days.ts";
import { linkRoutes } from "./routes.ts";

const database = useDatabase();
const ORIGIN = "http://refer.example";
const LATER = "2999-01-01T00:00:00Z";
const published: string[] = [];
const bus = {
  publish: (topic: string, payload: string) => void published.push(`${topic} ${payload}`),
  subscribe: () => () => {},
  close: async () => {},
};

let world: World;
let doors: Awaited<ReturnType<typeof openTestDoors>>;
let shop: Actor;
let asha: Person;
let me: Actor;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db, { name: "Acme Perks" });
  await world.write((tx) =>
    setProgram(tx, { destinationUrl: "https://shop.example/welcome", linkDomains: ["*.shop.example"] }),
  );
  const reservedPaths = () => new Set(["join", "app"]);
  doors = await openTestDoors(
    database.db,
    linkRoutes({ db: database.db, bus, publicUrl: () => ORIGIN, reservedPaths }),
  );
  shop = writingKey(world.programId);
});
afterAll(() => doors.close());
beforeEach(async () => {
  asha = await world.join("Asha Menon", { externalId: `asha-${++count}` });
  me = participantActor(world.programId, asha.id);
  published.length = 0;
});

const create = (body: object, actor = me) => doors.post(actor, "/v1/links", body);
async function created(body: object = {}, actor = me): Promise<LinkAnswer> {
  const { status, body: link } = await create(body, actor);
  expect([status, link]).toEqual([201, expect.anything()]);
  return link as unknown as LinkAnswer;
}
const patch = (id: string, body: object, actor = me) => doors.patch(actor, `/v1/links/${id}`, body);
const step = (id: string, word: string, body: object | undefined = undefined, actor = me) =>
  doors.send(actor, "POST", `/v1/links/${id}/${word}`, body);
const mine = async () => {
  const { body } = await doors.get(me, "/v1/participants/me/links");
  return (body as unknown as { data: LinkAnswer[] }).data;
};
const validate = async (slug: string, more: object = {}, actor = me) =>
  (await doors.post(actor, "/v1/codes/validate", { slug, ...more })).body as unknown as CodeVerdict;
const at = (errors: unknown) => (errors as { pointer: string }[]).map(({ pointer }) => pointer);

describe("a link of one's own", () => {
  it("is made by a participant for themselves, with all that a link can have", async () => {
    const link = await created({
      ...{ label: "Poster at the gym", channel: "poster", slug: `Asha-Gym-${count}` },
      ...{ destination_url: "https://spring.shop.example/sale?a=1#top", expires_at: LATER, max_uses: 25 },
      parameters: { utm_source: "gym", utm_campaign: "New & shiny", lane: "3" },
    });
    expect(link).toMatchObject({
      ...{ participant_id: asha.id, is_default: false, label: "Poster at the gym", channel: "poster" },
      ...{ slug: `asha-gym-${count}`, code: `asha-gym-${count}`, url: `${ORIGIN}/asha-gym-${count}` },
      ...{ state: "active", max_uses: 25, uses: 0, expires_at: "2999-01-01T00:00:00.000Z" },
      leads_to: `https://spring.shop.example/sale?a=1&utm_source=gym&utm_campaign=New%20%26%20shiny&lane=3&ref=asha-gym-${count}#top`,
      ...{ clicks: 0, signups: 0, clicks_by_day: Array(30).fill(0) },
    });
    const own = await mine();
    expect(own.map(({ id, is_default }) => [id, is_default])).toEqual([
      [asha.link.id, true],
      [link.id, false],
    ]);
    expect(own[0]).toMatchObject({
      slug: null,
      leads_to: `https://shop.example/welcome?ref=${asha.link.code}`,
    });
    const one = await doors.get(me, `/v1/links/${link.id}`);
    expect(one.body).toEqual(link);
  });

  it("is told to the log, and never by its name", async () => {
    const link = await created({ slug: `secret-name-${count}`, label: "Hidden words" });
    const events = await world.read((reader) => findNewestEvents(reader, null, 3));
    const told = events.find(({ type }) => type === "link.created");
    expect(told).toMatchObject({ subjectId: link.id, audience: [asha.id] });
    expect(JSON.stringify(told?.data)).not.toMatch(/secret-name|Hidden/);
  });

  it("is refused with every field that cannot be used", async () => {
    const refused = await create({
      ...{ slug: "admin", destination_url: "https://evil.example", expires_at: "2020-01-01T00:00:00Z" },
      parameters: { ref: "x", utm_source: "ok" },
    });
    expect([refused.status, refused.body["code"]]).toEqual([422, "invalid_link"]);
    expect(at(refused.body["errors"])).toEqual([
      "/slug",
      "/destination_url",
      "/parameters/ref",
      "/expires_at",
    ]);
    for (const body of [{ expires_at: "2026-02-31T00:00:00Z" }, { max_uses: 0 }, { label: "" }, { other: 1 }])
      expect((await create(body)).status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
  });

  it("is somebody's: a participant makes none for others and sees none of theirs, the program all", async () => {
    const ben = await world.join("Ben");
    expect((await create({ participant_id: ben.id })).status).toBe(404);
    const theirs = await created({ participant_id: `ext:${asha.externalId}`, label: "From the team" }, shop);
    expect(theirs.participant_id).toBe(asha.id);
    expect((await create({}, shop)).body).toMatchObject({ code: "invalid_link" });
    const stranger = participantActor(world.programId, ben.id);
    for (const path of ["", "/qr"])
      expect((await doors.get(stranger, `/v1/links/${theirs.id}${path}`)).status, path).toBe(404);
    expect((await patch(theirs.id, { label: "Mine" }, stranger)).status).toBe(404);
    expect((await step(theirs.id, "renew", {}, stranger)).status).toBe(404);
    for (const word of ["pause", "resume", "disable"])
      expect((await step(theirs.id, word, undefined, stranger)).status, word).toBe(404);
    expect(
      (await doors.post(stranger, "/v1/codes/validate", { slug: "x-y-z", link_id: theirs.id })).status,
    ).toBe(404);
    const seen = await doors.get(stranger, `/v1/links?participant_id=${asha.id}`);
    expect((seen.body as unknown as { data: LinkAnswer[] }).data.map((link) => link.participant_id)).toEqual([
      ben.id,
    ]);
    const all = await doors.get(shop, `/v1/links?participant_id=${asha.id}&limit=1`);
    expect(all.body).toMatchObject({ data: [{ id: theirs.id }], has_more: true });
    const older = await doors.get(
      shop,
      `/v1/links?participant_id=${asha.id}&after=${all.body["next_cursor"]}`,
    );
    expect(older.body).toMatchObject({ data: [{ id: asha.link.id }], has_more: false });
  });

  it("cannot be made by somebody who is suspended", async () => {
    await world.write((tx) =>
      tx.run(sql`update participants set status = 'suspended', suspended_at = now(), suspension_reason = 'x'
                  where program_id = ${tx.programId} and id = ${asha.id}`),
    );
    expect((await create({})).body).toMatchObject({ code: "advocate_not_active" });
  });

  it("is one of fifty at most, however many are asked for at once", async () => {
    await world.write((tx) =>
      tx.run(sql`
        insert into links (program_id, id, participant_id, code)
        select ${tx.programId}, ${`lnk_${count}_`} || n, ${asha.id}, 'x' || n from generate_series(1, 47) as n`),
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    const [, second] = await mine();
    expect((await step(second?.id ?? "", "disable")).status).toBe(200);
    expect((await mine()).map(({ id }) => id)).not.toContain(second?.id);
    expect((await create({})).status).toBe(201);
  });
});

describe("an address somebody chooses", () => {
  it("is had by one link of all programs, and by none that looks like it", async () => {
    await created({ slug: `anika-200-${count}` });
    const elsewhere = await createWorld(database.db);
    const ben = await elsewhere.join("Ben");
    const other = participantActor(elsewhere.programId, ben.id);
    for (const slug of [`anika-200-${count}`, `anika-2oo-${count}`, `an-ika200-${count}`])
      expect((await create({ slug }, other)).body, slug).toMatchObject({ code: "slug_taken", status: 409 });
    const rush = await Promise.all([1, 2, 3, 4].map(() => create({ slug: `rush-${count}` })));
    expect(rush.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it("says before it is sent whether it can be had, and what is near", async () => {
    expect(await validate(`Fresh-${count}`)).toEqual({
      ...{ slug: `fresh-${count}`, is_available: true, reason: null, suggestions: [] },
    });
    const link = await created({ slug: `gone-${count}` });
    const taken = await validate(`gone-${count}`);
    expect(taken).toMatchObject({ is_available: false, reason: { code: "slug_taken" } });
    expect(taken.suggestions).toHaveLength(3);
    for (const slug of taken.suggestions) expect((await validate(slug)).is_available).toBe(true);
    expect((await validate(`gone-${count}`, { link_id: link.id })).is_available).toBe(true);
    expect(await validate("Asha Menon!")).toMatchObject({
      reason: { code: "invalid_slug" },
      suggestions: expect.arrayContaining(["asha-menon"]),
    });
    expect(await validate("日本")).toMatchObject({
      suggestions: expect.arrayContaining(["asha-menon-invites"]),
    });
    expect((await validate("acme-perks")).reason?.code).toBe("program_slug");
    expect((await validate("acme-perks", {}, shop)).is_available).toBe(true);
    expect((await validate(asha.link.code)).reason?.code).toBe("generated_slug");
  });

  it("can be changed, and given back, while every address it had goes on working", async () => {
    const link = await created({});
    const renamed = (await patch(link.id, { slug: `one-${count}` })).body as unknown as LinkAnswer;
    expect(renamed).toMatchObject({ code: `one-${count}`, former_urls: [link.url] });
    expect(published).toEqual([`links one-${count}`, `links ${link.code}`]);
    const again = (await patch(link.id, { slug: `two-${count}` })).body as unknown as LinkAnswer;
    expect(again.former_urls).toEqual([link.url, `${ORIGIN}/one-${count}`]);
    for (const code of [link.code, `one-${count}`, `two-${count}`]) {
      const friend = await world.join(`Friend of ${code}`, { under: { link: { id: link.id, code } } });
      expect(friend.referral?.advocateId, code).toBe(asha.id);
    }
    // Nobody gets an address that was somebody's.
    expect((await create({ slug: `one-${count}` })).body).toMatchObject({ code: "slug_taken" });
    const back = (await patch(link.id, { slug: null })).body as unknown as LinkAnswer;
    expect(back).toMatchObject({ code: link.code, slug: null });
    expect(back.former_urls).toEqual([`${ORIGIN}/one-${count}`, `${ORIGIN}/two-${count}`]);
    expect((await patch(link.id, { slug: `on-e-${count}` })).status).toBe(200);
  });

  it("can be changed ten times", async () => {
    const link = await created({});
    const statuses = [];
    for (let n = 0; n <= 10; n++)
      statuses.push((await patch(link.id, { slug: `name-${"abcdefghijk"[n]}-${count}` })).status);
    expect(statuses).toEqual([...Array(10).fill(200), 409]);
  });
});

describe("the life of a link", () => {
  it("pauses and resumes, and ends for good where it is not the first", async () => {
    const link = await created({});
    expect((await step(link.id, "pause")).body).toMatchObject({ state: "paused" });
    expect((await step(link.id, "pause")).body).toMatchObject({ state: "paused" });
    expect((await step(link.id, "resume")).body).toMatchObject({ state: "active" });
    expect((await step(link.id, "resume")).status).toBe(200);
    expect((await step(asha.link.id, "disable")).body).toMatchObject({ code: "default_link" });
    expect((await step(link.id, "disable")).body).toMatchObject({ state: "disabled" });
    for (const word of ["pause", "resume", "disable"])
      expect((await step(link.id, word)).body, word).toMatchObject({ code: "link_disabled", status: 409 });
    expect((await patch(link.id, { label: "x" })).body).toMatchObject({ code: "link_disabled" });
    expect((await step("lnk_nothing", "pause")).status).toBe(404);
  });

  it("is over when its date comes, which the log learns once, and works again renewed", async () => {
    const link = await created({ expires_at: LATER });
    const overNow = () =>
      world.write((tx) =>
        tx.run(
          sql`update links set expires_at = now() - interval '1 second' where program_id = ${tx.programId} and id = ${link.id}`,
        ),
      );
    await overNow();
    expect((await doors.get(me, `/v1/links/${link.id}`)).body).toMatchObject({ state: "expired" });
    expect([await world.write(expireDueLinks), await world.write(expireDueLinks)]).toEqual([1, 0]);
    expect((await step(link.id, "renew", { expires_at: "2020-01-01T00:00:00Z" })).status).toBe(422);
    expect((await step(link.id, "renew", { expires_at: "2998-01-01T00:00:00Z" })).body).toMatchObject({
      state: "active",
    });
    await overNow();
    expect(await world.write(expireDueLinks)).toBe(1);
    expect((await step(link.id, "renew", {})).body).toMatchObject({ state: "active", expires_at: null });
  });

  it("is over when it has brought as many as it may, and renewed counts from zero", async () => {
    const link = await created({ max_uses: 1 });
    await world.join("First", { under: { link } });
    expect((await doors.get(me, `/v1/links/${link.id}`)).body).toMatchObject({ state: "used_up", uses: 1 });
    expect((await step(link.id, "renew", {})).body).toMatchObject({ state: "active", uses: 0, max_uses: 1 });
    expect((await step(link.id, "renew", { max_uses: null })).body).toMatchObject({ max_uses: null });
  });

  it("can have a limit later, which counts those who have come already", async () => {
    const link = await created({});
    await world.join("First", { under: { link } });
    await world.join("Second", { under: { link } });
    await world.work();
    expect(at((await patch(link.id, { max_uses: 1 })).body["errors"])).toEqual(["/max_uses"]);
    expect((await patch(link.id, { max_uses: 2 })).body).toMatchObject({ uses: 2, state: "used_up" });
  });

  it("leads to where the program allows, also when it allows that no longer", async () => {
    const link = await created({ destination_url: "https://spring.shop.example/x" });
    await world.write((tx) => setProgram(tx, { linkDomains: [] }));
    const now = await doors.get(me, `/v1/links/${link.id}`);
    expect(now.body["leads_to"]).toBe(`https://shop.example/welcome?ref=${link.code}`);
    await world.write((tx) => setProgram(tx, { linkDomains: ["*.shop.example"] }));
  });
});

describe("what is counted for a link", () => {
  it("is what came through it and no other, in all and by day", async () => {
    const link = await created({});
    const visited = { id: asha.id, link };
    await world.visit(visited);
    await world.visit(visited);
    await world.visit(asha);
    const friend = await world.join("Friend", { under: { link } });
    await world.join("Refused", { under: { link }, email: asha.email });
    await world.buy(friend, 200_000, { at: new Date(Date.now() - 40 * 86_400_000) }).catch(() => {});
    await world.buy(friend, 200_000);
    await world.work();
    const [first, second] = await mine();
    expect(first).toMatchObject({ clicks: 1, signups: 0, qualified: 0 });
    expect(second).toMatchObject({ clicks: 2, signups: 1, qualified: 1, rewarded: 0 });
    expect(second?.clicks_by_day.slice(-2)).toEqual([0, 2]);
    expect(second?.signups_by_day.at(-1)).toBe(1);
  });

  it("forgets the days of long ago, and keeps the sums", async () => {
    await world.visit(asha);
    await world.work();
    await world.write((tx) =>
      tx.run(
        sql`update link_days set day = day - 401 where program_id = ${tx.programId} and link_id = ${asha.link.id}`,
      ),
    );
    expect(await world.write(purgeLinkDays)).toBe(1);
    expect((await mine())[0]).toMatchObject({ clicks: 1 });
  });
});
