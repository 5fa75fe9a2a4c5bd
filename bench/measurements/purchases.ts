import type { Bench } from "../bench.ts";
import { atLeast, figureOf } from "../figure.ts";
import { newMark, openShop, type Shop } from "../programs.ts";
import { interleave, type Round } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf, SQL_CLIENTS } from "./measurement.ts";

/** One purchase per request, two levels, through the ledger; spread over the network and all under one upline. */
export const purchases: Measurement = {
  name: "purchases",
  needs: ["wrk"],
  async run(bench) {
    const shop = await openShop(bench);
    const { whole, bare, spread, hot } = await interleave(
      {
        whole: bench.sql?.({ script: "whole-purchase", clients: SQL_CLIENTS }) ?? null,
        bare: bench.sql?.({ script: "bare-purchase", clients: SQL_CLIENTS }) ?? null,
        spread: purchasesBy(bench, shop, shop.buyers, HTTP_CONNECTIONS),
        hot: purchasesBy(bench, shop, shop.hotBuyers, HTTP_CONNECTIONS),
      },
      bench.options,
    );
    const ours = {
      unit: "per_second" as const,
      rounds: spread.map(rateOf),
      cost: costOfRounds(spread),
    };
    return [
      figureOf({
        ...ours,
        name: "Purchases, 64 connections",
        reference: { name: "function leaving the same rows, 32 clients", rounds: whole.map(rateOf) },
        goal: atLeast(1.5),
      }),
      figureOf({
        ...ours,
        name: "Purchases, beside the barest function",
        reference: { name: "function without ledger, log, audit", rounds: bare.map(rateOf) },
      }),
      figureOf({
        name: "Purchases all under one upline",
        unit: "per_second",
        rounds: hot.map(rateOf),
        reference: { name: "our own, spread", rounds: spread.map(rateOf) },
        goal: atLeast(1),
        cost: costOfRounds(hot),
      }),
    ];
  },
};

export function purchasesBy(
  bench: Bench,
  shop: Pick<Shop, "key">,
  buyers: Shop["buyers"],
  connections: number,
  rowsPerRequest?: number,
): Round {
  const script = "purchases";
  const rows = rowsPerRequest === undefined ? {} : { rowsPerRequest };
  return (seconds) => {
    const args = [shop.key, newMark(), String(buyers.first), String(buyers.last)];
    if (rowsPerRequest !== undefined) args.push(String(rowsPerRequest));
    return bench.purchases({ url: bench.server.url, script, connections, args, ...rows })(seconds);
  };
}
