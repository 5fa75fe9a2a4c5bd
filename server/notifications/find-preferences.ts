import type { TopicName } from "../messages/topic.ts";
import type { Reader } from "../platform/database.ts";
import { type Choice, NOTHING_CHOSEN, type Preferences } from "./preferences.ts";
import { listPreferences } from "./store.ts";

/** What these people have chosen, by person; who has chosen nothing is in it too. */
export async function findPreferences(
  reader: Reader,
  participantIds: readonly string[],
): Promise<Map<string, Preferences>> {
  const all = new Map<string, Preferences>(participantIds.map((id) => [id, NOTHING_CHOSEN]));
  for (const { participantId, timeZone, quietFrom, quietTo, choices } of await listPreferences(
    reader,
    participantIds,
  )) {
    const quietHours = quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo };
    all.set(participantId, {
      timeZone,
      quietHours,
      choices: choices as Partial<Record<TopicName, Choice>>,
    });
  }
  return all;
}
