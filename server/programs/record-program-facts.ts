import type { Stretch } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { countProgramFacts } from "./store.ts";

/** Adds a stretch of the log to the program's counters; answers how many of them changed. */
export function recordProgramFacts(tx: Tx, reader: string, stretch: Stretch): Promise<number> {
  return countProgramFacts(tx, reader, stretch);
}
