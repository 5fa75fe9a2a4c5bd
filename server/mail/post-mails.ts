import { findMessage } from "../messages/catalogue/index.ts";
import { checkFacts } from "../messages/composition.ts";
import { languageOf } from "../messages/language.ts";
import type { Tx } from "../platform/database.ts";
import { isEmail } from "../primitives/email.ts";
import { domainOf, type MailId, type NewMail } from "./mail.ts";
import { insertMails, listMailIdsByKey, type NewMailRow } from "./store/outbox.ts";

/** Puts mails into the outbox, in the transaction of their cause; answers their ids, in order. A key counts once. */
export async function postMails(tx: Tx, mails: readonly NewMail[]): Promise<MailId[]> {
  if (mails.length === 0) return [];
  const keys = [...new Set(mails.map(({ key }) => key))];
  await insertMails(
    tx,
    mails.map((mail) => rowOf(tx, mail)),
  );
  const ids = new Map((await listMailIdsByKey(tx, keys)).map(({ key, id }) => [key, id]));
  return mails.map(({ key }) => ids.get(key) as MailId);
}

function rowOf(tx: Tx, mail: NewMail): NewMailRow {
  const message = findMessage(mail.message);
  if (!message?.mail) throw new Error(`There is no mail called ${mail.message}.`);
  if (!isEmail(mail.to)) throw new Error("A mail goes to one clean address.");
  checkFacts(message, mail.facts);
  return {
    id: tx.newId("mal"),
    key: mail.key,
    message: message.name,
    language: languageOf(mail.language),
    facts: mail.facts,
    to_address: mail.to,
    domain: domainOf(mail.to),
    priority: message.kind === "transactional" ? 0 : 1,
    participant_id: mail.participantId,
    inviter_id: mail.inviterId ?? null,
    subject_id: mail.subjectId,
    from_name: mail.fromName,
    send_at: mail.sendAt ?? tx.now,
  };
}
