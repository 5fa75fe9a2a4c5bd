import type { Actor } from "../../access/actor.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { setParticipant } from "../../participants/set-participant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ParticipantAnswer, ParticipantParams, ParticipantPatch } from "../contract.ts";
import { findParticipantAnswers } from "../find-participant-answers.ts";
import type { ReferralsDeps } from "./deps.ts";

/** What the operator says about a person, as plans read it; and what people say about themselves. */
export const changeParticipantRoute = ({ db, publicUrl }: ReferralsDeps): AnyDoor =>
  door({
    method: "PATCH",
    path: "/v1/participants/:participant",
    operation: "participants.update",
    limit: "write",
    summary: "Change what is said about a participant",
    tag: "Participants",
    schema: {
      params: ParticipantParams,
      body: ParticipantPatch,
      response: { 200: ParticipantAnswer },
    },
    // Doing it twice changes nothing more, so the answer, which names a person, is not stored for replays.
    handle: ({ actor, body, params, programId, requestId }) =>
      db.write(programId, async (tx) => {
        refuseForeignFields(actor, body);
        const { id } = await findParticipant(tx, actor, params.participant);
        await setParticipant(tx, id, body);
        const changes = { fields: Object.keys(body) };
        await recordAudit(tx, [
          { actor, operation: "participants.update", subjectId: id, requestId, changes },
        ]);
        const answers = await findParticipantAnswers(tx, [id], publicUrl());
        return { status: 200, body: answers.get(id) };
      }),
  });

/** Where somebody lives and which group they belong to decides what they earn, so they do not say it themselves. */
const OWN_FIELDS: ReadonlySet<string> = new Set(["name_shown", "marketing_consent"]);

function refuseForeignFields(actor: Actor, body: object): void {
  if (actor.kind !== "participant") return;
  if (Object.keys(body).some((field) => !OWN_FIELDS.has(field))) throw new Refusal("not_permitted");
}
