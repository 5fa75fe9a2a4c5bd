import type { Payment, Replayed } from "./compared-side.ts";
import type { ReplayConversion } from "./replay.ts";

/** Two amounts, of the plan of today and of the draft. */
export type Pair = { current: bigint; draft: bigint };
export type SideName = keyof Pair;

/** A conversion with what both plans said about it. */
export type ReplayExample = { conversion: ReplayConversion; current: Replayed; draft: Replayed };

const EXAMPLES_DIFFERENT_MAX = 8;
const EXAMPLES_SAME_MAX = 2;
const QUARTER_MS = 900_000;

/** What a replay has added up so far. It grows with the people, not with the conversions. */
export class ComparedTally {
  conversions = 0;
  refunds = 0;
  first: Date | null = null;
  last: Date | null = null;
  /** By currency. */
  readonly revenue = new Map<string, bigint>();
  readonly costs = new Map<string, Pair>();
  /** By currency and something else, with a blank between. */
  readonly byLevel = new Map<string, Pair>();
  readonly byMonth = new Map<string, Pair>();
  readonly byParticipant = new Map<string, Pair>();
  /** By side and cap. */
  readonly capHits = new Map<string, number>();
  readonly different: ReplayExample[] = [];
  readonly same: ReplayExample[] = [];
  readonly #timeZone: string;
  readonly #months = new Map<number, string>();
  #monthFormat: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
    this.#monthFormat = new Intl.DateTimeFormat("en-CA", {
      timeZone: this.#timeZone,
      year: "numeric",
      month: "2-digit",
    });
  }

  addConversion(conversion: ReplayConversion, current: Replayed, draft: Replayed): void {
    const { amount, occurredAt } = conversion.facts.conversion;
    this.conversions++;
    this.first = this.first === null || occurredAt < this.first ? occurredAt : this.first;
    this.last = this.last === null || occurredAt > this.last ? occurredAt : this.last;
    this.#addRevenue(amount.currency, amount.minor);
    this.#addPayments("current", current.payments, occurredAt);
    this.#addPayments("draft", draft.payments, occurredAt);
    this.#addCapHits("current", current);
    this.#addCapHits("draft", draft);
    this.#keepExample({ conversion, current, draft });
  }

  addRefund(at: Date, currency: string, minor: bigint, payments: Record<SideName, readonly Payment[]>): void {
    this.refunds++;
    this.#addRevenue(currency, -minor);
    this.#addPayments("current", payments.current, at);
    this.#addPayments("draft", payments.draft, at);
  }

  #addRevenue(currency: string, minor: bigint): void {
    this.revenue.set(currency, (this.revenue.get(currency) ?? 0n) + minor);
  }

  #addPayments(side: SideName, payments: readonly Payment[], at: Date): void {
    if (payments.length === 0) return;
    const month = this.#monthOf(at);
    for (const { to, level, amount } of payments) {
      const { currency, minor } = amount;
      addTo(this.costs, currency, side, minor);
      addTo(this.byLevel, `${currency} ${level}`, side, minor);
      addTo(this.byMonth, `${currency} ${month}`, side, minor);
      addTo(this.byParticipant, `${currency} ${to}`, side, minor);
    }
  }

  #addCapHits(side: SideName, { verdicts }: Replayed): void {
    for (const verdict of verdicts) {
      if (verdict.kind !== "pass" || (verdict.reason as string) !== "cap_reached") continue;
      const key = `${side} ${verdict.ruleId}`;
      this.capHits.set(key, (this.capHits.get(key) ?? 0) + 1);
    }
  }

  #keepExample(example: ReplayExample): void {
    const isDifferent = textOf(example.current) !== textOf(example.draft);
    const [list, most] = isDifferent
      ? [this.different, EXAMPLES_DIFFERENT_MAX]
      : [this.same, EXAMPLES_SAME_MAX];
    if (list.length < most) list.push(example);
  }

  /** Asked a hundred thousand times for a few thousand quarters of an hour; no zone moves its clocks by less. */
  #monthOf(at: Date): string {
    const quarter = Math.floor(at.getTime() / QUARTER_MS);
    let month = this.#months.get(quarter);
    if (month === undefined) {
      month = this.#monthFormat.format(new Date(quarter * QUARTER_MS)).slice(0, 7);
      this.#months.set(quarter, month);
    }
    return month;
  }
}

function addTo(sums: Map<string, Pair>, key: string, side: SideName, minor: bigint): void {
  const pair = sums.get(key);
  if (pair) pair[side] += minor;
  else sums.set(key, { current: 0n, draft: 0n, [side]: minor });
}

function textOf({ payments }: Replayed): string {
  return payments.map(({ to, level, amount }) => `${to} ${level} ${amount.minor} ${amount.currency}`).join();
}
