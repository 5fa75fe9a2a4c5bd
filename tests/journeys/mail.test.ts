import { createServer } from "node:net";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soon } from "../support/api.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { bounceOf } from "../support/returned-mail.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

const ONE_CLICK = "List-Unsubscribe=One-Click";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
let bouncePort = 0;
let mailbox: Mailbox;
let server: TestServer;
let program: Provisioned;
beforeAll(async () => {
  mailbox = await openMailbox({ user: "app", password: "secret" });
  server = await startServer({
    env: {
      SMTP_URL: mailbox.url,
      REFERRALHUB_BOUNCE_HOST: "bounces.example",
      REFERRALHUB_BOUNCE_PORT: String(await freePort()),
    },
  });
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

/** An invitation to somebody, as it arrived. */
async function invited(to: string) {
  const { body } = await program.api.post<Mail>("/v1/mails/test", { message: "invitation", to });
  return { id: body.id, mail: await mailbox.next({ to }) };
}

const settled = (id: string) =>
  soon(async () => {
    const { body } = await program.api.get<{ data: Mail[] }>("/v1/mails");
    const mail = body.data.find((one) => one.id === id);
    return mail && !["queued", "sending"].includes(mail.state) ? mail.state : null;
  });

describe("stopping mails", () => {
  it("takes one click without a login, holds at once, and can be taken back", async () => {
    const { mail } = await invited("eve@friends.example");
    const url = /<([^>]+)>/.exec(mail.header("list-unsubscribe") ?? "")?.[1] ?? "";
    expect(mail.links.html).toContain(url);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain("Stop invitations?");
    expect(text).not.toContain("<script");
    expect(text).not.toContain("eve@friends.example");
    await fetch(url, { method: "HEAD" });
    await invited("eve@friends.example");
    for (const round of [1, 2]) {
      const done = await fetch(url, { method: "POST", body: ONE_CLICK, headers: FORM });
      expect(done.status, String(round)).toBe(200);
    }
    const wish = { message: "invitation_reminder", to: "eve+other@friends.example" };
    const { body: unwanted } = await program.api.post<Mail>("/v1/mails/test", wish);
    expect(await settled(unwanted.id)).toBe("suppressed");
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    expect((await fetch(url, { method: "POST", body: form })).status).toBe(200);
    await fetch(url, { method: "POST", body: "stop=none", headers: FORM });
    await invited("eve@friends.example");
  });

  it("leaves nobody alone with a link that is not whole", async () => {
    const { mail } = await invited("cut@friends.example");
    const whole = mail.links.html.find((url) => url.includes("/stop/")) ?? "";
    for (const url of [whole.slice(0, -1), `${server.url}/stop/x`]) {
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(url, {
          method,
          ...(method === "POST" ? { body: ONE_CLICK, headers: FORM } : {}),
        });
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain("each has a link of its own");
      }
    }
    await invited("cut@friends.example");
  });
});

describe("a mail that comes back", () => {
  it("is taken at its own address, by nobody else's, and ends as bounced", async () => {
    const { id, mail } = await invited("gone@friends.example");
    const transport = createTransport({ host: "127.0.0.1", port: bouncePort });
    const raw = bounceOf({
      ...{
        to: mail.envelope.from,
        messageId: mail.messageId ?? "",
        recipient: "gone@friends.example",
        status: "5.1.1",
      },
    });
    const send = (to: string) => transport.sendMail({ raw, envelope: { from: "", to: [to] } });
    await expect(send("anybody@bounces.example")).rejects.toThrow("5.1.1");
    await send(mail.envelope.from);
    await soon(
      async () =>
        (await program.api.get<{ data: Mail[] }>("/v1/mails?state=bounced")).body.data[0]?.id === id,
    );
    const { body } = await program.api.get<{ data: object[] }>("/v1/suppressions?email=gone@friends.example");
    expect(body.data).toMatchObject([{ reason: "bounced", email: "gone@friends.example" }]);
  });

  it("may be handed over as it is, with a key", async () => {
    const { id, mail } = await invited("full@friends.example");
    await settled(id);
    const recipient = "full@friends.example";
    const raw = bounceOf({ to: "x@y.example", messageId: mail.messageId ?? "", recipient, status: "5.2.2" });
    const type = { "content-type": "message/rfc822" };
    expect(await program.api.send("POST", "/v1/mail_reports/raw", raw, { headers: type })).toMatchObject({
      status: 200,
      body: { found: 1, applied: 1 },
    });
    expect((await program.api.send("POST", "/v1/mail_reports", raw, { headers: type })).status).toBe(415);
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", () => resolve()));
  bouncePort = (probe.address() as { port: number }).port;
  await new Promise((resolve) => probe.close(resolve));
  return bouncePort;
}
