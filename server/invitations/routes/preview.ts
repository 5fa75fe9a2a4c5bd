import { type AnyDoor, door } from "../../access/door.ts";
import { mayReadParticipant } from "../../access/permission.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract.ts";
import { findInviter } from "../find-inviter.ts";
import { findPreview } from "../find-preview.ts";
import { findTerms } from "../find-terms.ts";
import { daysAfter } from "../limits.ts";
import { readFriendName, readPersonalMessage } from "../personal-message.ts";
import { listInvitations } from "../store/invitations.ts";
import { type InvitationsDeps, postingOf } from "./deps.ts";

export const previewDoors = (deps: InvitationsDeps): AnyDoor[] => [draftDoor(deps), previewDoor(deps)];

/** What an address in a preview ends with: it leads nowhere. */
const SAMPLE_ID = "preview";

const draftDoor = (deps: InvitationsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/invitations/preview",
    operation: "invitations.preview",
    limit: "write",
    summary: "A mail as the friend would see it, before anything is stored",
    tag: "Invitations",
    schema: { body: contract.DraftPreview, response: { 200: contract.PreviewAnswer } },
    handle: async ({ body, actor, programId }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const inviter = await findInviter(reader, actor, body.participant);
        const { expiresDays } = await findTerms(reader);
        const name = readFriendName(body.name ?? "");
        const message = readPersonalMessage(body.message ?? "");
        const expiresAt = body.expires_at ? new Date(body.expires_at) : daysAfter(new Date(), expiresDays);
        const draft = {
          ...{ id: SAMPLE_ID, tokenNumber: 0, language: body.language ?? "en", expiresAt },
          name: name.kind === "ok" ? name.text : "",
          message: message.kind === "ok" ? message.text : "",
        };
        const { subject, html, text } = await findPreview(reader, inviter, draft, postingOf(deps));
        return { subject, html, text, problem: message.kind === "ok" ? null : message.problem };
      }),
    }),
  });

const previewDoor = (deps: InvitationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/invitations/:invitation/preview",
    operation: "invitations.read_preview",
    limit: "read",
    summary: "The mail of an invitation as the friend sees it",
    tag: "Invitations",
    schema: { params: contract.InvitationParams, response: { 200: contract.PreviewAnswer } },
    handle: async ({ actor, programId, params }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const [invitation] = await listInvitations(reader, [params.invitation]);
        if (!invitation || !mayReadParticipant(actor, invitation.inviterId)) throw new Refusal("not_found");
        const inviter = await findParticipant(reader, actor, invitation.inviterId);
        const { subject, html, text } = await findPreview(reader, inviter, invitation, postingOf(deps));
        return { subject, html, text, problem: null };
      }),
    }),
  });
