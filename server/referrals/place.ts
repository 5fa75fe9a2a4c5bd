import type { EventRecord } from "../events/catalogue.ts";

/** Where an event puts its referee, as one of those above sees it. */
export type Place = {
  ancestorId: string;
  level: number;
  /** The direct friend of the ancestor it is behind; the referee themselves where they are that friend. */
  legId: string;
};

/**
 * One place for each ancestor the event is told to. `referral.placed` is about somebody who stands below one who
 * waited: those told are new above them, and the nearest is as far away as the two are apart.
 */
export function placesOf({ type, audience, data }: EventRecord): Place[] {
  const { object = {} } = data;
  if (type === "referral.created") return placesUnder(audience, String(object["referee_id"]), 0);
  if (type === "referral.placed")
    return placesUnder(audience, String(object["below_id"]), Number(object["levels_below"]));
  return [];
}

function placesUnder(audience: readonly string[], nearestId: string, levelsBetween: number): Place[] {
  return audience.map((ancestorId, index) => ({
    ancestorId,
    level: levelsBetween + index + 1,
    legId: audience[index - 1] ?? nearestId,
  }));
}
