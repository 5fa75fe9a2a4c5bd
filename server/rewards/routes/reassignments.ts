import { type Actor, actorId } from "../../access/actor.ts";
import { type Answer, type AnyDoor, door } from "../../access/door.ts";
import type { Operation } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Tx } from "../../platform/database.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ReferralParams } from "../../referrals/contract.ts";
import { decideClaim } from "../../referrals/decide-claim.ts";
import { decideProposal } from "../../referrals/decide-proposal.ts";
import { wordsOf } from "../../referrals/filter-words.ts";
import { findProposals } from "../../referrals/find-proposals.ts";
import { findRefereeId } from "../../referrals/find-referee-id.ts";
import { PROPOSAL_STATES } from "../../referrals/proposal.ts";
import * as contract from "../contract/reassignments.ts";
import { findProposalAnswers } from "../find-proposal-answers.ts";
import { findReassignmentAnswer } from "../find-reassignment-answer.ts";
import { findReferralTrace } from "../find-referral-trace.ts";
import { previewReassignment } from "../preview-reassignment.ts";
import { reassignReferral } from "../reassign-referral.ts";
import { decideMove } from "./decide-move.ts";
import type { RewardsDeps } from "./deps.ts";

export const reassignmentRoutes = (deps: RewardsDeps): AnyDoor[] => [
  reassignDoor(deps),
  traceDoor(deps),
  listDoor(deps),
  approveDoor(deps),
  rejectDoor(deps),
];

const reassignDoor = ({ db, plans }: RewardsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/referrals/:referral/reassign",
    operation: "referrals.reassign",
    limit: "money",
    summary: "Put a friend under another advocate, or under one at last; what they bought is settled again",
    tag: "Referrals",
    schema: {
      params: ReferralParams,
      query: contract.ReassignQuery,
      body: contract.ReassignmentOrder,
      response: { 200: contract.ReassignmentAnswer, 202: contract.ReassignmentAnswer },
    },
    handle: async ({ params, query, body, actor, requestId, programId, write }) => {
      const people = await db.read(programId, async (reader) => ({
        refereeId: await findRefereeId(reader, params.referral),
        advocateId: (await findParticipant(reader, actor, body.advocate_id)).id,
      }));
      const reason = body.reason ?? "";
      const order = { ...people, reason, actor, claimId: null, proposalId: null };
      if (query.preview === "true") {
        const made = await previewReassignment(
          db,
          programId,
          { ...order, reason: reason || "A preview" },
          plans,
        );
        const body = await db.read(programId, (reader) =>
          findReassignmentAnswer(reader, made, "preview", null),
        );
        return { status: 200, body };
      }
      if (reason === "") throw reasonMissing();
      return decideMove({ write, cache: plans }, order, (tx, subjectId, changes) =>
        recordAudit(tx, [{ actor, operation: "referrals.reassign", subjectId, requestId, changes }]),
      );
    },
  });

function reasonMissing(): Refusal {
  const message = "Say why: the reason stays with the decision.";
  return new Refusal("invalid_request", {
    errors: [{ pointer: "/reason", code: "reason_missing", message }],
  });
}

const traceDoor = ({ db }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/referrals/:referral/trace",
    operation: "referrals.trace",
    limit: "read",
    summary: "How a referral came about and what it brought, step by step",
    tag: "Referrals",
    schema: { params: ReferralParams, response: { 200: contract.ReferralTrace } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, (reader) => findReferralTrace(reader, params.referral)),
    }),
  });

const listDoor = ({ db }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/reassignment_proposals",
    operation: "reassignments.list",
    limit: "read",
    summary: "Reassignments that need, or had, a second person, newest first",
    tag: "Referrals",
    schema: { query: contract.ProposalsQuery, response: { 200: contract.ProposalList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const rows = await findProposals(reader, {
          ...pageWindow(query, "rap"),
          states: wordsOf(query.state, PROPOSAL_STATES, "state"),
          refereeId: query.referee_id ?? null,
        });
        return pageOf(
          await findProposalAnswers(reader, rows),
          query,
          (row) => row.id,
          (row) => row,
        );
      }),
    }),
  });

const approveDoor = ({ plans }: RewardsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/reassignment_proposals/:proposal/approve",
    operation: "reassignments.approve",
    limit: "money",
    summary: "Approve, as the second person, what somebody else has proposed",
    tag: "Referrals",
    schema: { params: contract.ProposalParams, response: { 200: contract.ReassignmentAnswer } },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        const decision = { state: "approved", decidedBy: actorId(actor), reason: null } as const;
        const proposal = await decideProposal(tx, params.proposal, decision);
        const { refereeId, advocateId, reason, claimId } = proposal;
        // The claim ends first: one that was rejected meanwhile is not approved by the way.
        if (claimId !== null) await decideClaim(tx, claimId, { ...decision, advocateId, reason });
        const order = { refereeId, advocateId, reason, actor, claimId, proposalId: proposal.id };
        const made = await reassignReferral(tx, order, plans);
        await audit(tx, actor, "reassignments.approve", proposal.id, requestId);
        return { status: 200, body: await findReassignmentAnswer(tx, made, "reassigned", proposal.id) };
      }),
  });

const rejectDoor = (_deps: RewardsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/reassignment_proposals/:proposal/reject",
    operation: "reassignments.reject",
    limit: "write",
    summary: "Reject what somebody has proposed, or take back one's own",
    tag: "Referrals",
    schema: {
      params: contract.ProposalParams,
      body: contract.ProposalRejection,
      response: { 200: contract.ProposalAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx): Promise<Answer> => {
        const decision = { state: "rejected", decidedBy: actorId(actor), reason: body.reason } as const;
        const proposal = await decideProposal(tx, params.proposal, decision);
        await audit(tx, actor, "reassignments.reject", proposal.id, requestId);
        const [answer] = await findProposalAnswers(tx, [proposal], false);
        return { status: 200, body: answer };
      }),
  });

function audit(
  tx: Tx,
  actor: Actor,
  operation: Operation,
  subjectId: string,
  requestId: string,
): Promise<void> {
  return recordAudit(tx, [{ actor, operation, subjectId, requestId }]);
}
