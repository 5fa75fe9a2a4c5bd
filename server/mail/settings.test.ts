import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, readingKey, writingKey } from "../../tests/support/doors.ts";
import { mailDeps } from "../../tests/support/mail-deps.ts";
import { createWorld } from "../../tests/support/world.ts";
import type { Actor, Role } from "../access/actor.ts";
import { invitation } from "../messages/catalogue/invitation.ts";
import { signInLink } from "../messages/catalogue/link-to-sign-in.ts";
import { postMails } from "./post-mails.ts";
import { purgeMails } from "./purge-mails.ts";
import type { MailDeps } from "./routes/deps.ts";
import { mailRoutes } from "./routes.ts";
import { checkDkim, checkDmarc, checkSpf } from "./sender-check.ts";

const database = useDatabase();
const LINK = "https://refer.example/s/secret";

const open = async (deps: Partial<MailDeps> = {}) => {
  const world = await createWorld(database.db, { name: "Chai & Co" });
  const doors = await openTestDoors(database.db, mailRoutes({ ...mailDeps(database.db), ...deps }));
  const post = async (message: "sign_in_link" | "invitation", key = message) => {
    const facts = message === "sign_in_link" ? { ...signInLink.sample, link: LINK } : invitation.sample;
    const wish = { message, language: "en", facts, to: "meera@friends.example", key, participantId: null };
    const [id] = await world.write((tx) =>
      postMails(tx, [{ ...wish, subjectId: null, fromName: null, sendAt: null }]),
    );
    return id as string;
  };
  const { programId } = world;
  return { world, doors, post, writer: writingKey(programId), reader: readingKey(programId), programId };
};
const member = (programId: string, role: Role): Actor => ({
  ...{ kind: "user", userId: "usr_1", isInstallationOwner: false, programId },
  memberships: [{ programId, role }],
});

describe("the settings of mail", () => {
  it("begin with what the installation offers, and change field by field", async () => {
    const { doors, reader, writer } = await open();
    const before = await doors.get(reader, "/v1/mail_settings");
    expect(before.body).toMatchObject({
      sender: { name: "Chai & Co", address: "no-reply@refer.example" },
      server: { is_configured: false, host: null },
      outbox: { waiting: 0, kept: 0 },
    });
    const change = (body: object) => doors.patch(writer, "/v1/mail_settings", body);
    await change({ from_address: "hello@chai.example", postal_address: "1 High Street" });
    const after = await change({ from_name: "Chai" });
    expect(after.body).toMatchObject({
      sender: { name: "Chai", address: "hello@chai.example" },
      postal_address: "1 High Street",
    });
    for (const body of [{ from_address: "two@x.example, three@x.example" }, { reply_to: "nobody" }, {}])
      expect((await change(body)).status).toBe(400);
    await doors.close();
  });

  it("say how many mails wait, and which of them only a person sends", async () => {
    const { world, doors, post, reader } = await open();
    await post("invitation");
    await post("sign_in_link");
    await world.write((tx) =>
      tx.run(sql`update mails set send_at = now() - interval '4 days'
                  where program_id = ${tx.programId} and message = 'invitation'`),
    );
    expect((await doors.get(reader, "/v1/mail_settings")).body).toMatchObject({
      outbox: { waiting: 2, kept: 1 },
    });
    await doors.close();
  });
});

describe("a mail of the outbox", () => {
  it("can be passed on by hand, a link that signs in by owners and admins alone", async () => {
    const { doors, post, writer, programId } = await open();
    const [signIn, invited] = [await post("sign_in_link"), await post("invitation")];
    const look = async (actor: Actor, id: string) =>
      (await doors.get(actor, `/v1/mails/${id}`)).body["content"];
    expect(await look(member(programId, "owner"), signIn)).toMatchObject({
      text: expect.stringContaining(LINK),
    });
    for (const actor of [writer, member(programId, "marketer"), member(programId, "developer")]) {
      expect(await look(actor, signIn)).toBeNull();
      expect(await look(actor, invited)).toMatchObject({ subject: "Asha invites you to Chai & Co" });
    }
    await doors.close();
  });

  it("is sent by hand where it has not gone out, and not where it has", async () => {
    const { world, doors, post, writer, programId } = await open();
    const id = await post("invitation");
    const put = (state: string) =>
      world.write((tx) =>
        tx.run(sql`update mails set state = ${state}, attempts = 9, send_at = now() - interval '9 days',
                          ended_at = case when ${state} = 'queued' then null else now() end
                    where program_id = ${tx.programId}`),
      );
    for (const state of ["queued", "failed", "bounced", "cancelled"]) {
      await put(state);
      const sent = await doors.post(writer, `/v1/mails/${id}/resend`, {});
      expect(sent, state).toMatchObject({
        status: 200,
        body: { state: "queued", attempts: 0, ended_at: null },
      });
      expect(Date.parse(String(sent.body["send_at"]))).toBeGreaterThan(Date.now() - 60_000);
    }
    await put("sent");
    expect((await doors.post(writer, `/v1/mails/${id}/resend`, {})).body).toMatchObject({
      code: "mail_sent",
    });
    await put("failed");
    await world.write((tx) =>
      tx.run(sql`update mails set ended_at = now() - interval '31 days' where program_id = ${tx.programId}`),
    );
    expect(await world.write(purgeMails)).toBe(1);
    expect(await world.write(purgeMails)).toBe(0);
    expect((await doors.get(member(programId, "owner"), `/v1/mails/${id}`)).body).toMatchObject({
      to: null,
      content: null,
    });
    expect((await doors.post(writer, `/v1/mails/${id}/resend`, {})).body).toMatchObject({
      code: "mail_forgotten",
    });
    await doors.close();
  });
});

describe("words of one’s own", () => {
  const PATH = "/v1/templates/invitation/en";
  type Sentences = { key: string; ours: string; yours: string | null }[];

  it("are versions; what is left out is ours, and nothing at all goes back", async () => {
    const { doors, post, reader, writer } = await open();
    const put = (words: object) => doors.send(writer, "PUT", PATH, { words });
    const first = await put({ subject: "Come along, says {inviter}", action: "Have a look" });
    expect((first.body["sentences"] as Sentences).find(({ key }) => key === "subject")).toMatchObject({
      yours: "Come along, says {inviter}",
      ours: "{inviter} invites you to {program}",
    });
    const id = await post("invitation");
    const content = async () => (await doors.get(reader, `/v1/mails/${id}`)).body["content"];
    expect(await content()).toMatchObject({ subject: "Come along, says Asha" });
    const preview = await doors.post(writer, `${PATH}/preview`, {
      words: { subject: "Only looking, {inviter}" },
    });
    expect(preview.body).toMatchObject({
      subject: "Only looking, Asha",
      html: expect.stringContaining("/stop"),
    });
    expect((await doors.post(writer, `${PATH}/preview`, {})).body).toMatchObject({
      subject: "Come along, says Asha",
    });
    const back = await put({});
    expect((back.body["versions"] as { version: number }[]).map(({ version }) => version)).toEqual([2, 1]);
    expect(await content()).toMatchObject({ subject: "Asha invites you to Chai & Co" });
    const test = await doors.post(writer, `${PATH}/test_send`, { to: "me@chai.example" });
    expect(test).toMatchObject({ status: 201, body: { message: "invitation", to: "me@chai.example" } });
    await doors.close();
  });

  it("are refused where they cannot be said, each with its sentence", async () => {
    const { doors, writer } = await open();
    const words = {
      subject: "{password}",
      action: "{inviter",
      nonsense: "x",
      body: "{n, plural, one {a} other {{code}}}",
    };
    const answer = await doors.send(writer, "PUT", PATH, { words });
    const errors = answer.body["errors"] as { pointer: string; code: string }[];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      "/words/subject unknown_fact",
      "/words/action unreadable",
      "/words/nonsense unknown_sentence",
      "/words/body unknown_fact",
      "/words/body unknown_fact",
    ]);
    for (const path of ["/v1/templates/nothing/en", "/v1/templates/constructor/en"])
      expect((await doors.get(writer, path)).status).toBe(404);
    expect((await doors.get(writer, "/v1/templates/invitation/xx")).status).toBe(400);
    await doors.close();
  });
});

describe("what a domain says about its mail", () => {
  it("is told in words, with the record to add", async () => {
    const said: Record<string, string[]> = {
      "refer.example": ["google-site-verification=x", "v=spf1 include:mail.example ~all"],
      "s1._domainkey.refer.example": ["v=DKIM1; k=rsa; p=MIIB"],
    };
    const { doors, writer } = await open({ findTexts: async (name) => said[name] ?? [] });
    const { body } = await doors.get(writer, "/v1/mail_settings/dns?dkim_selector=s1");
    expect(body).toMatchObject({
      domain: "refer.example",
      data: [
        { name: "spf", state: "ok", found: "v=spf1 include:mail.example ~all" },
        { name: "dkim", state: "ok" },
        { name: "dmarc", state: "missing", record: { type: "TXT", name: "_dmarc.refer.example" } },
      ],
    });
    await doors.close();
  });

  it("is not known while nobody can be asked", async () => {
    const { doors, writer } = await open({ findTexts: async () => null });
    const { body } = await doors.get(writer, "/v1/mail_settings/dns");
    expect((body["data"] as { state: string }[]).map(({ state }) => state)).toEqual([
      "unknown",
      "unknown",
      "unknown",
    ]);
    await doors.close();
  });

  it.each([
    [checkSpf("a.example", []), "missing"],
    [checkSpf("a.example", ["v=spf1 ~all", "v=spf1 -all"]), "weak"],
    [checkSpf("a.example", ["v=spf1 +all"]), "weak"],
    [checkSpf("a.example", ["v=spf1 include:x -all"]), "ok"],
    [checkDkim("a.example", "s", ["v=DKIM1; p="]), "missing"],
    [checkDkim("a.example", "s", []), "missing"],
    [checkDkim("a.example", null, null), "unknown"],
    [checkDmarc("a.example", ["v=DMARC1; p=none"]), "ok"],
    [checkDmarc("a.example", ["v=DMARC1; p=reject"]), "ok"],
  ])("tells good from bad: %o", (check, state) => expect(check.state).toBe(state));
});
