import type { Actor } from "../../access/actor.ts";
import { mayReadParticipant, ownParticipant } from "../../access/permission.ts";
import type { Bus } from "../../platform/bus.ts";
import type { Database, Reader } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findProgram } from "../../programs/find-program.ts";
import type { Program } from "../../programs/program.ts";
import type { LinkAnswer } from "../contract.ts";
import { findLinkCounts } from "../find-link-counts.ts";
import { findLinks } from "../find-links.ts";
import type { Link } from "../link.ts";
import { linkWire } from "../presentation.ts";
import type { SlugRules } from "../slug.ts";

export type LinksDeps = {
  db: Database;
  bus: Bus;
  publicUrl: () => string;
  /** First parts of the paths that lead somewhere else, once all doors are known. */
  reservedPaths: () => ReadonlySet<string>;
};

/** Links on the wire, with what is counted for them. */
export async function linkAnswers(
  reader: Reader,
  links: readonly Link[],
  { publicUrl }: Pick<LinksDeps, "publicUrl">,
): Promise<LinkAnswer[]> {
  const program = await findProgram(reader);
  const counts = await findLinkCounts(
    reader,
    links.map(({ id }) => id),
    program.timeZone,
  );
  const first = await findLinks(reader, [...new Set(links.map(({ participantId }) => participantId))]);
  return links.flatMap((link) => {
    const counted = counts.get(link.id);
    const isDefault = first.get(link.participantId)?.id === link.id;
    return counted ? [linkWire(link, isDefault, counted, { program, publicUrl: publicUrl() })] : [];
  });
}

/** A participant reaches only what is theirs. */
export function checkOwner(actor: Actor, link: Link): void {
  if (!mayReadParticipant(actor, link.participantId)) throw new Refusal("not_found");
}

/** Operators may give the program's own name away, participants may not take it. */
export function slugRules(actor: Actor, program: Program, { reservedPaths }: LinksDeps): SlugRules {
  return {
    reserved: reservedPaths(),
    programName: ownParticipant(actor) === null ? null : program.name,
  };
}
