import PostalMime, { type Attachment } from "postal-mime";
import type { MailId } from "./mail.ts";

/** What a server tells about a mail after it took it. */
export type ReportKind = "delivered" | "bounced" | "complained";

export type DeliveryReport = {
  kind: ReportKind;
  /** False where the mailbox may work again: it is full, or switched off for now. */
  isPermanent: boolean;
  /** What the report names; one of them is enough. */
  mailId: MailId | null;
  recipient: string | null;
  detail: string;
};

/** A report with the addresses it was sent to, one of which may say which mail it is about. */
export type ParsedReport = { reports: DeliveryReport[]; returnedTo: string[] };

const DETAIL_CHARS_MAX = 300;
const RECIPIENTS_MAX = 20;
const MESSAGE_ID = /^message-id:\s*<?(mal_[0-9a-hjkmnp-tv-z]{26})@/im;

/** Reads what a mail server sends back: a delivery status (RFC 3464) or a complaint (RFC 5965). Anything else is no report. */
export async function parseReport(raw: Uint8Array | string): Promise<ParsedReport> {
  const email = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const part = (type: string) => email.attachments.find(({ mimeType }) => mimeType === type);
  const status = part("message/delivery-status");
  const complaint = part("message/feedback-report");
  const original = part("message/rfc822") ?? part("text/rfc822-headers") ?? part("message/rfc822-headers");
  const mailId = (MESSAGE_ID.exec(original ? textOf(original) : "")?.[1] ?? null) as MailId | null;
  return {
    reports: status
      ? statusReports(textOf(status), mailId)
      : complaint
        ? complaints(textOf(complaint), mailId)
        : [],
    returnedTo: [...(email.to ?? []), { address: email.deliveredTo }].flatMap(({ address }) => address ?? []),
  };
}

/** One report for each recipient it tells of; a delay is no outcome. */
function statusReports(text: string, mailId: MailId | null): DeliveryReport[] {
  const [, ...recipients] = text
    .replace(/\r\n/g, "\n")
    .split(/\n\s*\n/)
    .filter((group) => group.trim() !== "");
  return recipients.slice(0, RECIPIENTS_MAX).flatMap((group): DeliveryReport[] => {
    const fields = fieldsOf(group);
    const action = (fields.get("action") ?? "").toLowerCase();
    const status = fields.get("status") ?? "";
    const about = {
      mailId,
      recipient: addressOf(fields.get("original-recipient") ?? fields.get("final-recipient")),
      detail: shorten(addressOf(fields.get("diagnostic-code")) ?? `status ${status}`),
    };
    if (action === "delivered" || action === "relayed")
      return [{ ...about, kind: "delivered", isPermanent: true }];
    if (action !== "failed") return [];
    return [{ ...about, kind: "bounced", isPermanent: isPermanent(status) }];
  });
}

/** Gone for good; not when the mailbox is full (5.2.2), or when it is about what the mail says or where it is from (5.7). */
export function isPermanent(status: string): boolean {
  return /^5\./.test(status.trim()) && !/^5\.(2\.2|7\.)/.test(status.trim());
}

function complaints(text: string, mailId: MailId | null): DeliveryReport[] {
  const fields = fieldsOf(text);
  const type = (fields.get("feedback-type") ?? "").toLowerCase();
  if (type === "not-spam") return [];
  const recipient = addressOf(fields.get("original-rcpt-to"));
  return [{ kind: "complained", isPermanent: true, mailId, recipient, detail: shorten(`feedback ${type}`) }];
}

/** Header fields of a group, with their folded lines joined. */
function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group
    .replace(/\r\n/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split("\n")) {
    const at = line.indexOf(":");
    if (at > 0) fields.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return fields;
}

/** `rfc822; anna@example.com` names its kind first. */
function addressOf(text: string | undefined): string | null {
  const value = (text ?? "")
    .replace(/^[\w-]+\s*;\s*/, "")
    .replace(/^<|>$/g, "")
    .trim();
  return value === "" ? null : value;
}

function textOf({ content }: Attachment): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

const shorten = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, DETAIL_CHARS_MAX);
