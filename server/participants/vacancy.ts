import type { ParticipantId } from "./participant.ts";

/** Somebody with room, `level` levels below an inviter who has none. */
export type OpenPlace = { inviterId: ParticipantId; level: number; participantId: ParticipantId };

/** The order in which places are taken: level by level, within a level the oldest participant first. */
export function comparePlaces(a: OpenPlace, b: OpenPlace): number {
  if (a.level !== b.level) return a.level - b.level;
  return a.participantId < b.participantId ? -1 : 1;
}
