import type { Lint } from "./lint.ts";

export const unreachableMilestone: Lint = {
  code: "unreachable_milestone",
  title: "A milestone nobody can reach",
  severity: "blocking",
  check: (plan) =>
    plan.rules.flatMap(({ id, rule, every, at = [] }, index) => {
      const limit = plan.direct_limit;
      if (rule !== "milestone_bonus" || limit === null) return [];
      const beyond = [...(every === undefined ? [] : [every]), ...at].filter((number) => number > limit);
      if (beyond.length === 0) return [];
      return [
        {
          pointer: `/rules/${index}/${every === undefined ? "at" : "every"}`,
          message: `“${id}” waits for ${beyond.join(", ")} qualified referrals, and nobody may have more than ${limit}.`,
          figures: { milestones: beyond.join(", "), direct_limit: limit },
          fix: `Raise the limit of direct referrals, or end the milestones at ${limit}.`,
        },
      ];
    }),
};
