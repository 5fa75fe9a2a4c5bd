import type { ConversionRow } from "../conversions/conversion.ts";
import type { NewId } from "../primitives/id.ts";
import { availableAt } from "./reward.ts";
import { UNUSED } from "./reward-use.ts";
import type { RewardRow } from "./store.ts";
import type { Grant } from "./verdict.ts";

/** The rewards that grants become: pending until their hold ends, available where it has ended already. */
export function grantedRewards(
  conversion: ConversionRow,
  grants: readonly Grant[],
  holdDays: number,
  moment: { now: Date; newId: NewId },
): RewardRow[] {
  const releasedAt = availableAt(conversion.occurredAt, holdDays);
  return grants.map((grant) => ({
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
    status: releasedAt.getTime() <= moment.now.getTime() ? "available" : "pending",
    availableAt: releasedAt,
    createdAt: moment.now,
    ...UNUSED,
  }));
}
