import type { Reader } from "../platform/database.ts";
import { listCountsBelowAt } from "./store.ts";

/** How many people stood below each of these at a time, level by level. */
export async function findCountsBelowAt(
  reader: Reader,
  participantIds: readonly string[],
  at: Date,
): Promise<Map<string, { level: number; participants: number }[]>> {
  const counts = new Map<string, { level: number; participants: number }[]>();
  for (const { rootId, level, participants } of await listCountsBelowAt(reader, participantIds, at)) {
    const levels = counts.get(rootId) ?? [];
    levels.push({ level, participants: Number(participants) });
    counts.set(rootId, levels);
  }
  return counts;
}
