import { SMTPServer } from "smtp-server";
import type { Log } from "./log.ts";

export type MailReceiver = { readonly port: number; close(): Promise<void> };

export type MailReceiverOptions = {
  host: string;
  port: number;
  log: Log;
  /** Whether mail to this address is taken at all: anything else is refused before it is sent. */
  isKnown: (address: string) => boolean;
  take: (raw: Uint8Array, recipients: readonly string[]) => Promise<void>;
};

const MAIL_BYTES_MAX = 1_000_000;
const CLIENTS_MAX = 20;
const SILENCE_MS_MAX = 30_000;

/** A door for mail, for addresses that are ours alone. It relays nothing. */
export async function openMailReceiver({
  host,
  port,
  log,
  isKnown,
  take,
}: MailReceiverOptions): Promise<MailReceiver> {
  const failure = (status: number, text: string) => Object.assign(new Error(text), { responseCode: status });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAIL_BYTES_MAX,
    maxClients: CLIENTS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    onRcptTo: ({ address }, _session, done) =>
      isKnown(address) ? done() : done(failure(550, "5.1.1 no such mailbox here")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAIL_BYTES_MAX) chunks.push(chunk);
      });
      stream.on("end", () => {
        if (bytes > MAIL_BYTES_MAX) return done(failure(552, "5.3.4 too large"));
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        take(Buffer.concat(chunks), recipients).then(
          () => done(),
          (error: unknown) => {
            log.warn({ error }, "a mail that came back could not be taken");
            done(failure(451, "4.3.0 try again later"));
          },
        );
      });
    },
  });
  server.on("error", (error) => log.warn({ reason: error.message }, "the mail receiver lost a connection"));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = server.server.address();
  return {
    port: typeof bound === "object" && bound ? bound.port : port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
