/** One thing wrong with one field of a request: a JSON pointer, a stable code and a sentence for people. */
export type FieldProblem = { pointer: string; code: string; message: string };

export type RefusalDetails = {
  /** Values that fill the sentence of the problem catalogue, and go out beside it. */
  facts?: Record<string, string | number | boolean>;
  errors?: FieldProblem[];
};

/** An expected "no" with a stable code; one place turns it into an HTTP answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: RefusalDetails;

  constructor(code: string, details: RefusalDetails = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}
