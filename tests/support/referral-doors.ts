import { streamEvents } from "../../server/events/stream-events.ts";
import { createIntakes } from "../../server/intakes.ts";
import { referralRoutes } from "../../server/referrals/routes.ts";
import { acceptSignIn } from "../../server/rewards/accept-sign-in.ts";
import { findEventObjects } from "../../server/rewards/find-event-objects.ts";
import { openTestDoors } from "./doors.ts";
import type { World } from "./world.ts";

const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const bus = { publish: nothing, subscribe: () => nothing, close: async () => {} };
const EMAIL_KEY = "the key of a test";

/** The doors people and referrals come through, on a server of their own. */
export function openReferralDoors({ db, plans }: World) {
  const publicUrl = () => "http://refer.example";
  const streams = streamEvents({
    ...{ db, bus, log },
    findObjects: findEventObjects,
    findNames: async () => new Map(),
    findSummary: async () => ({ type: "none", data: {} }),
  });
  const intake = createIntakes({ db, bus, log, plans, publicUrl }).signups;
  return openTestDoors(
    db,
    referralRoutes({
      db,
      intake,
      streams,
      findEventObjects,
      onAccessChange: () => nothing,
      noteVisit: async (programId, participantId) => {
        await db.write(programId, (tx) => acceptSignIn(tx, participantId));
      },
      emailKey: EMAIL_KEY,
      publicUrl,
    }),
  );
}
