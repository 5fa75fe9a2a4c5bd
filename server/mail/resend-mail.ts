import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Mail, MailState } from "./mail.ts";
import { queueAgain, readMail } from "./store/outbox.ts";

const RESENDABLE: ReadonlySet<MailState> = new Set([
  "queued",
  "failed",
  "bounced",
  "suppressed",
  "cancelled",
]);

/** Sends by hand what has not gone out: what waited too long, what failed, what was taken back. */
export async function resendMail(tx: Tx, id: string): Promise<Mail> {
  const mail = await readMail(tx, id);
  if (!mail) throw new Refusal("not_found");
  if (mail.toAddress === null) throw new Refusal("mail_forgotten");
  if (!RESENDABLE.has(mail.state)) throw new Refusal("mail_sent");
  await queueAgain(tx, id);
  return (await readMail(tx, id)) as Mail;
}
