import { fromWire, POINTS, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";

export type ChangeKind = "added" | "removed" | "changed" | "moved";

/** `names`: what leads there, such as rules, level-share, levels, 1, rate. */
type Change = { kind: ChangeKind; names: readonly string[]; before: unknown; after: unknown };

type Fields = Record<string, unknown>;

/** What a change means, for people. */
export function changeSentence(change: Change): string {
  const { kind, names, after } = change;
  const [list = "", id = "", part, key] = names;
  if (kind === "moved") return `The ${list} now come in this order: ${(after as string[]).join(", ")}.`;
  if (list === "rules" && part === "levels" && key !== undefined) return levelSentence(change);
  if (list === "rules" && names.length === 2) return memberSentence(change, `rule “${id}”`);
  if (list === "rules") return partSentence(change, `the rule “${id}”`);
  if (list === "tiers" && names.length === 2) return memberSentence(change, `tier “${id}”`);
  if (list === "tiers" && names.length > 2) return partSentence(change, `the tier “${id}”`);
  if (list === "caps" && names.length === 2) return memberSentence(change, `cap “${id}”`);
  if (list === "caps" && names.length > 2) return partSentence(change, `the cap “${id}”`);
  if (list === "tiers" || list === "caps") return wholeListSentence(change, list);
  return termSentence(change);
}

/** Tiers or caps where the other text has none. */
function wholeListSentence({ kind, before, after }: Change, list: string): string {
  const ids = ((kind === "removed" ? before : after) as { id: string }[])
    .map(({ id }) => `“${id}”`)
    .join(", ");
  return kind === "removed" ? `The ${list} are gone: ${ids}.` : `There are ${list} now: ${ids}.`;
}

/** "Level 1 earns 6 % instead of 5 %, by the rule “level-share”." */
function levelSentence({ names, before, after }: Change): string {
  const [, rule = "", , level = "", part] = names;
  const who = level === "0" ? "The friend who buys" : `Level ${level}`;
  const by = `by the rule “${rule}”`;
  if (after === undefined && names.length === 4) return `${who} no longer earns ${by}.`;
  if (part === "by_tier") return `${who} earns ${tierWords(after)} ${by}, before ${tierWords(before)}.`;
  const share = (value: unknown): string =>
    names.length === 4 ? shareWords(value) : valueWords(value, part);
  if (before === undefined) return `${who} earns ${share(after)} ${by}.`;
  return `${who} earns ${share(after)} instead of ${share(before)} ${by}.`;
}

function shareWords(value: unknown): string {
  const { rate, amount, points } = value as { rate?: string; amount?: unknown; points?: number };
  if (rate !== undefined) return valueWords(rate, "rate");
  if (points !== undefined) return valueWords(points, "points");
  return amount === undefined ? "a coupon" : valueWords(amount);
}

function tierWords(value: unknown): string {
  if (!isFields(value)) return "the same at every tier";
  return Object.entries(value)
    .map(([tier, rate]) => `${valueWords(rate, "rate")} at tier “${tier}”`)
    .join(", ");
}

function memberSentence({ kind, before, after }: Change, what: string): string {
  if (kind === "removed") return `The ${what} is gone.`;
  if (kind === "added") return `There is a new ${what}.`;
  return `The ${what} is ${valueWords(after)} instead of ${valueWords(before)}.`;
}

/** Something inside of a rule, a tier or a cap. */
function partSentence({ kind, names, before, after }: Change, whose: string): string {
  const path = names.slice(2);
  const key = path.at(-1);
  const what = `${CONDITIONS[key ?? ""] ?? path.join(" ")}`.replaceAll("_", " ");
  if (kind === "removed") return `Of ${whose}, ${what} no longer says ${valueWords(before, key)}.`;
  if (kind === "added") return `Of ${whose}, ${what} is ${valueWords(after, key)}.`;
  return `Of ${whose}, ${what} is ${valueWords(after, key)} instead of ${valueWords(before, key)}.`;
}

function termSentence({ kind, names, before, after }: Change): string {
  const [name = "", ...rest] = names;
  if (name === "examples") return "The golden examples are different.";
  const term = TERMS[name] ?? name.replaceAll("_", " ");
  const what = rest.length === 0 ? term : `${term} (${rest.join(", ").replaceAll("_", " ")})`;
  const key = names.at(-1);
  const was = kind === "added" ? (DEFAULTS[name] ?? "not said") : valueWords(before, key);
  const is = kind === "removed" ? (DEFAULTS[name] ?? "not said") : valueWords(after, key);
  return `The ${what} is ${is} instead of ${was}.`;
}

const TERMS: Readonly<Record<string, string>> = {
  name: "name",
  currency: "currency",
  direct_limit: "limit of direct referrals",
  overflow: "answer to a referral beyond the limit",
  inactive_upline: "share of an inactive upline",
  activity: "measure of who is active",
  hold_days: "hold in days",
  attribution_window_days: "attribution window in days",
  composition: "way rules combine",
  existing_referrals: "version for referrals made before",
  qualifies: "conversion that qualifies a referral",
  expires_days: "time after which rewards expire, in days",
  on_refund: "answer to a refund",
};

/** What a plan says that does not say it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  activity: "everybody who is not suspended",
  existing_referrals: "“move”",
  qualifies: "the first that earns at level 1",
  expires_days: "never",
};

const CONDITIONS: Readonly<Record<string, string>> = {
  amount_above: "the amount it must be above",
  nth: "the numbered conversions it is for",
  within_days: "the days after the referral it is for",
  by_tier: "the rates by tier",
};

function valueWords(value: unknown, key = ""): string {
  if (value === null || value === undefined) return "none";
  if (isFields(value) && typeof value["amount"] === "number" && typeof value["currency"] === "string")
    return formatMoney(fromWire(value as WireMoney));
  if (key === "rate" || key === "multiplier") return `${value} %`;
  if (key === "points" && typeof value === "number")
    return formatMoney({ minor: BigInt(value), currency: POINTS });
  if (typeof value === "string") return `“${value}”`;
  if (Array.isArray(value)) return value.map((one) => valueWords(one)).join(", ");
  if (isFields(value))
    return Object.entries(value)
      .map(([name, inner]) => `${name.replaceAll("_", " ")} ${valueWords(inner, name)}`)
      .join(", ");
  return String(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
