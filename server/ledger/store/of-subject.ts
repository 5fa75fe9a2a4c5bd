import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import type { TransferReason } from "../transfer.ts";

export type SubjectTransfer = {
  id: string;
  subjectId: string;
  reason: TransferReason;
  amountMinor: bigint;
  currency: string;
  debitId: string;
  creditId: string;
  recordedAt: Date;
};

/** By the beginning of their keys, which name what they are about. */
export const listTransfersOf = (reader: Reader, subjectIds: readonly string[]) =>
  reader.many<SubjectTransfer>(sql`
    select transfer.id, transfer.subject_id, transfer.reason, transfer.amount_minor, transfer.currency,
           transfer.debit_id, transfer.credit_id, transfer.recorded_at
      from unnest(${subjectIds}::text[]) as sought (sought_id)
      join ledger_transfers as transfer
        on transfer.program_id = ${reader.programId} and transfer.idempotency_key > sought_id || ':'
       and transfer.idempotency_key < sought_id || ';'
     order by transfer.recorded_at, transfer.id`);
