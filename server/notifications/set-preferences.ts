import { TOPICS } from "../messages/topic.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findPreferences } from "./find-preferences.ts";
import type { Notification } from "./notification.ts";
import { choiceOf, mailTime, type Preferences } from "./preferences.ts";
import { isQuietHours } from "./quiet-hours.ts";
import { listUnmailed, putPreferences, updateMailTimes } from "./store.ts";

/** Notices that wait for their mail; nobody has more waiting. */
const UNMAILED_MAX = 10_000;

/** Changes what somebody has chosen. What waits to be mailed follows: sooner, later, or not at all. */
export async function setPreferences(
  tx: Tx,
  participantId: string,
  change: Partial<Preferences>,
): Promise<Preferences> {
  if (change.quietHours && !isQuietHours(change.quietHours)) throw refusedHours();
  const before = (await findPreferences(tx, [participantId])).get(participantId);
  if (!before) throw new Refusal("not_found");
  const after = { ...before, ...change, choices: { ...before.choices, ...change.choices } };
  await putPreferences(tx, {
    participantId,
    timeZone: after.timeZone,
    quietFrom: after.quietHours?.from ?? null,
    quietTo: after.quietHours?.to ?? null,
    choices: after.choices,
  });
  const { timeZone } = await findProgram(tx);
  const waiting = await listUnmailed(tx, participantId, UNMAILED_MAX);
  if (waiting.length > 0)
    await updateMailTimes(
      tx,
      waiting.map((row) => timeOf(row, after, timeZone)),
    );
  return after;
}

function timeOf(row: Notification, chosen: Preferences, programZone: string) {
  const topic = TOPICS.find(({ name }) => name === row.topic);
  const { pace } = topic ? choiceOf(chosen, topic) : { pace: "off" as const };
  const zone = chosen.timeZone ?? programZone;
  return {
    id: row.id,
    pace,
    mail_at: pace === "off" ? null : mailTime(row.changedAt, pace, chosen.quietHours, zone),
  };
}

function refusedHours(): Refusal {
  const message = "Quiet hours begin and end at different times.";
  return new Refusal("invalid_request", {
    errors: [{ pointer: "/quiet_hours/to", code: "invalid_value", message }],
  });
}
