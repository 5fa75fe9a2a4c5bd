import { appendEvents } from "../events/append-events.ts";
import { parseCode } from "../links/code.ts";
import { findTargets } from "../links/find-targets.ts";
import { findEmailOwners } from "../participants/find-email-owners.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { type Claim, refuseClaim } from "./claim.ts";
import { claimFact } from "./claim-fact.ts";
import { findReferrals } from "./find-referrals.ts";
import { holdSignups } from "./hold-signups.ts";
import { insertClaim } from "./store/claims.ts";

export type ClaimOrder = {
  participant: { id: ParticipantId; createdAt: Date };
  /** One of the two. */
  code: string | null;
  emailHash: string | null;
  invitedOn: string | null;
  note: string | null;
};

/** Days in which an operator decides. */
const OPEN_DAYS_MAX = 60;
const DAY_MS = 86_400_000;

/**
 * Somebody says who invited them. An unknown code is told at once; whether an address belongs to anybody here is told
 * to nobody but the operator.
 */
export async function claimReferral(tx: Tx, order: ClaimOrder): Promise<Claim> {
  const { participant, code, invitedOn, note } = order;
  // A sign-up or a decision under way comes before or after.
  await holdSignups(tx);
  const { claimWindowDays } = await findProgram(tx);
  const advocateId = code === null ? await ownerOf(tx, order.emailHash ?? "") : await targetOf(tx, code);
  const referral = (await findReferrals(tx, [participant.id])).get(participant.id) ?? null;
  const refusal = refuseClaim(participant, referral, advocateId, claimWindowDays, tx.now);
  if (refusal) throw refusal;
  const expiresAt = new Date(tx.now.getTime() + OPEN_DAYS_MAX * DAY_MS);
  const claim = await insertClaim(tx, {
    ...{ id: tx.newId("clm"), participantId: participant.id, code, advocateId },
    ...{ invitedOn, note, expiresAt },
  });
  if (!claim) throw new Refusal("claim_open");
  await appendEvents(tx, [claimFact("claim.created", claim)]);
  return claim;
}

async function targetOf(tx: Tx, text: string): Promise<ParticipantId> {
  const code = parseCode(text) ?? "";
  const target = (await findTargets(tx, [code])).get(code);
  if (target && target.programId === tx.programId) return target.participantId;
  throw new Refusal("unknown_code", {
    errors: [{ pointer: "/code", code: "unknown_code", message: "Nobody in this program has this code." }],
  });
}

async function ownerOf(tx: Tx, emailHash: string): Promise<ParticipantId | null> {
  const { hashOf, taken } = await findEmailOwners(tx, [emailHash], []);
  if (!taken.has(emailHash)) return null;
  const [owner] = [...hashOf].find(([, hash]) => hash === emailHash) ?? [];
  return (owner as ParticipantId | undefined) ?? null;
}
