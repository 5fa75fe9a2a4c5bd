import type { EventRecord } from "../events/catalogue.ts";
import { recordAdvocateCounts } from "../participants/record-advocate-counts.ts";
import type { Tx } from "../platform/database.ts";
import { recordProgramCounts } from "../programs/record-program-counts.ts";
import { placesOf } from "./place.ts";
import { lostSteps } from "./referral.ts";
import { addLegCounts, addNetworkCounts } from "./store.ts";

/** Adds sign-ups and qualified friends to the counters that pages read: per level, per leg, per program. */
export async function recordNetwork(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  const levels = new Map<string, { participant_id: string; level: number; added: number }>();
  const legs = new Map<string, { participant_id: string; leg_participant_id: string; added: number }>();
  const qualified = new Map<string, number>();
  for (const event of events) {
    countPlace(event, levels, legs);
    const [advocate] = event.audience;
    if (advocate) qualified.set(advocate, (qualified.get(advocate) ?? 0) + qualifiedBy(event));
  }
  if (levels.size > 0) await addNetworkCounts(tx, [...levels.values()]);
  if (legs.size > 0) await addLegCounts(tx, [...legs.values()]);
  await recordAdvocateCounts(
    tx,
    [...qualified]
      .filter(([, added]) => added !== 0)
      .map(([participantId, added]) => ({ participantId, qualified: added })),
  );
  await recordProgramCounts(tx, events.flatMap(programCounts));
}

/** One more person at each level above, and in the leg each ancestor sees them in. */
function countPlace(
  event: EventRecord,
  levels: Map<string, { participant_id: string; level: number; added: number }>,
  legs: Map<string, { participant_id: string; leg_participant_id: string; added: number }>,
): void {
  for (const { ancestorId, level, legId, people } of placesOf(event)) {
    const atLevel = levels.get(`${ancestorId} ${level}`) ?? { participant_id: ancestorId, level, added: 0 };
    atLevel.added += people;
    levels.set(`${ancestorId} ${level}`, atLevel);
    if (level === 1) continue;
    const inLeg = legs.get(`${ancestorId} ${legId}`) ?? {
      participant_id: ancestorId,
      leg_participant_id: legId,
      added: 0,
    };
    inLeg.added += people;
    legs.set(`${ancestorId} ${legId}`, inLeg);
  }
}

/** What the nearest advocate counts: who leaves them takes along that they had qualified. */
function qualifiedBy({ type, data }: EventRecord): number {
  if (type === "referral.qualified") return 1;
  if (type === "referral.unqualified") return -1;
  return type === "referral.departed" ? -Number(data.object?.["qualified"] ?? 0) : 0;
}

function programCounts(
  event: EventRecord,
): { metric: "joined" | "referred" | "qualified" | "rewarded"; currency: string; added: bigint }[] {
  switch (event.type) {
    case "participant.created":
      return [{ metric: "joined", currency: "", added: 1n }];
    case "referral.created":
      return event.audience.length > 0 ? [{ metric: "referred", currency: "", added: 1n }] : [];
    case "referral.qualified":
      return [{ metric: "qualified", currency: "", added: 1n }];
    case "referral.unqualified":
      return lostSteps(event.data.object).map((metric) => ({ metric, currency: "", added: -1n }));
    case "referral.rewarded":
      return [{ metric: "rewarded", currency: "", added: 1n }];
    case "referral.reassigned":
      return event.data.object?.["former_advocate_id"] == null
        ? [{ metric: "referred", currency: "", added: 1n }]
        : [];
    case "referral.departed":
      return (["qualified", "rewarded"] as const).map((metric) => ({
        ...{ metric, currency: "", added: -BigInt(Number(event.data.object?.[metric] ?? 0)) },
      }));
    default:
      return [];
  }
}
