import { appendEvents } from "../events/append-events.ts";
import { findMessage } from "../messages/catalogue/index.ts";
import { TOPICS, type Topic } from "../messages/topic.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findPreferences } from "./find-preferences.ts";
import { choiceOf, isHistory, isTooOldToMail, mailTime, type Preferences } from "./preferences.ts";
import { type Gathered, GROUPED } from "./slot.ts";
import { type NewNotification, upsertNotifications } from "./store.ts";

/**
 * Writes down what people are told, each as they have chosen, and says so on their streams. What has been told before
 * under the same key is not told again. Fixed statements, however many.
 */
export async function recordNotices(tx: Tx, gathered: readonly Gathered[]): Promise<number> {
  if (gathered.length === 0) return 0;
  const people = [...new Set(gathered.map(({ participantId }) => participantId))];
  const [preferences, program] = await Promise.all([findPreferences(tx, people), findProgram(tx)]);
  const timesOf = createTimes(program.timeZone);
  const rows = gathered.flatMap((one) => {
    const chosen = preferences.get(one.participantId);
    return chosen ? rowOf(tx, one, chosen, timesOf) : [];
  });
  if (rows.length === 0) return 0;
  const told = await upsertNotifications(tx, rows, GROUPED);
  await appendEvents(
    tx,
    told
      .filter(({ isInApp }) => isInApp)
      .map(({ id, participantId }) => ({
        type: "notification.created" as const,
        subjectId: id,
        audience: [participantId],
        object: null,
      })),
  );
  return told.length;
}

type Times = (one: Gathered, pace: Exclude<Topic["pace"], "off">, chosen: Preferences) => Date;

function rowOf(tx: Tx, one: Gathered, chosen: Preferences, timesOf: Times): NewNotification[] {
  const topic = topicOf(one.message);
  const { isInApp, pace } = choiceOf(chosen, topic);
  const isMailed = pace !== "off" && !isTooOldToMail(one.lastAt, tx.now);
  if (!isInApp && !isMailed) return [];
  return [
    {
      id: tx.newId("ntf"),
      participant_id: one.participantId,
      message: one.message,
      topic: topic.name,
      slot: one.slot,
      facts: one.facts,
      happened: one.happened,
      amount_minor: one.amount?.minor ?? null,
      currency: one.amount?.currency ?? null,
      created_at: one.firstAt,
      changed_at: one.lastAt,
      is_in_app: isInApp,
      read_at: isHistory(one.lastAt, tx.now) ? one.lastAt : null,
      pace: isMailed ? pace : "off",
      mail_at: isMailed ? timesOf(one, pace, chosen) : null,
    },
  ];
}

const topics = new Map<string, Topic>(TOPICS.map((topic) => [topic.name, topic]));

function topicOf(message: string): Topic {
  const topic = topics.get(findMessage(message)?.topic ?? "");
  if (!topic) throw new Error(`There is no notice called ${message}.`);
  return topic;
}

/** Calendars are slow to ask, and most of a batch is due together. */
function createTimes(programZone: string): Times {
  const known = new Map<string, Date>();
  return ({ openUntil }, pace, { quietHours, timeZone }) => {
    const zone = timeZone ?? programZone;
    const key = [openUntil.getTime(), pace, quietHours?.from, quietHours?.to, zone].join(" ");
    const time = known.get(key) ?? mailTime(openUntil, pace, quietHours, zone);
    known.set(key, time);
    return time;
  };
}
