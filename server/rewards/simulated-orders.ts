import type { Money } from "../primitives/money.ts";
import type { Random } from "../primitives/random.ts";
import { pick, type SimulatedPeople } from "./simulated-people.ts";
import { type SimulatedDay, simulatedMoment } from "./simulated-season.ts";
import type { SimulatedPurchase, SimulatedRefund, SimulatedSegment, SimulationTerms } from "./simulation.ts";

const DAY_MS = 86_400_000;
const REFUND_DELAY_MS_MIN = 600_000;
/** No refund later than so many times the usual delay. */
const REFUND_DELAY_MAX = 6;
const REFUND_PART_MIN = 0.1;
const REFUND_PART_MAX = 0.9;
const AMOUNT_MAX = 1e12;
const MARGIN_DEVIATION = 0.15;

/** What is bought, and which of it will be given back when. */
export class SimulatedOrders {
  readonly #terms: SimulationTerms;
  readonly #random: Random;
  readonly #people: SimulatedPeople;
  readonly #refundsByDay = new Map<number, SimulatedRefund[]>();
  #count = 0;

  constructor(terms: SimulationTerms, random: Random, people: SimulatedPeople) {
    this.#terms = terms;
    this.#random = random;
    this.#people = people;
  }

  buy(day: SimulatedDay, count: number): SimulatedPurchase[] {
    const purchases: SimulatedPurchase[] = [];
    for (let i = 0; i < count; i++) {
      const buyer = this.#people.buyer();
      if (buyer === null) break;
      const purchase = this.#purchase(day, buyer);
      purchases.push(purchase);
      if (this.#random.chance(this.#terms.refunds.share)) this.#promiseRefund(purchase);
    }
    return purchases;
  }

  /** Takes what is given back on a day; a day is asked for once. */
  refundsOf(day: number): SimulatedRefund[] {
    const refunds = this.#refundsByDay.get(day) ?? [];
    this.#refundsByDay.delete(day);
    return refunds;
  }

  /** The days on which something is still to be given back. */
  refundDays(): number[] {
    return [...this.#refundsByDay.keys()].sort((a, b) => a - b);
  }

  #purchase(
    day: SimulatedDay,
    { participant, joinedAt, segment }: { participant: number; joinedAt: number; segment: SimulatedSegment },
  ): SimulatedPurchase {
    const moment = simulatedMoment(day, this.#random);
    const restOfDay = Math.floor(this.#random.unit() * (day.startsAt + DAY_MS - joinedAt));
    const amount = this.#amount(segment);
    const margin = Math.min(1, segment.margin * Math.exp(MARGIN_DEVIATION * this.#random.normal()));
    return {
      kind: "purchase",
      at: new Date(moment < joinedAt ? joinedAt + restOfDay : moment),
      purchase: this.#count++,
      participant,
      amount: this.#money(amount),
      profit: this.#money(Math.floor(amount * margin)),
      product: pick(this.#terms.products, this.#random).name,
    };
  }

  #amount({ order, deviation }: SimulatedSegment): number {
    const amount = this.#terms.orderMedian * order * Math.exp(deviation * this.#random.normal());
    return Math.min(AMOUNT_MAX, Math.max(1, Math.round(amount)));
  }

  #promiseRefund({ purchase, participant, at, amount }: SimulatedPurchase): void {
    const { partialShare, delayDays } = this.#terms.refunds;
    const days = Math.min(this.#random.exponential(delayDays), delayDays * REFUND_DELAY_MAX);
    const refundedAt = at.getTime() + REFUND_DELAY_MS_MIN + Math.floor(days * DAY_MS);
    const part = this.#random.chance(partialShare)
      ? this.#random.between(REFUND_PART_MIN, REFUND_PART_MAX)
      : 1;
    const given = Math.max(1, Math.floor(Number(amount.minor) * part));
    const day = Math.floor(refundedAt / DAY_MS) * DAY_MS;
    const others = this.#refundsByDay.get(day) ?? [];
    others.push({
      kind: "refund",
      at: new Date(refundedAt),
      purchase,
      participant,
      amount: this.#money(given),
    });
    this.#refundsByDay.set(day, others);
  }

  #money(minor: number): Money {
    return { minor: BigInt(minor), currency: this.#terms.currency };
  }
}
