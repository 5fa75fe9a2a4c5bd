import type { LRUCache } from "lru-cache";
import { parseCode } from "../links/code.ts";
import { findLink } from "../links/find-link.ts";
import { findTargets } from "../links/find-targets.ts";
import { urlOf } from "../links/landing.ts";
import type { Link } from "../links/link.ts";
import type { LinkParameters } from "../links/link-parameters.ts";
import type { Database } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { attributionWindow, type Program } from "../programs/program.ts";
import type { Signing } from "./referral-signature.ts";

export type Destination = {
  programId: string;
  linkId: string;
  participantId: string;
  /** The link's code of today, whatever was typed. */
  code: string;
  /** As it was read; what has a date may have expired since. */
  isActive: boolean;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  channel: string | null;
  /** With the link's parameters. Null: the hosted sign-up page. */
  url: string | null;
  parameters: LinkParameters;
  /** Only where it leads to a page of the program's own, and the program asked for it. */
  signing: Signing | null;
};

/** Destinations of followed codes, kept for a moment and dropped when a program or a link changes. */
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
  if (known && !hasExpired(known)) return known;
  const sought = code ?? text;
  const target = (await db.readDirectory((reader) => findTargets(reader, [sought]))).get(sought);
  if (!target) return null;
  return db.read(target.programId, async (reader) => {
    const link = await findLink(reader, target.linkId);
    const destination = destinationOfLink(link, await findProgram(reader));
    // How much is left of a link with a limit is asked each time.
    if (link.maxUses === null) cache.set(sought, destination);
    return destination;
  });
}

function hasExpired({ expiresAt }: Destination): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

const SECONDS_A_DAY = 86_400;

function destinationOfLink(link: Link, program: Program): Destination {
  const url = urlOf(link, program);
  const key = url === null ? null : program.signingKey;
  return {
    programId: program.programId,
    linkId: link.id,
    participantId: link.participantId,
    code: link.code,
    isActive: link.state === "active",
    expiresAt: link.expiresAt?.getTime() ?? null,
    channel: link.channel,
    url,
    parameters: link.parameters,
    // As long as the click counts.
    signing: key === null ? null : { key, seconds: attributionWindow(program) * SECONDS_A_DAY },
  };
}
