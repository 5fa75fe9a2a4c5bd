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
