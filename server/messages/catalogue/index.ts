import type { AnyMessage } from "../message.ts";
import { couponReceived } from "./coupon-received.ts";
import { couponUsed } from "./coupon-used.ts";
import { creditReceived } from "./credit-received.ts";
import { debtWrittenOff } from "./debt-written-off.ts";
import { digest } from "./digest.ts";
import { earnedDirect } from "./earned-direct.ts";
import { earnedIndirect } from "./earned-indirect.ts";
import { verifyEmail } from "./email-verification.ts";
import { friendAssigned } from "./friend-assigned.ts";
import { friendJoined } from "./friend-joined.ts";
import { friendOneStepAway } from "./friend-one-step-away.ts";
import { friendQualified } from "./friend-qualified.ts";
import { friendUnassigned } from "./friend-unassigned.ts";
import { friendWaiting } from "./friend-waiting.ts";
import { invitation } from "./invitation.ts";
import { invitationBounced } from "./invitation-bounced.ts";
import { invitationReminder } from "./invitation-reminder.ts";
import { linkExpiring } from "./link-expiring.ts";
import { signInLink } from "./link-to-sign-in.ts";
import { milestoneReached } from "./milestone-reached.ts";
import { nudge } from "./nudge.ts";
import { placeGiven } from "./place-given.ts";
import { pointsReceived } from "./points-received.ts";
import { promotionLastDay } from "./promotion-last-day.ts";
import { promotionStarted } from "./promotion-started.ts";
import { redeemed } from "./redeemed.ts";
import { redemptionReversed } from "./redemption-reversed.ts";
import { referralNotEligible } from "./referral-not-eligible.ts";
import { reinstated } from "./reinstated.ts";
import { rewardAvailable } from "./reward-available.ts";
import { rewardExpired } from "./reward-expired.ts";
import { rewardExpiring } from "./reward-expiring.ts";
import { rewardOnHold } from "./reward-on-hold.ts";
import { rewardReceived } from "./reward-received.ts";
import { rewardRestored } from "./reward-restored.ts";
import { rewardResumed } from "./reward-resumed.ts";
import { rewardReversed } from "./reward-reversed.ts";
import { rulesChanged } from "./rules-changed.ts";
import { shareText } from "./share-text.ts";
import { statementReady } from "./statement-ready.ts";
import { suspended } from "./suspended.ts";
import { welcome } from "./welcome.ts";
import { welcomeFriend } from "./welcome-friend.ts";
import { claimDecided } from "./word-on-claim.ts";

/** The shelf: everything the product says to a person. */
export const messages: readonly AnyMessage[] = [
  invitation,
  invitationReminder,
  verifyEmail,
  signInLink,
  shareText,
  nudge,
  digest,
  earnedDirect,
  earnedIndirect,
  rewardReceived,
  creditReceived,
  pointsReceived,
  couponReceived,
  milestoneReached,
  rewardOnHold,
  rewardResumed,
  rewardAvailable,
  rewardReversed,
  rewardRestored,
  rewardExpiring,
  rewardExpired,
  redeemed,
  couponUsed,
  redemptionReversed,
  debtWrittenOff,
  friendJoined,
  friendWaiting,
  friendQualified,
  friendOneStepAway,
  referralNotEligible,
  friendAssigned,
  friendUnassigned,
  claimDecided,
  placeGiven,
  suspended,
  reinstated,
  welcome,
  welcomeFriend,
  promotionStarted,
  promotionLastDay,
  rulesChanged,
  statementReady,
  linkExpiring,
  invitationBounced,
];

const byName = new Map(messages.map((message) => [message.name, message]));

export function findMessage(name: string): AnyMessage | undefined {
  return byName.get(name);
}
