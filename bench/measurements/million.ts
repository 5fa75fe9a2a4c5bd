import { atLeast, type Figure, figureOf } from "../figure.ts";
import { openShop } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { openBigWorld, openSmallWorld } from "../world.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf, SQL_CLIENTS } from "./measurement.ts";
import { purchasesBy } from "./purchases.ts";
import { reading, timesSlower } from "./reads.ts";

/** How it goes on: a million participants, ten million transfers, three million purchases in the books. */
export const million: Measurement = {
  name: "million",
  needs: ["wrk"],
  async run(bench) {
    const people = bench.options.bigWorld ?? 0;
    const small = await openSmallWorld(bench);
    const shop = await openShop(bench);
    const big = await openBigWorld(bench, people);
    const reads = await interleave(
      {
        home: reading(bench, small, "home"),
        bigHome: reading(bench, big, "home"),
        balance: reading(bench, small, "balance"),
        bigBalance: reading(bench, big, "balance"),
      },
      bench.options,
    );
    const buying = await interleave(
      {
        insert: bench.sql?.({ script: "single-row", clients: SQL_CLIENTS }) ?? null,
        fresh: purchasesBy(bench, shop, shop.buyers, HTTP_CONNECTIONS),
        grown: purchasesBy(bench, big, big.buyers, HTTP_CONNECTIONS),
      },
      bench.options,
    );
    const size = people.toString().replace(/\B(?=(\d{3})+$)/g, " ");
    return [
      timesSlower(`Home, ${size} participants: times slower`, reads.bigHome, reads.home, "at 1 000", 1.3),
      timesSlower(
        `Balance, ${size} participants: times slower`,
        reads.bigBalance,
        reads.balance,
        "at 1 000",
        1.3,
      ),
      figureOf({
        name: "Purchases in that program",
        unit: "per_second",
        rounds: buying.grown.map(rateOf),
        reference: { name: "our own in a small program", rounds: buying.fresh.map(rateOf) },
        goal: atLeast(0.6),
        cost: costOfRounds(buying.grown),
      }),
      ...besideInsert(buying.grown, buying.insert),
    ];
  },
};

function besideInsert(grown: Parameters<typeof costOfRounds>[0], insert: typeof grown): Figure[] {
  if (insert.length === 0) return [];
  return [
    figureOf({
      name: "Purchases in that program, beside an insert",
      unit: "per_second",
      rounds: grown.map(rateOf),
      reference: { name: "single-row insert, 32 clients", rounds: insert.map(rateOf) },
    }),
  ];
}
