import type { Reader } from "../platform/database.ts";
import { listRewardsOfConversions, type RewardRow } from "./store.ts";

/** The rewards of some conversions, by conversion. */
export async function findRewards(
  reader: Reader,
  conversionIds: readonly string[],
): Promise<Map<string, RewardRow[]>> {
  const rewards = new Map<string, RewardRow[]>();
  if (conversionIds.length === 0) return rewards;
  for (const row of await listRewardsOfConversions(reader, conversionIds)) {
    const known = rewards.get(row.conversionId);
    if (known) known.push(row);
    else rewards.set(row.conversionId, [row]);
  }
  return rewards;
}
