import { Type } from "typebox";
import { createEmbedToken } from "../../access/create-embed-token.ts";
import { type AnyDoor, type Call, door } from "../../access/door.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { Closed } from "../../primitives/wire.ts";
import { NewParticipant } from "../contract.ts";
import { parseSignup } from "../signup.ts";
import type { ReferralsDeps } from "./deps.ts";

const NewEmbedToken = Closed(
  {
    participant_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 210, description: "An id, or ext:{external_id}" }),
    ),
    participant: Type.Optional(NewParticipant),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
  },
  { minProperties: 1 },
);

const EmbedTokenAnswer = Closed({
  token: Type.String(),
  url: Type.String({ description: "Opens the participant's home; good once it is shown to them" }),
  participant_id: Type.String(),
  expires_at: Type.String(),
});

/** Shows one participant their own home inside the customer's product, without a sign-in of ours. */
export const embedTokensRoute = (deps: ReferralsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/embed_tokens",
    operation: "embed_tokens.create",
    limit: "write",
    summary: "A link to one participant's home, for an hour at most; enrols them where they are new",
    tag: "Participants",
    schema: { body: NewEmbedToken, response: { 201: EmbedTokenAnswer } },
    // The token is shown once, so no answer of it is stored for replays.
    handle: async (call) => {
      const participantId = await participantOf(deps, call);
      const { actor, requestId, programId, body } = call;
      const { token, expiresAt } = await deps.db.write(programId, (tx) =>
        createEmbedToken(tx, programId, participantId, { actor, requestId }, body.seconds),
      );
      const url = `${deps.publicUrl()}/portal?token=${token}`;
      return {
        status: 201,
        body: { token, url, participant_id: participantId, expires_at: expiresAt.toISOString() },
        headers: { "cache-control": "no-store" },
      };
    },
  });

async function participantOf(
  deps: ReferralsDeps,
  { programId, body, actor, requestId }: Call<{ body: typeof NewEmbedToken }>,
): Promise<string> {
  const { participant_id: ref, participant } = body;
  if (participant) {
    const signup = parseSignup(participant, deps.emailKey);
    const answer = await deps.intake.submit(programId, { signup, actor, requestId, idempotency: null });
    if (answer instanceof Refusal) throw answer;
    return (answer.body as { id: string }).id;
  }
  if (ref === undefined) throw new Refusal("invalid_request");
  const person = await deps.db.read(programId, (reader) => findParticipant(reader, actor, ref));
  return person.id;
}
