import type { Tx } from "../platform/database.ts";
import * as store from "./store.ts";

export type NewParticipantLogin = {
  participantId: string;
  email: string;
  name: string;
  /** The user who is signed in while joining: their own address needs no other proof. */
  signedInAs?: string | null;
};
export type ParticipantLogin = { kind: "created"; userId: string } | { kind: "email_taken" };

/**
 * Lets a participant who was enrolled in this very transaction sign in, without a password as yet.
 * An address that has a user already is not touched: its owner must sign in to prove it is theirs.
 */
export async function createParticipantLogin(
  tx: Tx,
  programId: string,
  { participantId, email, name, signedInAs = null }: NewParticipantLogin,
): Promise<ParticipantLogin> {
  const address = email.toLowerCase();
  const signedIn = signedInAs === null ? null : await store.findProfile(tx, signedInAs);
  const userId = signedIn?.email === address ? signedIn.id : tx.newId("usr");
  if (userId !== signedIn?.id && (await store.insertUser(tx, { id: userId, email: address, name })) === 0)
    return { kind: "email_taken" };
  await store.insertParticipantLogin(tx, programId, userId, participantId);
  return { kind: "created", userId };
}
