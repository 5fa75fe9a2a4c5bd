import type { Person } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { assessRows } from "./assess-rows.ts";
import { guessMapping } from "./column-mapping.ts";
import { findTerms } from "./find-terms.ts";
import type { BatchId } from "./invitation.ts";
import { readPeopleFile } from "./people-file.ts";
import { insertBatch, insertBatchRows } from "./store/batches.ts";

export type BatchWish = {
  inviter: Person;
  bytes: Uint8Array;
  name: string;
  message: string;
  language: string;
  isLimited: boolean;
};

/** Takes in a list of people and looks it over; nothing is mailed by this. */
export async function createBatch(tx: Tx, wish: BatchWish, key: string): Promise<BatchId> {
  const file = readPeopleFile(wish.bytes);
  if (file.kind === "refused")
    throw new Refusal("invalid_list", {
      errors: [{ pointer: "/text", code: file.code, message: file.message }],
    });
  const { expiresDays } = await findTerms(tx);
  const batch = {
    ...{ id: tx.newId("ivb"), inviterId: wish.inviter.id, name: wish.name, columns: file.columns },
    ...{ mapping: guessMapping(file.columns, file.rows), message: wish.message, language: wish.language },
    ...{ scheduledAt: null, expiresDays, perMinute: null, isLimited: wish.isLimited },
  };
  const rows = file.rows.map((cells, index) => ({ number: index + 1, cells, edits: null }));
  const assessed = await assessRows(tx, batch, rows, key);
  await insertBatch(tx, batch);
  await insertBatchRows(tx, batch.id, assessed);
  return batch.id;
}
