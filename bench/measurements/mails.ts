import fs from "node:fs";
import path from "node:path";
import { createTransport } from "nodemailer";
import type pg from "pg";
import { figureOf } from "../figure.ts";
import { openProduct, ownerAddress } from "../owner.ts";
import { startProgram, stopProgram } from "../processes.ts";
import { startServer } from "../server.ts";
import type { Measurement } from "./measurement.ts";

const SINK = path.resolve(import.meta.dirname, "../references/mail-sink.mjs");
const MAILS = 2_000;
const ROUNDS_MAX = 3;
const DOMAINS = 50;
/** As many as the product's own pool. */
const CONNECTIONS = 5;
const LOOK_MS = 20;
const WAIT_MS_MAX = 120_000;
const UNTHROTTLED = 1_000_000;

/** Mails from the outbox to a server that takes everything, beside the mail library alone with mails of the same size. */
export const mails: Measurement = {
  name: "mails",
  needs: [],
  async run({ options, server: { dataFolder } }) {
    const sink = startProgram(process.execPath, [SINK]);
    const url = await firstLine(sink.process.stdout);
    const folder = fs.mkdtempSync(path.join(path.dirname(dataFolder), "mails-"));
    const server = await startServer(folder, { SMTP_URL: url });
    const wish = ["--owner", "owner@example.com", "--program", "Mails", "--template", "two-level", "--json"];
    const { program_id: programId } = JSON.parse(await server.cli("provision", ...wish));
    const product = await openProduct(ownerAddress(folder));
    await product.query(
      "insert into mail_settings (program_id, mails_per_minute, domain_mails_per_minute) values ($1, $2, $2)",
      [programId, UNTHROTTLED],
    );
    const ours: number[] = [];
    const raw: number[] = [];
    for (let round = 0; round < Math.min(options.rounds, ROUNDS_MAX); round++) {
      raw.push(await rawRate(url));
      ours.push(await ourRate(product, programId, round));
    }
    await product.end();
    await server.stop();
    await stopProgram(sink);
    fs.rmSync(folder, { recursive: true, force: true });
    return [
      figureOf({
        name: `Mails out of the outbox, ${CONNECTIONS} connections`,
        unit: "per_second",
        rounds: ours,
        reference: { name: "nodemailer alone", rounds: raw },
      }),
    ];
  },
};

/** From the moment they are in the outbox until each is written down as sent. */
async function ourRate(product: pg.Client, programId: string, round: number): Promise<number> {
  const began = performance.now();
  await product.query(
    `insert into mails (program_id, id, key, message, language, facts, to_address, domain, state, send_at,
            next_attempt_at, created_at)
     select $1, 'mal_' || lpad(($2::int * 100000 + n)::text, 26, '0'), 'bench ' || $2 || ' ' || n, 'invitation', 'en', $3::jsonb,
            'friend' || n || '@d' || n % $4::int || '.example', 'd' || n % $4::int || '.example', 'queued', now(), now(), now()
       from generate_series(1, $5::int) as n`,
    [programId, round, JSON.stringify(FACTS), DOMAINS, MAILS],
  );
  for (const until = began + WAIT_MS_MAX; performance.now() < until; ) {
    const { rows } = await product.query<{ waiting: boolean }>(
      "select exists (select from mails where program_id = $1 and state <> 'sent') as waiting",
      [programId],
    );
    if (rows[0]?.waiting === false) return MAILS / ((performance.now() - began) / 1_000);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`Not all mails left the outbox within ${WAIT_MS_MAX} ms.`);
}

async function rawRate(url: string): Promise<number> {
  const transport = createTransport({ url, pool: true, maxConnections: CONNECTIONS });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: MAILS }, (_, n) =>
      transport.sendMail({
        ...{ from: "us@refer.example", to: `friend${n}@d${n % DOMAINS}.example`, subject: "An invitation" },
        ...{ html: "x".repeat(HTML_BYTES), text: "x".repeat(TEXT_BYTES) },
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  transport.close();
  return MAILS / seconds;
}

/** As large as an invitation is. */
const HTML_BYTES = 4_600;
const TEXT_BYTES = 700;

const FACTS = {
  ...{ inviter: "Asha", friend: "Meera", offer: "You get ₹200 after your first order over ₹1,000." },
  ...{
    personal_message: "I thought of you.",
    link: "https://refer.example/i/4fJ9wLc2",
    expires_on: "2026-12-31",
  },
};

function firstLine(stdout: NodeJS.ReadableStream | null): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    stdout?.on("data", (chunk) => {
      text += chunk;
      const found = /^ready (\S+)$/m.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
}
