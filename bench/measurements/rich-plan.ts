import { atLeast, figureOf } from "../figure.ts";
import { openRichShop, openShop } from "../programs.ts";
import { interleave } from "../rounds.ts";
import { costOfRounds } from "../sample.ts";
import { HTTP_CONNECTIONS, type Measurement, rateOf } from "./measurement.ts";
import { purchasesBy } from "./purchases.ts";

/** What a plan of five rules, five levels, tiers, caps and a promotion costs, beside the one of two levels. */
export const richPlan: Measurement = {
  name: "rich-plan",
  needs: ["wrk"],
  async run(bench) {
    const shop = await openShop(bench);
    const richShop = await openRichShop(bench);
    const { plain, rich } = await interleave(
      {
        plain: purchasesBy(bench, shop, shop.buyers, HTTP_CONNECTIONS),
        rich: purchasesBy(bench, richShop, richShop.buyers, HTTP_CONNECTIONS),
      },
      bench.options,
    );
    return [
      figureOf({
        name: "Purchases by a rich plan",
        unit: "per_second",
        rounds: rich.map(rateOf),
        reference: { name: "our own, by two levels", rounds: plain.map(rateOf) },
        goal: atLeast(0.5),
        cost: costOfRounds(rich),
      }),
    ];
  },
};
