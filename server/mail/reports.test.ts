import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, readingKey, writingKey } from "../../tests/support/doors.ts";
import { EMAIL_KEY, mailDeps } from "../../tests/support/mail-deps.ts";
import { bounceOf, complaintOf } from "../../tests/support/returned-mail.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { emailHash } from "../primitives/email.ts";
import { acceptReturnedMail } from "./accept-returned-mail.ts";
import { isPermanent, parseReport } from "./delivery-report.ts";
import type { MailId } from "./mail.ts";
import { postMails } from "./post-mails.ts";
import { mailRoutes } from "./routes.ts";
import { returnLocalPart } from "./seal.ts";
import { readMail } from "./store/outbox.ts";
import { listSuppressionsOf } from "./store/suppressions.ts";

const database = useDatabase();
const TO = "meera@friends.example";
const ELSEWHERE = "postmaster@refer.example";

/** A mail that has gone out. */
async function sent(world: World, key = "a"): Promise<MailId> {
  return world.write(async (tx) => {
    const facts = { link: "https://refer.example/s/1", code: "482 915", minutes: 5 };
    const [id] = await postMails(tx, [
      {
        ...{ message: "sign_in_link", language: "en", facts, to: TO, key, participantId: null },
        ...{ subjectId: "ses_1", fromName: null, sendAt: null },
      },
    ]);
    await tx.run(sql`
      update mails set state = 'sent', sent_at = now(), ended_at = now(), recipient_hash = ${emailHash(TO, EMAIL_KEY)}
       where program_id = ${tx.programId} and id = ${id}`);
    return id as MailId;
  });
}
const stateOf = (world: World, id: MailId) =>
  world.read(async (reader) => (await readMail(reader, id))?.state);
const suppressed = (world: World) =>
  world.read((reader) => listSuppressionsOf(reader, [emailHash(TO, EMAIL_KEY)]));
const open = async () => {
  const world = await createWorld(database.db);
  const doors = await openTestDoors(database.db, mailRoutes(mailDeps(database.db)));
  return { world, doors, writer: writingKey(world.programId), reader: readingKey(world.programId) };
};
const returnAddress = (world: World, mailId: MailId) =>
  `${returnLocalPart({ programId: world.programId as `prg_${string}`, mailId }, EMAIL_KEY)}@bounces.example`;

describe("reading what came back", () => {
  const about = { to: ELSEWHERE, messageId: "<mal_01j8x3v5z2k4m6n8p0q2r4s6t8@refer.example>", recipient: TO };

  it("finds the mail, the recipient and what was said in a delivery status", async () => {
    const { reports } = await parseReport(bounceOf({ ...about, status: "5.1.1" }));
    expect(reports).toEqual([
      {
        ...{ kind: "bounced", isPermanent: true, mailId: "mal_01j8x3v5z2k4m6n8p0q2r4s6t8", recipient: TO },
        detail: `550 5.1.1 <${TO}>: Recipient address rejected`,
      },
    ]);
  });

  it("tells what is gone from what may come back, and a delay from both", async () => {
    for (const [status, gone] of [
      ["5.1.1", true],
      ["5.2.1", true],
      ["5.2.2", false],
      ["5.7.1", false],
      ["4.4.7", false],
    ] as const)
      expect(isPermanent(status), status).toBe(gone);
    expect((await parseReport(bounceOf({ ...about, status: "4.4.1", action: "delayed" }))).reports).toEqual(
      [],
    );
    const delivered = await parseReport(bounceOf({ ...about, status: "2.0.0", action: "delivered" }));
    expect(delivered.reports).toMatchObject([{ kind: "delivered" }]);
  });

  it("finds a complaint", async () => {
    expect((await parseReport(complaintOf(about))).reports).toMatchObject([
      { kind: "complained", recipient: TO, mailId: "mal_01j8x3v5z2k4m6n8p0q2r4s6t8" },
    ]);
  });

  it.each(["", "no mail at all", "Subject: out of office\r\n\r\nI am away.", "\u0000".repeat(1_000)])(
    "finds nothing in what is no report: %j",
    async (raw) => expect((await parseReport(raw)).reports).toEqual([]),
  );
});

describe("a mail that came back", () => {
  it("is known by the address it came to, and its address gets no more", async () => {
    const { world } = await open();
    const id = await sent(world);
    const raw = bounceOf({ to: ELSEWHERE, messageId: "<other@x>", recipient: TO, status: "5.1.1" });
    const deps = { db: database.db, emailKey: EMAIL_KEY };
    const address = returnAddress(world, id);
    expect(await acceptReturnedMail(deps, raw, { recipients: [address] })).toEqual({ found: 1, applied: 1 });
    expect(await acceptReturnedMail(deps, raw, { recipients: [address] })).toEqual({ found: 1, applied: 0 });
    expect(await stateOf(world, id)).toBe("bounced");
    expect(await suppressed(world)).toMatchObject([{ scope: "all", reason: "bounced", mailId: id }]);
  });

  it("counts for nothing when the address was made up, or is another program's", async () => {
    const { world } = await open();
    const other = await createWorld(database.db);
    const id = await sent(world);
    const deps = { db: database.db, emailKey: EMAIL_KEY };
    const raw = bounceOf({ to: ELSEWHERE, messageId: `<${id}@x>`, recipient: TO, status: "5.1.1" });
    const forged = returnAddress(world, id).replace(/.@/, (end) => `${end[0] === "0" ? "1" : "0"}@`);
    expect(await acceptReturnedMail(deps, raw, { recipients: [forged] })).toEqual({ found: 0, applied: 0 });
    // Another program's key may say that the address is bad, for that program alone.
    await acceptReturnedMail(deps, raw, { programId: other.programId });
    expect(await suppressed(other)).toMatchObject([{ mailId: null }]);
    expect(await suppressed(world)).toEqual([]);
    expect(await stateOf(world, id)).toBe("sent");
  });

  it("is tried again when the mailbox is full, and given up at the third time", async () => {
    const { world } = await open();
    const id = await sent(world);
    const report = () =>
      acceptReturnedMail(
        { db: database.db, emailKey: EMAIL_KEY },
        bounceOf({ to: returnAddress(world, id), messageId: `<${id}@x>`, recipient: TO, status: "5.2.2" }),
        { programId: world.programId },
      );
    const again = () =>
      world.write((tx) =>
        tx.run(sql`update mails set state = 'sent', ended_at = now() where program_id = ${tx.programId}`),
      );
    for (const round of [1, 2]) {
      expect(await report(), String(round)).toEqual({ found: 1, applied: 1 });
      expect(await stateOf(world, id)).toBe("queued");
      expect(await suppressed(world)).toEqual([]);
      await again();
    }
    await report();
    expect(await stateOf(world, id)).toBe("bounced");
    expect(await suppressed(world)).toMatchObject([{ scope: "all", reason: "bounced" }]);
  });
});

describe("the doors of reports and suppressions", () => {
  it("take a provider's report about a mail, once, and tell it as an event", async () => {
    const { world, doors, writer } = await open();
    const id = await sent(world);
    const say = (body: object) => doors.post(writer, "/v1/mail_reports", body);
    expect(await say({ type: "delivered", message_id: `<${id}@refer.example>` })).toMatchObject({
      status: 200,
      body: { mail_id: id, applied: true },
    });
    expect((await say({ type: "complained", message_id: id })).body).toEqual({ mail_id: id, applied: true });
    // What is known for worse stays, however late the good news is.
    expect((await say({ type: "delivered", message_id: id })).body).toEqual({ mail_id: id, applied: false });
    expect((await say({ type: "bounced" })).body).toMatchObject({ code: "invalid_request" });
    expect(await stateOf(world, id)).toBe("complained");
    expect(await suppressed(world)).toMatchObject([{ scope: "optional", reason: "complained" }]);
    const told = await world.read((reader) =>
      reader.many(
        sql`select type from events where program_id = ${reader.programId} and type like 'mail.%' order by id`,
      ),
    );
    expect(told).toEqual([{ type: "mail.delivered" }, { type: "mail.complained" }]);
    await doors.close();
  });

  it("know an address by itself: the last mail to it, or none", async () => {
    const { world, doors, writer } = await open();
    const say = (body: object) => doors.post(writer, "/v1/mail_reports", body);
    expect((await say({ type: "bounced", recipient: TO, is_permanent: false })).body).toMatchObject({
      applied: false,
    });
    expect((await say({ type: "bounced", recipient: TO })).body).toEqual({ mail_id: null, applied: true });
    const id = await sent(world);
    expect((await say({ type: "bounced", recipient: "MEERA@friends.example" })).body).toMatchObject({
      mail_id: id,
    });
    await doors.close();
  });

  it("keep who gets no mail, and let them get it again", async () => {
    const { doors, writer, reader } = await open();
    const made = await doors.post(writer, "/v1/suppressions", { email: TO });
    expect(made).toMatchObject({ status: 201, body: { scope: "all", reason: "manual", email: TO } });
    const again = await doors.post(writer, "/v1/suppressions", { email: TO.toUpperCase() });
    expect(again).toMatchObject({ status: 200, body: { id: made.body["id"] } });
    expect((await doors.post(writer, "/v1/suppressions", { email: "nobody" })).body).toMatchObject({
      code: "invalid_request",
    });
    const list = (query = "") => doors.get(reader, `/v1/suppressions${query}`);
    expect((await list()).body["data"]).toMatchObject([{ email: null, scope: "all" }]);
    expect((await list(`?email=${TO}`)).body["data"]).toHaveLength(1);
    expect((await list("?email=other@x.example")).body["data"]).toEqual([]);
    const remove = () => doors.send(writer, "DELETE", `/v1/suppressions/${made.body["id"]}`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await list()).body["data"]).toEqual([]);
    await doors.close();
  });
});
