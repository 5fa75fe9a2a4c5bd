import { findSubjectSums } from "../ledger/find-subject-sums.ts";
import type { Reader } from "../platform/database.ts";
import { listRewardsById } from "./store.ts";

/** What each reward had brought somebody by a time, with the level and the leg it came through. */
export async function findEarnedAt(
  reader: Reader,
  participantId: string,
  at: Date,
): Promise<{ level: number; legParticipantId: string; currency: string; netMinor: bigint }[]> {
  const sums = await findSubjectSums(reader, participantId, ["granted", "reversed", "restored"], at);
  const rewards = new Map(
    (
      await listRewardsById(
        reader,
        sums.map(({ subjectId }) => subjectId),
      )
    ).map((reward) => [reward.id as string, reward]),
  );
  return sums.flatMap(({ subjectId, currency, minor }) => {
    const reward = rewards.get(subjectId);
    return reward
      ? [{ level: reward.level, legParticipantId: reward.legParticipantId, currency, netMinor: minor }]
      : [];
  });
}
