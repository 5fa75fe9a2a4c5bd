import type { Static } from "typebox";
import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { languageOf } from "../../messages/language.ts";
import { emailHash, isEmail } from "../../primitives/email.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract.ts";
import { createInvitations, type InvitationWish } from "../create-invitations.ts";
import { findGround } from "../find-ground.ts";
import { findInvitationAnswers } from "../find-invitation-answers.ts";
import { findInviter } from "../find-inviter.ts";
import { findTerms } from "../find-terms.ts";
import { peopleProblems } from "../people.ts";
import { postCopy } from "../post-copy.ts";
import { parseRecipients } from "../recipients.ts";
import { sendInvitations } from "../send-invitations.ts";
import { listInvitations } from "../store/invitations.ts";
import { type InvitationsDeps, postingOf, senderOf } from "./deps.ts";

export const createDoors = (deps: InvitationsDeps): AnyDoor[] => [createDoor(deps), checkDoor(deps)];

type Body = Static<typeof contract.NewInvitations>;

const createDoor = (deps: InvitationsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/invitations",
    operation: "invitations.create",
    limit: "write",
    summary: "Invite up to 20 people by name: now, at a time, or as drafts",
    tag: "Invitations",
    schema: { body: contract.NewInvitations, response: { 201: contract.InvitationsAnswer } },
    handle: async (call) => {
      const { body, actor, programId, requestId, write } = call;
      const sender = senderOf(call, deps.key);
      const done = await write(async (tx) => {
        const inviter = await findInviter(tx, actor, body.participant);
        const ids = await createInvitations(tx, { inviter, ...wishOf(body) }, deps.key);
        if (isSentNow(body)) await sendInvitations(tx, ids, sender, postingOf(deps));
        if (body.copy_to_self) await postCopy(tx, inviter, ids, postingOf(deps));
        await recordAudit(
          tx,
          ids.map((id) => ({ actor, operation: "invitations.create", subjectId: id, requestId })),
        );
        // Ids alone: a stored answer holds nobody's address.
        return { status: 201, body: { ids } };
      });
      deps.announce(programId);
      const { ids } = done.body as { ids: string[] };
      const data = await deps.db.read(programId, async (reader) =>
        findInvitationAnswers(reader, await listInvitations(reader, ids), {
          ...{ publicUrl: deps.publicUrl(), key: deps.key, now: new Date() },
        }),
      );
      return { ...done, body: { data } };
    },
  });

const isSentNow = ({ channel, send, scheduled_at }: Body): boolean =>
  channel !== "link" && send !== false && scheduled_at === undefined;

function wishOf(body: Body): Omit<InvitationWish, "inviter"> {
  const { channel = "email", message = "" } = body;
  const language = languageOf(body.language ?? null);
  const people = body.people.map(({ email, name = "" }) => ({ email: email?.trim() ?? null, name }));
  const errors = people.flatMap(({ email }, index) =>
    email === null && channel === "email"
      ? [{ pointer: `/people/${index}/email`, code: "required", message: "This field is required." }]
      : [],
  );
  if (errors.length > 0) throw new Refusal("invalid_request", { errors });
  return {
    ...{ people, message, language, channel, batchId: null },
    scheduledAt: dateOf(body.scheduled_at),
    expiresAt: dateOf(body.expires_at),
  };
}

const dateOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

/** What the form asks while people paste: the same answers that creating would give. */
const checkDoor = ({ db, key }: InvitationsDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/invitations/check",
    operation: "invitations.check",
    limit: "write",
    summary: "Read a pasted list of people, and say what stands against inviting each; nothing is stored",
    tag: "Invitations",
    schema: { body: contract.PastedPeople, response: { 200: contract.PeopleAnswer } },
    handle: async ({ body, actor, programId }) => {
      const pasted = parseRecipients(body.text ?? "");
      const people = [...(body.people ?? []), ...pasted].map(({ email = "", name = "" }) => {
        const trimmed = email.trim();
        return { email: trimmed, name, emailHash: isEmail(trimmed) ? emailHash(trimmed, key) : null };
      });
      const problems = await db.read(programId, async (reader) => {
        const inviter = await findInviter(reader, actor, body.participant);
        const terms = await findTerms(reader);
        const emailHashes = people.flatMap((one) => one.emailHash ?? []);
        const now = new Date();
        return peopleProblems(
          people,
          await findGround(reader, { inviter, emailHashes, channel: "email", terms, key, now }),
        );
      });
      return {
        status: 200,
        body: {
          people: people.map(({ email, name }, index) => ({ email, name, problem: problems[index] ?? null })),
        },
      };
    },
  });
