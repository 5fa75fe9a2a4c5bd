import type { Database } from "../platform/database.ts";
import { type Check, verifyInvariants } from "../platform/verification.ts";
import { DIRECTORY_TABLES } from "./directory.ts";
import { examineIsolation } from "./store/verify.ts";

/** Whether the database itself keeps programs apart. */
export function verifyIsolation(db: Database, programId: string): Promise<Check[]> {
  return verifyInvariants(db, programId, [
    {
      id: "I17",
      name: "No program reads or writes rows of another",
      unit: ["table guarded", "tables guarded"],
      examine: (reader) => examineIsolation(reader, DIRECTORY_TABLES),
    },
  ]);
}
