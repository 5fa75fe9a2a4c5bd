import type { Actor } from "../access/actor.ts";
import { mayReadParticipant, ownParticipant } from "../access/permission.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Person, parseParticipantRef } from "./participant.ts";
import { listPersons, listPersonsByExternalId } from "./store.ts";

/** The participant a path names: our id, theirs after `ext:`, or `me`. A participant reaches only themselves. */
export async function findParticipant(reader: Reader, actor: Actor, ref: string): Promise<Person> {
  const own = ownParticipant(actor);
  const parsed = ref === "me" && own !== null ? { id: own } : parseParticipantRef(ref);
  const [person] =
    "id" in parsed
      ? await listPersons(reader, [parsed.id])
      : await listPersonsByExternalId(reader, [parsed.externalId]);
  if (!person || !mayReadParticipant(actor, person.id)) throw new Refusal("not_found");
  return person;
}
