import type { PlanTier, PromotionDocument } from "../wire.ts";
import { conditionWords, orWords } from "./condition-words.ts";
import { formatCount, formatMoney } from "./money.ts";

/** What a promotion adds, to what, and for whom. */
export function promotionSentence(promotion: PromotionDocument, tiers: readonly PlanTier[] = []): string {
  const { rules, levels, multiplier, add, when, advocates_max: most } = promotion;
  const by = rules ? ` by ${orWords(rules.map((id) => `“${id}”`))}` : "";
  const at = levels ? ` for ${orWords(levels.map(placeWords))}` : "";
  const pays = [
    multiplier === undefined ? "" : `pays ${multiplier} %`,
    add ? `${multiplier === undefined ? "pays " : ""}${formatMoney(add)} more` : "",
  ].filter(Boolean);
  const over = when?.amount_above ? [`for orders over ${formatMoney(when.amount_above)}`] : [];
  const only = [
    ...over,
    ...conditionWords(when, tiers),
    ...(most === undefined ? [] : [`for the first ${formatCount(most)} people`]),
  ];
  const sentence = `Each reward${by}${at} ${pays.join(" and ")}`;
  return only.length === 0 ? `${sentence}.` : `${sentence}; only ${only.join(", ")}.`;
}

function placeWords(level: number): string {
  return level === 0 ? "the friend who buys" : `level ${level}`;
}

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** "1 Dec 2026, 00:00": what the clocks of the program show, wherever it is read. */
export function wallWords(wall: string): string {
  return moment.format(new Date(`${wall}Z`));
}
