import { findClicks } from "../clicks/find-clicks.ts";
import { parseCode } from "../links/code.ts";
import { findTargets } from "../links/find-targets.ts";
import { holdLinks } from "../links/hold-links.ts";
import type { Link } from "../links/link.ts";
import { findEmailOwners } from "../participants/find-email-owners.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import type { Touch, TouchTarget } from "./attribution.ts";
import { findSeats } from "./find-seats.ts";
import { holdSignups } from "./hold-signups.ts";
import type { Seats } from "./seat.ts";
import type { Signup } from "./signup.ts";
import { listReferredPeople } from "./store.ts";

export type SignupFacts = {
  /** Of each sign-up, the touch that counts first. */
  touches: Touch[][];
  /** Of each link with a limit, which is held until the transaction ends. */
  usesLeft: Map<string, number>;
  /** Whoever may get a direct referral, with the room they have; locked until the transaction ends. */
  seats: Seats;
  knownEmails: Set<string>;
  knownExternalIds: Map<string, ParticipantId>;
};

/** Everything the decisions about these sign-ups depend on, read once for all of them. */
export async function findSignupFacts(
  tx: Tx,
  program: Program,
  signups: readonly Signup[],
): Promise<SignupFacts> {
  // Where the next place goes depends on all places before it, so these programs fill them one batch at a time.
  if (program.overflow === "spillover" || program.overflow === "waitlist") await holdSignups(tx);
  const { touches, links } = await findTouches(tx, signups);
  const advocateIds = new Set(
    touches.flatMap((ofOne) => ofOne.flatMap((touch) => touch.target?.participantId ?? [])),
  );
  const emailHashes = signups.map((signup) => signup.emailHash);
  const people = await holdParticipants(tx, {
    advocateIds: [...advocateIds],
    externalIds: signups.flatMap((signup) => signup.externalId ?? []),
  });
  const owners = await findEmailOwners(tx, emailHashes, [...advocateIds]);
  const referred = await listReferredPeople(tx, emailHashes);
  const advocates: Seats["advocates"] = new Map(
    people.advocates.map((one) => [one.id, { ...one, emailHash: owners.hashOf.get(one.id) ?? null }]),
  );
  return {
    touches,
    usesLeft: usesLeftOf(links.values()),
    seats: await findSeats(tx, program, advocates, signups.length),
    knownEmails: new Set([...owners.taken, ...referred.map((row) => row.emailHash)]),
    knownExternalIds: people.knownExternalIds,
  };
}

/** What sign-ups say of how they came, with the links that are meant. */
async function findTouches(
  tx: Tx,
  signups: readonly Signup[],
): Promise<{ touches: Touch[][]; links: Map<string, Link> }> {
  const codes = signups.flatMap(({ referral }) => (referral?.code ? (parseCode(referral.code) ?? []) : []));
  const targets = await findTargets(tx, codes);
  const clicks = await findClicks(
    tx,
    signups.flatMap(({ referral }) => referral?.clickId ?? []),
  );
  const ours = [...targets.values()].filter(({ programId }) => programId === tx.programId);
  const linkIds = new Set([...ours, ...clicks.values()].map(({ linkId }) => linkId as string));
  const links = await holdLinks(tx, [...linkIds]);
  const touches = signups.map(({ referral }) => {
    const click = referral?.clickId ? clicks.get(referral.clickId) : undefined;
    const targetOf = (linkId: string | undefined): TouchTarget | null => {
      const link = links.get(linkId ?? "");
      return link ? touchTarget(link, click?.linkId === link.id ? click.occurredAt : null) : null;
    };
    const found: Touch[] = [];
    if (referral?.code) {
      const target = targets.get(parseCode(referral.code) ?? "");
      found.push({ kind: "code", code: referral.code, target: targetOf(target?.linkId) });
    }
    if (referral?.clickId)
      found.push({
        kind: "click",
        clickId: referral.clickId,
        at: click?.occurredAt ?? null,
        target: targetOf(click?.linkId),
      });
    return found;
  });
  return { touches, links };
}

/** Who came before the link expired came in time, however long they take to sign up. */
function touchTarget(
  { id, participantId, state, expiresAt, channel }: Link,
  cameAt: Date | null,
): TouchTarget {
  const cameInTime = cameAt !== null && expiresAt !== null && cameAt < expiresAt;
  const isLinkActive = state === "active" || state === "used_up" || (state === "expired" && cameInTime);
  return { linkId: id, participantId, isLinkActive, channel };
}

function usesLeftOf(links: Iterable<Link>): Map<string, number> {
  const left = new Map<string, number>();
  for (const { id, maxUses, uses } of links) if (maxUses !== null) left.set(id, Math.max(0, maxUses - uses));
  return left;
}
