import type { Reader } from "../platform/database.ts";
import type { EventRecord, ToldEvent } from "./catalogue.ts";

/** Finds what the log keeps no object of, in the rows it is about, as it was then: by the event's id. */
export type ObjectFinder = (
  reader: Reader,
  events: readonly EventRecord[],
) => Promise<ReadonlyMap<string, Record<string, unknown>>>;

/** The events, each with its object. */
export async function findObjects(
  reader: Reader,
  events: readonly EventRecord[],
  finder: ObjectFinder,
): Promise<ToldEvent[]> {
  const bare = events.filter((event) => !event.data.object);
  const found = bare.length === 0 ? new Map<string, Record<string, unknown>>() : await finder(reader, bare);
  return events.map((event) => {
    const object = event.data.object ?? found.get(event.id) ?? { id: event.subjectId };
    return { ...event, data: { ...event.data, object } };
  });
}
