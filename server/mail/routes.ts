import type { AnyDoor } from "../access/door.ts";
import type { MailDeps } from "./routes/deps.ts";
import { frameRoutes } from "./routes/frame.ts";
import { outboxRoutes } from "./routes/outbox.ts";
import { reportRoutes } from "./routes/reports.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { stopRoutes } from "./routes/stop.ts";
import { suppressionRoutes } from "./routes/suppressions.ts";
import { templateRoutes } from "./routes/templates.ts";

export const mailRoutes = (deps: MailDeps): AnyDoor[] => [
  ...outboxRoutes(deps),
  ...suppressionRoutes(deps),
  ...reportRoutes(deps),
  ...stopRoutes(deps),
  ...frameRoutes,
  ...settingsRoutes(deps),
  ...templateRoutes(deps),
];
