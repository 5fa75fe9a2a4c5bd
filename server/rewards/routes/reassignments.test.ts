import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { participantActor, readingKey, writingKey } from "../../../tests/support/doors.ts";
import { openMoneyDesk } from "../../../tests/support/money-desk.ts";
import { openReferralDoors } from "../../../tests/support/referral-doors.ts";
import { createWorld, type Person, type World } from "../../../tests/support/world.ts";
import type { Actor } from "../../access/actor.ts";
import { setProgram } from "../../programs/set-program.ts";
import { expireOldClaims } from "../../referrals/expire-old-claims.ts";
import type { ProposalAnswer, ReassignmentAnswer, ReferralTrace } from "../contract/reassignments.ts";

const database = useDatabase();
const REASON = { reason: "They met at the fair." };

let world: World;
let desk: Awaited<ReturnType<typeof openMoneyDesk>>;
let people: Awaited<ReturnType<typeof openReferralDoors>>;
let anna: Person;
let bob: Person;
let dan: Person;

beforeEach(async () => {
  world = await createWorld(database.db);
  desk = await openMoneyDesk(world);
  people = await openReferralDoors(world);
  anna = await world.join("Anna", { email: "anna@example.com" });
  bob = await world.join("Bob");
  dan = await world.join("Dan", { under: bob });
});
afterEach(async () => {
  await Promise.all([desk.close(), people.close()]);
});

const user = (userId: string): Actor => ({
  ...{ kind: "user", userId, isInstallationOwner: false, programId: world.programId },
  memberships: [{ programId: world.programId, role: "reviewer" }],
});
const own = (person: Person) => participantActor(world.programId, person.id);
const reassign = (friend: string, body: object, query = "") =>
  desk.post<ReassignmentAnswer>(`/v1/referrals/${friend}/reassign${query}`, body);
const detailOf = async (person: Person) =>
  (await people.get(writingKey(world.programId), `/v1/referrals/${person.id}`)).body;
const limitTo = (reassignSecondPersonAbove: bigint) =>
  world.write((tx) => setProgram(tx, { reassignSecondPersonAbove }));

describe("a reassignment", () => {
  it("is previewed to the cent, and the preview changes nothing", async () => {
    await world.buy(dan, 200_000, { profit: 40_000 });
    const order = { advocate_id: anna.id };
    const preview = await reassign(dan.id, order, "?preview=true");
    expect(preview).toMatchObject({
      status: 200,
      body: {
        ...{ outcome: "preview", former_advocate_id: bob.id, advocate_name: "Anna", people: 0 },
        ...{ needs_second_person: false, reassignment_id: null },
      },
    });
    expect(await detailOf(dan)).toMatchObject({ advocate_id: bob.id, reassignments: [] });
    const missing = await reassign(dan.id, order);
    expect(missing).toMatchObject({ status: 400, body: { errors: [{ pointer: "/reason" }] } });
    const made = await reassign(dan.id, { ...order, ...REASON });
    const unnamed = preview.body.money.map((one) => ({ ...one, participant_name: null }));
    expect(made.body.money).toEqual(unnamed);
    expect(await detailOf(dan)).toMatchObject({
      advocate_id: anna.id,
      decision: expect.stringContaining("by hand"),
      reassignments: [
        { former_advocate_name: "Bob", advocate_name: "Anna", ...REASON, decided_by: "key_of_a_test" },
      ],
    });
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("of more than one person may decide waits for another one of the team", async () => {
    await world.buy(dan, 200_000, { profit: 40_000 });
    await limitTo(1999n);
    const proposed = await reassign(dan.id, { advocate_id: anna.id, ...REASON });
    expect(proposed).toMatchObject({ status: 202, body: { outcome: "proposed", needs_second_person: true } });
    expect(await detailOf(dan)).toMatchObject({ advocate_id: bob.id, reassignments: [] });
    expect((await reassign(dan.id, { advocate_id: anna.id, ...REASON })).body.code).toBe("already_proposed");
    const path = `/v1/reassignment_proposals/${proposed.body.proposal_id}`;
    const { body } = await desk.get<{ data: ProposalAnswer[] }>("/v1/reassignment_proposals?state=proposed");
    expect(body.data).toMatchObject([
      { referee_name: "Dan", proposed_by: "key_of_a_test", state: "proposed" },
    ]);
    // A key is no person, and one who has proposed is no second one.
    expect((await desk.post(`${path}/approve`)).status).toBe(403);
    const approved = await desk.ask<ReassignmentAnswer>(user("usr_2"), `${path}/approve`);
    expect(approved).toMatchObject({ status: 200, body: { outcome: "reassigned", advocate_id: anna.id } });
    expect((await desk.ask(user("usr_3"), `${path}/approve`)).status).toBe(409);
  });

  it("is not approved by whoever proposed it, who may take it back", async () => {
    await world.buy(dan, 200_000, { profit: 40_000 });
    await limitTo(0n);
    const order = { advocate_id: anna.id, ...REASON };
    const proposed = await desk.ask<ReassignmentAnswer>(
      user("usr_1"),
      `/v1/referrals/${dan.id}/reassign`,
      order,
    );
    const path = `/v1/reassignment_proposals/${proposed.body.proposal_id}`;
    const alone = await desk.ask<{ code: string }>(user("usr_1"), `${path}/approve`);
    expect(alone).toMatchObject({ status: 403, body: { code: "second_person_required" } });
    const rejected = await desk.ask<ProposalAnswer>(user("usr_1"), `${path}/reject`, { reason: "A mistake" });
    expect(rejected.body).toMatchObject({ state: "rejected", decision_reason: "A mistake" });
    expect(await detailOf(dan)).toMatchObject({ advocate_id: bob.id });
  });

  it("is for owners, admins and reviewers, and keys that write", async () => {
    const order = { advocate_id: anna.id, ...REASON };
    const path = `/v1/referrals/${dan.id}/reassign`;
    const denied = await desk.ask(readingKey(world.programId), path, order);
    const self = await desk.ask(own(dan), path, order);
    expect([denied.status, self.status]).toEqual([403, 403]);
    expect((await reassign("ref_nobody", order)).status).toBe(404);
    expect((await reassign(dan.id, { ...order, advocate_id: "par_nobody" })).status).toBe(404);
  });
});

describe("the trace of a referral", () => {
  it("tells click, code, sign-up, decision, purchase, reward and entries in their order", async () => {
    const eve = await world.join("Eve", { under: bob, click: await world.visit(anna) });
    await world.buy(eve, 200_000, { profit: 40_000 });
    await reassign(eve.id, { advocate_id: anna.id, ...REASON });
    const { body } = await desk.get<ReferralTrace>(`/v1/referrals/${eve.referral?.id}/trace`);
    expect(body.steps.map(({ kind }) => kind)).toEqual([
      ...["touch", "touch", "sign_up", "decision", "conversion", "reward", "entry"],
      ...["reassignment", "reward", "entry", "entry"],
    ]);
    expect(body.steps.map(({ sentence }) => sentence).join(" ")).toContain("Put under Anna by hand");
    expect(body).toMatchObject({ referee_id: eve.id, has_more: false });
  });
});

describe("a late claim", () => {
  const claim = (person: Person, body: object) => people.post(own(person), "/v1/referrals/claim", body);
  const decide = (id: unknown, verb: string, body: object) =>
    desk.post<ReassignmentAnswer>(`/v1/claims/${id}/${verb}`, body);

  it("names an advocate by code or address, and is approved with what was bought since", async () => {
    const late = await world.join("Late");
    await world.buy(late, 200_000, { profit: 40_000 });
    const made = await claim(late, { email: "Anna@example.com", invited_on: "2026-03-01", note: "By phone" });
    expect(made).toMatchObject({ status: 201, body: { state: "open", advocate_id: null } });
    const list = await people.get(writingKey(world.programId), "/v1/claims?state=open");
    expect(list.body).toMatchObject({
      ...{ open: 1, data: [{ participant_name: "Late", advocate_name: "Anna", invited_on: "2026-03-01" }] },
    });
    const approved = await decide(made.body["id"], "approve", REASON);
    expect(approved.body).toMatchObject({
      outcome: "reassigned",
      money: [{ participant_id: anna.id, before: { amount: 0 }, after: { amount: 2000 } }],
    });
    const mine = await people.get(own(late), "/v1/claims");
    expect(mine.body).toMatchObject({
      open: 0,
      data: [{ state: "approved", decision_reason: REASON.reason }],
    });
    expect(await detailOf(late)).toMatchObject({
      advocate_id: anna.id,
      reassignments: [{ claim_id: made.body["id"] }],
    });
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("says what cannot be, and tells nobody whether an address is known", async () => {
    const late = await world.join("Late");
    const unknown = await claim(late, { code: "nobodyhas1" });
    expect(unknown.body).toMatchObject({ code: "unknown_code" });
    expect((await claim(late, { code: late.link.code })).body["code"]).toBe("own_link");
    expect((await claim(dan, { code: anna.link.code })).body["code"]).toBe("already_has_advocate");
    expect((await claim(late, {})).status).toBe(400);
    expect((await claim(late, { code: "a", invited_on: "2026-02-30" })).status).toBe(400);
    const stranger = await claim(late, { email: "nobody@example.com" });
    expect(stranger.body).toMatchObject({ state: "open", advocate_id: null });
    expect((await claim(late, { code: anna.link.code })).body["code"]).toBe("claim_open");
    const without = await decide(stranger.body["id"], "approve", REASON);
    expect(without.body).toMatchObject({ code: "invalid_request" });
    const named = await decide(stranger.body["id"], "approve", { ...REASON, advocate_id: bob.id });
    expect(named.body.advocate_id).toBe(bob.id);
  });

  it("is taken within the window of the program, and not where that takes none", async () => {
    const past = await createWorld(database.db, { joinedAt: new Date(Date.now() - 40 * 86_400_000) });
    const asha = await past.join("Asha");
    const late = await past.join("Late");
    const ask = () =>
      people.post(participantActor(past.programId, late.id), "/v1/referrals/claim", { code: asha.link.code });
    expect((await ask()).body).toMatchObject({
      code: "claim_window_over",
      detail: expect.stringContaining("30"),
    });
    await past.write((tx) => setProgram(tx, { claimWindowDays: 0 }));
    expect((await ask()).body["code"]).toBe("claims_off");
    await past.write((tx) => setProgram(tx, { claimWindowDays: 60 }));
    expect((await ask()).status).toBe(201);
  });

  it("is rejected with a reason, or expires, and is told to whoever made it", async () => {
    const late = await world.join("Late");
    const first = await claim(late, { code: anna.link.code });
    const rejected = await decide(first.body["id"], "reject", { reason: "Anna says no." });
    expect(rejected).toMatchObject({
      status: 200,
      body: { state: "rejected", decision_reason: "Anna says no." },
    });
    expect((await decide(first.body["id"], "reject", REASON)).status).toBe(409);
    await claim(late, { code: anna.link.code });
    const inAYear = new Date(Date.now() + 365 * 86_400_000);
    expect(await world.write((tx) => expireOldClaims(Object.assign(tx, { now: inAYear })))).toBe(1);
    const { body } = await people.get(writingKey(world.programId), "/v1/events");
    const types = (body["data"] as { type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("claim.")).sort()).toEqual(
      ["claim.created", "claim.created", "claim.expired", "claim.rejected"].sort(),
    );
  });

  it("above the limit waits for a second person, and is approved with the proposal", async () => {
    const late = await world.join("Late");
    await world.buy(late, 200_000, { profit: 40_000 });
    await limitTo(100n);
    const made = await claim(late, { code: anna.link.code });
    const proposed = await decide(made.body["id"], "approve", REASON);
    expect(proposed).toMatchObject({ status: 202, body: { outcome: "proposed" } });
    expect((await people.get(own(late), "/v1/claims")).body).toMatchObject({ data: [{ state: "open" }] });
    await desk.ask(user("usr_2"), `/v1/reassignment_proposals/${proposed.body.proposal_id}/approve`);
    expect((await people.get(own(late), "/v1/claims")).body).toMatchObject({ data: [{ state: "approved" }] });
    expect(await detailOf(late)).toMatchObject({ advocate_id: anna.id });
  });

  it("and a decision at the same moment leave one advocate", async () => {
    await world.limit(3, "reject");
    for (let round = 0; round < 10; round++) {
      const late = await world.join(`Late ${round}`);
      await Promise.all([
        claim(late, { code: anna.link.code }),
        reassign(late.id, { advocate_id: round % 2 === 0 ? anna.id : bob.id, ...REASON }),
        world.join(`Rival ${round}`, { under: anna }),
      ]);
    }
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });
});
