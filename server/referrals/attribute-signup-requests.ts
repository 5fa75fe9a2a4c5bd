import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../access/record-audit.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import {
  answerBatch,
  type BatchAnswer,
  type Discretion,
  findStoredBodies,
  type KeyedRequest,
} from "../platform/idempotency.ts";
import type { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { attributeSignups } from "./attribute-signups.ts";
import type { ParticipantAnswer } from "./contract.ts";
import { findParticipantAnswers } from "./find-participant-answers.ts";
import { findWaitPositions } from "./find-wait-positions.ts";
import { holdSignups } from "./hold-signups.ts";
import { participantWire } from "./presentation.ts";
import type { Signup, SignupOutcome } from "./signup.ts";

/** One request to enrol somebody, as it waits for its batch. */
export type SignupRequest = {
  signup: Signup;
  actor: Actor;
  requestId: string;
  idempotency: KeyedRequest | null;
};

/** Enrols the people of one batch and answers each: 201 with their link, 200 where they were enrolled before. */
export async function attributeSignupRequests(
  tx: Tx,
  requests: readonly SignupRequest[],
  publicUrl: string,
): Promise<(BatchAnswer | Refusal)[]> {
  await holdSignups(tx);
  const { takeOut, putBack } = namesApart(tx);
  const stored = await findStoredBodies(tx, requests, putBack);
  const answer = async (asked: SignupRequest[]) => {
    const program = await findProgram(tx);
    const outcomes = await attributeSignups(
      tx,
      program,
      asked.map(({ signup }) => signup),
    );
    const known = outcomes.flatMap((outcome) => (outcome.kind === "known" ? outcome.participantId : []));
    const positions = await findWaitPositions(
      tx,
      outcomes.map((outcome) => (outcome.kind === "enrolled" ? outcome.referral : null)),
    );
    const knownAnswers = await findParticipantAnswers(tx, known, publicUrl);
    await recordAudit(
      tx,
      outcomes.flatMap((outcome, index) => {
        const by = asked[index];
        if (outcome.kind !== "enrolled" || !by) return [];
        const { actor, requestId } = by;
        return [{ actor, operation: "participants.create", subjectId: outcome.person.id, requestId }];
      }),
    );
    return outcomes.map((outcome) => answerOf(outcome, knownAnswers, positions, publicUrl));
  };
  return answerBatch(tx, requests, stored, answer, takeOut);
}

function answerOf(
  outcome: SignupOutcome,
  known: ReadonlyMap<string, ParticipantAnswer>,
  positions: ReadonlyMap<string, number>,
  publicUrl: string,
): { status: number; body: unknown } | Refusal {
  switch (outcome.kind) {
    case "refused":
      return outcome.refusal;
    case "known":
      return { status: 200, body: known.get(outcome.participantId) };
    case "enrolled": {
      const { person, link, referral } = outcome;
      const position = positions.get(person.id) ?? null;
      return { status: 201, body: participantWire(person, link, referral, publicUrl, position) };
    }
  }
}

/** An answer is stored without the name and address in it; a replay shows them as they stand. */
function namesApart(tx: Tx): Discretion {
  return {
    takeOut: (body) => {
      const { name: _name, email: _email, ...rest } = body as ParticipantAnswer;
      return rest;
    },
    putBack: async (bodies) => {
      const kept = bodies as Omit<ParticipantAnswer, "name" | "email">[];
      const persons = await findPersons(
        tx,
        kept.map(({ id }) => id),
      );
      return kept.map((body) => {
        const { name = "", email = "" } = persons.get(body.id) ?? {};
        return { ...body, name, email };
      });
    },
  };
}
