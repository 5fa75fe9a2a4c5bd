import { appendEvents } from "../events/append-events.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { recordDirectCounts } from "../participants/record-direct-counts.ts";
import type { Tx } from "../platform/database.ts";
import { type ReferralId, referralFact } from "./referral.ts";
import { insertReferrals } from "./store.ts";

export type DecidedReferral = {
  id: ReferralId;
  refereeId: ParticipantId;
  advocateId: ParticipantId | null;
  counts: boolean;
};

/** Records who brought somebody as it was decided elsewhere, without asking again whether it counts. */
export async function recordReferral(tx: Tx, { counts, ...known }: DecidedReferral): Promise<void> {
  const referral = {
    ...known,
    inviterId: null,
    channel: null,
    status: counts ? ("joined" as const) : ("not_eligible" as const),
    waitNumber: null,
    attributionModel: null,
    attributionVersion: null,
    reasons: counts ? [] : ["already_referred" as const],
  };
  await insertReferrals(tx, [
    {
      ...{ id: referral.id, referee_id: referral.refereeId, advocate_id: referral.advocateId },
      ...{ inviter_id: null, channel: null, status: referral.status, wait_number: null },
      ...{ reasons: referral.reasons, link_id: null, attribution_model: null, attribution_version: null },
    },
  ]);
  if (counts && known.advocateId !== null) await recordDirectCounts(tx, [known.advocateId]);
  const seenBy = counts && known.advocateId !== null ? [known.advocateId] : [];
  await appendEvents(tx, [referralFact("referral.created", { ...referral, createdAt: tx.now }, seenBy)]);
}
