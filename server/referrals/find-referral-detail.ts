import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { ReferralDetail } from "./contract.ts";
import { findReferral } from "./find-referral.ts";
import { reassignmentWire, referralEntryWire, touchWire } from "./presentation.ts";
import { decisionSentence } from "./referral.ts";
import { listReassignments } from "./store/reassignments.ts";
import { listTouches } from "./store/touches.ts";

const REASSIGNMENTS_MAX = 200;

/** A referral with everything the sign-up came by, and why it was decided as it was. */
export async function findReferralDetail(reader: Reader, id: string): Promise<ReferralDetail> {
  const referral = await findReferral(reader, id);
  const touches = await listTouches(reader, referral.id);
  const reassignments = await listReassignments(reader, referral.refereeId, REASSIGNMENTS_MAX);
  const people = [
    ...[referral.refereeId, referral.advocateId],
    ...touches.map(({ advocateId }) => advocateId),
    ...reassignments.flatMap(({ formerAdvocateId, advocateId }) => [formerAdvocateId, advocateId]),
  ];
  const persons = await findPersons(
    reader,
    people.filter((one) => one !== null),
  );
  const names = new Map([...persons].map(([person, { name }]) => [person, name]));
  return {
    ...referralEntryWire(referral, names),
    decision: decisionSentence(referral, touches, reassignments.length > 0),
    touches: touches.map((touch) => touchWire(touch, referral.attributionModel, names)),
    reassignments: reassignments.map((one) => reassignmentWire(one, names)),
  };
}
