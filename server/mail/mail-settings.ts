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
