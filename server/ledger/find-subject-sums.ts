import type { Reader } from "../platform/database.ts";
import { listSubjectSums } from "./store/finance.ts";
import type { TransferReason } from "./transfer.ts";

/** What an owner had by a time of each thing that transfers for these reasons were about. */
export function findSubjectSums(
  reader: Reader,
  ownerId: string,
  reasons: readonly TransferReason[],
  at: Date,
): Promise<{ subjectId: string; currency: string; minor: bigint }[]> {
  return listSubjectSums(reader, ownerId, reasons, at);
}
