import { setTimeout as sleep } from "node:timers/promises";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as it arrived: what the envelope said, what was in it, and the links in it. */
export type ReceivedMail = Email & {
  envelope: { from: string; to: string };
  /** Addresses of links in the HTML, and web addresses in the plain text, each once. */
  links: { html: string[]; text: string[] };
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  raw: string;
};

/** What the server says to a recipient; nothing: it takes the mail. */
export type MailRule = (recipient: string) =>
  | null
  | undefined
  /** An answer, such as `{ status: 550, text: "5.1.1 no such user" }`, to the recipient or after the whole mail. */
  | { status: number; text: string; afterData?: true }
  /** Takes the mail so much later. */
  | { slowMs: number }
  /** Takes the mail and hangs up before it says so, or takes nothing and hangs up. */
  | { drop: "after" | "before" };

export type Mailbox = {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Everything that has arrived, in order, repeats too. */
  readonly mails: readonly ReceivedMail[];
  /** The next mail to somebody that was not asked for yet; waits for it. */
  next(wanted?: { to?: string; subject?: string | RegExp }): Promise<ReceivedMail>;
  /** From now on. */
  answer(rule: MailRule | null): void;
  close(): Promise<void>;
};

const WAIT_MS_MAX = 20_000;
const AGAIN_MS = 20;

/** A mail server of the test's own on a free port, which keeps what it gets in memory. */
export async function openMailbox(options: { user?: string; password?: string } = {}): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const taken = new Set<ReceivedMail>();
  let rule: MailRule | null = null;
  const failure = (status: number, text: string) => Object.assign(new Error(text), { responseCode: status });
  const server = new SMTPServer({
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    disabledCommands: options.user === undefined ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === options.user && password === options.password
        ? done(null, { user: username })
        : done(failure(535, "5.7.8 wrong user or password")),
    onRcptTo: ({ address }, _session, done) => {
      const answer = rule?.(address);
      if (answer && "status" in answer && !answer.afterData) return done(failure(answer.status, answer.text));
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const to = session.envelope.rcptTo[0]?.address ?? "";
        const answer = rule?.(to);
        const hangUp = (): void => {
          for (const connection of server.connections) if (connection.id === session.id) connection.close();
        };
        if (answer && "drop" in answer && answer.drop === "before") return hangUp();
        if (answer && "slowMs" in answer) await sleep(answer.slowMs);
        if (answer && "status" in answer) return done(failure(answer.status, answer.text));
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        mails.push(await parse(Buffer.concat(chunks), { from, to }));
        if (answer && "drop" in answer) return hangUp();
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as { port: number };
  const login = options.user === undefined ? "" : `${options.user}:${options.password}@`;
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    mails,
    next: async ({ to, subject } = {}) => {
      const until = Date.now() + WAIT_MS_MAX;
      for (;;) {
        const found = mails.find(
          (mail) =>
            !taken.has(mail) &&
            (to === undefined || mail.envelope.to === to) &&
            (subject === undefined || new RegExp(subject).test(mail.subject ?? "")),
        );
        if (found) {
          taken.add(found);
          return found;
        }
        if (Date.now() > until)
          throw new Error(
            `No mail to ${to ?? "anybody"} within ${WAIT_MS_MAX} ms, but ${mails.length} others.`,
          );
        await sleep(AGAIN_MS);
      }
    },
    answer: (next) => {
      rule = next;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function parse(raw: Buffer, envelope: ReceivedMail["envelope"]): Promise<ReceivedMail> {
  const email = await PostalMime.parse(raw);
  const unique = (found: readonly (string | undefined)[]) => [
    ...new Set(found.filter((one) => one !== undefined)),
  ];
  return {
    ...email,
    envelope,
    raw: raw.toString("utf8"),
    links: {
      html: unique([...(email.html ?? "").matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, url]) => url)),
      text: unique([...(email.text ?? "").matchAll(/https?:\/\/\S+/g)].map(([url]) => url)),
    },
    header: (name) => email.headers.find(({ key }) => key === name)?.value,
  };
}
