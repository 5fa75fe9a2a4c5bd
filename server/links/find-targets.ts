import type { Reader } from "../platform/database.ts";
import type { LinkTarget } from "./link.ts";
import { listTargets } from "./store.ts";

/** Whom each code belongs to; codes nobody has are left out. */
export async function findTargets(
  reader: Reader,
  codes: readonly string[],
): Promise<Map<string, LinkTarget>> {
  if (codes.length === 0) return new Map();
  const targets = await listTargets(reader, codes);
  return new Map(targets.map((target) => [target.code, target]));
}
