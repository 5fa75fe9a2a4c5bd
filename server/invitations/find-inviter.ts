import type { Actor } from "../access/actor.ts";
import { ownParticipant } from "../access/permission.ts";
import { findParticipant } from "../participants/find-participant.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";

/** On whose behalf somebody invites: participants for themselves, all others for the participant they name. */
export async function findInviter(reader: Reader, actor: Actor, ref: string | undefined): Promise<Person> {
  const named = ref ?? ownParticipant(actor);
  if (named === null) {
    const message = "Say on whose behalf: a participant's id, or ext:{external_id}.";
    throw new Refusal("invalid_request", {
      errors: [{ pointer: "/participant", code: "required", message }],
    });
  }
  const person = await findParticipant(reader, actor, named);
  if (person.status !== "active") throw new Refusal("advocate_not_active");
  const { state } = await findProgram(reader);
  if (state !== "live" && state !== "test") throw new Refusal("program_not_live");
  return person;
}
