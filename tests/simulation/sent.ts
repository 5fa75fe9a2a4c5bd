import type { History, Step } from "./worlds.ts";

/**
 * A history as the API can be told it: no sign-up but by joining, no profit above the price, nobody inactive by a
 * request; promotions are compared without a database.
 */
export function asSent({ world, steps }: History): History {
  const { qualifies, rules } = world.plan;
  return {
    world: {
      ...world,
      plan: {
        ...world.plan,
        rules: rules.map((rule) => ({ ...rule, on: sentTrigger(rule.on) })),
        ...(qualifies ? { qualifies: { ...qualifies, on: sentTrigger(qualifies.on) } } : {}),
      },
      promotions: [],
    },
    steps: steps.map(sentStep),
  };
}

function sentStep(step: Step): Step {
  if (step.kind === "convert") {
    const profit = step.profit === null ? null : Math.min(step.profit, step.amount);
    return { ...step, profit, trigger: sentTrigger(step.trigger) };
  }
  if (step.kind === "status" && step.status !== "active") return { ...step, status: "suspended" };
  return step;
}

const sentTrigger = (trigger: string): string => (trigger === "signup" ? "renewal" : trigger);
