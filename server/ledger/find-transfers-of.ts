import type { Reader } from "../platform/database.ts";
import { listTransfersOf, type SubjectTransfer } from "./store/of-subject.ts";

/** All movements about these, in their order. */
export async function findTransfersOf(
  reader: Reader,
  subjectIds: readonly string[],
): Promise<SubjectTransfer[]> {
  return subjectIds.length === 0 ? [] : listTransfersOf(reader, subjectIds);
}
