import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { mailDeps } from "../../tests/support/mail-deps.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Actor } from "../access/actor.ts";
import { appendEvents } from "../events/append-events.ts";
import type { EventType } from "../events/catalogue.ts";
import { mailRoutes } from "../mail/routes.ts";
import { emailHash } from "../primitives/email.ts";
import { acceptInvitations } from "./accept-invitations.ts";
import type { InvitationAnswer, PeopleAnswer, PreviewAnswer, SummaryAnswer } from "./contract.ts";
import { expireInvitations } from "./expire-invitations.ts";
import { findInvitedTarget } from "./find-invited-target.ts";
import { findTouchingInvitations } from "./find-touching-invitations.ts";
import { purgeInvitations } from "./purge-invitations.ts";
import { recordInvitationClick } from "./record-invitation-click.ts";
import { invitationRoutes } from "./routes.ts";
import { sendDueInvitations } from "./send-due-invitations.ts";
import { sendDueReminders } from "./send-due-reminders.ts";
import { setTerms } from "./set-terms.ts";

const database = useDatabase();
/** As the tests' sign-ups hash addresses. */
const KEY = "the key of a test";
const URL = "http://refer.example";
const POSTING = { key: KEY, publicUrl: URL, findOffer: async () => "You get a cake." };

let doors: Awaited<ReturnType<typeof openTestDoors>>;
let world: World;
let anna: Person;
let asAnna: Actor;
let count = 0;

/** An address nobody else in this file's database uses: what one person gets is counted over all programs. */
const friend = (name = "friend") => `${name}${++count}@friends.example`;

beforeAll(async () => {
  const { db } = database;
  doors = await openTestDoors(db, [
    ...invitationRoutes({
      db,
      key: KEY,
      publicUrl: () => URL,
      findOffer: POSTING.findOffer,
      announce: () => {},
      hasMail: true,
    }),
    ...mailRoutes(mailDeps(db)),
  ]);
});
afterAll(() => doors.close());

beforeEach(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  asAnna = participantActor(world.programId, anna.id);
  await world.write((tx) =>
    tx.run(sql`
    update participants set email_verified_at = now() where program_id = ${tx.programId}`),
  );
});

type Sent = { status: number; body: Record<string, unknown> };
const invite = (emails: string[], fields: object = {}, actor: Actor = asAnna): Promise<Sent> =>
  doors.post(actor, "/v1/invitations", { people: emails.map((email) => ({ email })), ...fields });
const made = (sent: Sent): InvitationAnswer[] => {
  expect([sent.status, sent.body]).toMatchObject([201, {}]);
  return sent.body["data"] as InvitationAnswer[];
};
const inviteOne = async (fields: object = {}): Promise<InvitationAnswer> =>
  made(await invite([friend()], fields))[0] as InvitationAnswer;
const read = async (id: string): Promise<InvitationAnswer> =>
  (await doors.get(asAnna, `/v1/invitations/${id}`)).body as InvitationAnswer;
const act = (id: string, action: string, actor: Actor = asAnna) =>
  doors.post(actor, `/v1/invitations/${id}/${action}`, {});
const codes = ({ body }: Sent) =>
  (body["errors"] as { pointer: string; code: string }[]).map((one) => [one.pointer, one.code]);
const mails = async () =>
  (await doors.get(readingKey(world.programId), "/v1/mails")).body["data"] as Record<string, unknown>[];
const tokenOf = (one: InvitationAnswer) => one.url?.slice(`${URL}/i/`.length) ?? "";
/** What the mail server says, as the outbox tells it. */
const mailSays = async (type: EventType, id: string) => {
  await world.write((tx) =>
    appendEvents(tx, [
      { type, subjectId: "mal_1", audience: [], object: { message: "invitation", subject_id: id } },
    ]),
  );
  await world.work();
};
const earlier = (id: string, hours: number) =>
  world.write((tx) =>
    tx.run(sql`
    update invitations
       set mailed_at = mailed_at - make_interval(hours => ${hours}), scheduled_at = scheduled_at - make_interval(hours => ${hours}),
           expires_at = expires_at - make_interval(hours => ${hours}), remind_at = remind_at - make_interval(hours => ${hours})
     where program_id = ${tx.programId} and id = ${id}`),
  );

describe("inviting people by name", () => {
  it("puts one mail each into the outbox, with an address of its own", async () => {
    const [first, second] = made(
      await doors.post(asAnna, "/v1/invitations", {
        people: [{ email: ` ${friend("meera")} `, name: "Meera" }, { email: friend() }],
        message: "I thought of you.",
      }),
    );
    expect(first).toMatchObject({
      status: "queued",
      display_status: "Sending",
      name: "Meera",
      mails: 1,
      message: "I thought of you.",
    });
    expect(first?.url).toMatch(/^http:\/\/refer\.example\/i\/[A-Za-z0-9_-]{22}$/);
    expect(first?.url).not.toBe(second?.url);
    expect(await mails()).toMatchObject([
      { message: "invitation", subject_id: second?.id, state: "queued", to: second?.email },
      { message: "invitation", subject_id: first?.id, to: first?.email },
    ]);
    expect(
      JSON.stringify(await world.read((r) => r.many(sql`select * from invitation_tokens`))),
    ).not.toContain(tokenOf(first as InvitationAnswer));
  });

  it("says at each person what stands against it, and then writes nobody down", async () => {
    await invite(["known@friends.example"]);
    const bob = await world.join("Bob", { email: "bob@members.example" });
    const sent = await doors.post(asAnna, "/v1/invitations", {
      people: [
        { email: "no address" },
        { email: "a@x.example, b@x.example" },
        { email: friend("ok") },
        { email: "Twice@friends.example" },
        { email: "twice+again@friends.example" },
        { email: anna.email },
        { email: "KNOWN@friends.example" },
        { email: bob.email },
        { email: "someone@firma.de" },
        { email: friend(), name: "see evil.com" },
      ],
    });
    expect(sent.status).toBe(422);
    expect(codes(sent)).toEqual([
      ["/people/0/email", "invalid_email"],
      ["/people/1/email", "invalid_email"],
      ["/people/4/email", "duplicate"],
      ["/people/5/email", "own_address"],
      ["/people/6/email", "already_invited"],
      ["/people/7/email", "cannot_be_invited"],
      ["/people/8/email", "not_mailed_there"],
      ["/people/9/name", "link_in_text"],
    ]);
    expect(await mails()).toHaveLength(1);
    expect(codes(await invite([friend()], { message: "see www.x.example" }))).toEqual([
      ["/message", "link_in_text"],
    ]);
    expect(codes(await invite([friend()], { scheduled_at: "2020-01-01T00:00:00Z" }))).toEqual([
      ["/scheduled_at", "in_the_past"],
    ]);
  });

  it("reads a pasted list and answers each person as inviting them would", async () => {
    const { status, body } = await doors.post(asAnna, "/v1/invitations/check", {
      text: `"Rao, Meera" <meera@x.example>, nobody;\n${anna.email}`,
    });
    expect(status).toBe(200);
    expect((body as PeopleAnswer).people).toMatchObject([
      { email: "meera@x.example", name: "Meera Rao", problem: null },
      { email: "", name: "nobody", problem: { code: "invalid_email" } },
      { email: anna.email, problem: { code: "own_address" } },
    ]);
  });

  it("answers a repeated request as the first, and sends nothing twice", async () => {
    const people = [{ email: friend() }];
    const first = await doors.send(asAnna, "POST", "/v1/invitations", { people }, "once");
    const again = await doors.send(asAnna, "POST", "/v1/invitations", { people }, "once");
    expect(again.body).toEqual(first.body);
    expect(await mails()).toHaveLength(1);
    const stored = await world.read((r) => r.many<{ body: string }>(sql`select body from idempotency_keys`));
    expect(JSON.stringify(stored)).not.toContain("friends.example");
  });

  it("makes a link to pass on where nothing is to be mailed", async () => {
    const [link] = made(
      await doors.post(asAnna, "/v1/invitations", { people: [{ name: "Meera" }], channel: "link" }),
    );
    expect(link).toMatchObject({
      status: "sent",
      channel: "link",
      email: null,
      mails: 0,
      actions: { resend: { code: "shared_by_hand" } },
    });
    expect(await mails()).toEqual([]);
    expect(await findInvitedTarget(database.db, tokenOf(link as InvitationAnswer))).toMatchObject({
      code: anna.link.code,
      isOpen: true,
    });
    // Also for somebody whom the program may not mail.
    made(await invite(["someone@firma.de"], { channel: "link" }));
  });

  it("sends the inviter a copy that is no invitation of its own", async () => {
    await inviteOne({ copy_to_self: true });
    expect(await mails()).toMatchObject([{ to: anna.email, subject_id: null }, { message: "invitation" }]);
  });

  it("goes by the operator on behalf of somebody, and by nobody for somebody else", async () => {
    const operator = writingKey(world.programId);
    expect((await invite([friend()], {}, operator)).status).toBe(400);
    made(await invite([friend()], { participant: anna.id }, operator));
    const bob = await world.join("Bob");
    const asBob = participantActor(world.programId, bob.id);
    expect((await invite([friend()], { participant: anna.id }, asBob)).status).toBe(404);
    const one = await inviteOne();
    expect((await doors.get(asBob, `/v1/invitations/${one.id}`)).status).toBe(404);
    expect((await act(one.id, "cancel", asBob)).status).toBe(404);
    expect((await doors.get(asBob, "/v1/invitations")).body["data"]).toEqual([]);
    expect((await invite([friend()], {}, readingKey(world.programId))).status).toBe(403);
  });
});

describe("what becomes of an invitation", () => {
  it("follows its mail, the friend's click and the friend's sign-up", async () => {
    const one = await inviteOne();
    await mailSays("mail.sent", one.id);
    expect(await read(one.id)).toMatchObject({ status: "sent", sent_at: expect.any(String) });
    await mailSays("mail.delivered", one.id);
    expect((await read(one.id)).status).toBe("delivered");
    expect(await world.write((tx) => recordInvitationClick(tx, one.id))).toBe(true);
    expect(await world.write((tx) => recordInvitationClick(tx, one.id))).toBe(false);
    expect((await read(one.id)).status).toBe("clicked");
    const meera = await world.join("Meera", { email: one.email ?? "", under: anna });
    expect(await read(one.id)).toMatchObject({ status: "joined", referee_id: meera.id, url: null });
    await world.write((tx) => acceptInvitations(tx, [{ invitationId: one.id, refereeId: anna.id }]));
    expect((await read(one.id)).referee_id).toBe(meera.id);
    const told = await world.read((r) =>
      r.many<{ type: string }>(sql`
      select type from events where subject_id = ${one.id} order by position, id`),
    );
    expect(told.map(({ type }) => type)).toEqual(
      ["sent", "delivered", "clicked", "accepted"].map((what) => `invitation.${what}`),
    );
  });

  it("can have its address corrected when the mail came back, which makes the first token worthless", async () => {
    const one = await inviteOne();
    await mailSays("mail.bounced", one.id);
    expect(await read(one.id)).toMatchObject({
      status: "bounced",
      reason: { code: "address_bounced" },
      actions: { resend: { code: "address_bounced" }, edit: null },
    });
    const patched = await doors.patch(asAnna, `/v1/invitations/${one.id}`, { email: friend("right") });
    expect(patched.body).toMatchObject({ status: "draft" });
    expect((await act(one.id, "send")).body).toMatchObject({ status: "queued", mails: 2 });
    expect(await findInvitedTarget(database.db, tokenOf(one))).toBeNull();
    expect(await findInvitedTarget(database.db, tokenOf(await read(one.id)))).toMatchObject({ isOpen: true });
  });

  it("is blocked for good, and without a word of why, when the friend wants no mail", async () => {
    const one = await inviteOne();
    await mailSays("mail.suppressed", one.id);
    const blocked = await read(one.id);
    expect(blocked).toMatchObject({
      status: "suppressed",
      display_status: "Blocked",
      reason: { message: "This person can't be invited." },
    });
    expect((await act(one.id, "resend")).status).toBe(409);
  });

  it("is found as a touch by its token or by the address, until it is used or over", async () => {
    const one = await inviteOne();
    const hash = emailHash(one.email ?? "", KEY);
    const find = () =>
      world.read((r) => findTouchingInvitations(r, { tokens: [tokenOf(one), "x"], emailHashes: [hash] }));
    expect(await find()).toEqual([
      {
        ...{ invitationId: one.id, inviterId: anna.id, linkId: anna.link.id, emailHash: hash, isOpen: true },
        ...{ tokenHash: expect.stringMatching(/^[0-9a-f]{64}$/), at: expect.any(Date) },
      },
    ]);
    const byAddress = () =>
      world.read((r) => findTouchingInvitations(r, { tokens: [], emailHashes: [hash] }));
    expect(await byAddress()).toMatchObject([{ invitationId: one.id, tokenHash: null, isOpen: true }]);
    await act(one.id, "cancel");
    expect(await find()).toMatchObject([{ isOpen: false }]);
    expect(await byAddress()).toEqual([]);
  });
});

describe("sending it again", () => {
  it("waits a day, and counts three mails to one person from whomever in thirty days", async () => {
    const one = await inviteOne();
    await mailSays("mail.sent", one.id);
    const early = await act(one.id, "resend");
    expect(early).toMatchObject({ status: 409, body: { code: "invitation_state" } });
    expect((await read(one.id)).actions.resend).toMatchObject({
      code: "too_soon",
      until: expect.any(String),
    });
    for (const mails of [2, 3]) {
      await earlier(one.id, 24);
      expect((await act(one.id, "resend")).body).toMatchObject({ status: "sent", mails });
    }
    await earlier(one.id, 24);
    expect(await act(one.id, "resend")).toMatchObject({ status: 409, body: { code: "cannot_be_invited" } });
    const other = await createWorld(database.db);
    const bob = await other.join("Bob");
    expect(codes(await invite([one.email ?? ""], {}, participantActor(other.programId, bob.id)))).toEqual([
      ["/people/0/email", "cannot_be_invited"],
    ]);
  });

  it("has one reminder", async () => {
    const one = await inviteOne();
    await mailSays("mail.delivered", one.id);
    expect((await act(one.id, "remind")).status).toBe(409);
    await earlier(one.id, 24);
    expect((await act(one.id, "remind")).status).toBe(200);
    expect((await mails())[0]).toMatchObject({ message: "invitation_reminder", subject_id: one.id });
    await earlier(one.id, 24);
    expect((await read(one.id)).actions.remind).toMatchObject({ code: "reminded_once" });
  });

  it("makes what has expired good again", async () => {
    const one = await inviteOne();
    await mailSays("mail.sent", one.id);
    await earlier(one.id, 24 * 31);
    expect(await world.write(expireInvitations)).toBe(1);
    expect(await read(one.id)).toMatchObject({ status: "expired", url: null });
    expect((await act(one.id, "resend")).body).toMatchObject({ status: "queued", url: one.url });
  });
});

describe("what is not sent yet", () => {
  it("goes out when its time has come, once", async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const one = await inviteOne({ scheduled_at: at });
    expect(one).toMatchObject({ status: "scheduled", scheduled_at: at, mails: 0 });
    const due = () => world.write((tx) => sendDueInvitations(tx, POSTING));
    expect(await due()).toBe(0);
    await earlier(one.id, 2);
    expect([await due(), await due()]).toEqual([1, 0]);
    expect((await read(one.id)).status).toBe("queued");
    expect(await mails()).toHaveLength(1);
  });

  it("can be changed, put off and sent now", async () => {
    const draft = await inviteOne({ send: false });
    expect(draft.status).toBe("draft");
    const at = new Date(Date.now() + 7_200_000).toISOString();
    const patch = (body: object) => doors.patch(asAnna, `/v1/invitations/${draft.id}`, body);
    expect((await patch({ scheduled_at: at, name: "Meera", message: "Hi!" })).body).toMatchObject({
      status: "scheduled",
      name: "Meera",
      message: "Hi!",
    });
    expect((await patch({ scheduled_at: null })).body).toMatchObject({ status: "draft", scheduled_at: null });
    expect(codes(await patch({ email: anna.email }))).toEqual([["/email", "own_address"]]);
    expect((await act(draft.id, "send")).body).toMatchObject({ status: "queued", mails: 1 });
    expect((await patch({ name: "Late" })).status).toBe(409);
    expect((await act(draft.id, "send")).status).toBe(409);
  });

  it("takes its mail back when it is cancelled, and gives the recipient's place back", async () => {
    const one = await inviteOne();
    expect((await act(one.id, "cancel")).body).toMatchObject({ status: "cancelled", url: null });
    expect(await mails()).toMatchObject([{ state: "cancelled" }]);
    for (let n = 0; n < 3; n++) await act(made(await invite([one.email ?? ""]))[0]?.id ?? "", "cancel");
    made(await invite([one.email ?? ""]));
  });

  it("reminds by itself only where the program says so", async () => {
    const due = () => world.write((tx) => sendDueReminders(tx, POSTING));
    const quiet = await inviteOne();
    expect(quiet.remind_at).toBeNull();
    await world.write((tx) => setTerms(tx, { reminderDays: 5 }));
    const one = await inviteOne();
    await mailSays("mail.sent", one.id);
    await earlier(one.id, 24 * 6);
    expect([await due(), await due()]).toEqual([1, 0]);
    expect((await read(one.id)).reminded_at).not.toBeNull();
  });
});

describe("people in the European Union", () => {
  it("are mailed where the program turns that on, and reminded only where it turns that on as well", async () => {
    const owner = writingKey(world.programId);
    const address = () => `someone${++count}@firma.de`;
    expect((await invite([address()])).status).toBe(422);
    expect((await doors.patch(owner, "/v1/invitation_terms", { mails_to_europe: true })).status).toBe(200);
    const [one] = made(await invite([address()]));
    await mailSays("mail.sent", one?.id ?? "");
    await earlier(one?.id ?? "", 30);
    expect((await read(one?.id ?? "")).actions.remind).toMatchObject({ code: "no_reminders_there" });
    expect((await act(one?.id ?? "", "remind")).status).toBe(409);
    await doors.patch(owner, "/v1/invitation_terms", { reminders_to_europe: true });
    expect((await act(one?.id ?? "", "remind")).status).toBe(200);
    expect((await doors.get(owner, "/v1/invitation_terms")).body).toMatchObject({
      expires_days: 30,
      reminder_days: null,
    });
    expect((await doors.patch(asAnna, "/v1/invitation_terms", { per_member_day: 1_000 })).status).toBe(403);
  });
});

describe("limits", () => {
  it("let a new account send five in a day, and a known one fifty", async () => {
    const bob = await world.join("Bob");
    const asBob = participantActor(world.programId, bob.id);
    made(await invite([friend(), friend(), friend(), friend()], {}, asBob));
    const over = await invite([friend(), friend()], {}, asBob);
    expect(over).toMatchObject({ status: 429, body: { code: "daily_limit_reached" } });
    expect(over.body["detail"]).toMatch(/^1 of 5 invitations are left today/);
    made(await invite([friend()], {}, asBob));
    const summary = (await doors.get(asBob, "/v1/invitations/summary")).body as SummaryAnswer;
    expect(summary).toMatchObject({
      counts: { queued: 5, joined: 0 },
      limits: { per_day: 5, left_today: 0, left_pending: 195, is_new: true },
    });
    expect((await doors.get(asAnna, "/v1/invitations/summary")).body).toMatchObject({
      limits: { per_day: 50, left_today: 50 },
    });
  });

  it("hold for everybody who sends at the same time", async () => {
    await world.write((tx) => setTerms(tx, { perMemberDay: 10, perMemberPending: 7, perProgramDay: 8 }));
    const sent = await Promise.all(Array.from({ length: 12 }, () => invite([friend()])));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(new Set(sent.filter(({ status }) => status !== 201).map(({ body }) => body["code"]))).toEqual(
      new Set(["pending_limit_reached"]),
    );
    expect(
      await invite([friend(), friend()], { participant: anna.id }, writingKey(world.programId)),
    ).toMatchObject({
      status: 429,
      body: { code: "program_limit_reached" },
    });
    expect(await mails()).toHaveLength(7);
  });

  it("count the members behind one network together", async () => {
    await world.write((tx) => setTerms(tx, { perNetworkDay: 3 }));
    const bob = await world.join("Bob");
    made(await invite([friend(), friend()]));
    const over = await invite([friend(), friend()], {}, participantActor(world.programId, bob.id));
    expect(over).toMatchObject({ status: 429, body: { code: "network_limit_reached" } });
  });

  it("let at most three mails through to somebody whom a crowd invites at once", async () => {
    const victim = friend("victim");
    const crowd = await world.joinTogether(Array.from({ length: 40 }, (_, n) => ({ name: `Member ${n}` })));
    const sent: Sent[] = [];
    for (let begin = 0; begin < crowd.length; begin += 20)
      sent.push(
        ...(await Promise.all(
          crowd
            .slice(begin, begin + 20)
            .map((one) => invite([victim], { participant: one.id }, writingKey(world.programId))),
        )),
      );
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(await mails()).toHaveLength(3);
  });

  it("leave what was scheduled for tomorrow where a member has sent enough for today", async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const later = made(await invite([friend(), friend(), friend()], { scheduled_at: at }));
    await world.write((tx) => setTerms(tx, { perMemberDay: 2 }));
    for (const { id } of later) await earlier(id, 2);
    const due = () => world.write((tx) => sendDueInvitations(tx, POSTING));
    expect([await due(), await due()]).toEqual([2, 0]);
    const [waiting] = (await doors.get(asAnna, "/v1/invitations?status=scheduled")).body[
      "data"
    ] as InvitationAnswer[];
    expect(waiting?.scheduled_at).toMatch(/T00:00:00.000Z$/);
  });
});

describe("the list and the preview", () => {
  it("filters, searches and pages", async () => {
    const [one, two] = made(
      await doors.post(asAnna, "/v1/invitations", {
        people: [{ email: friend("zoe"), name: "Zoe" }, { email: friend() }],
      }),
    );
    await act(two?.id ?? "", "cancel");
    const ids = async (query: string) =>
      ((await doors.get(asAnna, `/v1/invitations?${query}`)).body["data"] as InvitationAnswer[]).map(
        ({ id }) => id,
      );
    expect(await ids("status=cancelled")).toEqual([two?.id]);
    expect(await ids("q=zo")).toEqual([one?.id]);
    expect(await ids("q=%25")).toEqual([]);
    expect(await ids("limit=1")).toEqual([two?.id]);
    expect(await ids(`limit=1&after=${two?.id}`)).toEqual([one?.id]);
    expect(
      (await doors.get(asAnna, "/v1/invitations?include=total_count&status=queued")).body["total_count"],
    ).toBe(1);
    expect((await doors.get(asAnna, "/v1/invitations?status=nope")).status).toBe(400);
    expect((await doors.get(readingKey(world.programId), "/v1/invitations?participant=par_x")).status).toBe(
      404,
    );
  });

  it("shows the mail as the friend sees it, before and after it is written", async () => {
    const draft = { name: "Meera", message: "Have a look <b>here</b>" };
    const preview = (await doors.post(asAnna, "/v1/invitations/preview", draft)).body as PreviewAnswer;
    expect(preview.subject).toBe("A friend invites you to A small world");
    expect(preview.html).toContain("&lt;b&gt;here");
    expect(preview.text).toContain("Hello Meera,");
    expect(preview.text).toContain("You get a cake.");
    expect(preview.problem).toBeNull();
    const refused = (await doors.post(asAnna, "/v1/invitations/preview", { message: "see evil.com" }))
      .body as PreviewAnswer;
    expect(refused.problem).toMatchObject({ code: "link_in_text", at: 4, text: "evil.com" });
    expect(refused.text).not.toContain("evil.com");
    const one = await inviteOne({ message: "For you" });
    const sent = (await doors.get(asAnna, `/v1/invitations/${one.id}/preview`)).body as PreviewAnswer;
    expect(sent.text).toContain("For you");
    expect(sent.html).toContain(one.url);
  });
});

describe("what is not needed any more", () => {
  it("is forgotten: who an invitation was for, half a year after its end", async () => {
    const one = await inviteOne();
    await act(one.id, "cancel");
    await world.write((tx) =>
      tx.run(sql`
      update invitations set ended_at = now() - interval '181 days' where program_id = ${tx.programId} and id = ${one.id}`),
    );
    await world.write(purgeInvitations);
    expect(await read(one.id)).toMatchObject({ status: "cancelled", email: null, name: "" });
  });
});
