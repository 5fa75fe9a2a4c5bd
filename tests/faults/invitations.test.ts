import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { Api } from "../support/api.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { copyProduct, endAll, freePort, newFolder, provision, startApp } from "./process.ts";

/** `npm run faults` sends to more people, and kills more often. */
const IS_LONG = process.env["FAULTS_KILLS"] !== undefined;
const PEOPLE = IS_LONG ? 10_000 : 400;
const KILLS = IS_LONG ? 10 : 3;
/** No more than so many to one domain, so that its limit is not what is waited for. */
const PEOPLE_OF_DOMAIN = 100;
const TEST_MS_MAX = IS_LONG ? 1_800_000 : 180_000;

type List = {
  id: string;
  status: string;
  counts: { invited: number; ready: number; problems: { rows: number }[] };
};

const product = copyProduct();
let dataFolder: string;
let mailbox: Mailbox;
afterAll(() => fs.rmSync(product.folder, { recursive: true, force: true }));
beforeEach(async () => {
  dataFolder = newFolder("invitations");
  mailbox = await openMailbox();
});
afterEach(async () => {
  await endAll();
  await mailbox.close();
  fs.rmSync(dataFolder, { recursive: true, force: true });
});

test(`killed outright while ${PEOPLE} people are invited, each gets one invitation and one mail`, {
  timeout: TEST_MS_MAX,
}, async () => {
  const port = await freePort();
  const env = { SMTP_URL: mailbox.url, PORT: String(port), REFERRALHUB_URL: `http://127.0.0.1:${port}` };
  const start = () => startApp({ product, dataFolder, env });
  let app = await start();
  const { api_key: key } = await provision({ product, dataFolder, env });
  const api = new Api(app.url, key);
  const asha = await api.join(undefined, { name: "Asha" });
  const addresses = Array.from(
    { length: PEOPLE },
    (_, n) => `friend${n}@d${Math.floor(n / PEOPLE_OF_DOMAIN)}.example`,
  );
  const list = await api.post<List>("/v1/invitation_batches", {
    participant: asha.id,
    text: `Email\n${addresses.join("\n")}`,
  });
  expect(list.body.counts).toMatchObject({ ready: PEOPLE });
  const path = `/v1/invitation_batches/${list.body.id}`;
  expect((await api.post(`${path}/send`, { count: PEOPLE })).status).toBe(200);
  // The inviter gets notices of their own.
  const sent = () => mailbox.mails.filter(({ envelope }) => envelope.to.startsWith("friend"));
  for (let kill = 1; kill <= KILLS; kill++) {
    // In the middle of it, by what has arrived: the first while rows still become invitations.
    const wanted = Math.floor(((kill - 1) * PEOPLE) / (KILLS + 1)) + 1;
    while (sent().length < wanted) await sleep(5);
    app.kill("SIGKILL");
    await app.gone();
    app = await start();
  }
  while (new Set(sent().map(({ envelope }) => envelope.to)).size < PEOPLE) await sleep(100);
  await untilStill(() => sent().length);

  expect((await api.get<List>(path)).body).toMatchObject({
    status: "completed",
    counts: { invited: PEOPLE, ready: 0, problems: [] },
  });
  expect(await countInvitations(api)).toBe(PEOPLE);
  const ids = new Map<string, Set<string>>();
  for (const { envelope, messageId = "" } of sent())
    ids.set(envelope.to, (ids.get(envelope.to) ?? new Set()).add(messageId));
  expect([...ids.keys()].sort()).toEqual([...addresses].sort());
  // One mail each. What was on the wire when it was killed may come twice, and is recognised as the same.
  expect([...ids.values()].filter((own) => own.size !== 1)).toEqual([]);
  console.log(`mails: ${sent().length} to ${PEOPLE} people over ${KILLS} kills`);
});

async function untilStill(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await sleep(2_000);
  }
}

async function countInvitations(api: Api): Promise<number> {
  const { body } = await api.get<{ counts: Record<string, number> }>("/v1/invitations/summary");
  return Object.values(body.counts).reduce((sum, count) => sum + count, 0);
}
