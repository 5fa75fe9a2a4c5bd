import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import type { Verification } from "./verification.ts";

const COLUMNS = sql`participant_id, code_hash, attempts, sends, sent_at, expires_at`;

export const lockVerification = (tx: Tx, participantId: string) =>
  tx.maybe<Verification>(sql`
    select ${COLUMNS} from email_verifications
     where program_id = ${tx.programId} and participant_id = ${participantId} for update`);

export const findVerificationByToken = (reader: Reader, tokenHash: string) =>
  reader.maybe<Verification>(sql`
    select ${COLUMNS} from email_verifications
     where program_id = ${reader.programId} and token_hash = ${tokenHash}`);

export type NewVerification = {
  participantId: string;
  tokenHash: string;
  codeHash: string;
  sends: number;
  expiresAt: Date;
};

/** The one before stops working. */
export const upsertVerification = (tx: Tx, one: NewVerification) =>
  tx.run(sql`
    insert into email_verifications (program_id, participant_id, token_hash, code_hash, sends, sent_at, expires_at)
    values (${tx.programId}, ${one.participantId}, ${one.tokenHash}, ${one.codeHash}, ${one.sends}, ${tx.now},
            ${one.expiresAt})
    on conflict (program_id, participant_id) do update
       set token_hash = excluded.token_hash, code_hash = excluded.code_hash, attempts = 0, sends = excluded.sends,
           sent_at = excluded.sent_at, expires_at = excluded.expires_at`);

export const addVerificationAttempt = (tx: Tx, participantId: string) =>
  tx.run(sql`
    update email_verifications set attempts = attempts + 1
     where program_id = ${tx.programId} and participant_id = ${participantId}`);

export const deleteVerification = (tx: Tx, participantId: string) =>
  tx.run(sql`
    delete from email_verifications
     where program_id = ${tx.programId} and participant_id = ${participantId}`);
