import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useChromium } from "../../support/browser.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

/** JO1: from the link the server printed to a live program, at most. */
const FIRST_PROGRAM_ACTIONS_MAX = 12;
const OWNER = { name: "Meera", email: "meera@example.com", password: "a lantern for every loom" };

describe("somebody starts it for the first time", () => {
  const chromium = useChromium();
  let server: TestServer;
  let owner: Visitor;
  let setUpLink: string;

  beforeAll(async () => {
    server = await startServer();
    owner = await chromium.visitor();
  });
  afterAll(() => server.stop());

  it("prints where it serves, and a link that creates the owner", () => {
    setUpLink = /http\S+\/app\/set-up\?token=\S+/.exec(server.output())?.[0] ?? "";
    expect(setUpLink.startsWith(`${server.url}/app/set-up?token=`)).toBe(true);
    expect(server.output()).toMatch(new RegExp(`^ready ${server.url}$`, "m"));
  });

  it("leads whoever comes without the link to the same place", async () => {
    const stranger = await chromium.visitor();
    await stranger.page.goto(server.url);
    await stranger.page.getByRole("heading", { name: "Create the owner" }).waitFor();
    await stranger.page.getByLabel("Set-up token").waitFor();
  });

  it("comes to a live program of two levels within twelve actions", async () => {
    const { page } = owner;
    await page.goto(setUpLink);
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByLabel("Password").fill(OWNER.password);
    await page.getByRole("button", { name: "Create owner" }).click();
    await page.getByRole("button", { name: "Create program" }).click();
    const dialog = page.getByRole("dialog", { name: "Create a program" });
    await dialog.getByLabel("Name", { exact: true }).fill("Loom & Lantern");
    await dialog.getByLabel("Currency").focus();
    await dialog.getByLabel("Currency").selectOption("INR");
    await dialog.getByText("5 % of the profit on friends’ orders over ₹1,000.00").waitFor();
    expect(await dialog.getByRole("radio", { name: /^Two levels/ }).isChecked()).toBe(true);
    await dialog.getByRole("button", { name: "Create program" }).click();
    await page.getByRole("heading", { name: "Loom & Lantern" }).waitFor();
    await page.getByText("Live", { exact: true }).first().waitFor();
    const actions = owner.takeActions();
    console.log(`actions to a live program: ${actions.length}`);
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(FIRST_PROGRAM_ACTIONS_MAX);
    // A count that misses what people do would keep every bar.
    expect(actions.length, actions.join(", ")).toBeGreaterThanOrEqual(8);
  });

  it("shows the secret of an API key once, and the key works", async () => {
    const { page } = owner;
    await page.getByRole("link", { name: "Settings" }).first().click();
    await page.getByRole("link", { name: "API keys" }).click();
    await page.getByRole("button", { name: "Create key" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill("shop server");
    await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    const secret = await page.getByLabel("Key", { exact: true }).inputValue();
    expect(secret).toMatch(/^rh_/);
    expect((await server.api(secret).get("/v1/participants")).status).toBe(200);
    await page.getByRole("button", { name: "I have stored it" }).click();
    await page.getByRole("row", { name: /shop server/ }).waitFor();
    for (const reloaded of [false, true]) {
      if (reloaded) await page.reload();
      await page.getByRole("row", { name: /shop server/ }).waitFor();
      expect(await page.content()).not.toContain(secret);
    }
  });

  it("signs out, refuses a wrong password in words, and signs in again", async () => {
    const { page } = owner;
    await page.getByRole("button", { name: OWNER.name }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByLabel("Password").fill("a lamp for every loom");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByRole("alert")
      .getByText("The e-mail or the password is wrong. Check both and try again.")
      .waitFor();
    // What was typed stays: only the password is to be corrected.
    expect(await page.getByLabel("E-mail").inputValue()).toBe(OWNER.email);
    await page.getByLabel("Password").fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Loom & Lantern" }).waitFor();
  });

  it("takes the set-up token once", async () => {
    const stranger = await chromium.visitor();
    await stranger.page.goto(setUpLink);
    await stranger.page.getByRole("heading", { name: "Sign in" }).waitFor();
    const token = new URL(setUpLink).searchParams.get("token");
    const { name, ...rest } = OWNER;
    const again = await stranger.context.request.post(`${server.url}/v1/setup`, {
      headers: { origin: server.url },
      data: { token, name: `Not ${name}`, ...rest, email: "second@example.com" },
    });
    expect(again.status()).toBe(409);
    const problem = await again.json();
    expect(problem.code).toBe("setup_complete");
    expect((await stranger.context.request.get(`${server.url}/v1/session`)).status()).toBe(401);
  });

  it("left the console clean", () => {
    expect(owner.complaints.filter((complaint) => !/401.*\/v1\/session$/.test(complaint))).toEqual([]);
  });
});
