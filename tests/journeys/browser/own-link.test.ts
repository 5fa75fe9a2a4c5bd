import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LinkAnswer } from "../../../server/links/contract.ts";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import { seen, useChromium } from "../../support/browser.ts";
import { joinThrough } from "../../support/join-page.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
/** Open, name, address, the address that is free, send. */
const ACTIONS_MAX = 6;

describe("an advocate makes a link of their own on a phone, and a friend comes through it", () => {
  const chromium = useChromium();
  let server: TestServer;
  let program: Provisioned;
  let asha: ParticipantAnswer;
  let me: Visitor;

  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    asha = await program.api.join(undefined, { name: "Asha Menon" });
    const { body } = await program.api.post<{ url: string }>("/v1/embed_tokens", {
      participant_id: asha.id,
    });
    me = await chromium.visitor(PHONE);
    await me.page.goto(body.url);
    await me.page.getByRole("navigation", { name: "Main" }).getByText("Invite").click();
    await me.page.getByRole("link", { name: "Links" }).click();
    await me.page.getByText("First link", { exact: true }).waitFor();
    me.takeActions();
  });
  afterAll(() => server.stop());

  const links = async () =>
    (await program.api.get<{ data: LinkAnswer[] }>(`/v1/participants/${asha.id}/links`)).body.data;

  it("says while it is typed that an address is ours, and offers one that is free", async () => {
    const { page } = me;
    await page.getByRole("button", { name: "New link" }).click();
    await page.getByLabel("Name (optional)").click();
    await page.keyboard.type("Poster at the gym");
    await page.getByLabel("Address (optional)").click();
    await page.keyboard.type("Asha Menon");
    await page.getByText("Use 3 to 40 small letters").waitFor();
    await page.getByRole("button", { name: "asha-menon", exact: true }).click();
    await page.getByText("This address is free.").waitFor();
    await page.getByRole("button", { name: "Create link" }).click();
    await page.getByText("Poster at the gym", { exact: true }).waitFor();
    const actions = me.takeActions();
    expect(actions.length, actions.join(", ")).toBeLessThanOrEqual(ACTIONS_MAX);
    expect((await links()).map(({ slug, label }) => [slug, label])).toEqual([
      [null, null],
      ["asha-menon", "Poster at the gym"],
    ]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it("brings a friend by that address, who is counted for that link", async () => {
    const friend = await chromium.visitor(PHONE);
    await friend.page.goto(`${server.url}/Asha-Menon`);
    expect(new URL(friend.page.url()).searchParams.get("ref")).toBe("asha-menon");
    await joinThrough(friend.page, friend.page.url(), "Ben", "ben@example.com");
    await seen(
      async () => (await links()).map(({ clicks, signups }) => `${clicks} ${signups}`).join(),
      "0 0,1 1",
    );
    await me.page.reload();
    await me.page.getByText("1 visit · 1 joined").waitFor();
  });

  it("rests when it is paused, and says so to whoever follows it", async () => {
    const { page } = me;
    await page.getByRole("button", { name: "More about Poster at the gym" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Whoever follows it is told").waitFor();
    const friend = await chromium.visitor(PHONE);
    await friend.page.goto(`${server.url}/asha-menon`);
    await friend.page.getByText("You can still join").waitFor();
    expect((await links()).at(-1)?.clicks).toBe(1);
  });
});
