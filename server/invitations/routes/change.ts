import type { Answer, AnyDoor, Call } from "../../access/door.ts";
import { door } from "../../access/door.ts";
import type { Operation } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import type { Tx } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { verdictOf } from "../actions.ts";
import { cancelInvitations } from "../cancel-invitations.ts";
import * as contract from "../contract.ts";
import { findInvitationAnswers } from "../find-invitation-answers.ts";
import { holdInvitation } from "../hold-invitation.ts";
import type { NamedInvitation } from "../invitation.ts";
import { resendInvitation } from "../resend-invitation.ts";
import { type Sender, sendInvitations } from "../send-invitations.ts";
import { setInvitation } from "../set-invitation.ts";
import { listInvitations } from "../store/invitations.ts";
import { type InvitationsDeps, postingOf, senderOf } from "./deps.ts";

type Change = (tx: Tx, invitation: NamedInvitation, sender: Sender) => Promise<unknown>;
type ChangeCall = Pick<
  Call<{ params: typeof contract.InvitationParams }>,
  "actor" | "address" | "params" | "programId" | "requestId" | "write"
>;

export const changeDoors = (deps: InvitationsDeps): AnyDoor[] => [
  patchDoor(deps),
  actionDoor(deps, "send", "Send a draft, or what was scheduled, now", (tx, { id }, sender) =>
    sendInvitations(tx, [id], sender, postingOf(deps)),
  ),
  actionDoor(deps, "resend", "Send it again, at most once in 24 hours", (tx, invitation, sender) =>
    resendInvitation(tx, invitation, "resend", sender, postingOf(deps)),
  ),
  actionDoor(deps, "remind", "Send its one reminder", (tx, invitation, sender) =>
    resendInvitation(tx, invitation, "remind", sender, postingOf(deps)),
  ),
  actionDoor(deps, "cancel", "End it: what has not left stays here, and its link says so", cancel),
];

const patchDoor = (deps: InvitationsDeps): AnyDoor =>
  door({
    method: "PATCH",
    path: "/v1/invitations/:invitation",
    operation: "invitations.update",
    limit: "write",
    summary: "Change what has not gone out, or correct the address of what came back",
    tag: "Invitations",
    schema: {
      params: contract.InvitationParams,
      body: contract.InvitationPatch,
      response: { 200: contract.InvitationAnswer },
    },
    handle: async (call) => {
      const { scheduled_at, expires_at, email, ...rest } = call.body;
      const change = {
        ...rest,
        ...(email === undefined ? {} : { email: email.trim() }),
        ...(scheduled_at === undefined
          ? {}
          : { scheduledAt: scheduled_at === null ? null : new Date(scheduled_at) }),
        ...(expires_at === undefined ? {} : { expiresAt: new Date(expires_at) }),
      };
      return changed(deps, call, "invitations.update", (tx, invitation) =>
        setInvitation(tx, invitation, change, deps.key),
      );
    },
  });

function actionDoor(
  deps: InvitationsDeps,
  action: "send" | "resend" | "remind" | "cancel",
  summary: string,
  change: Change,
): AnyDoor {
  const operation = `invitations.${action}` as const;
  return door({
    method: "POST",
    path: `/v1/invitations/:invitation/${action}`,
    operation,
    limit: "write",
    summary,
    tag: "Invitations",
    schema: { params: contract.InvitationParams, response: { 200: contract.InvitationAnswer } },
    handle: (call) => changed(deps, call, operation, change),
  });
}

async function cancel(tx: Tx, invitation: NamedInvitation): Promise<void> {
  const verdict = verdictOf("cancel", invitation, { now: tx.now, mayRemind: false });
  if (verdict.kind === "may_not")
    throw new Refusal("invitation_state", { facts: { reason: verdict.because.message } });
  await cancelInvitations(tx, [invitation]);
}

async function changed(
  deps: InvitationsDeps,
  call: ChangeCall,
  operation: Operation,
  change: Change,
): Promise<Answer> {
  const { actor, params, programId, requestId, write } = call;
  const done = await write(async (tx) => {
    const invitation = await holdInvitation(tx, actor, params.invitation);
    await change(tx, invitation, senderOf(call, deps.key));
    await recordAudit(tx, [{ actor, operation, subjectId: invitation.id, requestId }]);
    return { status: 200, body: { id: invitation.id } };
  });
  deps.announce(programId);
  const body = await deps.db.read(programId, async (reader) => {
    const rows = await listInvitations(reader, [params.invitation]);
    const around = { publicUrl: deps.publicUrl(), key: deps.key, now: new Date() };
    return (await findInvitationAnswers(reader, rows, around))[0];
  });
  return { ...done, body };
}
