import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const TABS_MAX = 40;

/** Presses Tab until it is there: a control that cannot be reached by keyboard is found by its absence. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Already there, without a key. */
export async function expectFocus(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const focused = await page.evaluate(() => document.activeElement?.outerHTML);
  expect(await hasFocus(target), `the focus is on ${focused}`).toBe(true);
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);
