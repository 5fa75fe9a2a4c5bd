import { isEmail } from "../primitives/email.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";

/** How a program's mails present themselves; null: what the installation offers. */
export type MailSettings = {
  fromName: string | null;
  fromAddress: string | null;
  replyTo: string | null;
  postalAddress: string | null;
  mailsPerMinute: number | null;
  domainMailsPerMinute: number | null;
};

export const NO_SETTINGS: MailSettings = {
  fromName: null,
  fromAddress: null,
  replyTo: null,
  postalAddress: null,
  mailsPerMinute: null,
  domainMailsPerMinute: null,
};

/** Refuses addresses that are none, each with its field. */
export function checkMailSettings({ fromAddress, replyTo }: Partial<MailSettings>): void {
  const errors: FieldProblem[] = [];
  for (const [name, address] of [
    ["from_address", fromAddress],
    ["reply_to", replyTo],
  ] as const)
    if (address && !isEmail(address))
      errors.push({
        pointer: `/${name}`,
        code: "invalid_email",
        message: "This must be one address, such as hello@example.com.",
      });
  if (errors.length > 0) throw new Refusal("invalid_request", { errors });
}

/** The sender as mailboxes show it. */
export function senderOf(
  { fromName, fromAddress }: Pick<MailSettings, "fromName" | "fromAddress">,
  mail: { fromName: string | null },
  program: string,
  host: string,
): { name: string; address: string } {
  const own = fromName ?? program;
  return {
    name: mail.fromName === null ? own : `${mail.fromName} via ${own}`,
    address: fromAddress ?? `no-reply@${host}`,
  };
}
