import { appendFileSync } from "node:fs";
import { afterAll, inject } from "vitest";

declare global {
  var storeCensus: Set<string> | undefined;
}

globalThis.storeCensus = new Set();

afterAll(() => {
  const names = [...(globalThis.storeCensus ?? [])];
  // One short write, so that test files running side by side do not mix their lines.
  if (names.length > 0) appendFileSync(inject("storeCensus"), `${names.join("\n")}\n`);
});
