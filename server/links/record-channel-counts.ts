import type { Tx } from "../platform/database.ts";
import type { ChannelCount } from "./share-channel.ts";
import { addChannelCounts } from "./store/counts.ts";

const NOTHING = { shares: 0, clicks: 0, signups: 0, qualified: 0, rewarded: 0 };

/** Adds to what is counted for the channels links are shared over. */
export async function recordChannelCounts(
  tx: Tx,
  counts: readonly (Pick<ChannelCount, "channel"> & Partial<ChannelCount>)[],
): Promise<void> {
  if (counts.length === 0) return;
  await addChannelCounts(
    tx,
    counts.map((count) => ({ ...NOTHING, ...count })),
  );
}
