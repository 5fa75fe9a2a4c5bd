/** By what a program decides who brought somebody, from a moment on. Versions are numbered from 1. */
export type AttributionTerms = {
  version: number;
  model: string;
  /** Null: as many days as the plan in force says. */
  windowDays: number | null;
  validFrom: Date;
  /** A user or a key; null: from the program's beginning. */
  createdBy: string | null;
};

/** By which model a program begins. */
export const MODEL_DEFAULT = "code_wins";
