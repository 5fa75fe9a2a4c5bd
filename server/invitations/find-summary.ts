import type { Reader } from "../platform/database.ts";
import type { SummaryAnswer } from "./contract.ts";
import { findRoom } from "./find-room.ts";
import { findTerms } from "./find-terms.ts";
import { INVITATION_STATES } from "./invitation.ts";
import { dayOf } from "./limits.ts";
import { countStates } from "./store/invitations.ts";

/** How many invitations stand where, and how many a member may still send. */
export async function findSummary(
  reader: Reader,
  { inviterId, batchId, now }: { inviterId: string | null; batchId: string | null; now: Date },
): Promise<Omit<SummaryAnswer, "mails_are_sent">> {
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
  const room = await findRoom(reader, inviterId, now);
  return {
    per_day: room.perDay,
    left_today: room.leftToday,
    pending_max: room.pendingMax,
    left_pending: room.leftPending,
    until: dayOf(now).until.toISOString(),
    is_new: room.isNew,
  };
}
