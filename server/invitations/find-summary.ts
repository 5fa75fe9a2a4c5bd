import type { Reader } from "../platform/database.ts";
import type { SummaryAnswer } from "./contract.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import { INVITATION_STATES } from "./invitation.ts";
import { dayOf, memberAllowance } from "./limits.ts";
import { listAllowances } from "./store/allowances.ts";
import { countPending, countStates } from "./store/invitations.ts";

/** How many invitations stand where, and how many a member may still send. */
export async function findSummary(
  reader: Reader,
  { inviterId, batchId, now }: { inviterId: string | null; batchId: string | null; now: Date },
): Promise<SummaryAnswer> {
  const terms = await findTerms(reader);
  const counted = new Map(
    (await countStates(reader, { inviterId, batchId })).map(({ state, count }) => [state, Number(count)]),
  );
  const counts = Object.fromEntries(INVITATION_STATES.map((state) => [state, counted.get(state) ?? 0]));
  return {
    counts: counts as SummaryAnswer["counts"],
    limits: inviterId === null ? null : await limitsOf(reader, inviterId, now),
    expires_days: terms.expiresDays,
    mails_to_europe: terms.mailsToEurope,
  };
}

async function limitsOf(reader: Reader, inviterId: string, now: Date): Promise<SummaryAnswer["limits"]> {
  const [terms, member] = [await findTerms(reader), await findMember(reader, inviterId)];
  const { day, until } = dayOf(now);
  const [used] = await listAllowances(reader, [`member ${inviterId}`], day);
  const pending = Number((await countPending(reader, inviterId)).count);
  const perDay = memberAllowance(terms, member);
  return {
    per_day: perDay,
    left_today: Math.max(0, perDay - (used?.used ?? 0)),
    pending_max: terms.perMemberPending,
    left_pending: Math.max(0, terms.perMemberPending - pending),
    until: until.toISOString(),
    is_new: perDay < terms.perMemberDay,
  };
}
