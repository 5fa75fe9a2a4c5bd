import { parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import {
  type LintedLevel,
  type LintedPlan,
  type LintedPromotion,
  type LintedRule,
  levelsOf,
  paymentOf,
} from "./lints/linted-plan.ts";

/** A share of the revenue in millionths; null where no purchase is large enough to bound it. */
export type Share = bigint | null;

/** The most that one purchase can cost, as a share of what was paid for it. */
export type WorstCase = {
  levels: { level: number; atFullMargin: Share; atDefaultMargin: Share }[];
  total: { atFullMargin: Share; atDefaultMargin: Share };
};

/** What a rule gives a level: a part of the profit, a part of the amount, and money that depends on neither. */
type Portion = { ofProfit: bigint; ofAmount: bigint; fixed: bigint };
type Scene = {
  plan: LintedPlan;
  promotions: readonly LintedPromotion[];
  tier: string | null;
  multiplier: bigint;
};

const LEVELS_MAX = 16;
const NOTHING: Portion = { ofProfit: 0n, ofAmount: 0n, fixed: 0n };

/**
 * Every rule that pays money on a purchase at once, every level held by somebody of the tier that earns most there,
 * under the promotions that run together. Caps and budgets end such a time, they do not make a purchase cheaper.
 */
export function worstCase(
  plan: LintedPlan,
  promotions: readonly LintedPromotion[],
  defaultMargin: Rate,
): WorstCase {
  const numbers = [
    ...new Set(purchaseRules(plan).flatMap((rule) => levelsOf(rule).map(({ level }) => level))),
  ];
  const levels = numbers
    .sort((a, b) => a - b)
    .map((level) => ({
      level,
      atFullMargin: levelShare(plan, promotions, level, RATE_ONE),
      atDefaultMargin: levelShare(plan, promotions, level, defaultMargin),
    }));
  return {
    levels,
    total: {
      atFullMargin: sum(levels.map((one) => one.atFullMargin)),
      atDefaultMargin: sum(levels.map((one) => one.atDefaultMargin)),
    },
  };
}

/** A share as a percent with at most two decimals, rounded up: a worst case never sounds better than it is. */
export function shareText(share: bigint): string {
  const hundredths = (share + 99n) / 100n;
  const text = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
  return text.replace(/\.?0+$/, "");
}

function purchaseRules(plan: LintedPlan): LintedRule[] {
  return plan.rules.filter(
    (rule) => (rule.on === "purchase" || rule.on === "qualified") && paymentOf(rule) === "money",
  );
}

function levelShare(
  plan: LintedPlan,
  promotions: readonly LintedPromotion[],
  level: number,
  margin: Rate,
): Share {
  const tiers = [null, ...(plan.tiers ?? [])];
  return largest(
    timesOf(promotions).flatMap((running) =>
      tiers.map((tier) => {
        const scene = {
          plan,
          promotions: running,
          tier: tier?.id ?? null,
          multiplier: percentOf(tier?.multiplier ?? "100"),
        };
        return composed(plan, purchaseRules(plan), (rule) => ruleShare(scene, rule, level, margin));
      }),
    ),
  );
}

/** Which promotions can run at the same moment: those that have begun when one of them begins, and have not ended. */
function timesOf(promotions: readonly LintedPromotion[]): (readonly LintedPromotion[])[] {
  const starts = promotions.map(({ starts_at: at }) =>
    promotions.filter((other) => other.starts_at <= at && at < other.ends_at),
  );
  return [[], ...starts];
}

/** Rules on `qualified` and shares of rewards are additions; the others add up, or the largest of them counts. */
function composed(plan: LintedPlan, all: readonly LintedRule[], shareOf: (rule: LintedRule) => Share): Share {
  const isAddition = (rule: LintedRule) => rule.on === "qualified" || rule.rule === "percent_of_reward";
  const rivals = all.filter((rule) => !isAddition(rule)).map(shareOf);
  const additions = all.filter(isAddition).map(shareOf);
  return sum([plan.composition === "all" ? sum(rivals) : largest(rivals), ...additions]);
}

function ruleShare(scene: Scene, rule: LintedRule, level: number, margin: Rate): Share {
  const { ofProfit, ofAmount, fixed } = portionOf(scene, rule, level, LEVELS_MAX);
  const rates = (ofProfit * margin) / RATE_ONE + ofAmount;
  if (fixed === 0n) return rates;
  const above = rule.when?.amount_above;
  if (!above) return null;
  // The smallest purchase that pays is one minor unit above; rounded up.
  const smallest = BigInt(above.amount) + 1n;
  return rates + (fixed * RATE_ONE + smallest - 1n) / smallest;
}

/** `steps` ends the way down through shares of rewards that name each other. */
function portionOf(scene: Scene, rule: LintedRule, level: number, steps: number): Portion {
  const terms = levelsOf(rule).find((one) => one.level === level);
  if (!terms || steps === 0) return NOTHING;
  const base =
    rule.rule === "percent_of_reward" ? belowOf(scene, rule, terms, steps) : basePortion(scene, rule, terms);
  return times(withPromotions(scene, rule, level, base), scene.multiplier);
}

function basePortion({ tier }: Scene, { rule }: LintedRule, terms: LintedLevel): Portion {
  if (terms.amount) return { ...NOTHING, fixed: BigInt(terms.amount.amount) };
  const rate = percentOf((tier === null ? undefined : terms.by_tier?.[tier]) ?? terms.rate ?? "0");
  return rule === "percent_of_amount" ? { ...NOTHING, ofAmount: rate } : { ...NOTHING, ofProfit: rate };
}

function belowOf(scene: Scene, rule: LintedRule, terms: LintedLevel, steps: number): Portion {
  const below = scene.plan.rules.find(({ id }) => id === rule.of);
  if (!below) return NOTHING;
  return times(portionOf(scene, below, terms.level - 1, steps - 1), percentOf(terms.rate ?? "0"));
}

function withPromotions(scene: Scene, rule: LintedRule, level: number, base: Portion): Portion {
  let all = base;
  for (const { rules, levels, multiplier = "100", add } of scene.promotions) {
    if ((rules && !rules.includes(rule.id)) || (levels && !levels.includes(level))) continue;
    const more = percentOf(multiplier) - RATE_ONE;
    const added = times(base, more > 0n ? more : 0n);
    all = {
      ofProfit: all.ofProfit + added.ofProfit,
      ofAmount: all.ofAmount + added.ofAmount,
      fixed: all.fixed + added.fixed + (add?.currency === scene.plan.currency ? BigInt(add.amount) : 0n),
    };
  }
  return all;
}

/** Rounds up. */
function times({ ofProfit, ofAmount, fixed }: Portion, rate: bigint): Portion {
  const part = (value: bigint) => (value * rate + RATE_ONE - 1n) / RATE_ONE;
  return { ofProfit: part(ofProfit), ofAmount: part(ofAmount), fixed: part(fixed) };
}

/** Also above the whole: multipliers may be. */
function percentOf(text: string): bigint {
  const [whole = "0", decimals = ""] = text.split(".");
  return parsePercent(text) ?? BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, "0").slice(0, 4));
}

function sum(shares: readonly Share[]): Share {
  return shares.reduce<Share>((all, share) => (all === null || share === null ? null : all + share), 0n);
}

function largest(shares: readonly Share[]): Share {
  return shares.reduce<Share>(
    (most, share) => (most === null || share === null ? null : share > most ? share : most),
    0n,
  );
}
