import { findLinks } from "../links/find-links.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { ParticipantAnswer } from "./contract.ts";
import { findReferrals } from "./find-referrals.ts";
import { findWaitPositions } from "./find-wait-positions.ts";
import { participantWire } from "./presentation.ts";

/** Participants with their links and referrals, by id. */
export async function findParticipantAnswers(
  reader: Reader,
  ids: readonly string[],
  publicUrl: string,
): Promise<Map<string, ParticipantAnswer>> {
  if (ids.length === 0) return new Map();
  const persons = await findPersons(reader, ids);
  const links = await findLinks(reader, ids);
  const referrals = await findReferrals(reader, ids);
  const positions = await findWaitPositions(reader, [...referrals.values()]);
  return new Map(
    [...persons].map(([id, person]) => [
      id,
      participantWire(
        person,
        links.get(id) ?? null,
        referrals.get(id) ?? null,
        publicUrl,
        positions.get(id) ?? null,
      ),
    ]),
  );
}
