import { type Plan, parsePlan } from "./plan.ts";

/** A published plan with the time from which it holds. */
export type PublishedPlan = { id: string; version: number; inForceFrom: Date; plan: Plan };

/** Reads the stored documents of published plans once; the latest that holds comes first. */
export function publishedPlans(
  rows: readonly { id: string; version: number | null; inForceFrom: Date | null; document: unknown }[],
): PublishedPlan[] {
  return rows
    .flatMap(({ id, version, inForceFrom, document }) =>
      version === null || inForceFrom === null
        ? []
        : [{ id, version, inForceFrom, plan: parsePlan(document) }],
    )
    .sort((a, b) => b.inForceFrom.getTime() - a.inForceFrom.getTime() || b.version - a.version);
}

/** The plan in force at a moment, or null when none was published yet. */
export function planInForce(plans: readonly PublishedPlan[], at: Date): PublishedPlan | null {
  return plans.find((plan) => plan.inForceFrom.getTime() <= at.getTime()) ?? null;
}

/**
 * The plan a conversion is settled by: the one in force when it occurred, unless that one leaves referrals made before
 * it to the version they had; then the one before it, and so on. The first of all holds for whoever was there before it.
 */
export function planHolding(
  plans: readonly PublishedPlan[],
  occurredAt: Date,
  referredAt: Date | null,
): PublishedPlan | null {
  let earliest: PublishedPlan | null = null;
  for (const published of plans) {
    const from = published.inForceFrom.getTime();
    if (from > occurredAt.getTime()) continue;
    if (referredAt === null || from <= referredAt.getTime() || published.plan.existingReferrals === "move")
      return published;
    earliest = published;
  }
  return earliest;
}
