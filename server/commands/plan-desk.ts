import { readFile } from "node:fs/promises";
import type { LintAnswer, PlanAnswer } from "../rewards/contract/plans.ts";

/** A plan as the command line speaks of it. */
export type PlanText = Pick<PlanAnswer, "id" | "version" | "state" | "hash" | "document" | "from">;

/** Where plans are kept: a database, or a running server. */
export type PlanDesk = {
  /** A version, or the one in force; null when there is none. */
  pull(version: number | null): Promise<PlanText | null>;
  lint(document: unknown): Promise<LintAnswer>;
  /** The draft or version with this text; null when there is none. */
  find(hash: string): Promise<PlanText | null>;
  create(document: unknown, baseVersion: number | null): Promise<PlanText>;
  acknowledge(planId: string, code: string, reason: string): Promise<void>;
  publish(planId: string, from: string | null): Promise<PlanText>;
};

/** A plan in a file, or what is wrong with the file in words. */
export async function readPlanFile(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`);
  }
}
