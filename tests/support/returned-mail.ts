type Returned = {
  to: string;
  messageId: string;
  recipient: string;
  status: string;
  action?: string;
  said?: string;
};

/** A delivery status as mail servers write it (RFC 3464). */
export const bounceOf = ({ to, messageId, recipient, status, action = "failed", said }: Returned): string =>
  [
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "Arrival-Date: Fri, 20 Nov 2026 10:00:00 +0000",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said ?? `550 ${status} <${recipient}>:`}`,
    "    Recipient address rejected",
    "",
    "--b1",
    "Content-Type: text/rfc822-headers",
    "",
    "From: hello@chai.example",
    `To: ${recipient}`,
    `Message-ID: ${messageId}`,
    "Subject: An invitation",
    "",
    "--b1--",
    "",
  ].join("\r\n");

/** A complaint as large mailboxes send it (RFC 5965). */
export const complaintOf = ({
  to,
  messageId,
  recipient,
}: Pick<Returned, "to" | "messageId" | "recipient">): string =>
  [
    "From: feedback@mx.example",
    `To: ${to}`,
    "Subject: FW: An invitation",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"',
    "",
    "--b2",
    "Content-Type: text/plain",
    "",
    "This is an email abuse report.",
    "",
    "--b2",
    "Content-Type: message/feedback-report",
    "",
    "Feedback-Type: abuse",
    "User-Agent: SomeGenerator/1.0",
    "Version: 1",
    `Original-Rcpt-To: <${recipient}>`,
    "",
    "--b2",
    "Content-Type: message/rfc822",
    "",
    "From: hello@chai.example",
    `Message-ID: ${messageId}`,
    "Subject: An invitation",
    "",
    "Hello",
    "",
    "--b2--",
    "",
  ].join("\r\n");
