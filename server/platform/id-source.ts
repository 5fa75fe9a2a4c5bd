import { idAfter, idStem, type NewId } from "../primitives/id.ts";
import { drawBytes } from "./chance.ts";

const COUNTER_END = 2 ** 40;
/** Room for the ids of one millisecond above a random start. */
const COUNTER_START_MAX = 2 ** 39;

/** Ids of one process never repeat and never step back, even when the clock does. */
export function createIdSource(clock: () => number): NewId {
  let millis = 0;
  let stem = "";
  let counter = COUNTER_END;
  return (prefix) => {
    const now = clock();
    if (now > millis || counter + 1 >= COUNTER_END) {
      millis = Math.max(now, millis + 1);
      const bytes = drawBytes(10);
      stem = idStem(millis, bytes.readUIntBE(0, 5));
      counter = bytes.readUIntBE(5, 5) % COUNTER_START_MAX;
    } else {
      counter++;
    }
    return idAfter(prefix, stem, counter);
  };
}
