import { findClicks } from "../clicks/find-clicks.ts";
import { parseCode } from "../links/code.ts";
import { findLinks } from "../links/find-links.ts";
import { findTargets } from "../links/find-targets.ts";
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
  const touches = await findTouches(tx, signups);
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
    seats: await findSeats(tx, program, advocates, signups.length),
    knownEmails: new Set([...owners.taken, ...referred.map((row) => row.emailHash)]),
    knownExternalIds: people.knownExternalIds,
  };
}

async function findTouches(tx: Tx, signups: readonly Signup[]): Promise<Touch[][]> {
  const codes = signups.flatMap(({ referral }) => (referral?.code ? (parseCode(referral.code) ?? []) : []));
  const targets = await findTargets(tx, codes);
  const clicks = await findClicks(
    tx,
    signups.flatMap(({ referral }) => referral?.clickId ?? []),
  );
  const owners = [...targets.values(), ...clicks.values()].map((one) => one.participantId);
  const links = owners.length === 0 ? new Map() : await findLinks(tx, owners);
  const targetOf = (participantId: string, linkId: string): TouchTarget => ({
    linkId,
    participantId: participantId as ParticipantId,
    isLinkActive: links.get(participantId)?.state === "active",
  });
  return signups.map(({ referral }) => {
    const touches: Touch[] = [];
    if (referral?.code) {
      const code = parseCode(referral.code);
      const target = code === null ? undefined : targets.get(code);
      const isOurs = target !== undefined && target.programId === tx.programId;
      touches.push({
        kind: "code",
        code: referral.code,
        target: isOurs ? targetOf(target.participantId, target.linkId) : null,
      });
    }
    if (referral?.clickId) {
      const click = clicks.get(referral.clickId);
      touches.push({
        kind: "click",
        clickId: referral.clickId,
        at: click?.occurredAt ?? null,
        target: click ? targetOf(click.participantId, click.linkId) : null,
      });
    }
    return touches;
  });
}
