import type { PlanConditions, PlanTier } from "../wire.ts";
import { formatCount } from "./money.ts";

/** What else must hold, each in a few words that follow "only"; the threshold is said with the order itself. */
export function conditionWords(when: PlanConditions = {}, tiers: readonly PlanTier[] = []): string[] {
  const { nth, within_days: days } = when;
  return [
    nth ? nthWords(nth) : "",
    days === undefined ? "" : `within ${formatCount(days)} ${days === 1 ? "day" : "days"} of joining`,
    listWords("from buyers in", when.countries),
    listWords("for referrals through", when.channels),
    listWords("for the product", when.products),
    listWords("from the segment", when.segments),
    listWords(
      "for advocates of the tier",
      when.tiers?.map((id) => tiers.find((tier) => tier.id === id)?.name ?? id),
    ),
    when.active ? "for advocates who are active" : "",
  ].filter(Boolean);
}

function nthWords({ from = 1, to }: { from?: number; to?: number }): string {
  if (to === undefined) return from === 1 ? "" : `from a friend’s ${ordinal(from)} one on`;
  if (from === to || (from === 1 && to === 1)) return `for a friend’s ${ordinal(to)} one`;
  return from === 1
    ? `for a friend’s first ${formatCount(to)}`
    : `for a friend’s ${ordinal(from)} to ${ordinal(to)}`;
}

const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });

function ordinal(number: number): string {
  return number === 1 ? "first" : `${formatCount(number)}${SUFFIXES[ordinals.select(number)] ?? "th"}`;
}

function listWords(before: string, names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? "" : `${before} ${orWords(names)}`;
}

export function orWords(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
