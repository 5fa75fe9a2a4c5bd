import { stringify } from "csv-stringify/sync";
import type { Reader } from "../platform/database.ts";
import { resultTable } from "./batch-presentation.ts";
import { ROWS_MAX } from "./people-file.ts";
import { listBatchRows } from "./store/batches.ts";

/** What became of every row, as CSV that a spreadsheet opens without running anything. */
export async function findBatchResult(reader: Reader, batchId: string): Promise<string> {
  const rows = await listBatchRows(reader, { batchId, problem: null, after: 0, limit: ROWS_MAX });
  return stringify(resultTable(rows), { bom: true, record_delimiter: "windows" });
}
