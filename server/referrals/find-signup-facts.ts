import type { Link } from "../links/link.ts";
import { findEmailOwners } from "../participants/find-email-owners.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { attributionWindow, type Program } from "../programs/program.ts";
import { findSeats } from "./find-seats.ts";
import { findTouches } from "./find-touches.ts";
import { holdSignups } from "./hold-signups.ts";
import type { Seats } from "./seat.ts";
import type { Signup } from "./signup.ts";
import { listReferredPeople } from "./store.ts";
import type { Touch } from "./touch.ts";

export type SignupFacts = {
  /** Of each sign-up, everything it came by. */
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
  const { touches, links } = await findTouches(tx, signups, attributionWindow(program));
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

function usesLeftOf(links: Iterable<Link>): Map<string, number> {
  const left = new Map<string, number>();
  for (const { id, maxUses, uses } of links) if (maxUses !== null) left.set(id, Math.max(0, maxUses - uses));
  return left;
}
