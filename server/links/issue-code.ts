import { randomBytes } from "node:crypto";
import { codeFromBytes } from "./code.ts";

const BYTES = 24;

/** A code that nobody can guess. */
export function issueCode(): string {
  for (;;) {
    const code = codeFromBytes(randomBytes(BYTES));
    if (code !== null) return code;
  }
}
