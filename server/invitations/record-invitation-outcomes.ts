import { appendEvents } from "../events/append-events.ts";
import type { EventRecord, EventType } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import type { InvitationStep } from "./invitation.ts";
import { invitationFact } from "./invitation-fact.ts";
import { moveInvitations } from "./store/invitations.ts";

type Outcome = { step: InvitationStep; told: Parameters<typeof invitationFact>[0]; reason: string | null };

/** What the fate of its mail means for an invitation. */
const OUTCOMES: Partial<Record<EventType, Outcome>> = {
  "mail.sent": { step: "mail_sent", told: "invitation.sent", reason: null },
  "mail.delivered": { step: "mail_delivered", told: "invitation.delivered", reason: null },
  "mail.bounced": { step: "mail_bounced", told: "invitation.bounced", reason: "address_bounced" },
  "mail.failed": { step: "mail_bounced", told: "invitation.bounced", reason: "mail_failed" },
  "mail.complained": { step: "mail_suppressed", told: "invitation.suppressed", reason: "cannot_be_invited" },
  "mail.suppressed": { step: "mail_suppressed", told: "invitation.suppressed", reason: "cannot_be_invited" },
};

/** The events of mails that say something about invitations. */
export const MAIL_OUTCOMES = Object.keys(OUTCOMES) as EventType[];

/** Moves invitations on as their mails arrive, come back or are refused; in the order of the log. */
export async function recordInvitationOutcomes(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  for (const run of runsOf(events)) {
    const outcome = OUTCOMES[run.type];
    if (!outcome) continue;
    const ids = [...new Set(run.subjectIds)];
    const moved = await moveInvitations(
      tx,
      outcome.step,
      ids.map((id) => ({ id, reason: outcome.reason })),
    );
    await appendEvents(
      tx,
      moved.map((one) => invitationFact(outcome.told, one)),
    );
  }
}

/** Neighbours of one kind together: few statements, and still in order. */
function runsOf(events: readonly EventRecord[]): { type: EventType; subjectIds: string[] }[] {
  const runs: { type: EventType; subjectIds: string[] }[] = [];
  for (const { type, data } of events) {
    const subjectId = data.object?.["subject_id"];
    if (typeof subjectId !== "string" || !subjectId.startsWith("inv_")) continue;
    const last = runs.at(-1);
    if (last?.type === type) last.subjectIds.push(subjectId);
    else runs.push({ type, subjectIds: [subjectId] });
  }
  return runs;
}
