import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import { useChromium } from "../../support/browser.ts";
import { type Mailbox, openMailbox } from "../../support/mailbox.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";

/** JR2: five friends by name; JO3: a list of customers. */
const FRIENDS_ACTIONS_MAX = 8;
const LIST_ACTIONS_MAX = 9;

describe("friends are invited by name", () => {
  const chromium = useChromium();
  let server: TestServer;
  let mailbox: Mailbox;
  let program: Provisioned;
  let asha: ParticipantAnswer;

  beforeAll(async () => {
    mailbox = await openMailbox();
    server = await startServer({ env: { SMTP_URL: mailbox.url } });
    program = await server.provision();
    asha = await program.api.join(undefined, { name: "Asha Menon" });
  });
  afterAll(async () => {
    await server.stop();
    await mailbox.close();
  });

  it("takes five at once within eight actions, and shows what becomes of them by itself", async () => {
    const visitor = await chromium.visitor();
    const { page } = visitor;
    const opened = await program.api.post<{ url: string }>("/v1/embed_tokens", { participant_id: asha.id });
    await page.goto(opened.body.url);
    await page.getByRole("link", { name: "Invite" }).first().waitFor();
    visitor.takeActions();
    await page.getByRole("link", { name: "Invite" }).first().click();
    await page.getByRole("link", { name: "Invitations" }).click();
    await page.getByText("Invite your first friend").waitFor();
    await page.getByRole("button", { name: "Add people" }).first().click();
    await page.getByLabel("Friends").click();
    const friends = Array.from({ length: 5 }, (_, n) => `friend${n}@friends.example`);
    await page.keyboard.insertText(friends.join(", "));
    await page.keyboard.press("Enter");
    await page.getByLabel(/^I know these people/).check();
    await page.frameLocator("iframe").getByText("See the invitation").waitFor();
    await page.getByRole("button", { name: "Send 5 invitations" }).click();
    await page.getByRole("row", { name: /friend4@friends.example/ }).waitFor();
    const actions = visitor.takeActions();
    console.log(`actions to invite five friends: ${actions.length}`);
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(FRIENDS_ACTIONS_MAX);
    for (const to of friends) await mailbox.next({ to });
    // No reload: the stream brings it.
    await page.getByRole("row", { name: /friend4@friends.example.*Sent/ }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it("takes a list within nine actions, and mails nobody before the number was read", async () => {
    const visitor = await chromium.visitor();
    const { page } = visitor;
    await page.goto(`${server.url}/app/sign-in`);
    await page.getByLabel("E-mail").fill(program.owner.email);
    await page.getByLabel("Password", { exact: true }).fill(program.owner.password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Invitations" }).first().waitFor();
    const before = mailbox.mails.length;
    visitor.takeActions();
    await page.getByRole("link", { name: "Invitations" }).first().click();
    await page.getByRole("button", { name: "Invite a list" }).click();
    await page.getByRole("combobox", { name: "On behalf of" }).click();
    await page.keyboard.type("Asha");
    await page.getByRole("option", { name: /Asha/ }).click();
    await page.getByLabel("Or paste rows from a spreadsheet").click();
    await page.keyboard.insertText(
      "Name\tEmail\nMeera\tmeera@x.example\nRavi\tno address\nZoe\tzoe@x.example",
    );
    await page.getByRole("button", { name: "Check the list" }).click();
    await page.getByText("2 of 3 people can be invited").waitFor();
    expect(mailbox.mails).toHaveLength(before);
    await page.getByLabel("E-mail of row 2").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText("ravi@x.example");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Send 3 invitations" }).click();
    await page.getByText(/^All sent/).waitFor();
    const actions = visitor.takeActions();
    console.log(`actions to invite a list: ${actions.length}`);
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(LIST_ACTIONS_MAX);
    for (const name of ["meera", "ravi", "zoe"]) await mailbox.next({ to: `${name}@x.example` });
    expect(visitor.complaints).toEqual([]);
  });
});
