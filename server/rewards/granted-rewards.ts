import type { ConversionRow } from "../conversions/conversion.ts";
import type { NewId } from "../primitives/id.ts";
import { expiresAt, expiresDaysOf } from "./expiry.ts";
import type { Plan } from "./plan.ts";
import { availableAt } from "./reward.ts";
import { INACTIVE_UPLINE, UNUSED } from "./reward-use.ts";
import type { RewardRow } from "./store.ts";
import type { Grant } from "./verdict.ts";

/** The rewards that grants become: pending until their hold ends, available where it has ended already. */
export function grantedRewards(
  conversion: ConversionRow,
  grants: readonly Grant[],
  { holdDays, document }: Pick<Plan, "holdDays" | "document">,
  moment: { now: Date; newId: NewId },
): RewardRow[] {
  const releasedAt = availableAt(conversion.occurredAt, holdDays);
  const isAvailable = releasedAt.getTime() <= moment.now.getTime();
  return grants.map((grant) => ({
    ...UNUSED,
    ...expiryOf(
      expiresDaysOf(document, grant.rewardKind, grant.ruleId),
      isAvailable && !grant.isHeld ? moment.now : null,
    ),
    holdReason: grant.isHeld ? INACTIVE_UPLINE : null,
    id: moment.newId("rwd"),
    conversionId: conversion.id,
    participantId: grant.to,
    refereeId: conversion.participantId,
    legParticipantId: grant.legParticipantId,
    level: grant.level,
    rule: grant.ruleId,
    planVersion: conversion.planVersion ?? 0,
    kind: grant.rewardKind,
    amountMinor: grant.amount.minor,
    reversedMinor: 0n,
    currency: grant.amount.currency,
    status: grant.isHeld ? "held" : isAvailable ? "available" : "pending",
    availableAt: releasedAt,
    createdAt: moment.now,
  }));
}

function expiryOf(expiresDays: number | null, releasedAt: Date | null) {
  return { expiresDays, expiresAt: releasedAt && expiresAt(releasedAt, expiresDays) };
}
