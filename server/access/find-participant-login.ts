import type { Reader } from "../platform/database.ts";
import * as store from "./store.ts";

/** The user who signs in as this participant, or null when nobody can. */
export async function findParticipantLogin(
  reader: Reader,
  programId: string,
  participantId: string,
): Promise<store.LoginUser | null> {
  return store.findLoginUser(reader, programId, participantId);
}
