import type { Database } from "../../platform/database.ts";
import type { GroupCommits } from "../../platform/group-commit.ts";
import type { BatchAnswer } from "../../platform/idempotency.ts";
import type { ProblemKind } from "../../primitives/problem.ts";
import type { Refusal } from "../../primitives/refusal.ts";
import type { PlanCache } from "../find-plans.ts";
import type { SettleRequest } from "../settle-requests.ts";

export type RewardsDeps = {
  db: Database;
  plans: PlanCache;
  /** Concurrent conversions of a program share a commit. */
  intake: GroupCommits<SettleRequest, BatchAnswer | Refusal>;
  publicUrl: () => string;
  problems: Record<string, ProblemKind>;
  /** Who may see what has changed: every instance looks again. */
  announceAccess: () => void;
};
