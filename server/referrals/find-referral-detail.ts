import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { ReferralDetail } from "./contract.ts";
import { findReferral } from "./find-referral.ts";
import { referralEntryWire, touchWire } from "./presentation.ts";
import { decisionSentence } from "./referral.ts";
import { listTouches } from "./store/touches.ts";

/** A referral with everything the sign-up came by, and why it was decided as it was. */
export async function findReferralDetail(reader: Reader, id: string): Promise<ReferralDetail> {
  const referral = await findReferral(reader, id);
  const touches = await listTouches(reader, referral.id);
  const people = [referral.refereeId, referral.advocateId, ...touches.map(({ advocateId }) => advocateId)];
  const persons = await findPersons(
    reader,
    people.filter((one) => one !== null),
  );
  const names = new Map([...persons].map(([person, { name }]) => [person, name]));
  return {
    ...referralEntryWire(referral, names),
    decision: decisionSentence(referral, touches),
    touches: touches.map((touch) => touchWire(touch, referral.attributionModel, names)),
  };
}
