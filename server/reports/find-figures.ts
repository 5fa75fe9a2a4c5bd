import type { Reader } from "../platform/database.ts";
import type { AnyReport } from "./report.ts";

/** What a report says of the reader's program now. */
export async function findFigures<Answer>(
  reader: Reader,
  report: Pick<AnyReport, "statement"> & { answerOf(rows: readonly never[]): Answer },
): Promise<Answer> {
  const rows = await reader.many<never>(report.statement(reader.programId ?? ""));
  return report.answerOf(rows);
}
