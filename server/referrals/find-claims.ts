import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { Claim } from "./claim.ts";
import type { ClaimAnswer } from "./contract/claims.ts";
import { type ClaimFilter, listClaims } from "./store/claims.ts";

/** Claims, newest first. `isOwn`: for whoever made them, who is not told whether an address belongs to anybody. */
export async function findClaims(
  reader: Reader,
  filter: ClaimFilter,
  isOwn: boolean,
  /** False for an answer that is stored: names are not. */
  isNamed = true,
): Promise<ClaimAnswer[]> {
  const claims = await listClaims(reader, filter);
  const persons = await findPersons(
    reader,
    (isNamed ? claims : []).flatMap(({ participantId, advocateId }) => [
      participantId,
      ...(advocateId === null ? [] : [advocateId]),
    ]),
  );
  const nameOf = (id: string | null): string | null => (id === null ? null : (persons.get(id)?.name ?? null));
  return claims.map((claim) => claimWire(isOwn ? withoutAdvocate(claim) : claim, nameOf));
}

function withoutAdvocate(claim: Claim): Claim {
  return { ...claim, advocateId: null, decidedBy: null };
}

function claimWire(claim: Claim, nameOf: (id: string | null) => string | null): ClaimAnswer {
  return {
    id: claim.id,
    participant_id: claim.participantId,
    participant_name: nameOf(claim.participantId),
    code: claim.code,
    advocate_id: claim.advocateId,
    advocate_name: nameOf(claim.advocateId),
    invited_on: claim.invitedOn,
    note: claim.note,
    state: claim.state,
    created_at: claim.createdAt.toISOString(),
    expires_at: claim.expiresAt.toISOString(),
    decided_by: claim.decidedBy,
    decided_at: claim.decidedAt?.toISOString() ?? null,
    decision_reason: claim.decisionReason,
  };
}
