import type { Static, TSchema } from "typebox";
import type { Query } from "../platform/database.ts";

/** A question about a program: one statement that reads, and what its rows say. */
export type Report<Answer extends TSchema = TSchema, Row = never> = {
  name: string;
  title: string;
  /** A sentence for people who have not seen it yet. */
  description: string;
  answer: Answer;
  /** At most so many rows, however large the program. */
  rowsMax: number;
  statement(programId: string): Query;
  answerOf(rows: readonly Row[]): Static<Answer>;
};

/** A report as the shelf holds it: its rows are its own business. */
export type AnyReport = Omit<Report, "answerOf"> & { answerOf(rows: readonly never[]): unknown };

/** Types a report by its own rows and answer. */
export function defineReport<Answer extends TSchema, Row>(report: Report<Answer, Row>): Report<Answer, Row> {
  return report;
}
