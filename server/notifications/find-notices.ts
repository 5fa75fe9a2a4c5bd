import { findPersons } from "../participants/find-persons.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import type { NotificationAnswer } from "./contract.ts";
import { findPreferences } from "./find-preferences.ts";
import type { Notification } from "./notification.ts";
import { peopleOf, type Telling, toldNotice } from "./told-notice.ts";

/** Notices in the words and days of those they are for, by id; names are those of today. */
export async function findNotices(
  reader: Reader,
  rows: readonly Notification[],
  publicUrl: string,
): Promise<Map<string, NotificationAnswer>> {
  if (rows.length === 0) return new Map();
  const readers = [...new Set(rows.map(({ participantId }) => participantId))];
  const [program, persons, preferences] = await Promise.all([
    findProgram(reader),
    findPersons(reader, [...readers, ...rows.flatMap(peopleOf)]),
    findPreferences(reader, readers),
  ]);
  const names = new Map([...persons].map(([id, { name }]) => [id, name]));
  return new Map(
    rows.flatMap((row) => {
      const person = persons.get(row.participantId);
      const answer =
        person &&
        answerOf(row, person, {
          program: program.name,
          language: person.language,
          timeZone: preferences.get(row.participantId)?.timeZone ?? program.timeZone,
          publicUrl,
          names,
          suspensionReason: person.suspensionReason,
        });
      return answer ? [[row.id as string, answer] as const] : [];
    }),
  );
}

function answerOf(row: Notification, { language }: Person, telling: Telling): NotificationAnswer | null {
  const notice = toldNotice(row, telling);
  return (
    notice && {
      id: row.id,
      topic: row.topic,
      message: row.message,
      language,
      title: notice.title,
      text: notice.text,
      url: notice.url,
      amount: notice.amount ?? null,
      count: row.happened,
      read: row.readAt !== null,
      created_at: row.createdAt.toISOString(),
    }
  );
}
