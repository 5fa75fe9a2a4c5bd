import type { EventRecord } from "../events/catalogue.ts";
import type { LinkCount } from "../links/link-count.ts";
import { recordLinkCounts } from "../links/record-link-counts.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { listLinksOfReferees } from "./store.ts";

/** Adds those who joined through a link, and how far they came, to what is counted for it. */
export async function recordLinkSignups(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  const steps = events.flatMap((event) => {
    const step = stepOf(event);
    return step === null ? [] : [{ refereeId: String(event.data.object?.["referee_id"] ?? ""), step }];
  });
  if (steps.length === 0) return;
  const { timeZone } = await findProgram(tx);
  const refereeIds = [...new Set(steps.map(({ refereeId }) => refereeId))];
  const links = new Map(
    (await listLinksOfReferees(tx, refereeIds, timeZone)).map((row) => [row.refereeId, row]),
  );
  await recordLinkCounts(
    tx,
    steps.flatMap(({ refereeId, step }): LinkCount[] => {
      const link = links.get(refereeId);
      if (!link) return [];
      const none = { clicks: 0, signups: 0, qualified: 0, rewarded: 0 };
      return [{ linkId: link.linkId, day: link.day, ...none, [step]: 1 }];
    }),
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
