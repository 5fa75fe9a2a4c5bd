import { randomFillSync } from "node:crypto";

const ID_BYTES = 10;
/** Asking the system for chance costs more than the rest of an id, so it is asked once for so many. */
const IDS_PER_DRAW = 400;
const drawn = Buffer.alloc(ID_BYTES * IDS_PER_DRAW);
let used = drawn.length;

/** Names a request in answers, logs and audit entries. */
export function newRequestId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += ID_BYTES;
  return `req_${drawn.toString("hex", used - ID_BYTES, used)}`;
}
