import { LRUCache } from "lru-cache";

const PEOPLE_REMEMBERED_MAX = 100_000;

/** Whose visit of a day this instance has stored; what it forgets costs one statement that changes nothing. */
export type SignInMemory = {
  has(programId: string, participantId: string, day: string): boolean;
  add(programId: string, participantId: string, day: string): void;
};

export function createSignInMemory(): SignInMemory {
  const days = new LRUCache<string, string>({ max: PEOPLE_REMEMBERED_MAX });
  const keyOf = (programId: string, participantId: string) => `${programId} ${participantId}`;
  return {
    has: (programId, participantId, day) => days.get(keyOf(programId, participantId)) === day,
    add: (programId, participantId, day) => void days.set(keyOf(programId, participantId), day),
  };
}
