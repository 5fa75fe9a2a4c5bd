import { findParticipant } from "../participants/find-participant.ts";
import type { Tx } from "../platform/database.ts";
import { emailHash, isEmail } from "../primitives/email.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { verdictOf } from "./actions.ts";
import { findGround } from "./find-ground.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { peopleProblems } from "./people.ts";
import { readFriendName, readPersonalMessage } from "./personal-message.ts";
import {
  deleteTokens,
  insertTokens,
  moveInvitations,
  updateIdentity,
  updateInvitation,
} from "./store/invitations.ts";
import { invitationToken, tokenHash } from "./token.ts";

export type InvitationChange = {
  email?: string;
  name?: string;
  message?: string;
  language?: string;
  scheduledAt?: Date | null;
  expiresAt?: Date;
};

/** Changes what has not gone out, or what came back: a new address makes the token of the old one worthless. */
export async function setInvitation(
  tx: Tx,
  invitation: NamedInvitation,
  change: InvitationChange,
  key: string,
): Promise<void> {
  const verdict = verdictOf("edit", invitation, { now: tx.now, mayRemind: false });
  if (verdict.kind === "may_not")
    throw new Refusal("invitation_state", { facts: { reason: verdict.because.message } });
  const errors: FieldProblem[] = [];
  const name = readFriendName(change.name ?? invitation.name);
  const message = readPersonalMessage(change.message ?? invitation.message);
  if (name.kind === "refused") errors.push({ pointer: "/name", ...codeOf(name.problem) });
  if (message.kind === "refused") errors.push({ pointer: "/message", ...codeOf(message.problem) });
  const email = change.email ?? invitation.email;
  const isMoved = email !== invitation.email;
  if (isMoved) errors.push(...(await addressProblems(tx, invitation, email ?? "", key)));
  const scheduledAt = change.scheduledAt === undefined ? invitation.scheduledAt : change.scheduledAt;
  const expiresAt = change.expiresAt ?? invitation.expiresAt;
  if (change.scheduledAt && change.scheduledAt.getTime() <= tx.now.getTime())
    errors.push({ pointer: "/scheduled_at", code: "in_the_past", message: "This moment has passed." });
  if (expiresAt.getTime() <= (scheduledAt ?? tx.now).getTime())
    errors.push({
      pointer: "/expires_at",
      code: "in_the_past",
      message: "It would expire before it goes out.",
    });
  if (errors.length > 0) throw new Refusal("invalid_invitation", { errors });

  const { id } = invitation;
  const tokenNumber = isMoved ? invitation.tokenNumber + 1 : invitation.tokenNumber;
  const isWithheld = invitation.state === "bounced" ? isMoved : scheduledAt === null;
  if (isWithheld) await moveInvitations(tx, "withhold", [{ id }]);
  await updateInvitation(tx, id, {
    language: change.language ?? invitation.language,
    emailHash: email === null ? null : emailHash(email, key),
    scheduledAt: isWithheld ? null : scheduledAt,
    expiresAt,
    tokenNumber,
  });
  await updateIdentity(tx, id, {
    email,
    name: name.kind === "ok" ? name.text : "",
    message: message.kind === "ok" ? message.text : "",
  });
  if (isMoved) {
    await deleteTokens(tx, [id]);
    await insertTokens(tx, [{ id, tokenHash: tokenHash(invitationToken(id, tokenNumber, key)) }]);
  }
  if (change.scheduledAt) await moveInvitations(tx, "schedule", [{ id }]);
}

const codeOf = ({ code, message }: { code: string; message: string }) => ({ code, message });

async function addressProblems(
  tx: Tx,
  { inviterId, channel, name }: NamedInvitation,
  email: string,
  key: string,
): Promise<FieldProblem[]> {
  const inviter = await findParticipant(tx, { kind: "system" }, inviterId);
  const hash = isEmail(email) ? emailHash(email, key) : null;
  const terms = await findTerms(tx);
  const ground = await findGround(tx, {
    ...{ inviter, channel, terms, key, now: tx.now },
    emailHashes: hash === null ? [] : [hash],
  });
  const [problem] = peopleProblems([{ email, emailHash: hash, name }], ground);
  return problem && problem.field === "email" ? [{ pointer: "/email", ...codeOf(problem) }] : [];
}
