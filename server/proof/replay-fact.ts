import { enrollPseudonyms } from "../participants/enroll-pseudonyms.ts";
import { recordSignIn } from "../participants/record-sign-in.ts";
import { setDirectLimits } from "../participants/set-direct-limits.ts";
import { setParticipantStatus } from "../participants/set-participant-status.ts";
import type { Tx } from "../platform/database.ts";
import { parseExchangeRate } from "../primitives/exchange.ts";
import { fromWire } from "../primitives/money.ts";
import { createExchangeRate } from "../programs/create-exchange-rate.ts";
import { createProgram } from "../programs/create-program.ts";
import { setProgram } from "../programs/set-program.ts";
import { recordReferral } from "../referrals/record-referral.ts";
import type { ReferralId } from "../referrals/referral.ts";
import { cancelOldDebts } from "../rewards/cancel-old-debts.ts";
import { createPlan } from "../rewards/create-plan.ts";
import { expireDueRewards } from "../rewards/expire-due-rewards.ts";
import type { PlanCache } from "../rewards/find-plans.ts";
import { launchPromotion } from "../rewards/launch-promotion.ts";
import { publishPlan } from "../rewards/publish-plan.ts";
import { redeemCoupon } from "../rewards/redeem-coupon.ts";
import { redeemRewards } from "../rewards/redeem-rewards.ts";
import { releaseDueRewards } from "../rewards/release-due-rewards.ts";
import { releaseHeldRewards } from "../rewards/release-held-rewards.ts";
import { reverseChargeback } from "../rewards/reverse-chargeback.ts";
import { reverseRedemption } from "../rewards/reverse-redemption.ts";
import { reverseRewards } from "../rewards/reverse-rewards.ts";
import { setPromotionEnd } from "../rewards/set-promotion-end.ts";
import { settleOvertakenRefunds } from "../rewards/settle-overtaken-refunds.ts";
import type { LoggedFact } from "./logged-fact.ts";
import { replayConversion } from "./replay-conversion.ts";
import { replayReassignment } from "./replay-reassignment.ts";
import { readCouponCode } from "./store.ts";

const REASON = "So it stands in the log.";

/** Lets one fact of a log happen again, through the verb that served it; the transaction is at its moment. */
export async function replayFact(tx: Tx, fact: LoggedFact, cache: PlanCache): Promise<unknown> {
  switch (fact.fact) {
    case "conversion":
      return replayConversion(tx, fact, cache);
    case "release":
      return releaseDueRewards(tx, fact.rewards);
    case "resume":
      return releaseHeldRewards(tx, fact.participants, new Set(fact.rewards));
    case "expiry":
      return expireDueRewards(tx, fact.rewards);
    case "refund":
      return reverseRewards(tx, {
        kind: fact.kind,
        conversion: fact.conversion,
        externalId: fact.external,
        amount: fromWire(fact.amount),
      });
    case "waiting_refunds":
      return settleOvertakenRefunds(tx);
    case "chargeback_reversal":
      return reverseChargeback(tx, fact.id);
    case "redemption":
      return redeemRewards(tx, {
        participantId: fact.participant,
        amount: fromWire(fact.amount),
        externalId: null,
        note: null,
      });
    case "redemption_reversal":
      return reverseRedemption(tx, fact.participant, fact.id);
    case "coupon_use":
      return redeemCoupon(tx, (await readCouponCode(tx, fact.reward))?.code ?? "", fact.reward);
    case "reassignment":
      return replayReassignment(tx, fact, cache);
    case "write_off":
      return replayWriteOff(tx, fact);
    case "participant":
      return enrollPseudonyms(tx, [fact.id]);
    case "status":
      return setParticipantStatus(
        tx,
        fact.id,
        fact.status === "active" ? { status: "active" } : { status: "suspended", reason: REASON },
      );
    case "visit":
      return recordSignIn(tx, fact.id);
    case "referral":
      return recordReferral(tx, {
        id: fact.id as ReferralId,
        refereeId: fact.referee,
        advocateId: fact.advocate,
        counts: fact.counts,
      });
    case "program":
    case "rate":
    case "plan":
    case "promotion":
    case "promotion_end":
      return replayTerms(tx, fact);
  }
}

type TermsFact = Extract<LoggedFact, { fact: "program" | "rate" | "plan" | "promotion" | "promotion_end" }>;

async function replayTerms(tx: Tx, fact: TermsFact): Promise<unknown> {
  switch (fact.fact) {
    case "program": {
      const { name, currency, time_zone: timeZone } = fact;
      return createProgram(tx, { name, currency, timeZone, destinationUrl: null });
    }
    case "rate": {
      const { currency, valid_from: validFrom, source } = fact;
      const rate = parseExchangeRate(fact.rate);
      if (rate === null) throw new Error(`The rate ${fact.id} cannot be read.`);
      return createExchangeRate(tx, { currency, rate, validFrom, source });
    }
    case "plan": {
      await createPlan(tx, fact.document);
      const from = new Date(fact.from);
      // The first one holds from the beginning of time on, and another one from its publication, without being told.
      const isTold = from.getTime() > tx.now.getTime();
      const published = await publishPlan(tx, fact.id, isTold ? from : null);
      // Who may bring how many was decided when they were brought.
      await setDirectLimits(tx, null);
      return published;
    }
    case "promotion":
      await setProgram(tx, { timeZone: fact.time_zone });
      return launchPromotion(tx, fact.document);
    case "promotion_end":
      return setPromotionEnd(tx, fact.id);
  }
}

async function replayWriteOff(tx: Tx, fact: Extract<LoggedFact, { fact: "write_off" }>): Promise<void> {
  await setProgram(tx, { debtWriteOffDays: fact.older_than_days });
  const only = new Set<string>(fact.participants);
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after;
    ({ after } = await cancelOldDebts(tx, from, only));
  }
}
