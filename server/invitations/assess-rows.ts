import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Batch, type BatchRow, type RowFields, rowFields, rowProblems } from "./batch.ts";
import { findGround } from "./find-ground.ts";
import { findRoom } from "./find-room.ts";
import { findTerms } from "./find-terms.ts";

type Looked = Pick<BatchRow, "number" | "cells" | "edits">;
type Around = Pick<Batch, "inviterId" | "columns" | "mapping" | "message" | "language" | "isLimited">;
export type AssessedRow<Row extends Looked> = Row & RowFields & { problem: string | null };

/** Looks over rows as they would be sent now: what each says, and what stands against it. Nothing is written. */
export async function assessRows<Row extends Looked>(
  tx: Tx,
  batch: Around,
  rows: readonly Row[],
  key: string,
): Promise<AssessedRow<Row>[]> {
  const inviter = (await findPersons(tx, [batch.inviterId])).get(batch.inviterId);
  if (!inviter) throw new Refusal("not_found");
  const read = rows.map((row) => ({ ...row, ...rowFields(row, batch, key) }));
  const terms = await findTerms(tx);
  const emailHashes = [...new Set(read.flatMap(({ emailHash }) => emailHash ?? []))];
  const ground = await findGround(tx, { inviter, emailHashes, channel: "email", terms, key, now: tx.now });
  const room = batch.isLimited ? await findRoom(tx, inviter.id, tx.now) : null;
  const problems = rowProblems(read, ground, {
    room: room ? Math.min(room.leftToday, room.leftPending) : Number.POSITIVE_INFINITY,
    isOperator: !batch.isLimited,
  });
  return read.map((row, index) => ({ ...row, problem: problems[index] ?? null }));
}
