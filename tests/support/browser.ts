import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { Visitor } from "./visitor.ts";

/** One Chromium for the test file; whoever visits has a context, and with it cookies, of their own. */
export type Chromium = {
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  /** Somebody whose browser is set to keep no cookie of anybody. */
  visitorWithoutCookies(): Promise<Visitor>;
};

/** Every wait of a journey ends: on its condition, or here. */
const WAIT_MS_MAX = 15_000;
const DESKTOP = { width: 1280, height: 860 };

// `npm test` looks for a Chromium and says where; a file run by itself takes the usual place.
const launch = { executablePath: process.env["CHROMIUM_PATH"] || "/usr/bin/chromium" };

/** Opens the browser before the file's tests and closes it, with everybody in it, after them. */
export function useChromium(): Chromium {
  let browser: Browser | null = null;
  const closings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(launch);
    closings.push(() => (browser as Browser).close());
  });
  afterAll(async () => {
    for (let close = closings.pop(); close; close = closings.pop()) await close();
  });
  return {
    visitor: async (options = {}) => {
      if (!browser) throw new Error("useChromium() is ready inside tests and hooks only");
      return visitorIn(await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options }));
    },
    visitorWithoutCookies: async () => {
      const folder = folderRefusingCookies();
      const context = await chromium.launchPersistentContext(folder, { ...launch, viewport: DESKTOP });
      closings.push(async () => {
        await context.close();
        fs.rmSync(folder, { recursive: true, force: true });
      });
      return visitorIn(context);
    },
  };
}

async function visitorIn(context: BrowserContext): Promise<Visitor> {
  context.setDefaultTimeout(WAIT_MS_MAX);
  return Visitor.open(context);
}

/** The browser's own switch, as a person finds it under "block all cookies". */
function folderRefusingCookies(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-chromium-"));
  fs.mkdirSync(path.join(folder, "Default"));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  fs.writeFileSync(path.join(folder, "Default/Preferences"), JSON.stringify(preferences));
  return folder;
}

/** Waits until what is seen is what should be seen; fails with the difference. */
export async function seen<Value>(look: () => Promise<Value>, wanted: Value): Promise<void> {
  await expect.poll(look, { timeout: WAIT_MS_MAX, interval: 20 }).toEqual(wanted);
}
