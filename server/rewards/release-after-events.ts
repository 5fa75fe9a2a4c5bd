import { findSettled } from "../conversions/find-settled.ts";
import type { EventRecord } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { findRewards } from "./find-rewards.ts";
import { releaseHeldRewards } from "./release-held-rewards.ts";
import { INACTIVE_UPLINE } from "./reward-use.ts";
import { hasHeldRewards } from "./store.ts";

const PURCHASE_KIND = "purchase";

/**
 * Whoever was reinstated or has bought may be active again: what was held for them is let go. So may be whom a purchase
 * found away that was settled at that very moment.
 */
export async function releaseAfterEvents(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  // Most programs hold nothing for anybody, and are asked no more than this.
  if (!(await hasHeldRewards(tx, INACTIVE_UPLINE))) return;
  const idsOf = (type: EventRecord["type"]) =>
    events.filter((event) => event.type === type).map(({ subjectId }) => subjectId);
  const settled = await findSettled(tx, idsOf("conversion.settled"));
  const buyers = [...settled.values()].filter(({ kind }) => kind === PURCHASE_KIND);
  const rewards = [...(await findRewards(tx, [...settled.keys()])).values()].flat();
  const waiting = rewards.filter(({ holdReason }) => holdReason === INACTIVE_UPLINE);
  const people = [
    ...idsOf("participant.updated"),
    ...[...buyers, ...waiting].map(({ participantId }) => participantId),
  ];
  await releaseHeldRewards(tx, [...new Set(people)]);
}
