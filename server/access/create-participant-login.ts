import type { Tx } from "../platform/database.ts";
import * as store from "./store.ts";

export type ParticipantLogin = { kind: "created"; userId: string } | { kind: "email_taken" };

/**
 * Lets a participant who was enrolled in this very transaction sign in, without a password as yet.
 * An address that has a user already is not touched: its owner must sign in to prove it is theirs.
 */
export async function createParticipantLogin(
  tx: Tx,
  programId: string,
  participant: { participantId: string; email: string; name: string },
): Promise<ParticipantLogin> {
  const userId = tx.newId("usr");
  const { email, name, participantId } = participant;
  const made = await store.insertUser(tx, { id: userId, email: email.toLowerCase(), name });
  if (made === 0) return { kind: "email_taken" };
  await store.insertParticipantLogin(tx, programId, userId, participantId);
  return { kind: "created", userId };
}
