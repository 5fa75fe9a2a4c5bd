import fc from "fast-check";
import { test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { asSent } from "./sent.ts";
import { playStored } from "./stored-world.ts";
import { histories } from "./worlds.ts";

const database = useDatabase();
// A failing run prints its seed and path; every try is a program of its own.
const RUNS = { numRuns: 40, endOnFailure: true };

test("the database holds what the model says, with purchases sent at once and everything twice", async () => {
  await fc.assert(
    fc.asyncProperty(histories, (history) => playStored(database.db, asSent(history))),
    RUNS,
  );
});
