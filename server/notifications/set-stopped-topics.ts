import type { EventRecord } from "../events/catalogue.ts";
import { findMessage } from "../messages/catalogue/index.ts";
import { TOPICS, type Topic } from "../messages/topic.ts";
import type { Tx } from "../platform/database.ts";
import { findPreferences } from "./find-preferences.ts";
import { choiceOf, type Preferences } from "./preferences.ts";
import { setPreferences } from "./set-preferences.ts";

/** What people stopped in their mailbox is off in their preferences too; in the app it stays as it was. */
export async function setStoppedTopics(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  for (const { data } of events) {
    const { participant_id: participantId, message, choice } = data.object ?? {};
    if (typeof participantId !== "string") continue;
    const chosen = (await findPreferences(tx, [participantId])).get(participantId);
    if (!chosen) continue;
    const stopped = topicsOf(String(choice), String(message), chosen);
    if (stopped.length === 0) continue;
    const choices = Object.fromEntries(
      stopped.map((topic) => [topic.name, { ...choiceOf(chosen, topic), pace: "off" as const }]),
    );
    await setPreferences(tx, participantId, { choices });
  }
}

/** Of one notice: its topic. Of a digest: what it gathers. Of everything: everything. */
function topicsOf(choice: string, message: string, chosen: Preferences): Topic[] {
  if (choice === "optional") return [...TOPICS];
  if (choice !== "message") return [];
  if (message === "digest")
    return TOPICS.filter((topic) => ["daily", "weekly"].includes(choiceOf(chosen, topic).pace));
  const name = findMessage(message)?.topic;
  return TOPICS.filter((topic) => topic.name === name);
}
