import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soon } from "../support/api.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

let mailbox: Mailbox;
let server: TestServer;
let program: Provisioned;
beforeAll(async () => {
  mailbox = await openMailbox({ user: "app", password: "secret" });
  server = await startServer({ env: { SMTP_URL: mailbox.url } });
  program = await server.provision();
});
afterAll(async () => {
  await server.stop();
  await mailbox.close();
});

type Mail = { id: string; state: string; detail: string | null };

describe("a mail", () => {
  it("goes from the outbox into a mailbox, and the outbox knows it", async () => {
    const wish = { message: "invitation", language: "hi", to: "me@friends.example" };
    const posted = await program.api.post<Mail>("/v1/mails/test", wish);
    expect(posted).toMatchObject({ status: 201, body: { state: "queued" } });
    const mail = await mailbox.next({ to: "me@friends.example" });
    expect(mail.subject).toContain("आमंत्रित");
    expect(mail.messageId).toBe(`<${posted.body.id}@127.0.0.1>`);
    await soon(async () => {
      const { body } = await program.api.get<{ data: Mail[] }>("/v1/mails?state=sent");
      return body.data.some(({ id }) => id === posted.body.id);
    });
    expect(mailbox.mails).toHaveLength(1);
  });
});
