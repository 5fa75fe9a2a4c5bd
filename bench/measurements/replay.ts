import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { atMost, figureOf } from "../figure.ts";
import { costOfRounds, type Load, type Sample, sampled } from "../sample.ts";
import { postmasterPid } from "../server.ts";
import { openReplayWorld, REPLAYED_PURCHASES, type World } from "../world.ts";
import type { Measurement } from "./measurement.ts";

const ROUNDS_MAX = 3;
const LOOK_MS = 50;
const ENOUGH_MS = 5_000;

type Replay = { id: string; state: string; reason: string | null; result: { conversions: number } | null };
/** What a draft would have paid on 100 000 purchases, from the request to the result, and how reads fare meanwhile. */
export const replay: Measurement = {
  name: "replay",
  needs: [],
  async run(bench) {
    const world = await openReplayWorld(bench);
    const draft = await draftOf(world);
    const rounds: Sample[] = [];
    for (let round = 0; round < Math.min(bench.options.rounds, ROUNDS_MAX); round++)
      rounds.push(await sampled(() => replayOnce(world, draft, bench), pidsOf(bench)));
    const size = REPLAYED_PURCHASES.toString().replace(/\B(?=(\d{3})+$)/g, " ");
    return [
      figureOf({
        name: `Replay of ${size} purchases, until the result is there`,
        unit: "ms",
        rounds: rounds.map(({ perSecond }) => (1_000 * REPLAYED_PURCHASES) / perSecond),
        goal: atMost(ENOUGH_MS),
        cost: costOfRounds(rounds),
      }),
      figureOf({
        name: "A read while it runs, 99 of 100",
        unit: "ms",
        rounds: rounds.map(({ p99Ms }) => p99Ms),
      }),
    ];
  },
};

async function draftOf(world: World): Promise<string> {
  const { data } = await world.call<{ data: { document: object }[] }>("GET", "/v1/plans");
  const rule = {
    ...{ id: "level-share", rule: "percent_of_profit", on: "purchase" },
    levels: [1, 2, 3].map((level) => ({ level, rate: String(5 - level) })),
  };
  const document = { ...data[0]?.document, rules: [rule], examples: [] };
  return (await world.call<{ id: string }>("POST", "/v1/plans", { document })).id;
}

/** Looking again every few moments is the read that is measured, too. */
async function replayOnce(world: World, draft: string, bench: Bench): Promise<Load> {
  const began = performance.now();
  const source = { kind: "history" };
  const asked = await world.call<Replay>("POST", `/v1/plans/${draft}/replay`, { source });
  const readMs: number[] = [];
  for (;;) {
    await sleep(LOOK_MS);
    const before = performance.now();
    const seen = await world.call<Replay>("GET", `/v1/replays/${asked.id}`);
    readMs.push(performance.now() - before);
    if (seen.state === "queued" || seen.state === "running") continue;
    if (seen.result?.conversions !== REPLAYED_PURCHASES)
      throw new Error(`The replay ended as ${seen.state}: ${seen.reason ?? seen.result?.conversions}.`);
    const waitedMs = performance.now() - began;
    bench.say(`  replayed in ${Math.round(waitedMs)} ms`);
    return {
      perSecond: (1_000 * REPLAYED_PURCHASES) / waitedMs,
      p50Ms: almostWorst(readMs, 0.5),
      p99Ms: almostWorst(readMs, 0.99),
      done: REPLAYED_PURCHASES,
    };
  }
}

const pidsOf = ({ server }: Bench) => ({
  node: server.pid,
  postgres: postmasterPid(server.dataFolder) ?? 0,
});

function almostWorst(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
