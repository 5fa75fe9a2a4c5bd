import type { EventRecord } from "../events/catalogue.ts";
import { NETWORK_LEVELS_MAX } from "../participants/participant.ts";

/** Where an event puts people, as one of those above sees it. */
export type Place = {
  ancestorId: string;
  level: number;
  /** The direct friend of the ancestor they are behind; the referee themselves where they are that friend. */
  legId: string;
  /** Below zero where they leave. */
  people: number;
};

/**
 * One place for each ancestor the event is told to. `referral.placed` is about somebody who stands below one who
 * waited: those told are new above them, and the nearest is as far away as the two are apart. Whoever is reassigned
 * departs and arrives with everybody below them, level by level.
 */
export function placesOf({ type, audience, data }: EventRecord): Place[] {
  const { object = {} } = data;
  if (type === "referral.created") return placesUnder(audience, String(object["referee_id"]), 0, 1);
  if (type === "referral.placed")
    return placesUnder(audience, String(object["below_id"]), Number(object["levels_below"]), 1);
  if (type !== "referral.departed" && type !== "referral.arrived") return [];
  const sign = type === "referral.arrived" ? 1 : -1;
  return peopleOf(object).flatMap((people, levelsBelow) =>
    people === 0 ? [] : placesUnder(audience, String(object["referee_id"]), levelsBelow, sign * people),
  );
}

/** How many came along: the referee, then those below by level. */
function peopleOf({ people }: Record<string, unknown>): number[] {
  return Array.isArray(people) ? people.map(Number) : [];
}

function placesUnder(
  audience: readonly string[],
  nearestId: string,
  levelsBetween: number,
  people: number,
): Place[] {
  return audience.slice(0, Math.max(0, NETWORK_LEVELS_MAX - levelsBetween)).map((ancestorId, index) => ({
    ancestorId,
    level: levelsBetween + index + 1,
    legId: audience[index - 1] ?? nearestId,
    people,
  }));
}
