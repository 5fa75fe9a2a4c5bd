import { randomFillSync } from "node:crypto";

/** Asking the system costs more than what the bytes are used for, so many are asked for at once. */
const DRAWN_BYTES = 4_096;
const drawn = Buffer.alloc(DRAWN_BYTES);
let used = DRAWN_BYTES;

/** Some random bytes, to be read before the next are drawn: for names, not for secrets. */
export function drawBytes(count: number): Buffer {
  if (used + count > DRAWN_BYTES) {
    randomFillSync(drawn);
    used = 0;
  }
  used += count;
  return drawn.subarray(used - count, used);
}
