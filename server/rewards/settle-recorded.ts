import type { ConversionRow } from "../conversions/conversion.ts";
import { holdUnsettled } from "../conversions/hold-unsettled.ts";
import { recordSettled } from "../conversions/record-settled.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { createRewards, type Granted } from "./create-rewards.ts";
import type { PlanCache } from "./find-plans.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { grantedRewards } from "./granted-rewards.ts";
import { settleAndKeep } from "./settled-conversion.ts";

/** Settles conversions that were stored while settling failed; answers how many. */
export async function settleRecorded(tx: Tx, cache: PlanCache): Promise<number> {
  const waiting = await holdUnsettled(tx);
  if (waiting.length === 0) return 0;
  const desk = await findSettlementFacts(
    tx,
    waiting.map((row) => row.participantId),
    cache,
  );
  const settled: Granted[] = [];
  for (const row of waiting) {
    const { currency } = row;
    const amount = { minor: row.amountMinor, currency };
    const profit = row.profitMinor === null ? null : { minor: row.profitMinor, currency };
    const found = desk.factsFor(
      { kind: row.kind, participant: row.participantId, amount, profit },
      row.occurredAt,
    );
    if (found instanceof Refusal) continue;
    const { settlement, stored } = settleAndKeep(found.facts);
    const { version, plan } = found.published;
    const conversion: ConversionRow = { ...row, status: "settled", planVersion: version, settlement: stored };
    settled.push({
      conversion,
      rewards: grantedRewards(conversion, settlement.grants, plan.holdDays, tx),
      referralStatus: found.referralStatus,
    });
  }
  await recordSettled(
    tx,
    settled.map(({ conversion }) => ({
      id: conversion.id,
      plan_version: conversion.planVersion ?? 0,
      settlement: conversion.settlement as object,
    })),
  );
  await createRewards(tx, settled);
  return settled.length;
}
