import { pointsPerReferral } from "./points.ts";
import type { PlanTemplate } from "./template.ts";
import { twoLevel } from "./two-level.ts";

/** The shelf: every plan a program can start from. */
export const planTemplates: readonly PlanTemplate[] = [twoLevel, pointsPerReferral];

export function findTemplate(name: string): PlanTemplate | undefined {
  return planTemplates.find((template) => template.name === name);
}
