import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useChromium } from "../../support/browser.ts";
import { type Mailbox, openMailbox, type ReceivedMail } from "../../support/mailbox.ts";
import { type Provisioned, startServer, type TestServer } from "../../support/server.ts";
import type { Visitor } from "../../support/visitor.ts";

const HTML_BYTES_MAX = 60_000;
const WIDTHS = [360, 800];

describe("mails as mailboxes show them", () => {
  const chromium = useChromium();
  let mailbox: Mailbox;
  let server: TestServer;
  let program: Provisioned;
  let visitor: Visitor;

  beforeAll(async () => {
    mailbox = await openMailbox();
    server = await startServer({ env: { SMTP_URL: mailbox.url } });
    program = await server.provision();
    visitor = await chromium.visitor();
  });
  afterAll(async () => {
    await server.stop();
    await mailbox.close();
  });

  const received = async (message: string, language: string): Promise<ReceivedMail> => {
    const to = `${message}.${language}@friends.example`;
    await program.api.post("/v1/mails/test", { message, language, to });
    return mailbox.next({ to });
  };

  it("fit every width and both colours, with one action that can be read", async () => {
    const { body } = await program.api.get<{ data: { name: string }[] }>("/v1/messages");
    const { page } = visitor;
    for (const { name } of body.data) {
      const html = (await received(name, "en")).html ?? "";
      expect(Buffer.byteLength(html), name).toBeLessThanOrEqual(HTML_BYTES_MAX);
      await page.setContent(html);
      for (const width of WIDTHS)
        for (const colorScheme of ["light", "dark"] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          const seen = await page.evaluate(readLetter);
          const where = `${name} at ${width} px, ${colorScheme}`;
          expect(seen.scrollWidth, where).toBeLessThanOrEqual(width);
          expect(seen.buttons, where).toBeLessThanOrEqual(1);
          expect(seen.lowest, where).toBeGreaterThanOrEqual(4.5);
          expect(seen.background, where).toBe(
            colorScheme === "dark" ? "rgb(23, 24, 22)" : "rgb(255, 255, 255)",
          );
        }
    }
  });

  it("are changed in the console, seen beside it, and sent in the new words", async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(`${server.url}/app/sign-in`);
    await page.getByLabel("E-mail").fill(program.owner.email);
    await page.getByLabel("Password", { exact: true }).fill(program.owner.password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Settings" }).first().click();
    await page.getByRole("link", { name: "E-mail" }).click();
    await page.getByText(`Mails go out through ${new URL(mailbox.url).host}`).waitFor();
    await page.getByRole("link", { name: "Messages" }).click();
    await page.getByRole("link", { name: "Somebody invites a friend by name" }).click();
    const heading = page.getByLabel("Heading", { exact: true });
    await heading.fill("Come along, ");
    await page.getByRole("button", { name: "Insert friend into Heading", exact: true }).click();
    const sheet = page.frameLocator("iframe");
    await sheet.getByRole("heading", { name: "Come along, Meera" }).waitFor();
    await heading.fill("{secret}");
    await page.getByRole("button", { name: "Save as a new version" }).click();
    await page.getByText("{secret} is nothing this message knows").waitFor();
    await heading.fill("Come along, {friend}");
    await page.getByRole("button", { name: "Save as a new version" }).click();
    await page.getByText("Version 1").waitFor();
    await page.getByRole("button", { name: "Send a test to myself" }).click();
    const mail = await mailbox.next({ to: program.owner.email });
    expect(mail.html).toContain("Come along, Meera");
    // A browser says of the words that were refused that they were.
    expect(visitor.complaints.filter((one) => !/status of 400/.test(one))).toEqual([]);
  });
});

/** What a reader sees, measured in the page: how wide it is, how many buttons, and the weakest contrast of its texts. */
function readLetter() {
  const parse = (color: string) => (/[\d.]+/g[Symbol.match](color) ?? []).map(Number);
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = parse(color).map((c) => {
      const part = c / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((parse(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  let lowest = 21;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement as HTMLElement;
    if (!node.textContent?.trim() || parent.getClientRects().length === 0) continue;
    const [a, b] = [luminance(getComputedStyle(parent).color), luminance(backgroundOf(parent))];
    lowest = Math.min(lowest, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return {
    scrollWidth: document.documentElement.scrollWidth,
    buttons: document.querySelectorAll("td[bgcolor] a").length,
    background: getComputedStyle(document.querySelector(".sheet") as Element).backgroundColor,
    lowest,
  };
}
