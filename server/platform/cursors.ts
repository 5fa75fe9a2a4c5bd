import { sql } from "kysely";
import type { Reader, Tx } from "./database.ts";

/** How far a reader of an append-only table has come; `rowId` orders rows of one position. */
export type TableCursor = { position: bigint; rowId: string };

const START: TableCursor = { position: 0n, rowId: "" };

/** The reader's place, locked until the transaction ends; null while another instance holds it. */
export async function lockCursor(tx: Tx, reader: string): Promise<TableCursor | null> {
  const locked = await tx.maybe<TableCursor>(sql`
    select position, row_id
      from cursors
     where program_id = ${tx.programId} and reader = ${reader}
       for update skip locked`);
  if (locked) return locked;
  const opened = await tx.run(sql`
    insert into cursors (program_id, reader) values (${tx.programId}, ${reader})
    on conflict do nothing`);
  return opened > 0 ? START : null;
}

export async function moveCursor(tx: Tx, reader: string, to: TableCursor): Promise<void> {
  await tx.run(sql`
    update cursors
       set position = ${to.position}::bigint, row_id = ${to.rowId}
     where program_id = ${tx.programId} and reader = ${reader}`);
}

export async function readCursor(db: Reader, reader: string): Promise<TableCursor> {
  const found = await db.maybe<TableCursor>(sql`
    select position, row_id from cursors where program_id = ${db.programId} and reader = ${reader}`);
  return found ?? START;
}
