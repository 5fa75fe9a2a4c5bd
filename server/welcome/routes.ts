import { type AnyDoor, door } from "../access/door.ts";
import { STYLE_PATH } from "./page.ts";
import { cardRoutes } from "./routes/card.ts";
import type { WelcomeDeps } from "./routes/deps.ts";
import { joinRoutes } from "./routes/join.ts";
import { joinedRoutes } from "./routes/joined.ts";

const FOR_EVER = {
  "content-type": "text/css; charset=utf-8",
  "cache-control": "public, max-age=31536000, immutable",
};

export const welcomeRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  ...joinRoutes(deps),
  ...joinedRoutes(deps),
  ...cardRoutes(deps),
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
