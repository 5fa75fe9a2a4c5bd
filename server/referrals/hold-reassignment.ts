import { findEmailOwners } from "../participants/find-email-owners.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { Participant } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferrals } from "./find-referrals.ts";
import { findSeats } from "./find-seats.ts";
import { holdSignups } from "./hold-signups.ts";
import { hasPlace, type Move, refuseMove } from "./reassignment.ts";
import { type Seats, seatOf, seatsLeft } from "./seat.ts";
import { listBelow } from "./store/reassignments.ts";
import { listReferredPeople } from "./store.ts";

/** People moved by one decision; a larger branch is the work of an import. */
const MOVED_MAX = 20_000;

/**
 * Decides whether somebody may stand under another advocate, and where: the place is theirs until the transaction
 * ends. The limit is kept, the line of those who wait comes first, and spillover finds the next open place below.
 */
export async function holdReassignment(tx: Tx, refereeId: string, advocateId: string): Promise<Move> {
  await holdSignups(tx);
  const referral = (await findReferrals(tx, [refereeId])).get(refereeId) ?? null;
  const formerAdvocateId = referral && hasPlace(referral.status) ? referral.advocateId : null;
  const below = await listBelow(tx, refereeId, MOVED_MAX + 1);
  if (below.length > MOVED_MAX) throw new Refusal("network_too_large", { facts: { limit: MOVED_MAX } });
  const asked = [refereeId, advocateId, ...(formerAdvocateId === null ? [] : [formerAdvocateId])];
  const { advocates: people } = await holdParticipants(tx, { advocateIds: asked, externalIds: [] });
  const referee = people.find(({ id }) => id === refereeId);
  const wanted = people.find(({ id }) => id === advocateId);
  if (!referee || !wanted) throw new Refusal("not_found");
  const { hashOf } = await findEmailOwners(tx, [], [refereeId, advocateId]);
  const emailHash = hashOf.get(refereeId) ?? "";
  const isSamePerson = refereeId !== advocateId && hashOf.get(advocateId) === emailHash;
  const refusal = refuseMove(referee, wanted, formerAdvocateId, isSamePerson);
  if (refusal) throw refusal;
  if (referral === null || referral.status === "not_eligible") await refuseTwice(tx, emailHash, refereeId);
  const advocate = await findPlace(tx, wanted, referee, 1 + below.length);
  if (advocate.id === formerAdvocateId) throw new Refusal("same_advocate");
  return { referee, emailHash, referral, formerAdvocateId, advocate, inviterId: wanted.id, below };
}

/** Whoever had joined before, under whatever name, counts as referred once. */
async function refuseTwice(tx: Tx, emailHash: string, refereeId: string): Promise<void> {
  const known = await listReferredPeople(tx, [emailHash]);
  if (known.some((one) => one.refereeId !== refereeId)) throw new Refusal("already_referred");
}

async function findPlace(
  tx: Tx,
  wanted: Participant,
  referee: Participant,
  signups: number,
): Promise<Participant> {
  const program = await findProgram(tx);
  const found = await findSeats(tx, program, new Map([[wanted.id, { ...wanted, emailHash: null }]]), signups);
  // A place below whoever moves would close a circle.
  const isOutside = (id: string) =>
    id !== referee.id && !found.advocates.get(id)?.upline.includes(referee.id);
  const seats: Seats = {
    ...found,
    places: new Map(
      [...found.places].map(([id, open]) => [id, open.filter((place) => isOutside(place.participantId))]),
    ),
  };
  const left = seatsLeft(wanted, seats);
  if (left === null || left > 0) return wanted;
  const full = { kind: "refused", advocateId: wanted.id, reason: "direct_limit_reached" } as const;
  const seat = program.overflow === "spillover" ? seatOf(full, program.overflow, seats) : null;
  if (seat?.kind === "placed") return seat.advocate;
  throw new Refusal("direct_limit_reached", { facts: { limit: wanted.directLimit ?? 0 } });
}
