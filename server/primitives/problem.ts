import type { FieldProblem } from "./refusal.ts";

/** How one code of a refusal looks to the world. */
export type ProblemKind = {
  status: number;
  title: string;
  detail: (facts: Record<string, string | number | boolean>) => string;
};

/** A refusal on the wire (RFC 9457). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldProblem[];
  request_id: string;
};
