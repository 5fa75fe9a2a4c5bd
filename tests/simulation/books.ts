/**
 * Everything that ever happened in a world, as lists. Whatever is counted is counted by looking through them: there is
 * no counter that could be forgotten or counted twice.
 */
import type { Above, Conversion, Person, PlainRule, Status, World } from "./facts.ts";
import { Fraction } from "./fraction.ts";
import { periodOf } from "./wall-clock.ts";

export type Granted = {
  conversion: Conversion;
  rule: PlainRule;
  level: number;
  who: string;
  amount: bigint;
  currency: string;
  isHeld: boolean;
  /** Ids of the caps that count it. */
  caps: string[];
  isCut: boolean;
  /** The milestone it was for, and whose. */
  milestone: { advocate: string; number: number } | null;
  /** Reversed because its number is not reached any more; nothing of it comes back. */
  isEnded: boolean;
};

/** What a promotion added to what was granted, before a cap took some of it away. */
export type Spent = { promotion: string; minor: bigint; granted: Granted };

type Settled = { conversion: Conversion; qualifies: boolean };

/** A refund, a chargeback, or with a minus a chargeback that was reversed. */
type Refunded = { conversion: Conversion; minor: bigint };

export class Books {
  readonly world: World;
  readonly settled: Settled[] = [];
  readonly granted: Granted[] = [];
  readonly spent: Spent[] = [];
  readonly refunded: Refunded[] = [];
  /** Conversions whose qualification a full refund undid. */
  readonly undone: Conversion[] = [];
  readonly statuses: [who: string, status: Status][] = [];

  constructor(world: World) {
    this.world = world;
  }

  refundedTotal(conversion: Conversion): bigint {
    return sum(this.refunded.filter((one) => one.conversion === conversion).map(({ minor }) => minor));
  }

  takenBack(granted: Granted): bigint {
    if (granted.isEnded) return granted.amount;
    const { amount } = granted.conversion;
    if (amount === 0n) return 0n;
    return new Fraction(granted.amount * this.refundedTotal(granted.conversion), amount).floor();
  }

  conversions(): Conversion[] {
    return this.settled.map(({ conversion }) => conversion);
  }

  /** `{participant} {currency}` → what was granted and not taken back. */
  balances(): Map<string, bigint> {
    const keys = new Set(this.granted.map(({ who, currency }) => `${who} ${currency}`));
    return new Map(
      [...keys].map((key) => {
        const mine = this.granted.filter(({ who, currency }) => `${who} ${currency}` === key);
        return [key, sum(mine.map((one) => one.amount - this.takenBack(one)))];
      }),
    );
  }

  /** Granted under a cap and not given back, in the period of a moment. */
  countedUnder(capId: string, who: string, conversion: Conversion): bigint {
    const cap = this.world.plan.caps?.find(({ id }) => id === capId);
    if (!cap) throw new Error(`There is no cap ${capId}.`);
    const period = (one: Conversion) => periodOf(cap.period, one.occurredAt, this.world.timeZone);
    const counted = this.granted.filter(
      (one) =>
        one.caps.includes(capId) &&
        (cap.scope !== "participant" || one.who === who) &&
        (cap.scope !== "conversion" || one.conversion === conversion) &&
        period(one.conversion) === period(conversion),
    );
    return sum(counted.map((one) => one.amount - this.givenBack(one)));
  }

  spentBy(promotion: string): bigint {
    const mine = this.spent.filter((one) => one.promotion === promotion);
    return sum(
      mine.map(
        ({ minor, granted }) => minor - new Fraction(minor * this.givenBack(granted), granted.amount).floor(),
      ),
    );
  }

  peopleOf(promotion: string): Set<string> {
    return new Set(this.spent.filter((one) => one.promotion === promotion).map(({ granted }) => granted.who));
  }

  qualifiedOf(advocate: string): number {
    const referees = this.world.people.filter((person) => person.advocate === advocate);
    return referees.filter(({ id }) => this.isQualified(id)).length;
  }

  isQualified(referee: string): boolean {
    return this.settled.some(
      ({ conversion, qualifies }) =>
        qualifies && conversion.buyer === referee && !this.undone.includes(conversion),
    );
  }

  /** Points granted and not taken back; `apart` from a conversion that is just being settled. */
  pointsOf(who: string, apart?: Conversion): bigint {
    const points = this.granted.filter(
      (one) => one.who === who && one.currency === "PTS" && one.conversion !== apart,
    );
    return sum(points.map((one) => one.amount - this.takenBack(one)));
  }

  nthOf({ buyer, kind }: Conversion): number {
    return (
      this.settled.filter(({ conversion }) => conversion.buyer === buyer && conversion.kind === kind).length +
      1
    );
  }

  personOf(id: string): Person {
    const person = this.world.people.find((one) => one.id === id);
    if (!person) throw new Error(`There is no ${id}.`);
    return person;
  }

  statusOf(id: string): Status {
    return this.statuses.findLast(([who]) => who === id)?.[1] ?? "active";
  }

  /** Everybody above the buyer, nearest first; who is reached only through a referral beyond the limit is marked. */
  above(buyer: string): Above[] {
    const all: Above[] = [];
    let isBeyond = false;
    for (let { advocate, referral } = this.personOf(buyer); advocate !== null && referral !== "rejected"; ) {
      all.push({ id: advocate, status: isBeyond ? "over_limit" : this.statusOf(advocate) });
      ({ advocate, referral } = this.personOf(advocate));
      if (referral === "no_reward") isBeyond = true;
    }
    return all;
  }

  referralOf(buyer: string): "none" | Person["referral"] {
    const { advocate, referral } = this.personOf(buyer);
    return advocate === null ? "none" : referral;
  }

  /** The tier from what was counted before a conversion. */
  tierOf(who: string, conversion: Conversion): string | null {
    const reached = (this.world.plan.tiers ?? []).filter(
      ({ at_least: { qualified, points } }) =>
        (qualified === undefined || this.qualifiedOf(who) >= qualified) &&
        (points === undefined || this.pointsOf(who, conversion) >= BigInt(points)),
    );
    return reached.at(-1)?.id ?? null;
  }

  profitOf({ amount, profit }: Conversion): bigint {
    return profit ?? new Fraction(amount).times(Fraction.percent(this.world.margin)).floor();
  }

  /** What of a reward is free again for caps and budgets. */
  givenBack(granted: Granted): bigint {
    return this.world.plan.on_refund?.caps === "keep" ? 0n : this.takenBack(granted);
  }
}

export function isInactive({ status }: Above): boolean {
  return status === "suspended" || status === "inactive" || status === "erased";
}

function sum(all: bigint[]): bigint {
  return all.reduce((total, one) => total + one, 0n);
}
