import type { AnyDoor } from "../access/door.ts";
import { changeRoutes } from "./routes/changes.ts";
import type { LinksDeps } from "./routes/deps.ts";
import { qrRoutes } from "./routes/qr.ts";
import { readRoutes } from "./routes/reads.ts";

export const linkRoutes = (deps: LinksDeps): AnyDoor[] => [
  ...readRoutes(deps),
  ...changeRoutes(deps),
  ...qrRoutes(deps),
];
