import type { LRUCache } from "lru-cache";
import { parseCode } from "../links/code.ts";
import { findLink } from "../links/find-link.ts";
import { findTargets } from "../links/find-targets.ts";
import type { Database } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";

export type Destination = {
  programId: string;
  linkId: string;
  participantId: string;
  code: string;
  isActive: boolean;
  /** Null: the hosted sign-up page. */
  url: string | null;
};

/** Destinations of followed codes, kept for a moment and dropped when a program changes. */
export type DestinationCache = LRUCache<string, Destination>;

/** Where a code leads, or null when nobody has it. Unknown codes are not kept: there are too many of them. */
export async function findDestination(
  db: Database,
  text: string,
  cache: DestinationCache,
): Promise<Destination | null> {
  const code = parseCode(text);
  // A text that cannot be a code is looked up all the same, so that its answer takes as long.
  const known = code === null ? undefined : cache.get(code);
  if (known) return known;
  const sought = code ?? text;
  const target = (await db.readDirectory((reader) => findTargets(reader, [sought]))).get(sought);
  if (!target) return null;
  const destination = await db.read(target.programId, async (reader) => {
    const link = await findLink(reader, target.linkId);
    const program = await findProgram(reader);
    return { ...target, code: link.code, isActive: link.state === "active", url: program.destinationUrl };
  });
  cache.set(destination.code, destination);
  return destination;
}
