import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../server/rewards/contract.ts";
import {
  type App,
  copyProduct,
  endAll,
  freePort,
  newFolder,
  provision,
  startApp,
} from "../faults/process.ts";
import { type Answer, Api } from "../support/api.ts";
import type { Conversion, Person, PlainPlan } from "./facts.ts";
import { Model } from "./model.ts";
import { linesOf } from "./stored-world.ts";

const PEOPLE = 7;
const PURCHASES = 96;
const CLIENTS = 8;
/** The server is killed when so many have been answered and the others have not. */
const ANSWERED_BEFORE = 20;
const TRIES_MAX = 200;
const AGAIN_MS = 100;
/** Amounts around the plan's threshold of 1000.00, and some with remainders to lose. */
const AMOUNTS = [100_000, 100_001, 99_999, 133_337, 200_000, 7_777_777];

const product = copyProduct();
const dataFolder = newFolder("simulation");
afterAll(async () => {
  await endAll();
  for (const folder of [product.folder, dataFolder]) fs.rmSync(folder, { recursive: true, force: true });
});

test("a server killed in the middle of purchases and refunds holds what the model says", async () => {
  const env = { PORT: String(await freePort()) };
  let app: App = await startApp({ dataFolder, product, env });
  const api = new Api(app.url, (await provision({ dataFolder, product, env })).api_key);
  const kill = async () => {
    app.kill("SIGKILL");
    await app.gone();
    app = await startApp({ dataFolder, product, env });
  };
  const people = await joinInLine(api);
  const plans = await api.get<{ data: { document: PlainPlan }[] }>("/v1/plans");
  const plan = plans.body.data[0]?.document as PlainPlan;
  const model = new Model({ plan, promotions: [], people, timeZone: "UTC", margin: "100" });

  const sold = await throughKill(purchasesOf(people, "before"), buyWith(api), kill);
  const refunds = sold.flatMap((sale, index) => partsOf(sale, index));
  const later = purchasesOf(people, "after");
  const [more] = await Promise.all([
    throughKill(later, buyWith(api), kill),
    inClients(refunds, ({ path, body }) => insist(() => api.post(path, body))),
  ]);

  const conversions = [...sold, ...more].map((sale, id) => conversionOf(sale, id));
  for (const conversion of conversions) model.settle(conversion);
  for (const { sale, body } of refunds) {
    const conversion = conversions[sold.indexOf(sale)] as Conversion;
    model.refund(conversion, BigInt(body.amount.amount));
  }
  await compare(api, model, [...sold, ...more]);
  expect(cutOff).toBeGreaterThan(CLIENTS);
});

/** Each under the one before, so that every level of the plan is paid. */
async function joinInLine(api: Api): Promise<Person[]> {
  const people: Person[] = [];
  let above: ParticipantAnswer | undefined;
  for (let index = 0; index < PEOPLE; index++) {
    const one = await api.join(above);
    people.push({
      ...{
        id: one.id,
        advocate: above?.id ?? null,
        referral: "counts",
        referredAt: Date.parse(one.created_at),
      },
      ...{ country: null, channel: null, segment: null },
    });
    above = one;
  }
  return people;
}

function purchasesOf(people: readonly Person[], name: string) {
  return Array.from({ length: PURCHASES }, (_, index) => {
    const amount = AMOUNTS[index % AMOUNTS.length] ?? 0;
    return {
      external_id: `${name}-${index}`,
      participant: people[index % people.length]?.id,
      amount: { amount, currency: "INR" },
      profit: { amount: Math.floor(amount / 3), currency: "INR" },
    };
  });
}

type Wish = ReturnType<typeof purchasesOf>[number];

const buyWith = (api: Api) => (wish: Wish) =>
  insist<ConversionAnswer>(() => api.post("/v1/conversions", wish));

/** Everything is done, by clients who carry on where the server was killed under them. */
async function throughKill<Wanted, Done>(
  wishes: readonly Wanted[],
  work: (wish: Wanted) => Promise<Done>,
  kill: () => Promise<void>,
): Promise<Done[]> {
  let answered = 0;
  let killed: Promise<void> | null = null;
  const done = await inClients(wishes, async (wish) => {
    const one = await work(wish);
    if (++answered === ANSWERED_BEFORE) killed = kill();
    return one;
  });
  await killed;
  return done;
}

async function inClients<Wanted, Done>(
  wishes: readonly Wanted[],
  work: (wish: Wanted) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = [];
  const queue = [...wishes.entries()];
  const client = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) done[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return done;
}

/** A third, a third again, or the whole; every other sale. */
function partsOf(sale: ConversionAnswer, index: number) {
  if (index % 2 === 0) return [];
  const whole = sale.amount.amount;
  const parts = index % 3 === 0 ? [whole] : [Math.ceil(whole / 3), Math.floor(whole / 3)];
  return parts.map((amount, part) => ({
    sale,
    path: `/v1/conversions/${sale.id}/refunds`,
    body: { external_id: `refund-${sale.external_id}-${part}`, amount: { amount, currency: "INR" } },
  }));
}

/** How often the server was gone in the middle of a request, or not there yet. */
let cutOff = 0;

/** As clients do who must not lose anything: again and again until there is an answer. */
async function insist<Body>(send: () => Promise<Answer<Body>>): Promise<Body> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const answer = await send().catch(() => null);
    if (answer === null) cutOff++;
    if (answer !== null && answer.status < 300) return answer.body;
    expect(answer?.status ?? 503, JSON.stringify(answer?.body)).toBeGreaterThanOrEqual(409);
    await sleep(AGAIN_MS);
  }
  throw new Error(`No answer after ${TRIES_MAX} tries.`);
}

function conversionOf(sale: ConversionAnswer, id: number): Conversion {
  return {
    id,
    buyer: sale.participant_id,
    kind: sale.kind,
    amount: BigInt(sale.amount.amount),
    profit: sale.profit === null ? null : BigInt(sale.profit.amount),
    occurredAt: Date.parse(sale.occurred_at),
    product: null,
  };
}

async function compare(api: Api, model: Model, sales: readonly ConversionAnswer[]): Promise<void> {
  const balances = model.books.balances();
  for (const { id } of model.world.people) {
    const { pending, available, held, paid } = await api.balance({ id });
    expect(BigInt(pending + available + held + paid)).toBe(balances.get(`${id} INR`) ?? 0n);
  }
  const again = new Model(model.world);
  for (const [index, sale] of sales.entries()) {
    const { body } = await api.get<ConversionAnswer>(`/v1/conversions/${sale.id}`);
    expect(linesOf(body)).toEqual(again.settle(conversionOf(body, index)).lines);
  }
  const { body } = await api.get<{ ok: boolean; checks: { ok: boolean }[] }>("/v1/verify");
  expect(body.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(body.ok).toBe(true);
}
