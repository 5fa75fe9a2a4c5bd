import { formatPercent } from "../../primitives/rate.ts";
import { shareText, worstCase } from "../worst-case.ts";
import type { Lint } from "./lint.ts";

export const paysMoreThanMargin: Lint = {
  code: "pays_more_than_margin",
  title: "Pays more than it earns",
  severity: "blocking",
  check(plan, promotions, { defaultMargin }) {
    const { total } = worstCase(plan, promotions, defaultMargin);
    const share = total.atDefaultMargin;
    if (share === null || share <= defaultMargin) return [];
    const margin = formatPercent(defaultMargin);
    return [
      {
        pointer: "/rules",
        message: `At worst ${shareText(share)} % of a purchase is paid out, and only ${margin} % of it is profit: all levels, tiers and promotions together.`,
        figures: { paid_percent: shareText(share), margin_percent: margin },
        fix: "Lower the rates, or pay a share of the profit instead of the amount.",
      },
    ];
  },
};
