import type { Rate } from "../../primitives/rate.ts";
import type { LintedPlan, LintedPromotion } from "./linted-plan.ts";

/** What a lint knows about the program around a plan. */
export type LintContext = {
  currency: string;
  timeZone: string;
  /** The part of a purchase that counts as profit where none is sent. */
  defaultMargin: Rate;
  /** Whether friends are told that their advocate earns; null where no program says so. */
  hasDisclosure: boolean | null;
  now: Date;
};

/** One thing found: where, in words, with the numbers of the worst case, and what would help. */
export type Finding = {
  pointer: string;
  message: string;
  figures: Record<string, string | number>;
  fix: string;
};

/** A member of the shelf: pure, and silent about a plan that is in order. */
export type Lint = {
  code: string;
  title: string;
  /** blocking: no plan with it is published. advisory: it is, once its owner has said why. */
  severity: "blocking" | "advisory";
  check(plan: LintedPlan, promotions: readonly LintedPromotion[], context: LintContext): Finding[];
};
