import { buyToQualify } from "./buy-to-qualify.ts";
import { capBelowReward } from "./cap-below-reward.ts";
import { countryForbids } from "./country-forbids.ts";
import { expiresWithoutNotice } from "./expires-without-notice.ts";
import { fixedAmountWithoutMinimum } from "./fixed-amount-without-minimum.ts";
import { gapAtThreshold } from "./gap-at-threshold.ts";
import type { Lint } from "./lint.ts";
import { missingDisclosure } from "./missing-disclosure.ts";
import { missingHold } from "./missing-hold.ts";
import { moneyBelowLevelOneWithoutPurchase } from "./money-below-level-one-without-purchase.ts";
import { moneyForEnrolment } from "./money-for-enrolment.ts";
import { overlappingRules } from "./overlapping-rules.ts";
import { ownPurchases } from "./own-purchases.ts";
import { paysMoreThanMargin } from "./pays-more-than-margin.ts";
import { promotionWithoutBudget } from "./promotion-without-budget.ts";
import { rewardShareDepth } from "./reward-share-depth.ts";
import { tierOrder } from "./tier-order.ts";
import { tierPaysLess } from "./tier-pays-less.ts";
import { unlimitedLiability } from "./unlimited-liability.ts";
import { unreachableMilestone } from "./unreachable-milestone.ts";
import { unreachableRule } from "./unreachable-rule.ts";
import { unreachableTier } from "./unreachable-tier.ts";

/** The shelf: everything that is looked for before a plan is published. What blocks comes first. */
export const lints: readonly Lint[] = [
  paysMoreThanMargin,
  countryForbids,
  moneyBelowLevelOneWithoutPurchase,
  unreachableRule,
  unreachableMilestone,
  rewardShareDepth,
  tierOrder,
  moneyForEnrolment,
  fixedAmountWithoutMinimum,
  unlimitedLiability,
  promotionWithoutBudget,
  overlappingRules,
  gapAtThreshold,
  ownPurchases,
  buyToQualify,
  missingHold,
  missingDisclosure,
  expiresWithoutNotice,
  capBelowReward,
  tierPaysLess,
  unreachableTier,
];
