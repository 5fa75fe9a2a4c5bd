import type { EventRecord } from "../events/catalogue.ts";
import type { LinkCount } from "../links/link-count.ts";
import { recordChannelCounts } from "../links/record-channel-counts.ts";
import { recordLinkCounts } from "../links/record-link-counts.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { lostSteps } from "./referral.ts";
import { listWaysOfReferees } from "./store.ts";

/** Adds those who joined, and how far they came, to what is counted for their link and for where it was shared. */
export async function recordLinkSignups(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  const steps = events.flatMap((event) => {
    const refereeId = String(event.data.object?.["referee_id"] ?? "");
    if (event.type === "referral.unqualified")
      return lostSteps(event.data.object).map((step) => ({ refereeId, step, added: -1 }));
    const step = stepOf(event);
    return step === null ? [] : [{ refereeId, step, added: 1 }];
  });
  if (steps.length === 0) return;
  const { timeZone } = await findProgram(tx);
  const refereeIds = [...new Set(steps.map(({ refereeId }) => refereeId))];
  const ways = new Map(
    (await listWaysOfReferees(tx, refereeIds, timeZone)).map((row) => [row.refereeId, row]),
  );
  const known = steps.flatMap(({ refereeId, step, added }) => {
    const way = ways.get(refereeId);
    return way ? [{ ...way, step, added }] : [];
  });
  await recordLinkCounts(
    tx,
    known.flatMap(({ linkId, day, step, added }): LinkCount[] =>
      linkId === null
        ? []
        : [{ linkId, day, clicks: 0, signups: 0, qualified: 0, rewarded: 0, [step]: added }],
    ),
  );
  await recordChannelCounts(
    tx,
    known.map(({ channel, step, added }) => ({ channel: channel ?? "", [step]: added })),
  );
}

/** Who gets a place after having waited was counted when they joined; who was refused is not counted. */
function stepOf(event: EventRecord): "signups" | "qualified" | "rewarded" | null {
  switch (event.type) {
    case "referral.created":
      return event.audience.length > 0 ? "signups" : null;
    case "referral.waitlisted":
      return "signups";
    case "referral.qualified":
      return "qualified";
    case "referral.rewarded":
      return "rewarded";
    default:
      return null;
  }
}
