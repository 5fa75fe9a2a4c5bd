import { channels } from "./channels.ts";
import { funnel } from "./funnel.ts";
import type { AnyReport } from "./report.ts";

/** The shelf: every report of a program. */
export const reports: readonly AnyReport[] = [funnel, channels];

const byName = new Map(reports.map((report) => [report.name, report]));

export function findReport(name: string): AnyReport | undefined {
  return byName.get(name);
}
