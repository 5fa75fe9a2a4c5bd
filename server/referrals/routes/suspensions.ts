import { type AnyDoor, type Call, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Tx } from "../../platform/database.ts";
import { ParticipantAnswer, ParticipantParams, Suspension } from "../contract.ts";
import { findParticipantAnswers } from "../find-participant-answers.ts";
import { reinstateParticipant } from "../reinstate-participant.ts";
import { suspendParticipant } from "../suspend-participant.ts";
import type { ReferralsDeps } from "./deps.ts";

export const suspensionRoutes = (deps: ReferralsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/participants/:participant/suspend",
    operation: "participants.suspend",
    limit: "write",
    summary: "Suspend a participant: their invitations and shares rest; they read the reason",
    tag: "Participants",
    schema: { params: ParticipantParams, body: Suspension, response: { 200: ParticipantAnswer } },
    handle: (call) =>
      changed(deps, call, "participants.suspend", (tx, id) => suspendParticipant(tx, id, call.body.reason)),
  }),
  door({
    method: "POST",
    path: "/v1/participants/:participant/reinstate",
    operation: "participants.reinstate",
    limit: "write",
    summary: "Let a suspended participant take part again; what was held for them is let go",
    tag: "Participants",
    schema: { params: ParticipantParams, response: { 200: ParticipantAnswer } },
    handle: (call) => changed(deps, call, "participants.reinstate", reinstateParticipant),
  }),
];

/** Doing it twice changes nothing more, so the answer, which names a person, is not stored for replays. */
function changed(
  { db, publicUrl }: ReferralsDeps,
  call: Pick<Call<{ params: typeof ParticipantParams }>, "actor" | "params" | "programId" | "requestId">,
  operation: "participants.suspend" | "participants.reinstate",
  change: (tx: Tx, id: string) => Promise<boolean>,
) {
  const { actor, params, programId, requestId } = call;
  return db.write(programId, async (tx) => {
    const { id } = await findParticipant(tx, actor, params.participant);
    const isChanged = await change(tx, id);
    if (isChanged) await recordAudit(tx, [{ actor, operation, subjectId: id, requestId }]);
    const answers = await findParticipantAnswers(tx, [id], publicUrl());
    return { status: 200, body: answers.get(id) };
  });
}
