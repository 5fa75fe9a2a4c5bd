import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { figureOf } from "../figure.ts";
import { openShop, type Shop } from "../programs.ts";
import { interleave, type Round } from "../rounds.ts";
import { costOfRounds, type Load, sampled } from "../sample.ts";
import { postmasterPid } from "../server.ts";
import { type Measurement, rateOf, SQL_CLIENTS } from "./measurement.ts";
import { purchasesBy } from "./purchases.ts";

const ROWS = 500;
const CONNECTIONS = 4;
const LOOK_MS = 20;
const WAIT_MS_MAX = 120_000;

/**
 * How fast facts become what people are told, all of the log once more, while the worker rests three quarters of its
 * time as it always does. Nothing of it runs in a purchase.
 */
export const notifications: Measurement = {
  name: "notifications",
  needs: ["wrk"],
  async run(bench) {
    const shop = await openShop(bench);
    await purchasesBy(bench, shop, shop.buyers, CONNECTIONS, ROWS)(bench.options.seconds);
    await caughtUp(bench, shop);
    const { insert, ours } = await interleave(
      {
        insert: bench.sql?.({ script: "single-row", clients: SQL_CLIENTS }) ?? null,
        ours: tellAgain(bench, shop),
      },
      bench.options,
    );
    return [
      figureOf({
        name: "Facts told to people, beside the purchases",
        unit: "per_second",
        rounds: ours.map(rateOf),
        reference: { name: "single-row insert, 32 clients", rounds: insert.map(rateOf) },
        cost: costOfRounds(ours),
      }),
    ];
  },
};

/** Sets the reader of the log back to its beginning, and waits until it has come to its end again. */
function tellAgain(bench: Bench, shop: Shop): Round {
  const pids = { node: bench.server.pid, postgres: postmasterPid(bench.server.dataFolder) ?? 0 };
  return () =>
    sampled(async (): Promise<Load> => {
      const { rows } = await bench.product.query<{ told: string }>(
        "select count(*) as told from events where program_id = $1 and type = 'reward.created'",
        [shop.id],
      );
      await bench.product.query("delete from notifications where program_id = $1", [shop.id]);
      await bench.product.query(
        "update cursors set position = 0, row_id = '' where program_id = $1 and reader = 'notifications'",
        [shop.id],
      );
      const began = performance.now();
      await caughtUp(bench, shop);
      const ms = performance.now() - began;
      const done = Number(rows[0]?.told ?? 0);
      return { perSecond: (1_000 * done) / ms, p50Ms: 0, p99Ms: 0, done };
    }, pids);
}

async function caughtUp({ product }: Bench, { id }: Shop): Promise<void> {
  const until = performance.now() + WAIT_MS_MAX;
  while (performance.now() < until) {
    const { rows } = await product.query<{ behind: boolean }>(
      `select coalesce((select position from cursors where program_id = $1 and reader = 'notifications'), 0)
              < (select max(position) from events where program_id = $1 and type = 'reward.created') as behind`,
      [id],
    );
    if (rows[0]?.behind === false) return;
    await sleep(LOOK_MS);
  }
  throw new Error("The worker did not come to the end of the log.");
}
