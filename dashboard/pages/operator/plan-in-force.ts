import { formatFull } from "../../parts/time.ts";
import type { Plan } from "../../wire.ts";

/** The published version with the latest start that has come. */
export function planInForce(plans: readonly Plan[]): Plan | null {
  const started = plans.filter((plan) => plan.state === "published" && !isComing(plan));
  return started.sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0] ?? null;
}

export function isComing(plan: Plan): boolean {
  return Date.parse(plan.from ?? plan.published_at ?? "") > Date.now();
}

/** The first version holds from the beginning of the program's time. */
export function sinceWords(plan: Plan): string {
  const from = plan.from ?? plan.published_at ?? "";
  return Date.parse(from) === 0 ? "from the beginning" : `from ${formatFull(from)}`;
}
