import { Type } from "typebox";
import { createSignInLink } from "../../access/create-sign-in-link.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { Closed } from "../../primitives/wire.ts";
import { ParticipantParams } from "../contract.ts";
import type { ReferralsDeps } from "./deps.ts";

const SignInLinkAnswer = Closed({
  url: Type.String({ description: "Signs the participant in; works once. Hand it to nobody else" }),
  expires_at: Type.String(),
});

/** A way in for somebody who has no other: their browser refused our cookie, or no mails are sent here. */
export const signInLinksRoute = ({ db, publicUrl }: ReferralsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/participants/:participant/sign_in_link",
    operation: "sign_in_links.create",
    limit: "write",
    summary: "A link that signs a participant in: once, within 15 minutes",
    tag: "Participants",
    schema: { params: ParticipantParams, response: { 201: SignInLinkAnswer } },
    // Shown once, so no answer of it is stored for replays.
    handle: ({ actor, params, programId, requestId }) =>
      db.write(programId, async (tx) => {
        const { id } = await findParticipant(tx, actor, params.participant);
        const { token, expiresAt } = await createSignInLink(tx, programId, id, { actor, requestId });
        return {
          status: 201,
          body: { url: `${publicUrl()}/sign-in/${token}`, expires_at: expiresAt.toISOString() },
          headers: { "cache-control": "no-store" },
        };
      }),
  });
