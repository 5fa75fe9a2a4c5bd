import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { qualifyReferrals } from "./store.ts";

/** A conversion of each of these referees has earned: those who had only joined are qualified from now on. */
export async function recordQualified(tx: Tx, refereeIds: readonly string[]): Promise<void> {
  if (refereeIds.length === 0) return;
  const qualified = await qualifyReferrals(tx, refereeIds);
  await appendEvents(
    tx,
    qualified.map((referral) => ({
      type: "referral.qualified",
      subjectId: referral.id,
      audience: referral.advocateId === null ? [] : [referral.advocateId],
      object: {
        id: referral.id,
        advocate_id: referral.advocateId,
        referee_id: referral.refereeId,
        status: referral.status,
        created_at: referral.createdAt.toISOString(),
      },
    })),
  );
}
