import { type AnyDoor, door } from "../../access/door.ts";
import { isId } from "../../primitives/id.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { acceptReturnedMail } from "../accept-returned-mail.ts";
import * as contract from "../contract/suppressions.ts";
import type { MailId } from "../mail.ts";
import { recordMailReport } from "../record-mail-report.ts";
import type { MailDeps } from "./deps.ts";

export const reportRoutes = ({ db, emailKey }: Pick<MailDeps, "db" | "emailKey">): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/mail_reports",
    operation: "mail_reports.create",
    limit: "write",
    summary: "Say what became of a mail: your mail provider's webhook, in our words",
    tag: "Mail",
    schema: { body: contract.NewMailReport, response: { 200: contract.MailReportAnswer } },
    handle: ({ body, write }) => {
      const mailId = body.message_id === undefined ? null : mailIdOf(body.message_id);
      if (mailId === null && body.recipient === undefined)
        throw new Refusal("invalid_request", { errors: [ABOUT_NOTHING] });
      return write(async (tx) => {
        const report = {
          kind: body.type,
          isPermanent: body.is_permanent ?? true,
          mailId,
          recipient: body.recipient ?? null,
          detail: body.detail ?? body.type,
        };
        const { mailId: found, isApplied } = await recordMailReport(tx, report, emailKey);
        return { status: 200, body: { mail_id: found, applied: isApplied } };
      });
    },
  }),
  door({
    method: "POST",
    path: "/v1/mail_reports/raw",
    operation: "mail_reports.create_raw",
    limit: "write",
    summary: "Hand over a mail that came back, as it is: a delivery status or a complaint",
    tag: "Mail",
    schema: { body: contract.RawReport, response: { 200: contract.RawReportAnswer } },
    handle: async ({ programId, body }) => ({
      status: 200,
      body: await acceptReturnedMail({ db, emailKey }, body, { programId }),
    }),
  }),
];

const ABOUT_NOTHING = {
  pointer: "/message_id",
  code: "required",
  message: "Say which mail it is about, by its Message-ID, or which recipient.",
};

function mailIdOf(messageId: string): MailId | null {
  const id = messageId
    .trim()
    .replace(/^</, "")
    .replace(/[@>].*$/, "");
  return isId("mal", id) ? id : null;
}
