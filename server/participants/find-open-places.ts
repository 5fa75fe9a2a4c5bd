import type { Reader } from "../platform/database.ts";
import { listOpenPlaces } from "./store/open-places.ts";
import type { OpenPlace } from "./vacancy.ts";

/** The nearest open places below each of these inviters, at most `limit` of each, in the order they are taken. */
export async function findOpenPlaces(
  reader: Reader,
  inviterIds: readonly string[],
  limit: number,
): Promise<Map<string, OpenPlace[]>> {
  const places = new Map<string, OpenPlace[]>(inviterIds.map((id) => [id, []]));
  if (inviterIds.length === 0) return places;
  for (const place of await listOpenPlaces(reader, inviterIds, limit))
    places.get(place.inviterId)?.push(place);
  return places;
}
