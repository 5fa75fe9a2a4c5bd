import type { Page } from "playwright-core";

/** What an advocate reads on their home. */
export class PortalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Loaded: the stream stands, the last list has come, and nothing is drawn as a bone any more. */
  async settled(): Promise<void> {
    await this.page.getByText("Live", { exact: true }).waitFor();
    await this.page.waitForFunction(
      () =>
        document.querySelectorAll("main .bone").length === 0 &&
        performance.getEntriesByType("resource").some(({ name }) => name.includes("/v1/rewards?")),
    );
    await this.page.locator("main img").first().waitFor();
  }

  /** A number of the strip, without its note: `figure("Earned")` → "₹30.00". */
  async figure(label: string): Promise<string> {
    const strip = this.page.locator("main dl > div", { has: this.page.getByText(label, { exact: true }) });
    return text(await strip.locator("dd").first().innerText());
  }

  /** A line of the balance: `purse("On its way")`. */
  async purse(word: string): Promise<string> {
    const balance = this.page.locator("section", {
      has: this.page.getByRole("heading", { name: "Balance" }),
    });
    const line = balance.locator("dl > div", { has: this.page.getByText(word, { exact: false }) });
    return text(await line.locator("dd").first().innerText());
  }

  /** The table of levels: [["Level 1", "2", "₹30.00"], …]. */
  async levels(): Promise<string[][]> {
    const rows = this.page.locator("section table tbody tr");
    return rows.evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => (cell.textContent ?? "").split(" · ")[0] ?? "")),
    );
  }

  /** The row of one reward, as text without line breaks; null while it is not there. */
  async reward(id: string): Promise<string | null> {
    const row = this.page.locator(`[data-reward="${id}"]`);
    return (await row.count()) === 0 ? null : text(await row.innerText());
  }

  /** All amounts of the rows, what refunds took back included, in minor units. */
  async sumOfRows(): Promise<number> {
    const figures = await this.page.locator("[data-reward] .figures").allInnerTexts();
    const movements = figures.filter((figure) => /^[+−]/.test(figure));
    return movements.reduce((sum, figure) => sum + (figure.startsWith("+") ? 1 : -1) * minorOf(figure), 0);
  }

  /** From now on the page notes when it first shows each reward. */
  async watchRewards(): Promise<void> {
    await this.page.evaluate(() => {
      const shown: Record<string, { at: number; isSliding: boolean }> = {};
      const look = (): void => {
        for (const row of document.querySelectorAll<HTMLElement>("[data-reward]"))
          shown[row.dataset["reward"] ?? ""] ??= {
            at: Date.now(),
            isSliding: row.getAnimations().length > 0 || row.classList.contains("arriving"),
          };
      };
      look();
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      Object.assign(window, { shownRewards: shown });
    });
  }

  async shown(rewardId: string): Promise<{ at: number; isSliding: boolean } | null> {
    return this.page.evaluate(
      (id) =>
        (window as unknown as { shownRewards: Record<string, { at: number; isSliding: boolean }> })
          .shownRewards[id] ?? null,
      rewardId,
    );
  }
}

/** "₹30.00" as 3000. */
export const minorOf = (amount: string): number => Number(amount.replaceAll(/[^\d]/g, ""));

const text = (seen: string): string => seen.replaceAll(/\s+/g, " ").trim();
