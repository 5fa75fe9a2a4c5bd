import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InvitationAnswer } from "../../server/invitations/contract.ts";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import { type Answer, type Api, expectProblem, soon } from "../support/api.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { startServer, type TestServer } from "../support/server.ts";

type Made = { data: InvitationAnswer[] };

const RUNS = 60;
const BROWSER = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" };

describe("an invitation by mail, from the form to the friend", () => {
  let server: TestServer;
  let mailbox: Mailbox;
  let api: Api;
  let asha: ParticipantAnswer;

  beforeAll(async () => {
    mailbox = await openMailbox();
    server = await startServer({ env: { SMTP_URL: mailbox.url } });
    api = (await server.provision()).api;
    asha = await api.join(undefined, { name: "Asha Menon", name_shown: true });
  });
  afterAll(async () => {
    await server.stop();
    await mailbox.close();
  });

  const invite = (people: object[], fields: object = {}): Promise<Answer<Made>> =>
    api.post<Made>("/v1/invitations", { participant: asha.id, people, ...fields });
  const statusOf = async (id: string) =>
    (await api.get<InvitationAnswer>(`/v1/invitations/${id}`)).body.status;

  it("arrives as one mail with one link, leads to the welcome page, and ends as a friend", async () => {
    const { body } = await invite([{ email: "meera@friends.example", name: "Meera" }], {
      message: "For you.",
    });
    const [made] = body.data;
    const mail = await mailbox.next({ to: "meera@friends.example" });
    expect(mail.subject).toMatch(/^Asha invites you/);
    expect(mail.to).toEqual([{ address: "meera@friends.example", name: "" }]);
    expect(mail.text).toContain("For you.");
    expect(mail.header("list-unsubscribe")).toMatch(/\/stop\//);
    expect(mail.links.text).toContain(made?.url);
    await soon(async () => (await statusOf(made?.id ?? "")) !== "queued");

    const path = new URL(made?.url ?? "").pathname;
    const scanner = { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" };
    expect((await api.send("GET", path, undefined, { headers: scanner })).status).toBe(302);
    expect((await api.send("HEAD", path)).status).toBe(302);
    expect(await statusOf(made?.id ?? "")).toBe("sent");
    const followed = await api.send("GET", path, undefined, { headers: BROWSER });
    const target = new URL(followed.headers.get("location") ?? "");
    expect(target.searchParams.get("ref")).toBe(asha.code);
    expect(target.searchParams.get("click")).toMatch(/^clk_/);
    const token = target.searchParams.get("invitation") ?? "";
    expect(path.endsWith(token)).toBe(true);
    expect(await statusOf(made?.id ?? "")).toBe("clicked");
    expect((await api.send("GET", "/i/nobody-was-sent-this-one")).status).toBe(404);

    const meera = await api.join(undefined, {
      email: "meera.elsewhere@friends.example",
      referral: { invitation_token: token },
    });
    expect(meera.referral).toMatchObject({ inviter_id: asha.id, status: "joined" });
    expect(await statusOf(made?.id ?? "")).toBe("joined");
  });

  it("comes back, is corrected, and arrives", async () => {
    mailbox.answer((to) => (to.startsWith("wrong") ? { status: 550, text: "5.1.1 no such user" } : null));
    const { body } = await invite([{ email: "wrong@friends.example" }]);
    const id = body.data[0]?.id ?? "";
    await soon(async () => (await statusOf(id)) === "bounced");
    await api.send("PATCH", `/v1/invitations/${id}`, { email: "right@friends.example" });
    await api.post(`/v1/invitations/${id}/send`, {});
    await mailbox.next({ to: "right@friends.example" });
    mailbox.answer(null);
  });

  it("stops for good with one click, whoever asks again", async () => {
    const { body } = await invite([{ email: "enough@friends.example" }]);
    const mail = await mailbox.next({ to: "enough@friends.example" });
    const stop = /<(http[^>]+)>/.exec(mail.header("list-unsubscribe") ?? "")?.[1] ?? "";
    const answer = await fetch(stop, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    expect(answer.status).toBeLessThan(300);
    const ben = await api.join(undefined, { name: "Ben" });
    const again = await api.post("/v1/invitations", {
      participant: asha.id,
      people: [{ email: "Enough+x@friends.example" }],
    });
    expectProblem(again, 422, "invalid_invitation");
    const other = await api.post("/v1/invitations", {
      participant: ben.id,
      people: [{ email: "enough@friends.example" }],
    });
    expect([201, 422]).toContain(other.status);
    expect(body.data).toHaveLength(1);
  });

  it("reaches exactly one clean recipient, whatever is written into it", async () => {
    const nasty = [
      "\r\n",
      "\n",
      "%0a",
      ",",
      ";",
      "<",
      ">",
      '"',
      "@",
      " ",
      "\t",
      "\0",
      "=?utf-8?q?x?=",
      "\u202e",
      "é",
      "例え",
      "Bcc: ",
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 })), { maxLength: 8 });
    const email = fc.oneof(
      text.map((parts) => `${parts.join("")}@friends.example`),
      text.map((parts) => `someone@friends.example${parts.join("")}`),
      text.map((parts) => `"${parts.join("")}"@friends.example`),
      fc.constantFrom(
        ...["a@x.example,b@x.example", "a@x.example\r\nBcc: b@x.example", "a@x.example;b@x.example"],
        ...[
          "<a@x.example>",
          "a@x.example>",
          `${"a".repeat(400)}@x.example`,
          "jürgen@bücher.example",
          "a@[127.0.0.1]",
        ],
      ),
      fc.integer({ max: 1_000_000, min: 0 }).map((number) => `fuzz${number}@friends.example`),
    );
    const words = text.map((parts) => parts.join("").slice(0, 60));
    const before = mailbox.mails.length;
    const sent = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(email, words, words, async (address, name, message) => {
        const answer = await invite([{ email: address, name }], { message });
        expect([201, 400, 422], JSON.stringify([address, answer.body])).toContain(answer.status);
        if (answer.status === 201) sent.set(answer.body.data[0]?.email ?? "", address.trim());
      }),
      { numRuns: RUNS },
    );
    expect(sent.size).toBeGreaterThan(3);
    await soon(async () => mailbox.mails.length >= before + sent.size);
    for (const mail of mailbox.mails.slice(before)) {
      expect(mail.to).toHaveLength(1);
      expect(mail.cc ?? []).toEqual([]);
      expect(mail.bcc ?? []).toEqual([]);
      expect(
        mail.headers.filter(({ key }) => key === "to" || key === "subject" || key === "from"),
      ).toHaveLength(3);
      expect(mail.header("to")).not.toMatch(/[\r\n,;]/);
    }
    expect(mailbox.mails).toHaveLength(before + sent.size);
    for (const [stored, asked] of sent) expect(stored).toBe(asked);
  });
});
