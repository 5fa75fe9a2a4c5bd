import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../../server/rewards/contract.ts";
import { soon } from "../../support/api.ts";
import { useChromium } from "../../support/browser.ts";
import { joinThrough } from "../../support/join-page.ts";
import { tabTo } from "../../support/keyboard.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

const rupees = (whole: number) => ({ amount: whole * 100, currency: "INR" });
/** 200 rupees for the friend's first two orders over 1000, 300 for whoever invited them. */
const PLAN = {
  name: "Welcome gift",
  currency: "INR",
  direct_limit: null,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  caps: [{ id: "once", scope: "participant", period: "year", amount: rupees(3000) }],
  rules: [
    {
      ...{ id: "gift", rule: "fixed_amount", on: "purchase" },
      when: { amount_above: rupees(1000), nth: { to: 2 } },
      levels: [
        { level: 0, amount: rupees(200) },
        { level: 1, amount: rupees(300) },
      ],
    },
  ],
};
const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  "</title><svg onload=alert(1)>",
  "{{constructor.constructor('alert(1)')()}}",
];
const SCRIPT_BYTES_MAX = 10_000;

describe("what a friend sees, from the link to the credit", () => {
  const chromium = useChromium();
  let server: TestServer;
  let program: Provisioned;
  let asha: ParticipantAnswer;
  const everybody: Visitor[] = [];

  beforeAll(async () => {
    server = await startServer({ env: { SMTP_URL: "smtp://127.0.0.1:9" } });
    program = await server.provision();
    const { api } = program;
    const draft = await api.post<{ id: string }>("/v1/plans", { document: PLAN });
    expect(draft.status, JSON.stringify(draft.body)).toBe(201);
    const published = await api.post(`/v1/plans/${draft.body.id}/publish`, {});
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    asha = await api.join(undefined, { name: "Asha Menon" });
  });
  afterAll(() => server.stop());

  const arrive = async (visitor: Promise<Visitor>): Promise<Visitor> => {
    const here = await visitor;
    everybody.push(here);
    return here;
  };
  const linkOf = ({ code }: ParticipantAnswer) => `${server.url}/${code}`;
  const personNamed = (name: string) =>
    soon(async () => {
      const { body } = await program.api.get<{ data: ParticipantAnswer[] }>(`/v1/participants?q=${name}`);
      return body.data[0] ?? null;
    });

  it("shows the benefit first, and fits a narrow phone without scrolling sideways", async () => {
    const { page } = await arrive(chromium.visitor({ viewport: { width: 360, height: 740 } }));
    await page.goto(linkOf(asha));
    await page.getByRole("heading", { name: "Asha invited you" }).waitFor();
    const gift = await page.getByRole("list", { name: "What you get" }).boundingBox();
    const form = await page.locator("form").boundingBox();
    expect(gift?.y ?? 9e9).toBeLessThan(form?.y ?? 0);
    expect(await isWiderThanScreen(page)).toBe(false);
  });

  it("keeps a welcome current: what is missing, why an order did not count, and the credit within moments", async () => {
    const { page } = await arrive(chromium.visitor());
    const scripts: number[] = [];
    page.on("response", async (response) => {
      if (response.headers()["content-type"]?.includes("javascript"))
        scripts.push((await response.body()).length);
    });
    await joinThrough(page, linkOf(asha), "Ben", "ben@example.com");
    await page.getByText("Your first 2 orders over ₹1,000.00").waitFor();
    await page.getByText("Then you get ₹200.00.").waitFor();
    const ben = await personNamed("Ben");
    await program.api.buy(ben, 95_000);
    // Told to nobody, so the page looks by itself.
    await page.getByText("₹950.00 is not over ₹1,000.00, so this order does not earn.").waitFor();
    await program.api.buy(ben, 150_000);
    await page.locator(".receipt").getByText("On its way").waitFor();
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(SCRIPT_BYTES_MAX);
  });

  it("says the same without JavaScript, and what becomes of the credit after a refund", async () => {
    const { page } = await arrive(chromium.visitor({ javaScriptEnabled: false }));
    await joinThrough(page, linkOf(asha), "Chen", "chen@example.com");
    const chen = await personNamed("Chen");
    const sale: ConversionAnswer = await program.api.buy(chen, 150_000);
    await page.reload();
    await page
      .getByText("You did it all")
      .or(page.getByText("Confirm your e-mail").first())
      .first()
      .waitFor();
    expect(await page.locator(".receipt").innerText()).toContain("₹200.00");
    expect((await program.api.refund(sale, "refund-1", 150_000)).status).toBe(201);
    await page.reload();
    expect(await page.locator(".receipt").innerText()).toContain("It was taken back");
  });

  it("can be gone through with the keyboard alone", async () => {
    const { page } = await arrive(chromium.visitor());
    await page.goto(linkOf(asha));
    await tabTo(page, page.getByLabel("Name", { exact: true }));
    await page.keyboard.type("Divya");
    await tabTo(page, page.getByLabel("E-mail"));
    await page.keyboard.type("divya@example.com");
    await tabTo(page, page.getByLabel("Show my first name to friends I invite"));
    await page.keyboard.press("Space");
    await tabTo(page, page.getByRole("button", { name: /^Join / }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "You’re in, Divya" }).waitFor();
    await tabTo(page, page.getByLabel(/^Code we sent to/));
    await page.keyboard.type("12");
    await page.keyboard.press("Enter");
    await page.getByText("Type the six digits of the mail.").waitFor();
    expect((await personNamed("Divya")).name_shown).toBe(true);
  });

  it("runs no text of a program or a person, wherever it stands", async () => {
    const { page } = await arrive(chromium.visitor());
    page.on("dialog", () => {
      throw new Error("A text was run.");
    });
    for (const text of HOSTILE) {
      const plain = text.replaceAll(/[{}]/g, "");
      const texts = { en: { headline: plain, lead_text: plain, button: plain.slice(0, 40), thanks: plain } };
      const put = await program.api.send("PUT", "/v1/brand", { color: "#ffb000", texts });
      expect(put.status, JSON.stringify(put.body)).toBe(200);
      const advocate = await program.api.join(undefined, { name: text });
      await page.goto(`${server.url}/${advocate.code}`);
      expect(await page.locator("h1").innerText()).toBe(plain);
    }
  });

  it("raises no complaint of the browser on any page", () => {
    // A form that comes back says so by its status, which the browser notes.
    const complaints = everybody.flatMap((one) => one.complaints);
    expect(complaints.filter((one) => !one.includes("422"))).toEqual([]);
  });
});

const isWiderThanScreen = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
