import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The file in which test files write down which functions of the stores they have run. */
    storeCensus: string;
  }
}

export default function openCensus(project: TestProject): () => void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-census-"));
  project.provide("storeCensus", path.join(folder, "functions.txt"));
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
