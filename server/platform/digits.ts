import { randomInt } from "node:crypto";

/** Six digits nobody can guess in the few attempts they have. */
export function newCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}
