import type { Reassigned } from "./reassign-referral.ts";

/** Thrown to undo what has been done so far: what would have happened, without its having happened. */
export class Rehearsal extends Error {
  readonly made: Reassigned;
  constructor(made: Reassigned) {
    super("This was only tried.");
    this.made = made;
  }
}
