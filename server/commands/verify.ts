import type { Check } from "../platform/verification.ts";
import { verifyPrograms } from "../rewards/verify-programs.ts";
import type { Command } from "./command.ts";

const EXIT_BROKEN = 1;

/** The books of every program, checked on the live database. */
export const verify: Command = {
  name: "verify",
  usage: "verify [--json]",
  summary: "Check the invariants of every program; fails when one is broken",
  options: ["json"],
  async run({ installation: { db }, options, print }) {
    const found = await verifyPrograms(db, new Date());
    const ok = found.every(({ verification }) => verification.ok);
    if (options.has("json")) {
      const programs = found.map(({ programId, verification: { checkedAt, ...rest } }) => ({
        program_id: programId,
        checked_at: checkedAt.toISOString(),
        ...rest,
      }));
      print(JSON.stringify({ ok, programs }));
    } else {
      for (const { programId, verification } of found)
        print([programId, ...verification.checks.map(lineOf), ""].join("\n"));
      print(ok ? "Everything holds." : "Something is broken: see above.");
    }
    return ok ? 0 : EXIT_BROKEN;
  },
};

function lineOf({ id, name, ok, figure, detail }: Check): string {
  return `  ${ok ? "ok    " : "BROKEN"}  ${id.padEnd(15)}  ${name} (${figure})${detail === null ? "" : `\n          ${detail}`}`;
}
