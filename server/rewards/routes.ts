import type { AnyDoor } from "../access/door.ts";
import { claimDecisionRoutes } from "./routes/claims.ts";
import { conversionRoutes } from "./routes/conversions.ts";
import { couponRoutes } from "./routes/coupons.ts";
import type { RewardsDeps } from "./routes/deps.ts";
import { exchangeRateRoutes } from "./routes/exchange-rates.ts";
import { friendRoutes } from "./routes/friends.ts";
import { networkRoute } from "./routes/network.ts";
import { planLintRoutes } from "./routes/plan-lints.ts";
import { planRoutes } from "./routes/plans.ts";
import { programRoutes } from "./routes/programs.ts";
import { promotionRoutes } from "./routes/promotions.ts";
import { reassignmentRoutes } from "./routes/reassignments.ts";
import { redemptionRoutes } from "./routes/redemptions.ts";
import { refundRoutes } from "./routes/refunds.ts";
import { replayRoutes } from "./routes/replays.ts";
import { rewardRoutes } from "./routes/rewards.ts";
import { shareRoutes } from "./routes/share.ts";
import { verifyRoute } from "./routes/verify.ts";

export const rewardsRoutes = (deps: RewardsDeps): AnyDoor[] => [
  ...programRoutes(deps),
  ...planRoutes(deps),
  ...planLintRoutes(deps),
  ...replayRoutes(deps),
  ...promotionRoutes(deps),
  ...conversionRoutes(deps),
  ...refundRoutes(deps),
  ...reassignmentRoutes(deps),
  ...claimDecisionRoutes(deps),
  ...exchangeRateRoutes(deps),
  ...redemptionRoutes(deps),
  ...couponRoutes(deps),
  ...rewardRoutes(deps),
  ...shareRoutes(deps),
  ...friendRoutes(deps),
  networkRoute(deps),
  verifyRoute(deps),
];
