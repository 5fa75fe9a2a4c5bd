import type { ConversionRow } from "../conversions/conversion.ts";
import type { NewId } from "../primitives/id.ts";
import { expiresAt, expiresDaysOf } from "./expiry.ts";
import type { Plan } from "./plan.ts";
import { availableAt } from "./reward.ts";
import { INACTIVE_UPLINE } from "./reward-use.ts";
import type { RewardRow } from "./store.ts";
import type { Grant } from "./verdict.ts";

/** The rewards that grants become: pending until their hold ends, available where it has ended already. */
export function grantedRewards(
  conversion: ConversionRow,
  grants: readonly Grant[],
  { holdDays, document }: Pick<Plan, "holdDays" | "document">,
  moment: { now: Date; newId: NewId },
  settlement = 1,
): RewardRow[] {
  const releasedAt = availableAt(conversion.occurredAt, holdDays);
  const isAvailable = releasedAt.getTime() <= moment.now.getTime();
  const { now, newId } = moment;
  // Field by field: objects that are spread together cost more than all that settlement computes.
  return grants.map((grant): RewardRow => {
    const { rewardKind, ruleId, isHeld, amount } = grant;
    const expiresDays = expiresDaysOf(document, rewardKind, ruleId);
    return {
      id: newId("rwd"),
      conversionId: conversion.id,
      participantId: grant.to,
      refereeId: conversion.participantId,
      legParticipantId: grant.legParticipantId,
      level: grant.level,
      rule: ruleId,
      planVersion: conversion.planVersion ?? 0,
      kind: rewardKind,
      amountMinor: amount.minor,
      reversedMinor: 0n,
      currency: amount.currency,
      status: isHeld ? "held" : isAvailable ? "available" : "pending",
      availableAt: releasedAt,
      createdAt: now,
      settlement,
      reversedFrom: null,
      holdReason: isHeld ? INACTIVE_UPLINE : null,
      redeemedMinor: 0n,
      expiredMinor: 0n,
      expiresDays,
      expiresAt: isAvailable && !isHeld ? expiresAt(now, expiresDays) : null,
    };
  });
}
