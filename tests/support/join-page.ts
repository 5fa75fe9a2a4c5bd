import type { Page } from "playwright-core";

/** Follows a link like a friend who was sent it, joins with name and e-mail, and stays on the welcome. */
export async function joinThrough(page: Page, link: string, name: string, email: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: /^Join / }).click();
  await page.getByRole("heading", { name: `You’re in, ${name}` }).waitFor();
}
