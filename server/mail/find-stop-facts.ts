import { findMessage } from "../messages/catalogue/index.ts";
import type { ProgramLook } from "../messages/composition.ts";
import type { Reader } from "../platform/database.ts";
import type { MailId } from "./mail.ts";
import type { StopFacts } from "./stop.ts";
import { readMail } from "./store/outbox.ts";

/** What the page that stops mails says; null when there is no such mail. */
export async function findStopFacts(
  reader: Reader,
  mailId: MailId,
  findLook: (reader: Reader) => Promise<Omit<ProgramLook, "address">>,
): Promise<StopFacts | null> {
  const mail = await readMail(reader, mailId);
  const message = mail && findMessage(mail.message);
  if (!mail || !message) return null;
  const { program } = await findLook(reader);
  const named = mail.facts?.["inviter"];
  return {
    program,
    kind: message.kind,
    inviter: typeof named === "string" ? named : null,
    hasInviter: mail.inviterId !== null,
    title: message.title,
  };
}
