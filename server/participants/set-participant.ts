import { appendEvents } from "../events/append-events.ts";
import type { Language } from "../messages/language.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Participant } from "./participant.ts";
import { lockParticipants, updateParticipant } from "./store.ts";

export type ParticipantChange = {
  country?: string | null;
  segment?: string | null;
  language?: Language;
  name_shown?: boolean;
  marketing_consent?: boolean;
};

/** Changes what is said about a person; where they stand in the network is not part of it. */
export async function setParticipant(tx: Tx, id: string, change: ParticipantChange): Promise<Participant> {
  const [before] = await lockParticipants(tx, [id]);
  if (!before || before.status === "erased") throw new Refusal("not_found");
  const after = changedBy(before, change, tx.now);
  const [was, is] = [wordsOf(before), wordsOf(after)];
  const changed = Object.keys(is).filter((field) => is[field] !== was[field]);
  if (changed.length === 0) return before;
  await updateParticipant(tx, id, after);
  await appendEvents(tx, [
    {
      type: "participant.updated",
      subjectId: id,
      audience: [],
      object: { id, status: after.status, country: after.country, segment: after.segment, changed },
    },
  ]);
  return after;
}

function changedBy(before: Participant, change: ParticipantChange, now: Date): Participant {
  const { country, segment, name_shown: isNameShown, marketing_consent: consent } = change;
  const consentedAt = consent === true ? (before.marketingConsentedAt ?? now) : null;
  return {
    ...before,
    country: country === undefined ? before.country : country,
    segment: segment === undefined ? before.segment : segment,
    language: change.language ?? before.language,
    isNameShown: isNameShown ?? before.isNameShown,
    marketingConsentedAt: consent === undefined ? before.marketingConsentedAt : consentedAt,
  };
}

/** By the names the API gives them. */
function wordsOf(person: Participant): Record<string, string | boolean | null> {
  return {
    country: person.country,
    segment: person.segment,
    language: person.language,
    name_shown: person.isNameShown,
    marketing_consent: person.marketingConsentedAt !== null,
  };
}
