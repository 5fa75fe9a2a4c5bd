import { toWire } from "../primitives/money.ts";
import type { Payment, Replayed } from "./compared-side.ts";
import type { ReplayResult } from "./contract/replays.ts";
import type { ReplayConversion } from "./replay.ts";
import { explain } from "./settlement.ts";
import type { Verdict } from "./verdict.ts";

/** Two amounts, of the plan of today and of the draft. */
export type Pair = { current: bigint; draft: bigint };
export type SideName = keyof Pair;

/** A conversion with what both plans said about it. */
type ReplayExample = ReplayResult["examples"][number];

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
  /** By side and cap: how often it became full. */
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
    this.#keepExample(conversion, current, draft);
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

  #addCapHits(side: SideName, { settled }: Replayed): void {
    if (settled === null || settled.facts.plan.caps.length === 0) return;
    const { facts, settlement } = settled;
    for (const { uses } of settlement.grants)
      for (const { key } of uses) {
        const cap = facts.plan.caps.find(({ id }) => key.startsWith(`cap:${id}:`));
        // As it stands after this conversion.
        if (cap === undefined || facts.counters.get(key) < cap.amount.minor) continue;
        const name = `${side} ${cap.id}`;
        this.capHits.set(name, (this.capHits.get(name) ?? 0) + 1);
      }
  }

  /** What it said is put into words at once: counters move on. */
  #keepExample(conversion: ReplayConversion, current: Replayed, draft: Replayed): void {
    if (this.different.length + this.same.length === EXAMPLES_DIFFERENT_MAX + EXAMPLES_SAME_MAX) return;
    const isDifferent = textOf(current) !== textOf(draft);
    const [list, most] = isDifferent
      ? [this.different, EXAMPLES_DIFFERENT_MAX]
      : [this.same, EXAMPLES_SAME_MAX];
    if (list.length < most) list.push(exampleOf(conversion, current, draft));
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

function exampleOf(conversion: ReplayConversion, current: Replayed, draft: Replayed): ReplayExample {
  const { participantId, kind, amount, occurredAt } = conversion.facts.conversion;
  return {
    conversion_id: conversion.conversionId,
    participant_id: participantId,
    kind,
    amount: toWire(amount),
    occurred_at: occurredAt.toISOString(),
    current: verdictsOf(current),
    draft: verdictsOf(draft),
  };
}

function verdictsOf({ settled }: Replayed): ReplayExample["draft"] {
  if (settled === null) return [];
  const { facts, settlement } = settled;
  const all: Verdict[] = [...settlement.grants, ...settlement.passes];
  return all.map((verdict) => ({
    rule: verdict.ruleId,
    level: verdict.level,
    participant_id: verdict.kind === "grant" ? verdict.to : verdict.participantId,
    verdict: verdict.kind,
    amount: verdict.kind === "grant" ? toWire(verdict.amount) : null,
    reason: verdict.kind === "grant" ? null : verdict.reason,
    message: explain(verdict, facts).message,
  }));
}
