import type { ConversionRow, RefundedPart, RefundRow } from "../conversions/conversion.ts";
import { toWire } from "../primitives/money.ts";
import { type CouponRow, couponStatus } from "./coupon.ts";
import type { RedemptionRow } from "./redemption.ts";
import { displayStatus, holdReason } from "./reward.ts";
import { messageOf, type SettlementFacts } from "./settlement.ts";
import type { RewardRow } from "./store.ts";
import type { Pass } from "./verdict.ts";

/** A reward as the API and the stream show it. */
export function rewardWire(reward: RewardRow) {
  const { currency } = reward;
  return {
    id: reward.id,
    participant_id: reward.participantId,
    conversion_id: reward.conversionId,
    referee_id: reward.refereeId,
    level: reward.level,
    leg_participant_id: reward.legParticipantId,
    rule: reward.rule,
    plan_version: reward.planVersion,
    kind: reward.kind,
    amount: { amount: Number(reward.amountMinor), currency },
    reversed: { amount: Number(reward.reversedMinor), currency },
    redeemed: { amount: Number(reward.redeemedMinor), currency },
    expired: { amount: Number(reward.expiredMinor), currency },
    status: reward.status,
    display_status: displayStatus(reward.status, reward.kind),
    available_at: reward.availableAt.toISOString(),
    expires_at: reward.expiresAt?.toISOString() ?? null,
    reasons: reward.status === "held" && reward.holdReason ? [holdReason(reward.holdReason)] : [],
    created_at: reward.createdAt.toISOString(),
  };
}

/** A conversion without its rewards. */
function conversionBase(conversion: ConversionRow) {
  const { currency } = conversion;
  return {
    id: conversion.id,
    external_id: conversion.externalId,
    participant_id: conversion.participantId,
    kind: conversion.kind,
    amount: { amount: Number(conversion.amountMinor), currency },
    profit: conversion.profitMinor === null ? null : { amount: Number(conversion.profitMinor), currency },
    status: conversion.status,
    plan_version: conversion.planVersion,
    refunded: { amount: Number(conversion.refundedMinor), currency },
    original: originalWire(conversion),
    product: conversion.product,
    occurred_at: conversion.occurredAt.toISOString(),
    recorded_at: conversion.recordedAt.toISOString(),
  };
}

function originalWire(conversion: ConversionRow) {
  const { originalCurrency, originalAmountMinor, originalProfitMinor, rateId } = conversion;
  if (originalCurrency === null || rateId === null) return null;
  const money = (minor: bigint) => toWire({ minor, currency: originalCurrency });
  return {
    amount: money(originalAmountMinor ?? 0n),
    profit: originalProfitMinor === null ? null : money(originalProfitMinor),
    rate_id: rateId,
  };
}

/** A conversion with what it gave, and to whom it gave nothing and why. */
export function conversionWire(
  conversion: ConversionRow,
  rewards: readonly RewardRow[],
  passes: readonly Pass[],
  facts: SettlementFacts | null,
) {
  return {
    ...conversionBase(conversion),
    rewards: rewards.map(rewardWire),
    passes: passes.map((pass) => ({
      rule: pass.ruleId,
      level: pass.level,
      participant_id: pass.participantId,
      reason: pass.reason,
      message: facts ? messageOf(pass, facts) : "",
    })),
  };
}

/** What the log keeps of a settled conversion; its rewards are facts of their own. */
export function conversionFacts(conversion: ConversionRow, rewards: readonly RewardRow[]) {
  return { ...conversionBase(conversion), reward_count: rewards.length };
}

/** `currency` is the program's, in which refunds are counted. */
export function refundWire(refund: RefundRow, currency: string) {
  return {
    id: refund.id,
    external_id: refund.externalId,
    kind: refund.kind,
    status: refund.status,
    conversion_id: refund.conversionId,
    waits_for: refund.waitsFor,
    amount: toWire({ minor: refund.amountMinor, currency: refund.currency }),
    counted: toWire({ minor: refund.countedMinor, currency }),
    reversals: refund.reversals.map(partWire),
    restorations: refund.restorations.map(partWire),
    reason: refund.refusal,
    created_at: refund.createdAt.toISOString(),
    applied_at: refund.appliedAt?.toISOString() ?? null,
    reversed_at: refund.reversedAt?.toISOString() ?? null,
  };
}

function partWire({ currency, amount, ...part }: RefundedPart) {
  return { ...part, amount: { amount, currency } };
}

/** A redemption as the log keeps it: a note may name people. */
export function redemptionFacts(redemption: RedemptionRow) {
  const { currency } = redemption;
  return {
    id: redemption.id,
    participant_id: redemption.participantId,
    external_id: redemption.externalId,
    amount: toWire({ minor: redemption.amountMinor, currency }),
    status: redemption.status,
    parts: redemption.parts.map((part) => ({
      reward_id: part.reward_id,
      amount: { amount: part.amount, currency },
    })),
    created_at: redemption.createdAt.toISOString(),
    reversed_at: redemption.reversedAt?.toISOString() ?? null,
  };
}

export function redemptionWire(redemption: RedemptionRow) {
  return { ...redemptionFacts(redemption), note: redemption.note };
}

/** A coupon as the log keeps it: the code is for whoever asks. */
export function couponFacts(coupon: CouponRow, now: Date) {
  return {
    reward_id: coupon.rewardId,
    participant_id: coupon.participantId,
    label: coupon.label,
    value: coupon.value,
    status: couponStatus(coupon, now),
    expires_at: coupon.expiresAt?.toISOString() ?? null,
    redeemed_at: coupon.redeemedAt?.toISOString() ?? null,
    external_id: coupon.redeemedFor,
    created_at: coupon.createdAt.toISOString(),
  };
}

/** Its owner reads the code once it can be used. */
export function couponWire(coupon: CouponRow, now: Date, isForOwner: boolean) {
  const facts = couponFacts(coupon, now);
  return { code: isForOwner && facts.status === "pending" ? null : coupon.code, ...facts };
}
