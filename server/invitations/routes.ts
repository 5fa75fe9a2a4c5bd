import type { AnyDoor } from "../access/door.ts";
import { batchDoors } from "./routes/batches.ts";
import { changeDoors } from "./routes/change.ts";
import { createDoors } from "./routes/create.ts";
import type { InvitationsDeps } from "./routes/deps.ts";
import { previewDoors } from "./routes/preview.ts";
import { readDoors } from "./routes/read.ts";
import { termsDoors } from "./routes/terms.ts";

/** Inviting people by name. */
export const invitationRoutes = (deps: InvitationsDeps): AnyDoor[] => [
  ...createDoors(deps),
  ...previewDoors(deps),
  ...readDoors(deps),
  ...changeDoors(deps),
  ...termsDoors(deps),
  ...batchDoors(deps),
];
