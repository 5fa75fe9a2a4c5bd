import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../../server/rewards/contract.ts";
import type { Api } from "../../support/api.ts";
import { useChromium } from "../../support/browser.ts";
import { expectFocus, tabTo } from "../../support/keyboard.ts";
import { lookClosely } from "../../support/look-closely.ts";
import * as states from "../../support/screen-state.ts";
import { startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

const OWNER = { name: "Meera", email: "meera@example.com", password: "a lantern for every loom" };
/** A browser says of a page that answers with a refusal that it did. */
const PAGE_IS_A_REFUSAL = /Failed to load resource: the server responded with a status of 4(04|22)/;

describe("everybody can read and use every page", () => {
  const chromium = useChromium();
  let server: TestServer;
  let api: Api;
  let owner: Visitor;
  let programPath: string;
  let asha: ParticipantAnswer;
  let purchase: ConversionAnswer;
  let looks = 0;
  let violations = 0;

  beforeAll(async () => {
    server = await startServer();
    owner = await chromium.visitor();
  });
  afterAll(async () => {
    console.log(`violations: ${violations} in ${looks} states of pages, at two widths, in two colours`);
    await server.stop();
  });

  it("comes from the set-up link to a program by keyboard alone", async () => {
    const { page } = owner;
    await page.goto(/http\S+\/app\/set-up\?token=\S+/.exec(server.output())?.[0] ?? "");
    await tabTo(page, page.getByLabel("Your name"));
    for (const text of Object.values(OWNER)) {
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "Create program" }));
    await page.keyboard.press("Enter");
    await expectFocus(page, page.getByRole("dialog").getByLabel("Name", { exact: true }));
    await page.keyboard.type("Loom & Lantern");
    await page.keyboard.press("Tab");
    await page.keyboard.type("INR");
    await page.getByText("orders over ₹1,000.00").first().waitFor();
    await tabTo(page, page.getByRole("radio", { name: /^Two levels/ }));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Create program" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Loom & Lantern" }).waitFor();
    programPath = new URL(page.url()).pathname;
  });

  it("comes to an API key, and back from its dialog, by keyboard alone", async () => {
    const { page } = owner;
    await tabTo(page, page.getByRole("link", { name: "Settings" }).first());
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("link", { name: "API keys" }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("button", { name: "Create key" }));
    await page.keyboard.press("Enter");
    await expectFocus(page, page.getByRole("dialog").getByLabel("Name", { exact: true }));
    await page.keyboard.type("shop server");
    await page.keyboard.press("Enter");
    const secret = page.getByLabel("Key", { exact: true });
    await expectFocus(page, secret);
    api = server.api(await secret.inputValue());
    await page.keyboard.press("Escape");
    await page.getByRole("row", { name: /shop server/ }).waitFor();
  });

  it("shows an empty program to everybody", () => look(owner, states.emptyStates(programPath)));

  it("comes to a draft with another rate, and to publishing it, by keyboard alone", async () => {
    const { page } = owner;
    await page.goto(`${server.url}${programPath}/plan`);
    await page.getByText("On these terms").waitFor();
    await tabTo(page, page.getByRole("link", { name: "Draft a new version" }));
    await page.keyboard.press("Enter");
    const rate = page.getByLabel("Rate of level 1");
    await rate.waitFor();
    await tabTo(page, rate);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("6");
    await tabTo(page, page.getByRole("button", { name: "Publish…" }), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Level 1 earns 6 % instead of 5 %").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Keep as draft" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Draft:/ }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  it("shows every page of the operator to everybody", async () => {
    asha = await api.join(undefined, { name: "Asha", name_shown: true });
    const ben = await api.join(asha, { name: "Ben" });
    const chen = await api.join(ben, { name: "A name as long as names are where nobody counted letters" });
    await api.buy(ben, 1_234_567_800, 999_999_900);
    purchase = await api.buy(chen, 250_000, 60_000);
    await api.refund(purchase, "refund-1", 100_000);
    await look(owner, states.operatorStates(programPath, asha.id, purchase.id));
  });

  it("shows every page of the advocate to everybody", async () => {
    await look(await advocate({ participant_id: asha.id }), states.advocateStates);
    const newcomer = { participant: { name: "Newcomer", email: "new@example.com" } };
    await look(await advocate(newcomer), states.newcomerStates);
  });

  it("shows the pages for friends, visitors and developers to everybody", async () =>
    look(await chromium.visitor(), states.publicStates(asha.code ?? "")));

  async function advocate(who: object): Promise<Visitor> {
    const visitor = await chromium.visitor();
    await visitor.page.goto((await api.post<{ url: string }>("/v1/embed_tokens", who)).body.url);
    return visitor;
  }

  async function look({ page, complaints }: Visitor, all: states.ScreenState[]): Promise<void> {
    const found: string[] = [];
    for (const state of all) found.push(...(await lookClosely(page, server.url, state)));
    looks += all.length;
    violations += found.length;
    expect(found).toEqual([]);
    expect(complaints.filter((complaint) => !PAGE_IS_A_REFUSAL.test(complaint))).toEqual([]);
  }
});
