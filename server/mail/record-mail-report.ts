import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { emailHash, isEmail } from "../primitives/email.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import type { MailId } from "./mail.ts";
import { decideReport } from "./report-decision.ts";
import {
  findLastSent,
  lockReportedMail,
  markReported,
  queueAfterBounce,
  type ReportedRow,
} from "./store/reports.ts";
import { insertSuppression } from "./store/suppressions.ts";
import type { SuppressionReason, SuppressionScope } from "./suppression.ts";

/** Writes down what a server told about a mail, or about an address alone; answers which mail it was. */
export async function recordMailReport(
  tx: Tx,
  report: DeliveryReport,
  emailKey: string,
): Promise<{ mailId: MailId | null; isApplied: boolean }> {
  const hash =
    report.recipient !== null && isEmail(report.recipient) ? emailHash(report.recipient, emailKey) : null;
  const mailId = report.mailId ?? (hash === null ? null : ((await findLastSent(tx, hash))?.id ?? null));
  const mail = mailId === null ? null : await lockReportedMail(tx, mailId);
  if (mail) return { mailId: mail.id, isApplied: await apply(tx, mail, report) };
  // Nothing went out to it from here, and it is known to be bad all the same.
  const isBad = report.kind === "complained" || (report.kind === "bounced" && report.isPermanent);
  if (hash === null || !isBad) return { mailId: null, isApplied: false };
  const wish = report.kind === "complained" ? COMPLAINED : BOUNCED;
  return { mailId: null, isApplied: await suppress(tx, hash, wish, null) };
}

type Wish = { scope: SuppressionScope; reason: SuppressionReason };
const BOUNCED: Wish = { scope: "all", reason: "bounced" };
const COMPLAINED: Wish = { scope: "optional", reason: "complained" };

async function apply(tx: Tx, mail: ReportedRow, report: DeliveryReport): Promise<boolean> {
  const decision = decideReport(mail, report, tx.now, Math.random());
  switch (decision.kind) {
    case "nothing":
      return false;
    case "again":
      await queueAfterBounce(tx, mail.id, report.detail, decision.nextAttemptAt);
      return true;
    case "ends": {
      await markReported(tx, mail.id, decision.state, report.detail);
      if (decision.suppress && mail.recipientHash !== null)
        await suppress(tx, mail.recipientHash, decision.suppress, mail.id);
      const object = {
        id: mail.id,
        message: mail.message,
        subject_id: mail.subjectId,
        state: decision.state,
      };
      await appendEvents(tx, [{ type: `mail.${report.kind}`, subjectId: mail.id, audience: [], object }]);
      return true;
    }
  }
}

async function suppress(tx: Tx, recipientHash: string, wish: Wish, mailId: MailId | null): Promise<boolean> {
  const row = { ...wish, id: tx.newId("sup"), recipientHash, inviterId: null, message: null, mailId };
  return (await insertSuppression(tx, row)) !== null;
}
