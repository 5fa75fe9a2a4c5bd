import { createTransport } from "nodemailer";

/** One mail as it goes to the server. */
export type OutgoingMail = {
  messageId: string;
  from: { name: string; address: string };
  replyTo: string | null;
  to: string;
  /** Where a server reports what it could not deliver. */
  returnPath: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

/** What became of a mail on its way to the server. */
export type Handover =
  | { kind: "accepted"; response: string }
  /** Not now: this mail later again. */
  | { kind: "deferred"; reason: string }
  /** Never; `isAddress`: because of the address it is for. */
  | { kind: "refused"; reason: string; isAddress: boolean }
  /** The server could not be reached, or does not let us in: every mail waits. */
  | { kind: "unreachable"; reason: string };

export type Mailer = {
  /** The server's name and port, without a password. */
  readonly host: string;
  readonly connectionsMax: number;
  send(mail: OutgoingMail): Promise<Handover>;
  close(): Promise<void>;
};

const CONNECTIONS_MAX = 5;
const MAILS_PER_CONNECTION_MAX = 100;
const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 20_000;
/** All of one mail, however slowly the server speaks. */
export const SEND_MS_MAX = 30_000;
const REASON_CHARS_MAX = 300;

/** A pool of SMTP connections. `name` is what we call ourselves there. */
export function openMailer(smtpUrl: string, name: string | null): Mailer {
  const { host } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    maxMessages: MAILS_PER_CONNECTION_MAX,
    // Whether a mail is tried again is decided where it is kept.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    dnsTimeout: CONNECT_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(name === null ? {} : { name }),
  });
  transport.on("error", () => {});
  return {
    host,
    connectionsMax: CONNECTIONS_MAX,
    send: async (mail) => {
      try {
        const { response } = await transport.sendMail({
          ...mail,
          replyTo: mail.replyTo ?? undefined,
          envelope: { from: mail.returnPath, to: [mail.to] },
          signal: AbortSignal.timeout(SEND_MS_MAX),
        });
        return { kind: "accepted", response: shorten(response) };
      } catch (error) {
        return handoverOf(error as SmtpError);
      }
    },
    close: async () => transport.close(),
  };
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

/** Errors before anything of the mail was said. */
const UNREACHABLE = new Set([
  "ECONNECTION",
  "ESOCKET",
  "EDNS",
  "ETLS",
  "EAUTH",
  "ENOAUTH",
  "EPROXY",
  "ECONFIG",
]);
const GREETING = /^(CONN|EHLO|HELO|STARTTLS|AUTH)/;

function handoverOf(error: SmtpError): Handover {
  const { code = "", responseCode: status = 0, command = "" } = error;
  const reason = shorten(error.response ?? error.message);
  if (code === "EAUTH" || code === "ENOAUTH" || GREETING.test(command))
    return { kind: "unreachable", reason };
  if (status >= 500) return { kind: "refused", reason, isAddress: isAboutAddress(status, reason, command) };
  if (status >= 400) return { kind: "deferred", reason };
  return UNREACHABLE.has(code) ? { kind: "unreachable", reason } : { kind: "deferred", reason };
}

/** The mailbox is not there (5.1.x), or is switched off (5.2.1): that is about the address, spam and policy are not. */
function isAboutAddress(status: number, reason: string, command: string): boolean {
  const enhanced = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(reason);
  if (enhanced) return enhanced[1] === "1" || (enhanced[1] === "2" && enhanced[2] === "1");
  return command === "RCPT TO" && (status === 550 || status === 551 || status === 553);
}

const shorten = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, REASON_CHARS_MAX);
