import { findLatestConversions } from "../conversions/find-latest-conversions.ts";
import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import type { ReferralEntry } from "../referrals/contract.ts";
import type { FriendAnswer } from "./contract/friends.ts";
import { findConversionAnswers } from "./find-conversion-answers.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { type FriendProgress, friendProgress } from "./friend-progress.ts";
import { nextNudge } from "./nudge.ts";
import { planInForce } from "./plans-in-force.ts";
import { listNudges } from "./store/nudges.ts";
import { listRewardCounts } from "./store.ts";

/** These referrals of one advocate, each with its steps, what is missing and what it has earned the advocate. */
export async function findFriends(
  reader: Reader,
  advocateId: string,
  entries: readonly ReferralEntry[],
  plans: PlanCache,
  now: Date,
): Promise<FriendAnswer[]> {
  if (entries.length === 0) return [];
  const ids = entries.map((entry) => entry.referee_id);
  const terms = await findPlans(reader, await findProgram(reader), plans);
  const plan = planInForce(terms.plans, now)?.plan ?? null;
  const rows = await findLatestConversions(reader, ids);
  const latest = new Map(
    (await findConversionAnswers(reader, rows, plans)).map((answer) => [answer.participant_id, answer]),
  );
  const earned = await listRewardCounts(reader, advocateId, ids);
  const nudges = new Map((await listNudges(reader, ids)).map((nudge) => [nudge.refereeId, nudge.nudgedAt]));
  return entries.map((entry) => {
    const progress = friendProgress({
      referral: entry,
      plan,
      latest: latest.get(entry.referee_id) ?? null,
      now,
    });
    return {
      ...whoIs(entry),
      ...progressWire(progress),
      earned: earned
        .filter(({ level, legParticipantId }) => level === 1 && legParticipantId === entry.referee_id)
        .map(({ netMinor, currency }) => ({ amount: Number(netMinor), currency })),
      nudge: nextNudge(progress, nudges.get(entry.referee_id) ?? null, now),
    };
  });
}

const whoIs = ({ id, referee_id, referee_name, channel, status, created_at }: ReferralEntry) => ({
  id,
  participant_id: referee_id,
  name: referee_name,
  channel,
  status,
  joined_at: created_at,
});

const progressWire = ({ steps, missing }: FriendProgress) => ({
  steps,
  missing: missing && { ...missing, until: missing.until?.toISOString() ?? null },
});
