import { createHash } from "node:crypto";
import { type Answer, type AnyDoor, door } from "../access/door.ts";
import type { Access } from "../access/open-access.ts";
import type { GroupCommits } from "../platform/group-commit.ts";
import type { Problem } from "../platform/http.ts";
import type { BatchAnswer } from "../platform/idempotency.ts";
import type { Refusal } from "../primitives/refusal.ts";
import type { SignupRequest } from "../referrals/attribute-signup-requests.ts";
import type { Offer } from "./offer.ts";
import * as others from "./other-pages.ts";
import { type Look, type Page, renderPage } from "./page.ts";
import { joinRoutes } from "./routes/join.ts";
import { joinedRoutes } from "./routes/joined.ts";
import { type Fonts, styleOf } from "./style.ts";

export type WelcomeDeps = {
  access: Access;
  /** The same batch the API's sign-ups go through. */
  intake: GroupCommits<SignupRequest, BatchAnswer | Refusal>;
  emailKey: string;
  /** Seals the welcome of somebody who has just joined. */
  passKey: string;
  publicUrl: () => string;
  /** What the program's plan promises now. */
  findOffer: (programId: string) => Promise<Offer | null>;
  pages: Pages;
};

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

const STYLE_PATH = "/welcome/style.css";
const FOR_EVER = {
  "content-type": "text/css; charset=utf-8",
  "cache-control": "public, max-age=31536000, immutable",
};
const PAGE = { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-cache" };

export function createPages(fonts: Fonts): Pages {
  const style = styleOf(fonts);
  const version = createHash("sha256").update(style).digest("hex").slice(0, 12);
  const look: Look = {
    style: `${STYLE_PATH}?v=${version}`,
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

export const welcomeRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  ...joinRoutes(deps),
  ...joinedRoutes(deps),
  door({
    method: "GET",
    path: STYLE_PATH,
    operation: "pages.read",
    limit: "public_page",
    summary: "How the hosted pages look",
    tag: "Pages",
    isPage: true,
    schema: {},
    handle: () => ({ status: 200, body: deps.pages.style, headers: FOR_EVER }),
  }),
];
