import type { NewMail } from "../mail/mail.ts";
import { postMails } from "../mail/post-mails.ts";
import { findMessage } from "../messages/catalogue/index.ts";
import { dayIn } from "../messages/day.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Person } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findPreferences } from "./find-preferences.ts";
import type { Notification } from "./notification.ts";
import { inboxPage } from "./page.ts";
import { GROUPED } from "./slot.ts";
import { listDuePersons, lockDue, markMailed } from "./store.ts";
import { localDay, peopleOf, type Telling, tellingFacts, toldNotice } from "./told-notice.ts";

/** People written to by one transaction; the worker calls again until nothing is due. */
const PERSONS_MAX = 100;
const NOTICES_MAX = 5_000;
const DIGEST_LINES_MAX = 20;

/**
 * Puts what is due into the outbox: a mail for each notice that somebody wants at once, one for all the others of a
 * person together. Posting and remembering it are one transaction, so nothing is posted twice and nothing is lost.
 */
export async function postDueNotices(tx: Tx, publicUrl: string): Promise<number> {
  // Where we are is not known yet: a link would lead nowhere.
  if (publicUrl === "") return 0;
  const due = await dueRows(tx);
  if (due.length === 0) return 0;
  const tellings = await tellingsOf(tx, due, publicUrl);
  const mails = [...tellings].flatMap(([id, known]) =>
    mailsOf(
      due.filter(({ participantId }) => participantId === id),
      known,
    ),
  );
  await postMails(tx, mails);
  await markMailed(
    tx,
    due.map(({ id }) => id),
    GROUPED,
  );
  return due.length;
}

async function dueRows(tx: Tx): Promise<Notification[]> {
  const persons = await listDuePersons(tx, PERSONS_MAX);
  if (persons.length === 0) return [];
  const ids = persons.map(({ participantId }) => participantId);
  const rows = await lockDue(tx, ids, NOTICES_MAX);
  if (rows.length < NOTICES_MAX) return rows;
  // The last person's may not be all: they come with the next round, unless they fill a round alone.
  const last = rows.at(-1)?.participantId;
  const whole = rows.filter(({ participantId }) => participantId !== last);
  return whole.length > 0 ? whole : rows;
}

type Known = { person: Person; telling: Telling };

/** By reader; who has no address any more is not in it. */
async function tellingsOf(
  tx: Tx,
  rows: readonly Notification[],
  publicUrl: string,
): Promise<Map<string, Known>> {
  const readers = [...new Set(rows.map(({ participantId }) => participantId))];
  const [program, persons, preferences] = await Promise.all([
    findProgram(tx),
    findPersons(tx, [...readers, ...rows.flatMap(peopleOf)]),
    findPreferences(tx, readers),
  ]);
  const names = new Map([...persons].map(([id, { name }]) => [id, name]));
  return new Map(
    readers.flatMap((id) => {
      const person = persons.get(id);
      if (!person || person.status === "erased" || person.email === "") return [];
      const timeZone = preferences.get(id)?.timeZone ?? program.timeZone;
      const { language, suspensionReason } = person;
      const telling = { program: program.name, language, timeZone, publicUrl, names, suspensionReason };
      return [[id, { person, telling }] as const];
    }),
  );
}

function mailsOf(rows: readonly Notification[], known: Known): NewMail[] {
  const gathered = rows.filter(({ pace }) => pace !== "immediate");
  const single = rows.filter(({ pace }) => pace === "immediate");
  return [
    ...single.flatMap((row) => mailOf(row, known)),
    ...(gathered.length === 0 ? [] : [digestOf(gathered, known)]),
  ];
}

function mailOf(row: Notification, { person, telling }: Known): NewMail[] {
  const message = findMessage(row.message);
  if (!message?.mail) return [];
  const facts = tellingFacts(row, message, telling);
  return [{ ...addressed(person), message: message.name, facts, subjectId: row.id, key: `notice:${row.id}` }];
}

function digestOf(rows: readonly Notification[], { person, telling }: Known): NewMail {
  const newest = [...rows].reverse().slice(0, DIGEST_LINES_MAX);
  const lines = newest.flatMap((row) => {
    const notice = toldNotice(row, telling);
    const day = dayIn(telling.language, localDay(row.createdAt, telling));
    return notice ? [[notice.title, day] as const] : [];
  });
  const facts = {
    count: rows.length,
    lines,
    more: rows.length - newest.length,
    url: inboxPage(telling.publicUrl),
  };
  const first = rows[0]?.id ?? "";
  return { ...addressed(person), message: "digest", facts, subjectId: null, key: `digest:${first}` };
}

function addressed({ id, email, language }: Person) {
  return { language, to: email, participantId: id, fromName: null, sendAt: null };
}
