import { findSettled } from "../conversions/find-settled.ts";
import type { EventRecord, EventType } from "../events/catalogue.ts";
import type { Reader } from "../platform/database.ts";
import { expiresAt } from "./expiry.ts";
import { findRewards } from "./find-rewards.ts";
import { conversionFacts, rewardWire } from "./presentation.ts";
import type { RewardState } from "./reward.ts";
import { UNUSED } from "./reward-use.ts";
import { listRewardsById, type RewardRow } from "./store.ts";

/** What a purchase told when it was settled: nothing of it changes but what is put back here to how it began. */
export async function findEventObjects(
  reader: Reader,
  events: readonly EventRecord[],
): Promise<Map<string, Record<string, unknown>>> {
  const idsOf = (type: EventType) =>
    events.filter((event) => event.type === type).map((event) => event.subjectId);
  const [settled, siblings, rewards] = await Promise.all([
    findSettled(reader, idsOf("conversion.settled")),
    findRewards(reader, idsOf("conversion.settled")),
    listRewardsById(reader, idsOf("reward.created")),
  ]);
  const created = new Map(rewards.map((reward) => [reward.id as string, reward]));
  const objects = new Map<string, Record<string, unknown>>();
  for (const { id, type, subjectId, data } of events) {
    const conversion = type === "conversion.settled" && settled.get(subjectId);
    const reward = type === "reward.created" && created.get(subjectId);
    if (conversion)
      objects.set(id, conversionFacts({ ...conversion, refundedMinor: 0n }, siblings.get(subjectId) ?? []));
    if (reward) {
      // It began where its money went.
      const status = (data.moves?.[0]?.purse ?? reward.status) as RewardState;
      objects.set(id, rewardWire({ ...reward, ...beginningOf(reward, status) }));
    }
  }
  return objects;
}

/** As it was granted: what is available at once began to run out at once. */
function beginningOf({ createdAt, expiresDays, holdReason }: RewardRow, status: RewardState) {
  const runsFrom = status === "available" ? createdAt : null;
  return {
    ...UNUSED,
    holdReason,
    status,
    reversedMinor: 0n,
    expiresDays,
    expiresAt: runsFrom && expiresAt(runsFrom, expiresDays),
  };
}
