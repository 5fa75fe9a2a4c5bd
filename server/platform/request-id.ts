import { drawBytes } from "./chance.ts";

const ID_BYTES = 10;

/** Names a request in answers, logs and audit entries. */
export function newRequestId(): string {
  return `req_${drawBytes(ID_BYTES).toString("hex")}`;
}
