import fs from "node:fs";
import path from "node:path";
import { expect, inject, test } from "vitest";
import { storeFunctions } from "../../tools/store-census.ts";
import { readTree } from "../../tools/tidy/source.ts";

/** SQL is text until a database has read it. Runs after all other tests, and speaks about them. */
test("every store function was executed by a test on a real database", () => {
  const file = inject("storeCensus");
  const executed = new Set(fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : []);
  expect(executed.size, "no test ran before this one: run them all").toBeGreaterThan(0);
  const { files } = readTree(path.resolve(import.meta.dirname, "../.."));
  expect(storeFunctions(files).filter((name) => !executed.has(name))).toEqual([]);
});
