import type { ConversionRow } from "../conversions/conversion.ts";
import { findUnsettled } from "../conversions/find-unsettled.ts";
import { holdUnsettled } from "../conversions/hold-unsettled.ts";
import { recordSettled } from "../conversions/record-settled.ts";
import type { Database, Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import { findExchangeRates } from "../programs/find-exchange-rates.ts";
import { createRewards, type Granted } from "./create-rewards.ts";
import { findActiveUplines } from "./find-active-uplines.ts";
import type { PlanCache } from "./find-plans.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { grantedRewards } from "./granted-rewards.ts";
import { holdSettlementTurn } from "./hold-settlement-turn.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { settleWaitingRefunds } from "./settle-waiting-refunds.ts";

/** Conversions settled in one transaction. */
const UNSETTLED_MAX = 100;

/**
 * Settles conversions that were stored while settling failed; answers how many. One that fails again holds up
 * no other: it stays as it is, and is told after the round.
 */
export async function settleRecorded(db: Database, programId: string, cache: PlanCache): Promise<number> {
  const round = { db, programId, cache, settled: 0, failures: [] as unknown[] };
  let after: string | undefined = "";
  while (after !== undefined) {
    const from: string = after;
    const ids = await db.read(programId, (reader) => findUnsettled(reader, from, UNSETTLED_MAX));
    await settleApart(round, ids);
    after = ids.at(-1);
  }
  if (round.failures.length === 0) return round.settled;
  throw new AggregateError(round.failures, `${round.failures.length} conversions could not be settled.`);
}

type Round = { db: Database; programId: string; cache: PlanCache; settled: number; failures: unknown[] };

/** All in one transaction, or, where that fails, each in one of its own. */
async function settleApart(round: Round, ids: readonly string[]): Promise<void> {
  try {
    round.settled += await round.db.write(round.programId, (tx) => settleUnsettled(tx, ids, round.cache));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (ids.length === 1) round.failures.push(error);
    else for (const id of ids) await settleApart(round, [id]);
  }
}

async function settleUnsettled(tx: Tx, ids: readonly string[], cache: PlanCache): Promise<number> {
  const waiting = ids.length === 0 ? [] : await holdUnsettled(tx, ids);
  if (waiting.length === 0) return 0;
  const desk = await findSettlementFacts(
    tx,
    waiting.map((row) => ({ participant: row.participantId })),
    cache,
  );
  const rates = await ratesOf(tx, waiting);
  const known = waiting.flatMap((row) => {
    const { currency } = row;
    const amount = { minor: row.amountMinor, currency };
    const profit = row.profitMinor === null ? null : { minor: row.profitMinor, currency };
    const report = { kind: row.kind, participant: row.participantId, amount, profit, product: row.product };
    const found = desk.factsFor(report, row.occurredAt);
    return found instanceof Refusal ? [] : [{ row, found }];
  });
  const active = await findActiveUplines(
    tx,
    known.map(({ found }) => found.facts),
  );
  const turn = await holdSettlementTurn(tx, active);
  const settled = known.map(({ row, found }, index): Granted => {
    const { facts, settlement, stored } = turn.settle(active[index] ?? found.facts);
    const { version, plan } = found.published;
    const kept = { ...stored, settled_at: tx.now.toISOString() };
    const conversion: ConversionRow = { ...row, status: "settled", planVersion: version, settlement: kept };
    return {
      conversion,
      rewards: grantedRewards(conversion, settlement.grants, plan, tx),
      referralStatus: found.referralStatus,
      qualifies: settlement.qualifies,
      rate: rates.get(row.rateId ?? "") ?? null,
      facts,
    };
  });
  await recordSettled(
    tx,
    settled.map(({ conversion }) => ({
      id: conversion.id,
      plan_version: conversion.planVersion ?? 0,
      settlement: conversion.settlement as object,
    })),
  );
  await createRewards(tx, settled);
  await recordCounterUses(tx, turn.uses);
  await settleWaitingRefunds(
    tx,
    settled.map(({ conversion }) => conversion),
  );
  return settled.length;
}

async function ratesOf(tx: Tx, rows: readonly ConversionRow[]): Promise<Map<string, RateEntry>> {
  const ids = [...new Set(rows.flatMap(({ rateId }) => rateId ?? []))];
  return new Map((await findExchangeRates(tx, { ids })).map((entry) => [entry.id, entry]));
}
