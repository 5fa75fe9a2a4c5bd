import { atLeast, figureOf } from "../figure.ts";
import { openShop } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { type Measurement, rateOf, SQL_CLIENTS } from "./measurement.ts";
import { purchasesBy } from "./purchases.ts";

const ROWS = 500;
/** Enough that one is on its way while another is settled. */
const CONNECTIONS = 4;

/** Purchases reported 500 at a time; counted are purchases, not requests. */
export const bulk: Measurement = {
  name: "bulk",
  needs: ["wrk"],
  async run(bench) {
    const shop = await openShop(bench);
    const { insert, ours } = await interleave(
      {
        insert: bench.sql?.({ script: "single-row", clients: SQL_CLIENTS }) ?? null,
        ours: purchasesBy(bench, shop, shop.buyers, CONNECTIONS, ROWS),
      },
      bench.options,
    );
    return [
      figureOf({
        name: `Purchases in bulk, ${ROWS} a request, ${CONNECTIONS} connections`,
        unit: "per_second",
        rounds: ours.map(rateOf),
        reference: { name: "single-row insert, 32 clients", rounds: insert.map(rateOf) },
        goal: atLeast(0.8),
        cost: costOfRounds(ours),
      }),
    ];
  },
};
