import type { PlanFinding, PlanLint } from "./plan-lint.ts";

/** The findings that keep a plan from being published: what blocks, and what nobody has acknowledged. */
export function openFindings(
  { findings }: Pick<PlanLint, "findings">,
  acknowledgements: readonly { code: string }[],
): PlanFinding[] {
  const known = new Set(acknowledgements.map(({ code }) => code));
  return findings.filter(({ severity, code }) => severity === "blocking" || !known.has(code));
}
