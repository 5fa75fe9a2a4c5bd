import fs from "node:fs";
import path from "node:path";
import type { Figure } from "./figure.ts";
import type { Machine } from "./machine.ts";

/** Everything one run has found, as it is kept. */
export type Report = {
  at: string;
  machine: Machine & { postgres: string };
  rounds: number;
  seconds: number;
  figures: Figure[];
  books: Books;
  /** What could not be measured, and why. */
  skipped: string[];
  /** What went wrong while it was measured. */
  failed: string[];
};

export type Books = {
  /** Invariants that do not hold, in words. */
  broken: string[];
  /** Purchases that were answered with success. */
  acknowledged: number;
  stored: number;
};

const RESULTS = path.join(import.meta.dirname, "results");

export function writeReport(report: Report): string {
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${report.at.slice(0, 19).replaceAll(":", "-")}Z.json`);
  fs.writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return path.relative(process.cwd(), file);
}

export function readReport(file: string): Report {
  return JSON.parse(fs.readFileSync(file, "utf8")) as Report;
}
