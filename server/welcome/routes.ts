import { type AnyDoor, door } from "../access/door.ts";
import type { MailSignIn } from "../access/mail-sign-in.ts";
import { styleInTheme } from "../programs/brand-style.ts";
import { StyleQuery } from "./contract.ts";
import { LIVE_SCRIPT } from "./live-script.ts";
import { SCRIPT_PATH, STYLE_PATH } from "./page.ts";
import { cardRoutes } from "./routes/card.ts";
import type { WelcomeDeps } from "./routes/deps.ts";
import { invitedRoutes } from "./routes/invited.ts";
import { joinRoutes } from "./routes/join.ts";
import { joinedRoutes } from "./routes/joined.ts";
import { previewRoutes } from "./routes/preview.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { verifyRoutes } from "./routes/verify.ts";

const FOR_EVER = {
  "content-type": "text/css; charset=utf-8",
  "cache-control": "public, max-age=31536000, immutable",
};

export const welcomeRoutes = (deps: WelcomeDeps, mail: MailSignIn | null): AnyDoor[] => [
  ...joinRoutes(deps),
  ...joinedRoutes(deps),
  ...verifyRoutes(deps),
  ...invitedRoutes(deps),
  ...signInRoutes(deps, mail),
  ...previewRoutes(deps),
  door({
    method: "GET",
    path: SCRIPT_PATH,
    operation: "pages.read",
    limit: "public_page",
    summary: "What keeps a welcome current",
    tag: "Pages",
    isPage: true,
    schema: {},
    handle: () => ({
      status: 200,
      body: LIVE_SCRIPT,
      headers: { ...FOR_EVER, "content-type": "text/javascript; charset=utf-8" },
    }),
  }),
  ...cardRoutes(deps),
  door({
    method: "GET",
    path: STYLE_PATH,
    operation: "pages.read",
    limit: "public_page",
    summary: "How the hosted pages look",
    tag: "Pages",
    isPage: true,
    schema: { query: StyleQuery },
    handle: ({ query }) => ({
      status: 200,
      body: styleInTheme(deps.pages.style, query.theme),
      headers: FOR_EVER,
    }),
  }),
];
