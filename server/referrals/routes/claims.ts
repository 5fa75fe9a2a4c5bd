import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { emailHash, isEmail } from "../../primitives/email.ts";
import { parseInstant } from "../../primitives/instant.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { type FieldProblem, Refusal } from "../../primitives/refusal.ts";
import { CLAIM_STATES } from "../claim.ts";
import { claimReferral } from "../claim-referral.ts";
import { ClaimAnswer, ClaimList, ClaimsQuery, NewClaim } from "../contract/claims.ts";
import { wordsOf } from "../filter-words.ts";
import { findClaims } from "../find-claims.ts";
import { findOpenClaims } from "../find-open-claims.ts";
import type { ReferralsDeps } from "./deps.ts";

const ONE = { participantId: null, states: null, after: null, before: null, limit: 1 };

export const claimRoutes = ({ db, emailKey }: ReferralsDeps): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/referrals/claim",
    operation: "referrals.claim",
    limit: "write",
    summary: "Say who invited somebody whom nobody counts for; the operator decides",
    tag: "Referrals",
    schema: { body: NewClaim, response: { 201: ClaimAnswer } },
    handle: async ({ body, actor, requestId, write }) => {
      refuseForm(body);
      const own = ownParticipant(actor);
      return write(async (tx) => {
        const participant = await findParticipant(tx, actor, own ?? body.participant ?? "");
        const { id } = await claimReferral(tx, {
          participant,
          code: body.code ?? null,
          emailHash: body.email === undefined ? null : emailHash(body.email.trim(), emailKey),
          ...{ invitedOn: body.invited_on ?? null, note: body.note ?? null },
        });
        await recordAudit(tx, [{ actor, operation: "referrals.claim", subjectId: id, requestId }]);
        const [answer] = await findClaims(tx, { ...ONE, id }, own !== null, false);
        return { status: 201, body: answer };
      });
    },
  }),
  door({
    method: "GET",
    path: "/v1/claims",
    operation: "claims.list",
    limit: "read",
    summary: "Claims, newest first, with how many wait for a decision; a participant sees their own",
    tag: "Referrals",
    schema: { query: ClaimsQuery, response: { 200: ClaimList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const own = ownParticipant(actor);
        const filter = { id: null, participantId: own, states: wordsOf(query.state, CLAIM_STATES, "state") };
        const claims = await findClaims(reader, { ...pageWindow(query, "clm"), ...filter }, own !== null);
        const page = pageOf(
          claims,
          query,
          (claim) => claim.id,
          (claim) => claim,
        );
        const isOpen = claims.some(({ state }) => state === "open");
        return { ...page, open: own === null ? await findOpenClaims(reader) : Number(isOpen) };
      }),
    }),
  }),
];

/** Exactly one way to name whoever it was, and a day that there is. */
function refuseForm({
  code,
  email,
  invited_on,
}: {
  code?: string;
  email?: string;
  invited_on?: string;
}): void {
  const errors: FieldProblem[] = [];
  if ((code === undefined) === (email === undefined))
    errors.push({
      pointer: "/code",
      code: "invalid_value",
      message: "Give a code or an e-mail address, one of them.",
    });
  if (email !== undefined && !isEmail(email.trim()))
    errors.push({ pointer: "/email", code: "invalid_email", message: "This is not an e-mail address." });
  if (invited_on !== undefined && parseInstant(`${invited_on}T00:00:00Z`) === null)
    errors.push({ pointer: "/invited_on", code: "invalid_value", message: "There is no such day." });
  if (errors.length > 0) throw new Refusal("invalid_request", { errors });
}
