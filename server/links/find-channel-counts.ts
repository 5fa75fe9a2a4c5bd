import type { Reader } from "../platform/database.ts";
import type { ChannelCount } from "./share-channel.ts";
import { listChannelCounts } from "./store/counts.ts";

/** What every channel has brought so far. */
export function findChannelCounts(reader: Reader): Promise<ChannelCount[]> {
  return listChannelCounts(reader);
}
