import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { type Mailbox, openMailbox } from "../../tests/support/mailbox.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { type Mailer, openMailer } from "../platform/mail.ts";
import { emailHash } from "../primitives/email.ts";
import { findLook } from "../programs/find-look.ts";
import type { MailId, NewMail } from "./mail.ts";
import { NO_SETTINGS } from "./mail-settings.ts";
import { postMails } from "./post-mails.ts";
import { readReturnAddress, readStopToken } from "./seal.ts";
import { type Sending, sendDueMails } from "./send-due-mails.ts";
import { readMail } from "./store/outbox.ts";
import { putMailSettings, readMailServer } from "./store/settings.ts";
import { insertSuppression } from "./store/suppressions.ts";
import type { SuppressionScope } from "./suppression.ts";

const database = useDatabase();
const KEY = "the key of a test";
const URL_OF_US = "https://refer.example";
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let mailbox: Mailbox;
let mailer: Mailer;
beforeAll(async () => {
  mailbox = await openMailbox();
  mailer = openMailer(mailbox.url, "refer.example");
});
afterEach(() => mailbox.answer(null));
afterAll(async () => {
  await mailer.close();
  await mailbox.close();
});

const sending = (fields: Partial<Sending> = {}): Sending => ({
  ...{ db: database.db, log: quiet, mailer, emailKey: KEY, findLook, bounceHost: "bounces.example" },
  publicUrl: () => URL_OF_US,
  ...fields,
});
const send = (world: World, fields: Partial<Sending> = {}) => sendDueMails(sending(fields), world.programId);

const FACTS = {
  inviter: "Asha",
  friend: null,
  offer: null,
  personal_message: null,
  link: "https://refer.example/i/1",
  expires_on: null,
};
let count = 0;
const invitationTo = (to: string, fields: Partial<NewMail> = {}): NewMail => ({
  ...{ message: "invitation", language: "en", facts: FACTS, to, participantId: null, inviterId: "par_asha" },
  ...{ subjectId: "inv_1", fromName: "Asha", key: `key ${++count}`, sendAt: null },
  ...fields,
});
const signInTo = (to: string): NewMail =>
  invitationTo(to, {
    message: "sign_in_link",
    facts: { link: "https://refer.example/s/1", code: "482 915", minutes: 15 },
    fromName: null,
  });
const post = async (world: World, ...mails: NewMail[]) => world.write((tx) => postMails(tx, mails));
const stateOf = async (world: World, id: MailId | undefined) =>
  world.read(async (reader) => readMail(reader, id as string));
const eventsOf = (world: World) =>
  world.read((reader) =>
    reader.many<{ type: string; subjectId: string; data: { object: object } }>(sql`
      select type, subject_id, data from events
       where program_id = ${reader.programId} and type like 'mail.%' order by position, id`),
  );
/** As if so much time had passed: what waits for later is due. */
const makeDue = (world: World) =>
  world.write((tx) =>
    tx.run(sql`update mails set next_attempt_at = now(), leased_until = now() - interval '1 second'
                where program_id = ${tx.programId} and state in ('queued', 'sending')`),
  );

describe("sending", () => {
  it("hands a mail over once, in both forms, with a sender, a way to stop it and an address to return to", async () => {
    const world = await createWorld(database.db, { name: "Chai & Co" });
    await world.write((tx) =>
      putMailSettings(tx, {
        ...NO_SETTINGS,
        ...{
          fromAddress: "hello@chai.example",
          replyTo: "care@chai.example",
          postalAddress: "1 High Street, Pune",
        },
      }),
    );
    const [id] = await post(world, invitationTo("meera@friends.example"));
    expect(await send(world)).toBe(1);
    expect(await send(world)).toBe(0);
    const mail = await mailbox.next({ to: "meera@friends.example" });
    expect(mail.from).toEqual({ name: "Asha via Chai & Co", address: "hello@chai.example" });
    expect(mail.replyTo).toMatchObject([{ address: "care@chai.example" }]);
    expect(mail.subject).toBe("Asha invites you to Chai & Co");
    expect(mail.messageId).toBe(`<${id}@refer.example>`);
    expect(mail.text).toContain("1 High Street, Pune");
    const [action, stop] = mail.links.html;
    expect(action).toBe("https://refer.example/i/1");
    expect(mail.links.text).toEqual([action, stop]);
    expect(mail.header("list-unsubscribe")).toBe(`<${stop}>`);
    expect(mail.header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    const sealed = { programId: world.programId, mailId: id };
    expect(readStopToken(String(stop).replace(`${URL_OF_US}/stop/`, ""), KEY)).toEqual(sealed);
    expect(mail.envelope.from).toMatch(/^.{1,64}@bounces\.example$/);
    expect(readReturnAddress(mail.envelope.from, KEY)).toEqual(sealed);
    expect(await stateOf(world, id)).toMatchObject({ state: "sent", attempts: 1, endedAt: expect.any(Date) });
    expect(await eventsOf(world)).toMatchObject([
      {
        type: "mail.sent",
        subjectId: id,
        data: { object: { id, message: "invitation", subject_id: "inv_1" } },
      },
    ]);
    expect(JSON.stringify(await eventsOf(world))).not.toContain("friends.example");
  });

  it("gives what was asked for no way to stop it, and lets it return to its sender", async () => {
    const world = await createWorld(database.db);
    await post(world, signInTo("anna@friends.example"));
    await send(world, { bounceHost: null });
    const mail = await mailbox.next({ to: "anna@friends.example" });
    expect(mail.header("list-unsubscribe")).toBeUndefined();
    expect(mail.links.html).toEqual(["https://refer.example/s/1"]);
    expect(mail.envelope.from).toBe("no-reply@refer.example");
  });

  it("waits for its time, and leaves alone what has waited for more than three days", async () => {
    const world = await createWorld(database.db);
    const [later, old] = await post(
      world,
      invitationTo("later@x.example", { sendAt: new Date(Date.now() + 60_000) }),
      invitationTo("old@x.example", { sendAt: new Date(Date.now() - 3 * 86_400_000 - 60_000) }),
      invitationTo("young@x.example", { sendAt: new Date(Date.now() - 3 * 86_400_000 + 60_000) }),
    );
    expect(await send(world)).toBe(1);
    await mailbox.next({ to: "young@x.example" });
    for (const id of [later, old])
      expect(await stateOf(world, id)).toMatchObject({ state: "queued", attempts: 0 });
  });

  it("waits until it knows its own address", async () => {
    const world = await createWorld(database.db);
    await post(world, signInTo("anna@friends.example"));
    expect(await send(world, { publicUrl: () => "" })).toBe(0);
  });
});

describe("what a server answers", () => {
  it("is tried again later where it says not now, with the same Message-ID, and given up after nine times", async () => {
    const world = await createWorld(database.db);
    mailbox.answer(() => ({ status: 451, text: "4.7.1 greylisted" }));
    const [id] = await post(world, invitationTo("grey@x.example"));
    for (let attempts = 1; attempts < 9; attempts++) {
      await send(world);
      const mail = await stateOf(world, id);
      expect(mail).toMatchObject({
        state: "queued",
        attempts,
        detail: expect.stringContaining("greylisted"),
      });
      expect(mail?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 40_000);
      expect(await send(world)).toBe(0);
      await makeDue(world);
    }
    expect(await eventsOf(world)).toEqual([]);
    await send(world);
    expect(await stateOf(world, id)).toMatchObject({ state: "failed", attempts: 9 });
    expect((await eventsOf(world)).map(({ type }) => type)).toEqual(["mail.failed"]);
  });

  it("ends a mail whose mailbox does not exist as bounced, one it will not take as failed", async () => {
    const world = await createWorld(database.db);
    mailbox.answer((to) =>
      to.startsWith("nobody")
        ? { status: 550, text: "5.1.1 no such user" }
        : { status: 554, text: "5.7.1 looks like spam", afterData: true },
    );
    const [nobody, spam] = await post(
      world,
      invitationTo("nobody@x.example"),
      invitationTo("spam@x.example"),
    );
    await send(world);
    expect(await stateOf(world, nobody)).toMatchObject({
      state: "bounced",
      detail: "550 5.1.1 no such user",
    });
    expect(await stateOf(world, spam)).toMatchObject({
      state: "failed",
      detail: "554 5.7.1 looks like spam",
    });
    expect((await eventsOf(world)).map(({ type }) => type).sort()).toEqual(["mail.bounced", "mail.failed"]);
  });

  it("may be nothing: the mail goes out again and is recognised", async () => {
    const world = await createWorld(database.db);
    mailbox.answer(() => ({ drop: "after" }));
    const [id] = await post(world, invitationTo("twice@x.example"));
    await send(world);
    mailbox.answer(null);
    expect(await stateOf(world, id)).toMatchObject({ state: "queued", attempts: 1 });
    await makeDue(world);
    await send(world);
    expect(await stateOf(world, id)).toMatchObject({ state: "sent", attempts: 2 });
    const ids = mailbox.mails
      .filter(({ envelope }) => envelope.to === "twice@x.example")
      .map((mail) => mail.messageId);
    expect(ids).toEqual([`<${id}@refer.example>`, `<${id}@refer.example>`]);
  });

  it("holds up the others as little as it can when it does not let us in", async () => {
    const world = await createWorld(database.db);
    const locked = await openMailbox({ user: "app", password: "right" });
    const url = locked.url.replace("right", "wrong");
    const wrong = openMailer(url, null);
    const ids = await post(
      world,
      ...Array.from({ length: 40 }, (_, n) => invitationTo(`friend${n}@x.example`)),
    );
    expect(await send(world, { mailer: wrong })).toBe(0);
    const states = await Promise.all(ids.map((id) => stateOf(world, id)));
    expect(states.every((mail) => mail?.state === "queued")).toBe(true);
    expect(states.filter((mail) => mail?.attempts === 1).length).toBeLessThanOrEqual(5);
    const server = await database.db.readDirectory(readMailServer);
    expect(server).toMatchObject({
      host: new globalThis.URL(url).host,
      failure: expect.stringContaining("5.7.8"),
    });
    const right = openMailer(locked.url, null);
    await makeDue(world);
    expect(await send(world, { mailer: right })).toBe(40);
    expect(await database.db.readDirectory(readMailServer)).toMatchObject({ acceptedAt: expect.any(Date) });
    await Promise.all([wrong.close(), right.close()]);
    await locked.close();
  });
});

describe("a worker that is gone", () => {
  it("gives its mails back when its lease is over, and what it says afterwards counts for nothing", async () => {
    const world = await createWorld(database.db);
    mailbox.answer(() => ({ slowMs: 400 }));
    const [id] = await post(world, invitationTo("lost@x.example"));
    const slow = send(world);
    while ((await stateOf(world, id))?.state !== "sending")
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await send(world)).toBe(0);
    await makeDue(world);
    await send(world);
    await slow;
    expect(await stateOf(world, id)).toMatchObject({ state: "sent", attempts: 2 });
    expect(await eventsOf(world)).toHaveLength(1);
    const received = mailbox.mails.filter(({ envelope }) => envelope.to === "lost@x.example");
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(1);
  });
});

describe("throttling", () => {
  it("keeps a program and a domain within their minute, and lets what was asked for through", async () => {
    const world = await createWorld(database.db);
    await world.write((tx) =>
      putMailSettings(tx, { ...NO_SETTINGS, mailsPerMinute: 5, domainMailsPerMinute: 3 }),
    );
    const to = (domain: string) => (_: unknown, n: number) => invitationTo(`friend${n}@${domain}`);
    await post(
      world,
      ...Array.from({ length: 6 }, to("a.example")),
      ...Array.from({ length: 6 }, to("b.example")),
    );
    let sent = 0;
    for (let round = 0; round < 4; round++) sent += await send(world);
    expect(sent).toBe(5);
    const domains = await world.read((reader) =>
      reader.many(sql`select domain, count(*)::int as mails from mails
                       where program_id = ${reader.programId} and state = 'sent' group by domain order by domain`),
    );
    expect(domains).toEqual([
      { domain: "a.example", mails: 3 },
      { domain: "b.example", mails: 2 },
    ]);
    await post(world, signInTo("urgent@a.example"));
    expect(await send(world)).toBe(1);
    expect((await mailbox.next({ to: "urgent@a.example" })).subject).toContain("sign in");
    await world.write((tx) =>
      tx.run(
        sql`update mails set attempted_at = now() - interval '61 seconds' where program_id = ${tx.programId}`,
      ),
    );
    expect(await send(world)).toBe(5);
  });
});

describe("who does not want a mail", () => {
  const suppress = (world: World, email: string, scope: SuppressionScope, of: object = {}) =>
    world.write((tx) =>
      insertSuppression(tx, {
        ...{ id: tx.newId("sup"), recipientHash: emailHash(email, KEY), scope, reason: "unsubscribed" },
        ...{ inviterId: null, message: null, mailId: null, ...of },
      }),
    );

  it.each<[SuppressionScope, object, string[]]>([
    ["all", {}, []],
    ["optional", {}, ["sign_in_link"]],
    ["invitations", {}, ["sign_in_link"]],
    ["inviter", { inviterId: "par_asha" }, ["sign_in_link", "invitation of par_bo"]],
    ["message", { message: "sign_in_link" }, ["invitation of par_asha", "invitation of par_bo"]],
  ])("gets none that %s stops, decided when it is sent", async (scope, of, sent) => {
    const world = await createWorld(database.db);
    const ids = await post(
      world,
      signInTo("Eve+tag@x.example"),
      invitationTo("eve@x.example"),
      invitationTo("eve@x.example", { inviterId: "par_bo" }),
    );
    await suppress(world, "eve@x.example", scope, of);
    expect(await suppress(world, "eve@x.example", scope, of)).toBeNull();
    await send(world);
    const mails = await Promise.all(ids.map((id) => stateOf(world, id)));
    const names = mails
      .filter((mail) => mail?.state === "sent")
      .map((mail) => {
        return mail?.message === "invitation" ? `invitation of ${mail.inviterId}` : mail?.message;
      });
    expect(names).toEqual(sent);
    expect(mails.filter((mail) => mail?.state === "suppressed")).toHaveLength(3 - sent.length);
    const told = (await eventsOf(world)).filter(({ type }) => type === "mail.suppressed");
    expect(told).toHaveLength(3 - sent.length);
  });
});
