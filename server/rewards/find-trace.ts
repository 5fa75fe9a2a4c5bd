import { findConversion } from "../conversions/find-conversion.ts";
import { findRefunds } from "../conversions/find-refunds.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import { formatExchangeRate } from "../primitives/exchange.ts";
import { toWire } from "../primitives/money.ts";
import { formatPercent, type Rate } from "../primitives/rate.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { TraceAnswer } from "./contract.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import type { PlanCache } from "./find-plans.ts";
import { findRewards } from "./find-rewards.ts";
import { type FoundSettlement, findSettlements } from "./find-settlements.ts";
import { conversionWire, refundWire } from "./presentation.ts";
import type { ForeignPurchase } from "./reward-transfers.ts";
import { explain, settle } from "./settlement.ts";
import type { RewardRow } from "./store.ts";
import type { Grant, Pass } from "./verdict.ts";

type Line = TraceAnswer["lines"][number];

/**
 * Every rule for every level of the upline: who earned, by which arithmetic, and who did not and why.
 * It is settled again from the facts that were kept, so the explanation has no second code path.
 */
export async function findTrace(reader: Reader, ref: string, cache: PlanCache): Promise<TraceAnswer> {
  const conversion = await findConversion(reader, ref);
  const rewards = (await findRewards(reader, [conversion.id])).get(conversion.id) ?? [];
  const refunds = await findRefunds(reader, { conversionId: conversion.id });
  const settlement = (await findSettlements(reader, [conversion], cache)).get(conversion.id);
  const persons = await findPersons(
    reader,
    settlement?.facts.upline.map((member) => member.participantId) ?? [],
  );
  const nameOf = (id: string | null): string | null => (id === null ? null : (persons.get(id)?.name ?? null));
  return {
    conversion: conversionWire(conversion, rewards, settlement?.passes ?? [], settlement?.facts ?? null),
    plan: settlement
      ? {
          id: settlement.published.id,
          version: settlement.published.version,
          name: settlement.published.plan.name,
        }
      : null,
    facts: {
      ...factsOf(settlement, await findForeignPurchase(reader, conversion)),
      inviter_id: await findInviterBeside(reader, conversion.participantId),
    },
    lines: settlement ? linesOf(settlement, rewards, nameOf) : [],
    refunds: refunds.map((refund) => refundWire(refund, conversion.currency)),
  };
}

/** Null where who invited is who stands above. */
async function findInviterBeside(reader: Reader, refereeId: string): Promise<string | null> {
  const referral = (await findReferrals(reader, [refereeId])).get(refereeId);
  return referral && referral.inviterId !== referral.advocateId ? referral.inviterId : null;
}

function factsOf(
  settlement: FoundSettlement | undefined,
  foreign: ForeignPurchase | null,
): Omit<TraceAnswer["facts"], "inviter_id"> {
  const exchange = foreign && exchangeOf(foreign.rate);
  if (!settlement)
    return { profit: null, profit_source: null, default_margin: null, referral: null, exchange, upline: [] };
  const { stored, facts } = settlement;
  return {
    profit: { amount: stored.profit, currency: facts.plan.currency },
    profit_source: stored.profit_source,
    default_margin: formatPercent(BigInt(stored.margin) as Rate),
    referral: stored.referral,
    exchange,
    upline: facts.upline.map(({ participantId, level, status }) => ({
      participant_id: participantId,
      level,
      status,
    })),
  };
}

function exchangeOf({ currency, rate, validFrom, source }: RateEntry) {
  return { currency, rate: formatExchangeRate(rate), valid_from: validFrom, source };
}

function linesOf(
  { facts }: FoundSettlement,
  rewards: readonly RewardRow[],
  nameOf: (id: string | null) => string | null,
): Line[] {
  const { grants, passes } = settle(facts);
  const lineOf = (verdict: Grant | Pass): Line => {
    const isGrant = verdict.kind === "grant";
    const participantId = isGrant ? verdict.to : verdict.participantId;
    const reward = rewards.find(
      (one) =>
        one.rule === verdict.ruleId && one.level === verdict.level && one.participantId === participantId,
    );
    return {
      rule: verdict.ruleId,
      level: verdict.level,
      participant_id: participantId,
      name: nameOf(participantId),
      verdict: verdict.kind,
      amount: isGrant ? toWire(verdict.amount) : null,
      reward_id: isGrant ? (reward?.id ?? null) : null,
      reason: isGrant ? null : verdict.reason,
      ...explain(verdict, facts),
    };
  };
  return [...grants, ...passes].sort((a, b) => a.level - b.level).map(lineOf);
}
