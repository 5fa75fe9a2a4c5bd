import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { atMost, figureOf, median, percentile } from "../figure.ts";
import { newMark, openShop, type Shop } from "../programs.ts";
import { openWatchers } from "../watchers.ts";
import type { Measurement } from "./measurement.ts";

const STREAMS = 500;
const PURCHASES_PER_SECOND = 1_000;
/** Purchases on their way at once: beyond it the client waits instead of piling up. */
const UNDERWAY_MAX = 256;
const TICK_MS = 2;
const DRAIN_MS_MAX = 5_000;
const LEVELS = 2;

/** From the answer to a purchase to its arrival on the screens of both people it paid. */
export const stream: Measurement = {
  name: "stream",
  needs: [],
  async run(bench) {
    const shop = await openShop(bench);
    const watchers = await openWatchers(bench.server.url, shop.key, shop.ids.slice(0, STREAMS));
    const rounds: { p50: number; p99: number; perSecond: number }[] = [];
    try {
      await buyAndWatch(bench, shop, watchers, 1);
      for (let round = 0; round < bench.options.rounds; round++)
        rounds.push(await buyAndWatch(bench, shop, watchers, bench.options.seconds));
    } finally {
      watchers.close();
    }
    const rate = Math.round(median(rounds.map(({ perSecond }) => perSecond)));
    const name = `Answer → screen, ${STREAMS} streams, ${rate} purchases/s`;
    return [
      figureOf({
        name: `${name}, median`,
        unit: "ms",
        rounds: rounds.map(({ p50 }) => p50),
        goal: atMost(5),
      }),
      figureOf({
        name: `${name}, 99th percentile`,
        unit: "ms",
        rounds: rounds.map(({ p99 }) => p99),
        goal: atMost(100),
      }),
    ];
  },
};

/** Every reward must arrive: one that does not is an error, not a slow one. */
async function buyAndWatch(
  bench: Bench,
  shop: Shop,
  watchers: Awaited<ReturnType<typeof openWatchers>>,
  seconds: number,
): Promise<{ p50: number; p99: number; perSecond: number }> {
  watchers.forget();
  const began = performance.now();
  const answered = await buyAtRate(bench.server.url, shop, seconds);
  const perSecond = (answered.size / (performance.now() - began)) * 1_000;
  bench.books.acknowledged += answered.size;
  const giveUp = performance.now() + DRAIN_MS_MAX;
  while (watchers.arrivals().length < answered.size * LEVELS && performance.now() < giveUp)
    await sleep(TICK_MS);
  const times = watchers.arrivals().map(({ conversionId, at }) => {
    const answeredAt = answered.get(conversionId);
    if (answeredAt === undefined) throw new Error(`${conversionId} arrived and was never answered.`);
    // What was on the screen before the answer arrived was not late.
    return Math.max(0, at - answeredAt);
  });
  if (times.length !== answered.size * LEVELS)
    throw new Error(
      `${answered.size} purchases were answered, and ${times.length} rewards arrived on the streams.`,
    );
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), perSecond };
}

/** When each purchase was answered, by its id. */
async function buyAtRate(url: string, shop: Shop, seconds: number): Promise<Map<string, number>> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: UNDERWAY_MAX });
  const answered = new Map<string, number>();
  const underway = new Set<Promise<void>>();
  const mark = newMark();
  const began = performance.now();
  const { first, last } = shop.buyers;
  try {
    for (let sent = 0; ; ) {
      const elapsed = performance.now() - began;
      if (elapsed >= seconds * 1_000) break;
      const due = Math.floor((elapsed / 1_000) * PURCHASES_PER_SECOND);
      for (; sent < due && underway.size < UNDERWAY_MAX; sent++) {
        const buyer = first + Math.floor(Math.random() * (last - first + 1));
        const bought: Promise<void> = buy(url, agent, shop.key, `${mark}-${sent}`, buyer)
          .then(({ id, at }) => void answered.set(id, at))
          .finally(() => underway.delete(bought));
        underway.add(bought);
      }
      await sleep(TICK_MS);
    }
    await Promise.all(underway);
  } finally {
    agent.destroy();
  }
  return answered;
}

function buy(
  url: string,
  agent: http.Agent,
  key: string,
  externalId: string,
  buyer: number,
): Promise<{ id: string; at: number }> {
  const body = JSON.stringify({
    external_id: externalId,
    participant: `ext:u${buyer}`,
    amount: { amount: 200_000, currency: "INR" },
    profit: { amount: 40_000, currency: "INR" },
  });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const asked = http.request(`${url}/v1/conversions`, { method: "POST", agent, headers }, (answer) => {
      const at = performance.now();
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode === 201) resolve({ id: JSON.parse(text).id, at });
        else reject(new Error(`A purchase was answered ${answer.statusCode}: ${text}`));
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
