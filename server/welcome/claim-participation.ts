import { createParticipantLogin } from "../access/create-participant-login.ts";
import type { Access } from "../access/open-access.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Pass } from "./pass.ts";

/** Adds somebody's new participation to the account they are signed in to; the addresses must be the same. */
export async function claimParticipation(access: Access, pass: Pass, userId: string): Promise<void> {
  const { programId, participantId } = pass;
  await access.db.write(programId, async (tx) => {
    const person = (await findPersons(tx, [participantId])).get(participantId);
    if (!person) return;
    const { email, name } = person;
    await createParticipantLogin(tx, programId, { participantId, email, name, signedInAs: userId });
  });
  access.announce(`user:${userId}`);
}
