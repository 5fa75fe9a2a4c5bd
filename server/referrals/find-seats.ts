import { findOpenPlaces } from "../participants/find-open-places.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { Participant } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import type { Seats } from "./seat.ts";
import { listLines } from "./store.ts";

/** The room that `signups` sign-ups under these advocates may need: who waits, and the open places below. */
export async function findSeats(
  tx: Tx,
  program: Program,
  advocates: Seats["advocates"],
  signups: number,
): Promise<Seats> {
  const crowded = [...advocates.values()].filter((advocate) => mayRunOut(advocate, signups));
  const isSpilling = program.overflow === "spillover";
  const places = await findOpenPlaces(tx, isSpilling ? crowded.map(({ id }) => id) : [], signups);
  const below = new Set([...places.values()].flatMap((open) => open.map((place) => place.participantId)));
  const unknown = [...below].filter((id) => !advocates.has(id));
  const held = await holdParticipants(tx, { advocateIds: unknown, externalIds: [] });
  const all = new Map(advocates);
  for (const one of held.advocates) all.set(one.id, { ...one, emailHash: null });
  const limited = [...all.values()].filter(({ directLimit }) => directLimit !== null).map(({ id }) => id);
  const lines = limited.length === 0 ? [] : await listLines(tx, limited);
  return {
    advocates: all,
    lines: new Map(lines.map(({ advocateId, waiting, lastNumber }) => [advocateId, { waiting, lastNumber }])),
    places,
  };
}

function mayRunOut({ directLimit, directCount }: Participant, signups: number): boolean {
  return directLimit !== null && directCount + signups > directLimit;
}
