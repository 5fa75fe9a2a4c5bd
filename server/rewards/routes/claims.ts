import { actorId } from "../../access/actor.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Tx } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ClaimAnswer, ClaimParams } from "../../referrals/contract/claims.ts";
import { decideClaim } from "../../referrals/decide-claim.ts";
import { findClaims } from "../../referrals/find-claims.ts";
import { holdOpenClaim } from "../../referrals/hold-open-claim.ts";
import { ClaimApproval, ClaimRejection, ReassignmentAnswer } from "../contract/reassignments.ts";
import { decideMove } from "./decide-move.ts";
import type { RewardsDeps } from "./deps.ts";

const ONE = { participantId: null, states: null, after: null, before: null, limit: 1 };

export const claimDecisionRoutes = ({ db, plans }: RewardsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/claims/:claim/approve",
    operation: "claims.approve",
    limit: "money",
    summary:
      "Approve a claim: the friend is put under who invited them, and their purchases are settled again",
    tag: "Referrals",
    schema: {
      params: ClaimParams,
      body: ClaimApproval,
      response: { 200: ReassignmentAnswer, 202: ReassignmentAnswer },
    },
    handle: async ({ params, body, actor, requestId, programId, write }) => {
      const { claim, advocateId } = await db.read(programId, async (reader) => {
        const [found] = await findClaims(reader, { ...ONE, id: params.claim }, false);
        if (!found) throw new Refusal("not_found");
        const named = body.advocate_id ?? found.advocate_id;
        if (named === null) throw advocateMissing();
        return { claim: found, advocateId: (await findParticipant(reader, actor, named)).id };
      });
      const order = {
        ...{ refereeId: claim.participant_id, advocateId, reason: body.reason, actor },
        ...{ claimId: claim.id, proposalId: null },
      };
      const means = { write, cache: plans, hold: (tx: Tx) => holdOpenClaim(tx, claim.id) };
      return decideMove(means, order, async (tx, subjectId, changes, isDone) => {
        const decision = { state: "approved", advocateId, decidedBy: actorId(actor) } as const;
        if (isDone) await decideClaim(tx, claim.id, { ...decision, reason: body.reason });
        await recordAudit(tx, [
          ...[{ actor, operation: "claims.approve", subjectId: claim.id, requestId } as const],
          ...[{ actor, operation: "referrals.reassign", subjectId, requestId, changes } as const],
        ]);
      });
    },
  }),
  door({
    method: "POST",
    path: "/v1/claims/:claim/reject",
    operation: "claims.reject",
    limit: "write",
    summary: "Reject a claim; whoever made it reads the reason",
    tag: "Referrals",
    schema: { params: ClaimParams, body: ClaimRejection, response: { 200: ClaimAnswer } },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const decision = { state: "rejected", advocateId: null, decidedBy: actorId(actor) } as const;
        const { id } = await decideClaim(tx, params.claim, { ...decision, reason: body.reason });
        await recordAudit(tx, [{ actor, operation: "claims.reject", subjectId: id, requestId }]);
        const [answer] = await findClaims(tx, { ...ONE, id }, false, false);
        return { status: 200, body: answer };
      }),
  }),
];

function advocateMissing(): Refusal {
  const message = "The claim names nobody here: say who it was.";
  return new Refusal("invalid_request", {
    errors: [{ pointer: "/advocate_id", code: "advocate_missing", message }],
  });
}
