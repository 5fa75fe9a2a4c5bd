import { createHash } from "node:crypto";
import type { Answer } from "../access/door.ts";
import type { Problem } from "../primitives/problem.ts";
import { LIVE_SCRIPT } from "./live-script.ts";
import * as others from "./other-pages.ts";
import { type Look, type Page, renderPage, SCRIPT_PATH, STYLE_PATH } from "./page.ts";
import { type Fonts, styleOf } from "./style.ts";

/** Pages share one style sheet, whose address changes with what it says. */
export type Pages = {
  look: Look;
  style: string;
  answer(status: number, page: Page): Answer;
  /** The page for codes that lead nowhere. */
  unknownCodePage(): Answer;
  /** Any refusal, for people. */
  problemPage(problem: Problem, path: string): string;
};

const PAGE = { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-cache" };

export function createPages(fonts: Fonts): Pages {
  const style = styleOf(fonts);
  const version = createHash("sha256").update(style).digest("hex").slice(0, 12);
  const look: Look = {
    style: `${STYLE_PATH}?v=${version}`,
    script: `${SCRIPT_PATH}?v=${createHash("sha256").update(LIVE_SCRIPT).digest("hex").slice(0, 12)}`,
    preload: [fonts.serif, fonts.sans].filter((face) => face !== null),
  };
  const answer = (status: number, page: Page): Answer => ({
    status,
    body: renderPage(page, look),
    headers: PAGE,
  });
  // Made once: an unknown code costs no more than a known one.
  const unknownCode = answer(404, others.unknownCodePage());
  return {
    look,
    style,
    answer,
    unknownCodePage: () => unknownCode,
    problemPage: (problem, path) => renderPage(others.problemPage(problem, path), look),
  };
}
