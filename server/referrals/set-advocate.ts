import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { uplineUnder } from "../participants/participant.ts";
import { recordDirectCounts } from "../participants/record-direct-counts.ts";
import { recordOpenPlaces } from "../participants/record-open-places.ts";
import { setReassignedUplines } from "../participants/set-reassigned-uplines.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { claimPlaces } from "./claim-places.ts";
import { hasPlace, type Move, peopleByLevel, type Reassignment } from "./reassignment.ts";
import { type Referral, reassignedFact, referralFact } from "./referral.ts";
import { insertLateReferral, insertReassignment, moveReferral } from "./store/reassignments.ts";
import { insertReferredPeople } from "./store.ts";

/**
 * Puts somebody, with everybody below them, under another advocate, as was decided. Whoever stood above counts them no
 * longer, whoever stands above now does, and a place that becomes free goes to who waits for it.
 */
export async function setAdvocate(
  tx: Tx,
  move: Move,
  reassignment: Omit<Reassignment, "decidedAt">,
): Promise<Referral> {
  const { referee, advocate, formerAdvocateId, below } = move;
  await insertReassignment(tx, reassignment);
  const referral = await storeReferral(tx, move, reassignment);
  const belowIds = below.map(({ id }) => id);
  await setReassignedUplines(tx, reassignment.id, referee.id, belowIds, advocate);
  if (formerAdvocateId !== null) await recordDirectCounts(tx, [formerAdvocateId], -1);
  await recordDirectCounts(tx, [advocate.id]);
  await appendEvents(tx, factsOf(move, referral, reassignment));
  if ((await findProgram(tx)).overflow === "spillover")
    await recordOpenPlaces(tx, [
      ...[advocate.id, referee.id, ...belowIds],
      ...(formerAdvocateId === null ? [] : [formerAdvocateId]),
    ]);
  await claimPlaces(tx);
  return referral;
}

async function storeReferral(
  tx: Tx,
  { referee, emailHash, referral, advocate, inviterId }: Move,
  { referralId }: Pick<Reassignment, "referralId">,
): Promise<Referral> {
  const beside = inviterId === advocate.id ? null : inviterId;
  const placed = { advocateId: advocate.id, inviterId: beside };
  const begun = { status: "joined", reasons: [], waitNumber: null } as const;
  if (referral === null || referral.status === "not_eligible")
    await insertReferredPeople(tx, [{ email_hash: emailHash, referee_id: referee.id }]);
  if (referral !== null) {
    await moveReferral(tx, referee.id, advocate.id, beside);
    return { ...referral, ...begun, reasons: [], advocateId: advocate.id, inviterId };
  }
  const { createdAt } = await insertLateReferral(tx, { id: referralId, refereeId: referee.id, ...placed });
  const decided = { attributionModel: null, attributionVersion: null, channel: null };
  return {
    ...{ ...begun, reasons: [], ...decided, createdAt },
    ...{ id: referralId, refereeId: referee.id, advocateId: advocate.id, inviterId },
  };
}

/** Told to those above: who leaves them, and who is new below them, level by level. */
function factsOf(
  { referee, referral, formerAdvocateId, advocate, below }: Move,
  made: Referral,
  { id }: Pick<Reassignment, "id">,
): Fact[] {
  const upline = uplineUnder(advocate);
  const isFirst = referral === null || referral.status === "waitlisted";
  const moved = (
    type: "referral.departed" | "referral.arrived",
    audience: Fact["audience"],
    object: object,
  ) => ({
    ...{ type, subjectId: made.id, audience },
    object: { id: made.id, referee_id: referee.id, reassignment_id: id, ...object },
  });
  const facts: Fact[] = [];
  if (referral !== null && hasPlace(referral.status))
    facts.push(
      moved("referral.departed", referee.upline, {
        people: peopleByLevel(below, true),
        qualified: Number(referral.status !== "joined"),
        rewarded: Number(referral.status === "rewarded"),
      }),
    );
  facts.push(
    isFirst ? referralFact("referral.created", made, upline) : reassignedFact(made, formerAdvocateId, id),
  );
  if (!isFirst || below.length > 0)
    facts.push(moved("referral.arrived", upline, { people: peopleByLevel(below, !isFirst) }));
  return facts;
}
