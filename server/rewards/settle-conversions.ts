import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../access/record-audit.ts";
import type { ConversionReport, ConversionRow } from "../conversions/conversion.ts";
import { newConversionOf, refuseReport } from "../conversions/conversion.ts";
import { currencyOf, exchangeReport, type Original } from "../conversions/original.ts";
import { recordConversions } from "../conversions/record-conversions.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import { findRates } from "../programs/find-rates.ts";
import type { ReferralStatus } from "../referrals/referral.ts";
import { createRewards } from "./create-rewards.ts";
import { findActiveUplines } from "./find-active-uplines.ts";
import type { FoundFacts, SettlementDesk } from "./find-settlement-facts.ts";
import { grantedRewards } from "./granted-rewards.ts";
import { holdSettlementTurn } from "./hold-settlement-turn.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { settleWaitingRefunds } from "./settle-waiting-refunds.ts";
import type { SettlementFacts } from "./settlement.ts";
import type { SettlementTurn } from "./settlement-turn.ts";
import type { RewardRow } from "./store.ts";
import type { Pass } from "./verdict.ts";

export type ReportedConversion = { report: ConversionReport; actor: Actor; requestId: string };

export type Settled = {
  kind: "settled";
  conversion: ConversionRow;
  rewards: RewardRow[];
  passes: Pass[];
  facts: SettlementFacts;
  referralStatus: ReferralStatus | null;
  /** It makes that referral qualified. */
  qualifies: boolean;
  /** By which a purchase in another currency was exchanged. */
  rate: RateEntry | null;
  /** False for a repeat within the same batch. */
  isNew: boolean;
  /** Refunds that had come before it were applied, so that what stands is to be read again. */
  isRefunded: boolean;
};

export type SettleOutcome =
  | Settled
  /** Known from before: whoever asked reads what stands. */
  | { kind: "known"; conversionId: string }
  | { kind: "refused"; refusal: Refusal };

/**
 * Records and settles many conversions, of which the desk has been told, with a fixed number of statements,
 * whatever their number and the levels of the plan. Expected refusals are outcomes, in the order given.
 */
export async function settleConversions(
  tx: Tx,
  reported: readonly ReportedConversion[],
  desk: SettlementDesk,
): Promise<SettleOutcome[]> {
  const rates = await findRates(tx, desk.program, foreignOf(tx, reported));
  const fresh = new Map<string, Waiting>();
  const answers = reported.map(({ report }): Exclude<SettleOutcome, Settled> | Turn => {
    const sibling = fresh.get(report.externalId);
    const before = desk.known.get(report.externalId) ?? sibling?.report;
    if (before) return repeated(before, report, sibling !== undefined);
    const waiting = waitingOf(tx, report, desk, rates);
    if (waiting instanceof Refusal) return { kind: "refused", refusal: waiting };
    fresh.set(report.externalId, waiting);
    return { kind: "turn", externalId: report.externalId, isNew: true };
  });
  const settled = await settleInTurn(tx, fresh);
  await store(tx, [...settled.values()], reported);
  const outcomes = answers.map((answer): SettleOutcome => {
    if (answer.kind !== "turn") return answer;
    const own = settled.get(answer.externalId);
    if (own === undefined)
      throw new Error(`The conversion ${answer.externalId} was not settled in its turn.`);
    return answer.isNew ? own : { ...own, isNew: false };
  });
  return withWaitingRefunds(tx, outcomes, desk.waitedFor);
}

/** What is new in a batch and waits to be settled, in the order in which it was reported. */
type Waiting = { report: ConversionReport; found: FoundFacts; original: Original; rate: RateEntry | null };
type Turn = { kind: "turn"; externalId: string; isNew: boolean };

function waitingOf(
  tx: Tx,
  report: ConversionReport,
  desk: SettlementDesk,
  rates: Awaited<ReturnType<typeof findRates>>,
): Waiting | Refusal {
  const refusal = refuseReport(report, tx.now);
  if (refusal) return refusal;
  const occurredAt = report.occurredAt ?? tx.now;
  const rate = rates.at(currencyOf(report) ?? "", occurredAt);
  const exchanged = exchangeReport(report, desk.program.currency, rate);
  if (exchanged instanceof Refusal) return exchanged;
  const found = desk.factsFor(exchanged.report, occurredAt);
  return found instanceof Refusal ? found : { report, found, original: exchanged.original, rate };
}

/** One after the other, on the counters that all of them need. */
async function settleInTurn(tx: Tx, fresh: ReadonlyMap<string, Waiting>): Promise<Map<string, Settled>> {
  const waiting = [...fresh.values()];
  const active = await findActiveUplines(
    tx,
    waiting.map(({ found }) => found.facts),
  );
  const turn = await holdSettlementTurn(tx, active);
  const settled = new Map<string, Settled>();
  waiting.forEach((one, index) => {
    settled.set(one.report.externalId, settledOf(tx, one, turn.settle(active[index] ?? one.found.facts)));
  });
  await recordCounterUses(tx, turn.uses);
  return settled;
}

function foreignOf(tx: Tx, reported: readonly ReportedConversion[]) {
  return reported.flatMap(({ report }) => {
    const currency = currencyOf(report);
    return currency === null ? [] : [{ currency, moment: report.occurredAt ?? tx.now }];
  });
}

/** Refunds of a purchase that came before it count from its first moment on. */
async function withWaitingRefunds(
  tx: Tx,
  outcomes: SettleOutcome[],
  waitedFor: ReadonlySet<string>,
): Promise<SettleOutcome[]> {
  if (waitedFor.size === 0) return outcomes;
  const settled = outcomes.flatMap((one) => (one.kind === "settled" && one.isNew ? [one.conversion] : []));
  const refunded = await settleWaitingRefunds(tx, settled);
  if (refunded.size === 0) return outcomes;
  return outcomes.map((one) =>
    one.kind === "settled" && refunded.has(one.conversion.id) ? { ...one, isRefunded: true } : one,
  );
}

function repeated(
  before: Pick<ConversionReport, "fingerprint"> & { id?: string },
  report: ConversionReport,
  isSibling: boolean,
): Exclude<SettleOutcome, Settled> | Turn {
  if (before.fingerprint !== report.fingerprint)
    return { kind: "refused", refusal: new Refusal("external_id_reused") };
  if (isSibling) return { kind: "turn", externalId: report.externalId, isNew: false };
  return { kind: "known", conversionId: before.id ?? "" };
}

function settledOf(
  tx: Tx,
  { report, found, original, rate }: Waiting,
  { facts, settlement, stored }: ReturnType<SettlementTurn["settle"]>,
): Settled {
  const { published, referralStatus } = found;
  const { conversion } = facts;
  const id = tx.newId("cnv");
  const row: ConversionRow = {
    id,
    externalId: report.externalId,
    fingerprint: report.fingerprint,
    participantId: conversion.participantId,
    kind: conversion.kind,
    amountMinor: conversion.amount.minor,
    profitMinor: conversion.profit?.minor ?? null,
    currency: conversion.amount.currency,
    status: "settled",
    planVersion: published.version,
    settlement: stored,
    refundedMinor: 0n,
    occurredAt: conversion.occurredAt,
    recordedAt: tx.now,
    product: report.product,
    ...original,
  };
  const rewards = grantedRewards(row, settlement.grants, published.plan, tx);
  return {
    kind: "settled",
    conversion: row,
    rewards,
    passes: settlement.passes,
    facts,
    referralStatus,
    qualifies: settlement.qualifies,
    rate: original.rateId === null ? null : rate,
    isNew: true,
    isRefunded: false,
  };
}

async function store(
  tx: Tx,
  settled: readonly Settled[],
  reported: readonly ReportedConversion[],
): Promise<void> {
  if (settled.length === 0) return;
  const reports = new Map(reported.map((one) => [one.report.externalId, one]));
  const causes = settled.flatMap(({ conversion }) => {
    const by = reports.get(conversion.externalId);
    return by ? [{ conversion, by }] : [];
  });
  await recordConversions(
    tx,
    causes.map(({ conversion, by }) => newConversionOf(conversion, by.report.metadata)),
  );
  await createRewards(tx, settled);
  await recordAudit(
    tx,
    causes.map(({ conversion, by: { actor, requestId } }) => ({
      actor,
      operation: "conversions.create",
      subjectId: conversion.id,
      requestId,
    })),
  );
}
