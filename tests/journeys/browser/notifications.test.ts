import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import type { Api } from "../../support/api.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

/** What a page asks for when it opens, it has asked for by then. */
const REST_MS = 1_500;

describe("an advocate hears of what happens", () => {
  const chromium = useChromium();
  let server: TestServer;
  let api: Api;
  let asha: ParticipantAnswer;
  let ben: ParticipantAnswer;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
    asha = await api.join(undefined, { name: "Asha" });
    ben = await api.join(asha, { name: "Ben" });
    visitor = await chromium.visitor();
    const token = await api.post<{ url: string }>("/v1/embed_tokens", { participant_id: asha.id });
    await visitor.page.goto(token.body.url);
  });
  afterAll(() => server.stop());

  const bell = () => visitor.page.getByRole("button", { name: /^Notifications/ });
  const unreadIs = (count: number) =>
    seen(() => labelOf(bell()), count === 0 ? "Notifications" : `Notifications, ${count} unread`);
  const settled = async () => {
    await visitor.page.waitForFunction(() => document.querySelectorAll(".bone").length === 0);
    await visitor.page.waitForTimeout(REST_MS);
    visitor.takeRequests();
  };
  const row = (text: string | RegExp) => visitor.page.locator("[data-notice]", { hasText: text });

  it("sees the bell count up with a purchase, without a question to the server", async () => {
    // Welcome, and Ben.
    await unreadIs(2);
    await settled();
    await api.buy(ben, 250_000, 60_000);
    // The earning, and that Ben qualified.
    await unreadIs(4);
    await bell().click();
    await row("You earned ₹30.00").getByText("Ben made a purchase. It is on its way to you.").waitFor();
    await api.buy(ben, 250_000, 60_000);
    await row("You earned ₹60.00").getByText("Your friends made 2 purchases.").waitFor();
    await unreadIs(4);
    expect(visitor.takeRequests()).toEqual([]);
  });

  it("opens what a notice is about, and reads it by that", async () => {
    await row(/^Ben joined/)
      .getByRole("link")
      .click();
    await visitor.page.getByRole("heading", { name: "Network", exact: true }).waitFor();
    await unreadIs(3);
    await expect(bell().getAttribute("aria-expanded")).resolves.toBe("false");
  });

  it("opens the calculation of an earning", async () => {
    const { page } = visitor;
    await api.buy(ben, 200_000, 10_000);
    // What was told of two purchases is a notice of its own: reading it frees its place for the next.
    await bell().click();
    await row("You earned ₹65.00").waitFor();
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await api.buy(ben, 210_000, 20_000);
    await row("You earned ₹10.00").getByRole("link").click();
    await page.getByRole("dialog").getByText("Order amount").waitFor();
    await page.getByRole("dialog").getByText("₹2,100.00").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await seen(async () => new URL(page.url()).search, "");
    await unreadIs(0);
  });

  it("keeps the inbox true while it is open", async () => {
    await bell().click();
    await visitor.page.getByRole("link", { name: "See all" }).click();
    await row("Welcome to").waitFor();
    await settled();
    await api.join(asha, { name: "Chen" });
    await row("Chen joined").waitFor();
    await unreadIs(1);
    expect(visitor.takeRequests()).toEqual([]);
  });

  it("narrows the inbox to what is unread, and to one topic", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Unread", exact: true }).click();
    await row(/^Ben joined/).waitFor({ state: "detached" });
    await page.getByLabel("About").selectOption({ label: "Friends join" });
    await seen(() => page.locator("[data-notice]").count(), 1);
    await page.reload();
    await row("Chen joined").waitFor();
    await seen(() => page.locator("[data-notice]").count(), 1);
    await page.getByLabel("About").selectOption({ label: "Links" });
    await page.getByText("No notifications match").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await row("Welcome to").waitFor();
  });

  it("reads everything with one press, on all screens", async () => {
    const other = await visitor.context.newPage();
    await other.goto(`${server.url}/app/home`);
    const theirs = other.getByRole("button", { name: /^Notifications/ });
    await seen(() => labelOf(theirs), "Notifications, 1 unread");
    await visitor.page.getByRole("button", { name: "Mark all as read" }).click();
    await unreadIs(0);
    await seen(() => labelOf(theirs), "Notifications");
    await visitor.page.getByText("You have read everything.").waitFor();
    await other.close();
  });

  it("says how it wants to hear of things, and in Hindi", async () => {
    const { page } = visitor;
    await page.getByRole("link", { name: "Preferences" }).click();
    await page.getByLabel("Friends join, in the app").uncheck();
    await page.getByText("Saved.").first().waitFor();
    await page.getByLabel("No e-mails at night").check();
    await page.getByLabel("To", { exact: true }).waitFor();
    await page.getByLabel("Language").selectOption("hi");
    await page.getByText("मित्रों से कमाई", { exact: true }).waitFor();
    await api.join(asha, { name: "Dev" });
    await api.buy(ben, 20_000_000, 20_000_000);
    await page.getByRole("button", { name: /^Notifications/ }).click();
    await row("आपने ₹10,000.00 कमाए").waitFor();
    expect(await row("Dev").count()).toBe(0);
    expect(visitor.complaints).toEqual([]);
  });
});

/** As it is heard: the badge beside it says the number once more, to the eye. */
async function labelOf(button: Locator): Promise<string> {
  return (await button.innerText()).split("\n")[0] ?? "";
}
