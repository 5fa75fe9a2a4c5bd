import axe from "axe-core";
import type { Page } from "playwright-core";
import type { ScreenState } from "./screen-state.ts";

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] };

const WIDTHS = [1280, 390];
const REFLOW_WIDTH = 320;
const HEIGHT = 860;

/** Goes to one state and looks at it in every size and both colours; answers what is wrong with it. */
export async function lookClosely(page: Page, origin: string, state: ScreenState): Promise<string[]> {
  const found: string[] = [];
  await page.setViewportSize({ width: WIDTHS[0] ?? 0, height: HEIGHT });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`${origin}${state.path}`);
  await state.act?.(page);
  await state.sign(page).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("main .bone").length === 0);
  for (const width of WIDTHS)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: HEIGHT });
      await showIn(page, colorScheme);
      // What stands where is the same in both colours.
      const violations = await findViolations(page, colorScheme === "light" ? "all" : "colours");
      found.push(
        ...violations.map((violation) => `${state.name}, ${width} px, ${colorScheme}: ${violation}`),
      );
    }
  await page.setViewportSize({ width: REFLOW_WIDTH, height: HEIGHT });
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  if (widest > REFLOW_WIDTH) found.push(`${state.name}: ${widest} px wide at ${REFLOW_WIDTH} px`);
  return found;
}

/** The pages that keep a choice of colours follow the system's in an event of their own. */
async function showIn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    (wanted) =>
      matchMedia(`(prefers-color-scheme: ${wanted})`).matches &&
      (document.documentElement.dataset["theme"] ?? wanted) === wanted,
    colorScheme,
  );
}

/** WCAG 2.2 AA, and what axe holds to be good practice. */
async function findViolations(page: Page, rules: "all" | "colours"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (only) => {
    const { axe: runner } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> };
    };
    const options = only === "colours" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
    return (await runner.run(document, { resultTypes: ["violations"], ...options })).violations;
  }, rules);
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ""}`).join(" | ")}`,
  );
}
