import { findMessage } from "../messages/catalogue/index.ts";
import type { Tx } from "../platform/database.ts";
import { isEmail } from "../primitives/email.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import type { Mail } from "./mail.ts";
import { postMails } from "./post-mails.ts";
import { readMail } from "./store/outbox.ts";

export type TestMail = { message: string; language?: string; to: string | null };

/** A message about its sample facts, to whoever wants to see it. */
export async function postTestMail(tx: Tx, { message: name, language, to }: TestMail): Promise<Mail> {
  const message = findMessage(name);
  const errors: FieldProblem[] = [];
  if (!message?.mail)
    errors.push({ pointer: "/message", code: "unknown_message", message: "There is no such mail." });
  if (to === null || !isEmail(to))
    errors.push({ pointer: "/to", code: "invalid_email", message: "Say one clean address to send it to." });
  if (!message || to === null || errors.length > 0) throw new Refusal("invalid_request", { errors });
  const [id] = await postMails(tx, [
    {
      ...{ message: name, language: language ?? "en", facts: message.sample, to },
      ...{ participantId: null, subjectId: null, fromName: null, sendAt: null },
      key: `test ${tx.newId("mal")}`,
    },
  ]);
  return (await readMail(tx, id as string)) as Mail;
}
