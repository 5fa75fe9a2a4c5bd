import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import type { Mail, MailId } from "./mail.ts";
import { type StopChoice, stopScope } from "./stop.ts";
import { readMail } from "./store/outbox.ts";
import { lockReportedMail } from "./store/reports.ts";
import { deleteUnsubscriptions, insertSuppression } from "./store/suppressions.ts";

/** Keeps what the reader of a mail does not want any more, from now on; `none` forgets what this reader chose. */
export async function recordStop(tx: Tx, mailId: MailId, choice: StopChoice): Promise<void> {
  const [mail, reported] = [await readMail(tx, mailId), await lockReportedMail(tx, mailId)];
  if (!mail || !reported || reported.recipientHash === null) return;
  if (choice === "inviter" && mail.inviterId === null) return recordStop(tx, mailId, "invitations");
  const { recipientHash } = reported;
  await appendEvents(tx, [stopFact(mail, choice)]);
  if (choice === "none") return void (await deleteUnsubscriptions(tx, recipientHash));
  const id = tx.newId("sup");
  await insertSuppression(tx, {
    ...stopScope(choice, mail),
    id,
    recipientHash,
    reason: "unsubscribed",
    mailId,
  });
}

/** Whoever keeps preferences follows it. */
function stopFact({ id, message, participantId }: Mail, choice: StopChoice): Fact {
  const object = { id, message, participant_id: participantId, choice };
  return { type: "mail.stopped", subjectId: id, audience: [], object };
}
