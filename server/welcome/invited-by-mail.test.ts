import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";
import { tokenHash } from "../invitations/token.ts";

const database = useDatabase();
let server: WelcomeServer;
let programId: string;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => "http://refer.example");
  programId = await server.launch("Acme Perks");
});
afterAll(() => server.close());

const get = async (url: string) => (await server.app.inject({ url, headers: { accept: "text/html" } })).body;

/** An invitation to somebody, with the mail that brings it when there is one. */
async function invite(token: string, mail: "sent" | "queued" | "none") {
  const asha = await server.enroll(programId, "Asha Menon");
  const mailId = await database.db.write(programId, async (tx) => {
    const [id, mailId] = [tx.newId("inv"), tx.newId("mal")];
    await tx.run(sql`
      insert into invitations (program_id, id, inviter_id, link_id, channel, state, language, email_hash, expires_at)
      values (${programId}, ${id}, ${asha.id}, ${asha.link?.id}, 'email', 'queued', 'en', ${token}, now() + interval '9 days')`);
    await tx.run(sql`
      insert into invitation_tokens (token_hash, program_id, invitation_id) values (${tokenHash(token)}, ${programId}, ${id})`);
    if (mail !== "none")
      await tx.run(sql`
        insert into mails (program_id, id, key, message, language, facts, to_address, domain, subject_id, state, send_at,
               next_attempt_at, created_at, sent_at, ended_at)
        select ${programId}, ${mailId}, ${mailId}, 'invitation', 'en', '{}', 'ben@example.com', 'example.com', ${id}, ${mail},
               now(), now(), now(), sent_at, sent_at
          from (select case when ${mail}::text = 'sent' then now() end as sent_at) as sent`);
    return mailId;
  });
  return { id: asha.id, code: asha.code, mailId };
}

it("lets whoever was invited by mail stop invitations from the page, and nobody else", async () => {
  const token = "A234567890123456789012";
  const { code, mailId } = await invite(token, "sent");
  const page = await get(`/join?ref=${code}&invitation=${token}`);
  const path = `/stop/${programId.slice(4)}.${mailId.slice(4)}.`;
  expect(page).toContain(` <a href="${path}`);
  expect(page).toContain("Close this page: you have not joined. <a");
  const elsewhere = await server.launch("Elsewhere");
  for (const query of [
    `ref=${code}`,
    `ref=${code}&invitation=${token}x`,
    `program=${elsewhere}&invitation=${token}`,
  ])
    expect(await get(`/join?${query}`)).not.toContain("Stop invitations");
});

it.each([["queued"], ["none"]] as const)("has nothing to stop where the mail is %s", async (mail) => {
  const token = `${mail}-`.padEnd(22, "B");
  const { code } = await invite(token, mail);
  const page = await get(`/join?ref=${code}&invitation=${token}`);
  expect(page).toContain("Close this page");
  expect(page).not.toContain("Stop invitations");
});

it("carries the invitation through the form, so that it is the one that is accepted", async () => {
  const token = "C234567890123456789012";
  const { id, code } = await invite(token, "sent");
  expect(await get(`/join?ref=${code}&invitation=${token}`)).toContain(`name="invitation" value="${token}"`);
  const fields = { name: "Ben", email: "another@example.com", ref: code, invitation: token };
  const joined = await server.app.inject({
    method: "POST",
    url: "/join",
    payload: new URLSearchParams(fields).toString(),
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
  });
  expect(joined.statusCode).toBe(303);
  const rows = await database.db.read(programId, (reader) =>
    reader.many<{ state: string }>(
      sql`select state from invitations where program_id = ${programId} and inviter_id = ${id}`,
    ),
  );
  expect(rows).toEqual([{ state: "joined" }]);
});
