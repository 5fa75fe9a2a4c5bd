/**
 * The language of plans a second time, written from docs/guides/plans.md to be obviously right rather than fast, and
 * sharing no code with the server. It keeps lists of everything that ever happened and counts by looking through
 * them: there is no counter that could be forgotten or counted twice.
 */

import { Books, type Granted, isInactive, type Spent } from "./books.ts";
import type { Above, Conversion, PlainPromotion, PlainRule, PlainWhen, Status, World } from "./facts.ts";
import { Fraction, NOTHING, WHOLE } from "./fraction.ts";
import { wallClock } from "./wall-clock.ts";

const DAY_MS = 86_400_000;

type Passed = { rule: string; level: number; who: string | null; reason: string };

type Portion = {
  rule: PlainRule;
  level: number;
  who: string;
  exact: Fraction;
  currency: string;
  isHeld: boolean;
  milestone: number | null;
};

export type Answer = { lines: string[]; qualifies: boolean };

export class Model {
  readonly world: World;
  readonly books: Books;

  constructor(world: World) {
    this.world = world;
    this.books = new Books(world);
  }

  // ── What happens ────────────────────────────────────────────────────────────────────────────────────────────────

  setStatus(who: string, status: Status): void {
    this.books.statuses.push([who, status]);
  }

  settle(conversion: Conversion): Answer {
    const { plan } = this.world;
    const passes: Passed[] = [];
    const granted: Granted[] = [];
    const additions = (rule: PlainRule) => rule.on === "qualified" || rule.rule === "percent_of_reward";

    const asked = this.#ask(
      plan.rules.filter((rule) => !additions(rule)),
      conversion,
      passes,
    );
    const winners = asked.filter((portion) => this.#wins(portion, asked));
    for (const { rule, level, who } of asked.filter((portion) => !winners.includes(portion)))
      passes.push({ rule: rule.id, level, who, reason: "other_rule_won" });

    const qualifies = this.#qualifies(conversion, winners);
    const bonuses = plan.rules.filter((rule) => rule.on === "qualified");
    if (qualifies) winners.push(...this.#ask(bonuses, conversion, passes));
    else
      for (const { id } of bonuses) passes.push({ rule: id, level: 0, who: null, reason: "not_qualifying" });

    const finish = (portion: Portion) => {
      const end = this.#finish(portion, conversion);
      if (typeof end === "string")
        passes.push({ rule: portion.rule.id, level: portion.level, who: portion.who, reason: end });
      else granted.push(end);
    };
    winners.forEach(finish);
    for (const rule of plan.rules.filter((one) => one.rule === "percent_of_reward"))
      this.#ask([rule], conversion, passes, granted).forEach(finish);

    this.books.settled.push({ conversion, qualifies });
    return { lines: [...passes.map(passLine), ...granted.map(grantLine)].sort(), qualifies };
  }

  /** What a refund takes back of each reward, as lines; with a minus it gives back. */
  refund(conversion: Conversion, minor: bigint): string[] {
    const before = this.books.granted.map((one) => this.books.takenBack(one));
    this.books.refunded.push({ conversion, minor });
    if (this.books.refundedTotal(conversion) === conversion.amount) this.#undo(conversion);
    return this.books.granted
      .map((one, index) => ({ one, minor: this.books.takenBack(one) - (before[index] ?? 0n) }))
      .filter(({ minor: change }) => change !== 0n)
      .map(({ one, minor: change }) => reversalLine(one, change))
      .sort();
  }

  // ── Steps 1 to 3: eligibility, uplines, exact amounts ───────────────────────────────────────────────────────────

  /** Adds to `passes`, answers portions. `below`: what was granted so far, for shares of rewards. */
  #ask(rules: PlainRule[], conversion: Conversion, passes: Passed[], below: Granted[] = []): Portion[] {
    const portions: Portion[] = [];
    for (const rule of rules) {
      if (rule.on !== "qualified" && rule.on !== conversion.kind) {
        passes.push({ rule: rule.id, level: 0, who: null, reason: "trigger_mismatch" });
        continue;
      }
      const whole = this.#noForAll(rule, conversion) ?? this.#nothingToShare(rule, conversion);
      for (const { level, who, reason } of this.#steppedOver(rule, conversion.buyer))
        passes.push({ rule: rule.id, level, who, reason });
      for (const level of this.#levelsOf(rule, conversion.buyer, whole === null)) {
        const answer = this.#atLevel(rule, level, conversion, whole, below);
        if ("reason" in answer) passes.push(answer);
        else portions.push(answer);
      }
    }
    return portions;
  }

  #noForAll({ when }: PlainRule, conversion: Conversion): string | null {
    const referral = this.books.referralOf(conversion.buyer);
    if (referral === "none") return "not_referred";
    if (referral === "rejected") return "referral_rejected";
    if (referral === "no_reward") return "over_direct_limit";
    if (this.#isBeforeReferral(conversion)) return "before_referral";
    return this.#unmet(when, conversion);
  }

  #isBeforeReferral({ buyer, occurredAt }: Conversion): boolean {
    return occurredAt < this.books.personOf(buyer).referredAt - DAY_MS;
  }

  #unmet(when: PlainWhen = {}, conversion: Conversion): string | null {
    const { country, channel, segment, referredAt } = this.books.personOf(conversion.buyer);
    const isIn = (list: string[] | undefined, one: string | null) =>
      list === undefined || (one !== null && list.includes(one));
    if (when.amount_above && conversion.amount <= BigInt(when.amount_above.amount)) return "below_minimum";
    const nth = this.books.nthOf(conversion);
    if (when.nth && (nth < (when.nth.from ?? 1) || nth > (when.nth.to ?? Infinity))) return "not_nth";
    if (when.within_days && conversion.occurredAt > referredAt + when.within_days * DAY_MS) return "too_late";
    if (!isIn(when.countries, country)) return "country_excluded";
    if (!isIn(when.channels, channel)) return "channel_excluded";
    if (!isIn(when.products, conversion.product)) return "product_excluded";
    if (!isIn(when.segments, segment)) return "segment_excluded";
    return null;
  }

  #unmetByHolder(when: PlainWhen = {}, holder: Above, conversion: Conversion): string | null {
    const tier = this.books.tierOf(holder.id, conversion);
    if (when.tiers && (tier === null || !when.tiers.includes(tier))) return "tier_not_reached";
    if (when.active && isInactive(holder)) return "upline_inactive";
    return null;
  }

  /** Who holds a level: 0 the buyer; under `compress` people who are not active hold none. */
  #holder(level: number, buyer: string): Above | undefined {
    if (level === 0) return { id: buyer, status: "active" };
    const all = this.books.above(buyer);
    const holding =
      this.world.plan.inactive_upline === "compress" ? all.filter((one) => !isInactive(one)) : all;
    return holding[level - 1];
  }

  /** Those whom `compress` passes on the way up to the deepest level of a rule, with the level they stand at. */
  #steppedOver(rule: PlainRule, buyer: string): { level: number; who: string; reason: string }[] {
    if (this.world.plan.inactive_upline !== "compress") return [];
    const deepest = Math.max(...levelsIn(rule));
    const all = this.books.above(buyer);
    return all.flatMap((one, index) => {
      const activeBelow = all.slice(0, index).filter((other) => !isInactive(other)).length;
      if (!isInactive(one) || activeBelow >= deepest) return [];
      return [{ level: index + 1, who: one.id, reason: "upline_inactive" }];
    });
  }

  /** The levels that get an answer: those of the rule, and those where somebody could ask why they get nothing. */
  #levelsOf(rule: PlainRule, buyer: string, isEligible: boolean): number[] {
    const own = levelsIn(rule);
    if (rule.rule === "milestone_bonus") return own;
    const depth = Math.max(1, ...this.world.plan.rules.flatMap(levelsIn));
    const all = Array.from({ length: depth + 1 }, (_, level) => level);
    return all.filter(
      (level) => own.includes(level) || (isEligible && level > 0 && this.#holder(level, buyer) !== undefined),
    );
  }

  #atLevel(
    rule: PlainRule,
    level: number,
    conversion: Conversion,
    whole: string | null,
    below: Granted[],
  ): Portion | Passed {
    const holder = this.#holder(level, conversion.buyer);
    const no = (reason: string): Passed => ({ rule: rule.id, level, who: holder?.id ?? null, reason });
    if (whole !== null) return no(whole);
    if (!levelsIn(rule).includes(level)) return no("no_rate_for_level");
    if (holder === undefined) return no("no_upline_at_level");
    if (level > 0 && holder.id === conversion.buyer) return no("own_conversion");
    const policy = this.world.plan.inactive_upline;
    if (isInactive(holder) && (policy === "lapse" || holder.status === "erased"))
      return no("upline_inactive");
    if (holder.status === "over_limit") return no("over_direct_limit");
    const exact = this.#exact(rule, level, holder.id, conversion, below);
    if (typeof exact === "string") return no(exact);
    if (!exact.isMoreThan(NOTHING)) return no("rounds_to_zero");
    const unmet = this.#unmetByHolder(rule.when, holder, conversion);
    if (unmet !== null) return no(unmet);
    const milestone = rule.rule === "milestone_bonus" ? this.#numberWith(conversion) : null;
    const currency = currencyOf(rule, this.world.plan.currency);
    return { rule, level, who: holder.id, exact, currency, isHeld: isInactive(holder), milestone };
  }

  #nothingToShare(rule: PlainRule, conversion: Conversion): string | null {
    if (rule.rule === "percent_of_profit" && this.books.profitOf(conversion) <= 0n) return "no_profit";
    if (rule.rule === "percent_of_amount" && conversion.amount <= 0n) return "no_amount";
    return null;
  }

  /** The exact amount before promotions, tiers, caps and rounding, or why there is none. */
  #exact(
    rule: PlainRule,
    level: number,
    who: string,
    conversion: Conversion,
    below: Granted[],
  ): Fraction | string {
    const terms = rule.levels?.find((one) => one.level === level);
    const rate = Fraction.percent(
      terms?.by_tier?.[this.books.tierOf(who, conversion) ?? ""] ?? terms?.rate ?? "0",
    );
    switch (rule.rule) {
      case "percent_of_profit":
        return rate.times(new Fraction(this.books.profitOf(conversion)));
      case "percent_of_amount":
        return rate.times(new Fraction(conversion.amount));
      case "percent_of_reward": {
        const basis = below.find((one) => one.rule.id === rule.of && one.level === level - 1);
        return basis ? rate.times(new Fraction(basis.amount)) : "no_reward_below";
      }
      case "milestone_bonus":
        // It is the direct advocate's own, not that of whoever holds level 1 in their place.
        if (who !== this.books.personOf(conversion.buyer).advocate) return "no_milestone";
        if (!isMilestone(rule, this.#numberWith(conversion))) return "no_milestone";
        return new Fraction(BigInt(rule.pays?.amount ?? 0));
      case "points":
        return new Fraction(BigInt(terms?.points ?? 0));
      case "coupon":
        return WHOLE;
      default:
        return new Fraction(BigInt(terms?.amount?.amount ?? 0));
    }
  }

  // ── Steps 4 and 5: composition, qualification ───────────────────────────────────────────────────────────────────

  #wins(portion: Portion, all: Portion[]): boolean {
    const { composition } = this.world.plan;
    if (composition === "all") return true;
    const rivals = all.filter(
      ({ level, currency }) => level === portion.level && currency === portion.currency,
    );
    if (composition === "first") return rivals[0] === portion;
    const isBest = (one: Portion) => !rivals.some((rival) => rival.exact.isMoreThan(one.exact));
    return rivals.find(isBest) === portion;
  }

  #qualifies(conversion: Conversion, winners: Portion[]): boolean {
    if (this.books.referralOf(conversion.buyer) !== "counts" || this.books.isQualified(conversion.buyer))
      return false;
    const { qualifies } = this.world.plan;
    if (qualifies === undefined) return winners.some(({ level }) => level === 1);
    if (this.#isBeforeReferral(conversion)) return false;
    return qualifies.on === conversion.kind && this.#unmet(qualifies.when, conversion) === null;
  }

  /** The direct advocate's number of qualified referrals with this one. */
  #numberWith({ buyer }: Conversion): number {
    return this.books.qualifiedOf(this.books.personOf(buyer).advocate ?? "") + 1;
  }

  // ── Steps 6 to 8: promotions, tiers, caps, rounding ─────────────────────────────────────────────────────────────

  /** Records and answers what is granted, or the reason why nothing is. */
  #finish(portion: Portion, conversion: Conversion): Granted | string {
    const { rule, level, who, currency, isHeld } = portion;
    const { plan } = this.world;
    const isCoupon = rule.rule === "coupon";
    const tier = plan.tiers?.find(({ id }) => id === this.books.tierOf(who, conversion));
    const multiplier = Fraction.percent((isCoupon ? undefined : tier?.multiplier) ?? "100");
    const spent: Omit<Spent, "granted">[] = [];
    let exact = portion.exact.times(multiplier);
    for (const promotion of isCoupon ? [] : this.#promotionsInOrder()) {
      const added = this.#added(promotion, portion, multiplier, conversion);
      if (!added.isMoreThan(NOTHING)) continue;
      exact = exact.plus(added);
      spent.push({ promotion: promotion.id, minor: added.ceiling() });
    }

    const caps = (plan.caps ?? []).filter(
      (cap) => cap.amount.currency === currency && (cap.rules ?? [rule.id]).includes(rule.id),
    );
    const whole = exact;
    for (const cap of caps) {
      const left = BigInt(cap.amount.amount) - this.books.countedUnder(cap.id, who, conversion);
      if (left <= 0n) return "cap_reached";
      if (exact.isMoreThan(new Fraction(left))) exact = new Fraction(left);
    }
    const amount = exact.floor();
    if (amount === 0n) return "rounds_to_zero";
    const advocate = this.books.personOf(conversion.buyer).advocate ?? "";
    const milestone = portion.milestone === null ? null : { advocate, number: portion.milestone };
    const granted: Granted = {
      ...{ conversion, rule, level, who, amount, currency, isHeld, milestone },
      caps: caps.map(({ id }) => id),
      isCut: whole.isMoreThan(exact),
      isEnded: false,
    };
    this.books.spent.push(...spent.map((one) => ({ ...one, granted })));
    this.books.granted.push(granted);
    return granted;
  }

  #promotionsInOrder(): PlainPromotion[] {
    return [...this.world.promotions].sort((a, b) => {
      const [first, second] = [`${a.document.starts_at} ${a.id}`, `${b.document.starts_at} ${b.id}`];
      return first < second ? -1 : 1;
    });
  }

  /** What a promotion adds to a grant: after the tier's multiplier, cut to what is left of its budget. */
  #added(
    { id, document }: PlainPromotion,
    { rule, level, who, exact, currency }: Portion,
    multiplier: Fraction,
    conversion: Conversion,
  ): Fraction {
    const { starts_at, ends_at, rules, levels, when, add, budget, advocates_max: peopleMax } = document;
    const now = wallClock(conversion.occurredAt, this.world.timeZone);
    if (now < starts_at || now >= ends_at) return NOTHING;
    if (rules && !rules.includes(rule.id)) return NOTHING;
    if (levels && !levels.includes(level)) return NOTHING;
    if (this.#unmet(when, conversion) !== null) return NOTHING;
    const status = level === 0 ? "active" : this.books.statusOf(who);
    if (when?.active && status !== "active") return NOTHING;
    if (when?.tiers && !when.tiers.includes(this.books.tierOf(who, conversion) ?? "")) return NOTHING;
    const people = this.books.peopleOf(id);
    if (peopleMax !== undefined && !people.has(who) && people.size >= peopleMax) return NOTHING;
    const more = Fraction.percent(document.multiplier ?? "100").minus(WHOLE);
    const extra = add?.currency === currency ? new Fraction(BigInt(add.amount)) : NOTHING;
    const added = exact.times(more).plus(extra).times(multiplier);
    if (budget === undefined) return added;
    if (budget.currency !== currency) return NOTHING;
    const left = new Fraction(BigInt(budget.amount) - this.books.spentBy(id));
    return added.isMoreThan(left) ? left : added;
  }

  // ── Refunds ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A full refund of the conversion that qualified a referral. */
  #undo(conversion: Conversion): void {
    if (this.world.plan.on_refund?.milestones !== "take_back") return;
    const isCause = this.books.settled.some((one) => one.conversion === conversion && one.qualifies);
    if (!isCause || this.books.undone.includes(conversion)) return;
    this.books.undone.push(conversion);
    const advocate = this.books.personOf(conversion.buyer).advocate ?? "";
    const left = this.books.qualifiedOf(advocate);
    for (const granted of this.books.granted)
      if (granted.milestone?.advocate === advocate && granted.milestone.number > left) granted.isEnded = true;
  }
}

function levelsIn(rule: PlainRule): number[] {
  return rule.rule === "milestone_bonus" ? [1] : (rule.levels ?? []).map(({ level }) => level);
}

function isMilestone({ every, at }: PlainRule, number: number): boolean {
  return (every !== undefined && number % every === 0) || (at ?? []).includes(number);
}

function currencyOf(rule: PlainRule, currency: string): string {
  if (rule.rule === "points") return "PTS";
  if (rule.rule === "credit") return "CRD";
  if (rule.rule === "coupon") return "CPN";
  return rule.pays?.currency ?? currency;
}

const passLine = ({ rule, level, who, reason }: Passed): string =>
  `${rule} level ${level} passes ${who ?? "nobody"}: ${reason}`;

const grantLine = ({ rule, level, who, amount, currency, isHeld }: Granted): string =>
  `${rule.id} level ${level} pays ${who} ${amount} ${currency}${isHeld ? " held" : ""}`;

const reversalLine = ({ conversion, rule, level, who, currency }: Granted, minor: bigint): string =>
  `conversion ${conversion.id} ${rule.id} level ${level} takes ${minor} ${currency} from ${who}`;
