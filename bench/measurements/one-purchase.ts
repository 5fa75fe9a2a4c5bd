import { atMost, figureOf } from "../figure.ts";
import { openShop } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { type Measurement, middleOf } from "./measurement.ts";
import { purchasesBy } from "./purchases.ts";

/** One shop that waits for each answer before it asks again: the time of a purchase, not how many at once. */
export const onePurchase: Measurement = {
  name: "one-purchase",
  needs: ["wrk"],
  async run(bench) {
    const shop = await openShop(bench);
    const { whole, ours } = await interleave(
      {
        whole: bench.sql?.({ script: "whole-purchase", clients: 1 }) ?? null,
        ours: purchasesBy(bench, shop, shop.buyers, 1),
      },
      bench.options,
    );
    return [
      figureOf({
        name: "One purchase after the other, median",
        unit: "ms",
        rounds: ours.map(middleOf),
        reference: { name: "one function call, median", rounds: whole.map(middleOf) },
        goal: atMost(1.2),
        cost: costOfRounds(ours),
      }),
    ];
  },
};
