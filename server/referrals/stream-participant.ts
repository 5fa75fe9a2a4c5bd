import type { EventRecord, ToldEvent } from "../events/catalogue.ts";
import { messageOf } from "../events/message.ts";
import type { View } from "../events/stream-events.ts";
import { findPersonCounts } from "../participants/find-person-counts.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findStanding } from "./find-standing.ts";
import { placesOf } from "./place.ts";
import { applyToStanding, type Standing, standingWire } from "./standing.ts";

/** What one participant sees: their own events, each with how they stand after it. */
export function streamParticipant(participantId: string): View {
  let standing: Standing | null = null;
  const known = (): Standing => {
    if (!standing) throw new Error("The view was not opened.");
    return standing;
  };
  const sees = (event: EventRecord): boolean =>
    event.audience.includes(participantId) && event.type !== "participant.created";
  return {
    wantsSummary: false,
    sees,
    open: async (reader, horizon) => {
      standing = await findStanding(reader, participantId, horizon);
      if (!standing) throw new Refusal("not_found");
    },
    rewind: (event) => {
      standing = applyToStanding(known(), event, participantId, -1);
    },
    people: (event) => {
      const friend = friendOf(event, participantId);
      return friend === null ? [] : [friend];
    },
    apply: (event, names) => {
      standing = applyToStanding(known(), event, participantId, 1);
      const friend = friendOf(event, participantId);
      const object = {
        ...event.data.object,
        ...placeOf(event, participantId),
        referee_name: friend === null ? null : (names.get(friend) ?? null),
      };
      return { ...messageOf(event, object), standing: standingWire(standing) };
    },
    opening: () => ({ standing: standingWire(known()) }),
    refresh: async (reader) => {
      const visits = (await findPersonCounts(reader, participantId))?.visits ?? 0;
      if (visits === known().visits) return null;
      standing = { ...known(), visits };
      return { standing: standingWire(standing) };
    },
  };
}

/** The friend an event is about, if they are a direct one: names of people further down stay unknown. */
function friendOf(event: ToldEvent, participantId: string): string | null {
  const { referee_id: refereeId, level } = event.data.object;
  if (typeof refereeId !== "string") return null;
  if (event.type === "referral.placed") return null;
  if (event.type === "referral.reassigned")
    return event.data.object["advocate_id"] === participantId ? refereeId : null;
  const isDirect = ["referral.created", "referral.departed", "referral.arrived"].includes(event.type)
    ? event.audience[0] === participantId
    : level === undefined || level === 1;
  return isDirect ? refereeId : null;
}

function placeOf(event: ToldEvent, participantId: string): { level?: number; leg_participant_id?: string } {
  const place = placesOf(event).find(({ ancestorId }) => ancestorId === participantId);
  return place ? { level: place.level, leg_participant_id: place.legId } : {};
}
