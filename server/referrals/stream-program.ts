import type { ToldEvent } from "../events/catalogue.ts";
import { messageOf } from "../events/message.ts";
import type { View } from "../events/stream-events.ts";

const PERSON_KEYS = ["participant_id", "referee_id", "advocate_id", "inviter_id"] as const;

/** What the program's team sees: every event, with the names of the people in it. */
export function streamProgram(types: ReadonlySet<string> | null): View {
  return {
    open: async () => {},
    rewind: () => {},
    wantsSummary: true,
    // What a participant was told is theirs; the program sees what happened.
    sees: (event) => (types === null ? !event.type.startsWith("notification.") : types.has(event.type)),
    people: (event) => peopleOf(event).map(([, id]) => id),
    apply: (event, names) => {
      const named = Object.fromEntries(
        peopleOf(event).map(([key, id]) => [
          key === "id" ? "name" : key.replace("_id", "_name"),
          names.get(id) ?? null,
        ]),
      );
      return messageOf(event, { ...event.data.object, ...named });
    },
    opening: () => ({}),
    refresh: async () => null,
  };
}

function peopleOf(event: ToldEvent): [key: string, id: string][] {
  const { object } = event.data;
  const people: [string, string][] = PERSON_KEYS.flatMap((key) => {
    const id = object[key];
    return typeof id === "string" ? [[key, id] as [string, string]] : [];
  });
  if (event.type.startsWith("participant.")) people.push(["id", event.subjectId]);
  return people;
}
