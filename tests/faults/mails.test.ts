import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { Api } from "../support/api.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { type App, copyProduct, endAll, freePort, newFolder, provision, startApp } from "./process.ts";

/** `npm run faults` sends more and kills more often. */
const IS_LONG = Number(process.env["FAULTS_KILLS"] ?? 3) >= 25;
const MAILS = IS_LONG ? 10_000 : 300;
const KILLS = IS_LONG ? 5 : 2;
const DOMAINS = 20;
const POSTING_AT_ONCE = 20;
/** So slow that there is a middle to kill in. */
const SLOW_MS = IS_LONG ? 2 : 20;
const LOOK_MS = 20;
const PAGE_ROWS = 200;
const TEST_MS_MAX = 240_000 + 120_000 * KILLS;

const product = copyProduct();
let dataFolder: string;
let mailbox: Mailbox;
let port: number;
afterAll(() => fs.rmSync(product.folder, { recursive: true, force: true }));
beforeEach(async () => {
  dataFolder = newFolder("mails");
  port = await freePort();
  mailbox = await openMailbox();
});
afterEach(async () => {
  await endAll();
  await mailbox.close();
  fs.rmSync(dataFolder, { recursive: true, force: true });
});

type Mail = { id: string; state: string };

describe("killed outright in the middle of sending", () => {
  test("loses no mail, and repeats none but those on their way, recognisably", {
    timeout: TEST_MS_MAX,
  }, async () => {
    let app = await start();
    const { api_key } = await provision({ product, dataFolder });
    const api = new Api(app.url, api_key);
    const unthrottled = { mails_per_minute: 1_000_000, domain_mails_per_minute: 1_000_000 };
    expect((await api.send("PATCH", "/v1/mail_settings", unthrottled)).status).toBe(200);
    mailbox.answer(() => ({ slowMs: SLOW_MS }));
    const posting = post(api);
    let onTheirWay = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      while (mailbox.mails.length < (MAILS * kill) / (KILLS + 1)) await sleep(LOOK_MS);
      app.kill("SIGKILL");
      await app.gone();
      // What the next one finds claimed is what was on its way.
      app = await start();
      onTheirWay += (await list(api, "sending")).length;
    }
    const ids = await posting;
    let sent: Mail[] = [];
    while (sent.length < MAILS) {
      await sleep(1_000);
      sent = await list(api, "sent");
    }
    const received = mailbox.mails.map(({ messageId }) => messageId ?? "");
    const repeated = received.length - new Set(received).size;
    console.log(`${MAILS} mails, ${KILLS} kills: ${repeated} repeated of ${onTheirWay} on their way`);
    expect(new Set(received)).toEqual(new Set(ids.map((id) => `<${id}@127.0.0.1>`)));
    expect(repeated).toBeLessThanOrEqual(onTheirWay);
    app.kill("SIGTERM");
    expect(await app.gone()).toMatchObject({ code: 0 });
  });
});

const start = (): Promise<App> =>
  startApp({ product, dataFolder, env: { PORT: String(port), LOG_LEVEL: "warn", SMTP_URL: mailbox.url } });

/** Posts them all, each once: a request that is not answered is sent again with the same key. */
async function post(api: Api): Promise<string[]> {
  const ids: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let n = next++; n < MAILS; n = next++) {
      const body = { message: "invitation", to: `friend${n}@d${n % DOMAINS}.example` };
      for (;;) {
        const answer = await api
          .post<Mail>("/v1/mails/test", body, { "idempotency-key": `mail-${n}` })
          .catch(() => null);
        if (answer?.status === 201) {
          ids.push(answer.body.id);
          break;
        }
        await sleep(LOOK_MS);
      }
    }
  };
  await Promise.all(Array.from({ length: POSTING_AT_ONCE }, work));
  return ids;
}

async function list(api: Api, state: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: { data: Mail[]; next_cursor: string | null } = (
      await api.get<{ data: Mail[]; next_cursor: string | null }>(
        `/v1/mails?state=${state}&limit=${PAGE_ROWS}${after === "" ? "" : `&after=${after}`}`,
      )
    ).body;
    mails.push(...page.data);
    after = page.next_cursor;
  }
  return mails;
}
