import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, writingKey } from "../../tests/support/doors.ts";
import { openReferralDoors } from "../../tests/support/referral-doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { invitationRoutes } from "../invitations/routes.ts";
import { findAttributionTerms } from "../programs/find-attribution-terms.ts";
import { setAttributionTerms } from "../programs/set-attribution-terms.ts";
import { findReferralDetail } from "./find-referral-detail.ts";

const database = useDatabase();
const EMAIL_KEY = "the key of a test";
const DAY_MS = 86_400_000;
const VISITOR = "a-visitor-of-this-test-1";

let world: World;
let anna: Person;
let bob: Person;

beforeEach(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  bob = await world.join("Bob");
});

const detail = (person: Person) => world.read((reader) => findReferralDetail(reader, person.id));
const choose = (model: string, windowDays: number | null = null) =>
  world.write((tx) => setAttributionTerms(tx, { model, windowDays }, "usr_1"));
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

describe("a sign-up with several touches", () => {
  it("keeps each of them, the winner and why the others lost", async () => {
    const click = await world.visit(bob);
    const dan = await world.join("Dan", { under: anna, click, carried: [{ code: "nobodyhas1" }] });
    expect(dan.referral).toMatchObject({ advocateId: anna.id, attributionModel: "code_wins" });
    expect(await detail(dan)).toMatchObject({
      attribution: { model: "code_wins", version: 1 },
      decision: expect.stringContaining("3 touches, decided by “Code wins”"),
      touches: [
        { kind: "code", code: anna.link.code, outcome: "won", reason: null, advocate_name: "Anna" },
        { kind: "click", click_id: click, outcome: "lost", reason: "code_won", advocate_name: "Bob" },
        { kind: "code", code: "nobodyhas1", outcome: "lost", reason: "unknown_code", advocate_id: null },
      ],
    });
  });

  it.each([
    ["first_touch", "Bob", "earlier_touch_won"],
    ["last_touch", "Anna", "later_touch_won"],
    ["code_wins", "Anna", "later_touch_won"],
  ])("is decided by the program's model: %s", async (model, winner, loss) => {
    await choose(model);
    const carried = [
      { code: bob.link.code, at: daysAgo(20) },
      { code: anna.link.code, at: daysAgo(2) },
    ];
    const dan = await world.join("Dan", { carried });
    const { advocate_name, touches, attribution } = await detail(dan);
    expect(advocate_name).toBe(winner);
    expect(touches.find(({ outcome }) => outcome === "lost")).toMatchObject({ reason: loss });
    expect(attribution).toEqual({ model, version: model === "code_wins" ? 1 : 2 });
  });

  it("counts what lies within the window of the terms, which may be shorter than the plan's", async () => {
    await choose("first_touch", 10);
    const carried = [
      { code: bob.link.code, at: daysAgo(11) },
      { code: anna.link.code, at: daysAgo(9) },
    ];
    const dan = await world.join("Dan", { carried });
    expect(dan.referral?.advocateId).toBe(anna.id);
    const alone = await world.join("Eve", { carried: carried.slice(0, 1) });
    expect(alone.referral).toMatchObject({ status: "not_eligible", reasons: ["outside_window"] });
  });

  it("has every click of the visitor among them, once, and of no other visitor", async () => {
    const first = await world.visit(bob, VISITOR);
    await world.visit(anna);
    await world.visit(anna, "somebody-else-entirely");
    await choose("last_touch");
    const dan = await world.join("Dan", { click: first, visitor: VISITOR });
    expect((await detail(dan)).touches).toMatchObject([{ click_id: first, outcome: "won" }]);
    const last = await world.visit(anna, VISITOR);
    const eve = await world.join("Eve", { visitor: VISITOR });
    const { touches } = await detail(eve);
    expect(touches.map(({ click_id, outcome }) => [click_id, outcome])).toEqual([
      [last, "won"],
      [first, "lost"],
    ]);
  });

  it("goes to the one place left, whichever touch it came by", async () => {
    await world.limit(1, "reject");
    const rivals = Array.from({ length: 8 }, async (_, rival) => {
      const click = await world.visit(anna);
      return world.join(`Rival ${rival}`, rival % 2 === 0 ? { click } : { under: anna });
    });
    const joined = await Promise.all(rivals);
    expect(joined.filter(({ referral }) => referral?.status === "joined")).toHaveLength(1);
    for (const one of joined)
      expect((await detail(one)).touches.filter(({ outcome }) => outcome === "won")).toHaveLength(1);
  });
});

describe("an invitation", () => {
  let doors: Awaited<ReturnType<typeof openTestDoors>>;
  beforeAll(async () => {
    const deps = {
      key: EMAIL_KEY,
      publicUrl: () => "http://refer.example",
      announce: () => {},
      hasMail: true,
    };
    doors = await openTestDoors(database.db, [
      ...invitationRoutes({ ...deps, db: database.db, findOffer: async () => "A cake." }),
    ]);
  });
  afterAll(() => doors.close());
  const invite = async (by: Person, email: string) => {
    await world.write((tx) =>
      tx.run(sql`update participants set email_verified_at = now() where id = ${by.id}`),
    );
    const asker = participantActor(world.programId, by.id);
    const { body } = await doors.post(asker, "/v1/invitations", { people: [{ email }] });
    const [made] = body["data"] as { id: string; url: string }[];
    return { id: made?.id ?? "", token: made?.url.split("/i/")[1] ?? "", asker };
  };
  let count = 0;
  const address = () => `invited.${++count}@friends.example`;

  it("is a touch by its token, and is accepted", async () => {
    const { id, token, asker } = await invite(anna, address());
    const dan = await world.join("Dan", { invitation: token });
    expect(await detail(dan)).toMatchObject({
      ...{ advocate_id: anna.id, status: "joined" },
      touches: [{ kind: "invitation", invitation_id: id, outcome: "won" }],
    });
    expect((await doors.get(asker, `/v1/invitations/${id}`)).body).toMatchObject({ status: "joined" });
    const again = await world.join("Eve", { invitation: token });
    expect(again.referral).toMatchObject({ status: "not_eligible", reasons: ["expired_invitation"] });
    const unknown = await world.join("Fay", { invitation: "x".repeat(22) });
    expect(unknown.referral?.reasons).toEqual(["unknown_invitation"]);
  });

  it("is one for whoever signs up with its address, without any code, and loses against a code", async () => {
    const first = address();
    const second = address();
    const { id } = await invite(anna, first);
    const { asker, id: other } = await invite(anna, second);
    const dan = await world.join("Dan", { email: first });
    expect(await detail(dan)).toMatchObject({ advocate_id: anna.id, touches: [{ invitation_id: id }] });
    const eve = await world.join("Eve", { email: second, under: bob });
    expect(await detail(eve)).toMatchObject({
      ...{ advocate_id: bob.id },
      touches: [
        { kind: "code", outcome: "won" },
        { invitation_id: other, outcome: "lost", reason: "code_won" },
      ],
    });
    // Bob's friend has not accepted what Anna sent.
    expect((await doors.get(asker, `/v1/invitations/${other}`)).body).toMatchObject({ status: "queued" });
  });
});

describe("terms of attribution", () => {
  it("are versions: what was decided before keeps its own", async () => {
    const before = await world.join("Dan", { under: anna });
    expect(await choose("last_touch", 7)).toMatchObject({ version: 2 });
    expect(await choose("last_touch", 7)).toBeNull();
    const after = await world.join("Eve", { under: anna });
    expect([before.referral?.attributionVersion, after.referral?.attributionVersion]).toEqual([1, 2]);
    expect(await world.read(findAttributionTerms)).toMatchObject([
      { version: 2, model: "last_touch", windowDays: 7, createdBy: "usr_1" },
      { version: 1, model: "code_wins", windowDays: null, createdBy: null },
    ]);
  });
});

describe("the doors", () => {
  let doors: Awaited<ReturnType<typeof openReferralDoors>>;
  beforeAll(async () => {
    doors = await openReferralDoors(await createWorld(database.db));
  });
  afterAll(() => doors.close());
  const key = () => writingKey(world.programId);
  const list = async (query: string) => {
    const { body } = await doors.get(key(), `/v1/referrals?${query}`);
    return (body["data"] as { referee_name: string }[]).map(({ referee_name }) => referee_name);
  };

  it("take touches at sign-up, at most twenty, each a code or a click", async () => {
    const enrol = (touches: object[]) =>
      doors.post(key(), "/v1/participants", {
        ...{ name: "Dan", email: `dan.${touches.length}@example.com`, referral: { touches } },
      });
    const both = await enrol([
      { code: "a", click_id: "clk_1" },
      { code: "b", at: "2026-02-31T00:00:00Z" },
    ]);
    expect(both.body).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "/referral/touches/0" }, { pointer: "/referral/touches/1/at" }],
    });
    expect((await enrol(Array.from({ length: 21 }, () => ({ code: "a" })))).status).toBe(400);
    const touches = [{ code: anna.link.code, at: daysAgo(3).toISOString() }];
    expect((await enrol(touches)).body).toMatchObject({ referral: { advocate_id: anna.id } });
  });

  it("find referrals by name of either side, channel, status and time", async () => {
    await world.join("Dan", { under: anna, channel: "newsletter" });
    await world.join("Eve", { under: bob });
    const tomorrow = encodeURIComponent(daysAgo(-1).toISOString());
    expect(await list("")).toEqual(["Eve", "Dan"]);
    expect(await list("q=ANN")).toEqual(["Dan"]);
    expect(await list("q=eve")).toEqual(["Eve"]);
    expect(await list("channel=newsletter")).toEqual(["Dan"]);
    expect(await list("status=qualified,rewarded")).toEqual([]);
    expect(await list(`created_at[gte]=${tomorrow}`)).toEqual([]);
    expect(await list(`created_at[lt]=${tomorrow}`)).toEqual(["Eve", "Dan"]);
    expect((await doors.get(key(), "/v1/referrals?created_at[gte]=soon")).status).toBe(400);
  });

  it("show one referral by its id or its referee's, and nothing of what is not there", async () => {
    const dan = await world.join("Dan", { under: anna });
    const byReferee = await doors.get(key(), `/v1/referrals/${dan.id}`);
    expect(byReferee.body).toMatchObject({ referee_name: "Dan", touches: [{ outcome: "won" }] });
    const byId = await doors.get(key(), `/v1/referrals/${dan.referral?.id}`);
    expect(byId.body).toEqual(byReferee.body);
    expect((await doors.get(key(), "/v1/referrals/ref_nobody")).status).toBe(404);
  });
});
