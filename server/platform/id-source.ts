import { randomBytes } from "node:crypto";
import { encodeId, type NewId } from "../primitives/id.ts";

const COUNTER_END = 2 ** 40;
/** Room for the ids of one millisecond above a random start. */
const COUNTER_START_MAX = 2 ** 39;

/** Ids of one process never repeat and never step back, even when the clock does. */
export function createIdSource(clock: () => number): NewId {
  let millis = 0;
  let random = 0;
  let counter = COUNTER_END;
  return (prefix) => {
    const now = clock();
    if (now > millis || counter + 1 >= COUNTER_END) {
      millis = Math.max(now, millis + 1);
      const bytes = randomBytes(10);
      random = bytes.readUIntBE(0, 5);
      counter = bytes.readUIntBE(5, 5) % COUNTER_START_MAX;
    } else {
      counter++;
    }
    return encodeId(prefix, millis, random, counter);
  };
}
