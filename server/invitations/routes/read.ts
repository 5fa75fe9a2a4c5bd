import type { Actor } from "../../access/actor.ts";
import { type AnyDoor, door } from "../../access/door.ts";
import { mayReadParticipant, ownParticipant } from "../../access/permission.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import type { Reader } from "../../platform/database.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract.ts";
import { findInvitationAnswers } from "../find-invitation-answers.ts";
import { findSummary } from "../find-summary.ts";
import { INVITATION_STATES, type InvitationState } from "../invitation.ts";
import { listInvitations, listInvitationsNewest } from "../store/invitations.ts";
import type { InvitationsDeps } from "./deps.ts";

export const readDoors = (deps: InvitationsDeps): AnyDoor[] => [
  listDoor(deps),
  summaryDoor(deps),
  readDoor(deps),
];

const listDoor = ({ db, key, publicUrl }: InvitationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/invitations",
    operation: "invitations.list",
    limit: "read",
    summary: "Invitations, newest first, each with what can be done with it",
    tag: "Invitations",
    schema: { query: contract.InvitationsQuery, response: { 200: contract.InvitationList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const inviterId = await inviterIn(reader, actor, query.participant);
        const states = query.status === undefined ? null : statesIn(query.status);
        const window = pageWindow(query, "inv");
        const q = query.q === undefined ? null : `%${query.q.replace(/[\\%_]/g, "\\$&")}%`;
        const filter = { ...window, inviterId, states, q, batchId: query.batch ?? null };
        const rows = await listInvitationsNewest(reader, filter);
        const answers = await findInvitationAnswers(reader, rows, {
          publicUrl: publicUrl(),
          key,
          now: new Date(),
        });
        const page = pageOf(
          answers,
          query,
          ({ id }) => id,
          (one) => one,
        );
        if (query.include === undefined) return page;
        const { counts } = await findSummary(reader, { inviterId, batchId: filter.batchId, now: new Date() });
        const counted: readonly InvitationState[] = states ?? INVITATION_STATES;
        return { ...page, total_count: counted.reduce((sum, state) => sum + counts[state], 0) };
      }),
    }),
  });

const summaryDoor = ({ db, hasMail }: InvitationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/invitations/summary",
    operation: "invitations.summary",
    limit: "read",
    summary: "How many invitations stand where, and how many may still be sent",
    tag: "Invitations",
    schema: { query: contract.SummaryQuery, response: { 200: contract.SummaryAnswer } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const inviterId = await inviterIn(reader, actor, query.participant);
        const found = await findSummary(reader, { inviterId, batchId: query.batch ?? null, now: new Date() });
        return { ...found, mails_are_sent: hasMail };
      }),
    }),
  });

const readDoor = ({ db, key, publicUrl }: InvitationsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/invitations/:invitation",
    operation: "invitations.read",
    limit: "read",
    summary: "One invitation",
    tag: "Invitations",
    schema: { params: contract.InvitationParams, response: { 200: contract.InvitationAnswer } },
    handle: async ({ actor, programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const rows = await listInvitations(reader, [params.invitation]);
        const [answer] = await findInvitationAnswers(reader, rows, {
          ...{ publicUrl: publicUrl(), key, now: new Date() },
        });
        if (!answer || !mayReadParticipant(actor, answer.participant_id)) throw new Refusal("not_found");
        return answer;
      }),
    }),
  });

/** Participants see their own only; all others those of everybody, or of whom they name. */
async function inviterIn(reader: Reader, actor: Actor, ref: string | undefined): Promise<string | null> {
  const named = ref ?? ownParticipant(actor);
  return named === null ? null : (await findParticipant(reader, actor, named)).id;
}

function statesIn(text: string): InvitationState[] {
  const states = text.split(",");
  const known: InvitationState[] = INVITATION_STATES.filter((state) => states.includes(state));
  if (known.length === new Set(states).size) return known;
  const message = `Must be among: ${INVITATION_STATES.join(", ")}.`;
  throw new Refusal("invalid_request", { errors: [{ pointer: "/status", code: "not_allowed", message }] });
}
