import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import type { TraceAnswer } from "../../../server/rewards/contract.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { joinThrough } from "../../support/join-page.ts";
import { PortalPage } from "../../support/portal-page.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

/** JE2: from the link to the sign-up, at most. */
const JOIN_ACTIONS_MAX = 4;

describe("a friend joins on the hosted page, an operator records a purchase, the advocate sees it", () => {
  const chromium = useChromium();
  let server: TestServer;
  let program: Provisioned;
  let asha: ParticipantAnswer;
  const everybody: Visitor[] = [];

  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    asha = await program.api.join(undefined, { name: "Asha Menon", name_shown: true });
  });
  afterAll(() => server.stop());

  it("shows who invited, applies the code, and takes two fields", async () => {
    const { page } = await arrive(await chromium.visitor());
    await page.goto(linkOf(asha));
    await page.getByRole("heading", { name: "Asha invited you" }).waitFor();
    await page.getByText(`Code ${asha.code} applied`).waitFor();
    expect(await page.locator("form input:visible:not([type=checkbox])").count()).toBe(2);
    // Consents are asked for and given by nobody in advance.
    expect(await page.locator("form input:checked").count()).toBe(0);
  });

  let ben: Visitor;

  it("joins within four actions, and the friend's own link and page are there at once", async () => {
    ben = await arrive(await chromium.visitor());
    await ben.page.goto(linkOf(asha));
    await ben.page.getByLabel("Name", { exact: true }).click();
    await ben.page.keyboard.type("Ben");
    await ben.page.getByLabel("E-mail").click();
    await ben.page.keyboard.type("ben@example.com");
    await ben.page.getByRole("button", { name: /^Join / }).click();
    await ben.page.getByRole("heading", { name: "You’re in, Ben" }).waitFor();
    const actions = ben.takeActions();
    console.log(`actions to join: ${actions.length}`);
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(JOIN_ACTIONS_MAX);
    const own = await ben.page.locator(".link").innerText();
    expect(own).toMatch(new RegExp(`^${server.url}/[2-9a-hjkmnp-tv-z]{10}$`));
    await ben.page.getByRole("link", { name: "Open your page" }).click();
    await new PortalPage(ben.page).settled();
    expect(await ben.page.getByLabel("Link", { exact: true }).inputValue()).toBe(own);
  });

  it("joins without JavaScript", async () => {
    const { page } = await arrive(await chromium.visitor({ javaScriptEnabled: false }));
    await joinThrough(page, linkOf(asha), "Chen", "chen@example.com");
    expect(await page.locator(".link").innerText()).toMatch(/\/[2-9a-hjkmnp-tv-z]{10}$/);
    await page.getByRole("link", { name: "Open your page" }).click();
    expect(await page.locator("noscript p").innerText()).toContain("needs JavaScript");
  });

  it("joins where every cookie is refused, and says what that means", async () => {
    const { page } = await arrive(await chromium.visitorWithoutCookies());
    await joinThrough(page, linkOf(asha), "Divya", "divya@example.com");
    expect(await page.locator(".link").innerText()).toMatch(/\/[2-9a-hjkmnp-tv-z]{10}$/);
    await page.getByText("You are not signed in here").waitFor();
    const { body } = await program.api.get<ParticipantAnswer>(`/v1/participants/${asha.id}`);
    expect(body.direct_count).toBe(3);
  });

  let operator: Visitor;

  it("lets the operator sign in and record a purchase, and says who earned", async () => {
    operator = await arrive(await chromium.visitor());
    const { page } = operator;
    await page.goto(server.url);
    await page.getByLabel("E-mail").fill(program.owner.email);
    await page.getByLabel("Password").fill(program.owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Record a purchase" }).click();
    await page.getByRole("combobox", { name: "Who bought" }).fill("ben");
    await page.getByRole("option", { name: /^Ben/ }).click();
    await page.getByLabel("Amount (INR)").fill("2,500");
    await page.getByLabel("Profit (INR)").fill("600.00");
  });

  it("shows it on the screen of the advocate, who sees how it was calculated", async () => {
    const visitor = await arrive(await chromium.visitor());
    const token = { participant_id: asha.id };
    await visitor.page.goto((await program.api.post<{ url: string }>("/v1/embed_tokens", token)).body.url);
    const home = new PortalPage(visitor.page);
    await home.settled();
    expect(await home.figure("Earned")).toBe("₹0.00");
    await operator.page.getByRole("button", { name: "Record purchase" }).click();
    await operator.page.getByText("settled at once").waitFor();
    await operator.page.getByRole("dialog").getByText("+₹30.00").waitFor();
    await seen(() => home.figure("Earned"), "₹30.00");
    const row = visitor.page.locator("[data-reward]");
    expect(await row.innerText()).toContain("Ben");
    await row.getByRole("button", { name: /how this was calculated/ }).click();
    const sheet = visitor.page.getByRole("dialog", { name: "How this was calculated" });
    const { sentence, conversionId } = await sentenceFor(asha);
    expect(sentence).toContain("5 % of ₹600.00 profit");
    await sheet.getByText(sentence, { exact: true }).waitFor();
    await sheet.getByText("₹2,500.00").waitFor();
    await operator.page.getByRole("link", { name: "See every step" }).click();
    await operator.page.getByRole("heading", { name: "Purchase of ₹2,500.00" }).waitFor();
    expect(operator.page.url()).toContain(conversionId);
    await operator.page.getByText(sentence, { exact: true }).waitFor();
  });

  it("left no browser complaining", () => {
    expect(everybody.flatMap(({ complaints }) => complaints)).toEqual([]);
  });

  async function arrive(visitor: Visitor): Promise<Visitor> {
    everybody.push(visitor);
    return visitor;
  }

  async function sentenceFor({ id }: ParticipantAnswer): Promise<{ sentence: string; conversionId: string }> {
    const rewards = await program.api.get<{ data: { conversion_id: string }[] }>(
      `/v1/rewards?participant_id=${id}`,
    );
    const conversionId = rewards.body.data[0]?.conversion_id ?? "";
    const { body } = await program.api.get<TraceAnswer>(`/v1/conversions/${conversionId}/trace`);
    const line = body.lines.find(({ participant_id }) => participant_id === id);
    return { sentence: line?.arithmetic[0] ?? "", conversionId };
  }
});

const linkOf = ({ link }: ParticipantAnswer): string => link?.url ?? "";
