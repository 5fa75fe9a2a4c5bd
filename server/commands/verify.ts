import type { Database } from "../platform/database.ts";
import type { Check } from "../platform/verification.ts";
import { createPlanCache } from "../rewards/create-plan-cache.ts";
import { verifyHistory } from "../rewards/verify-history.ts";
import { verifyPrograms } from "../rewards/verify-programs.ts";
import type { Command } from "./command.ts";

const EXIT_BROKEN = 1;

/** The books of every program, checked on the live database. */
export const verify: Command = {
  name: "verify",
  usage: "verify [--deep] [--json]",
  summary:
    "Check the invariants of every program; fails when one is broken. --deep settles the whole history again",
  options: ["deep", "json"],
  flags: ["deep", "json"],
  async run({ installation: { db }, options, print }) {
    const now = new Date();
    const found = await verifyPrograms(db, now);
    if (options.has("deep")) for (const one of found) await lookDeeper(db, one);
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

type Found = Awaited<ReturnType<typeof verifyPrograms>>[number];

async function lookDeeper(db: Database, { programId, verification }: Found): Promise<void> {
  const checks = await verifyHistory(db, programId, createPlanCache());
  verification.checks.push(...checks);
  verification.ok &&= checks.every(({ ok }) => ok);
}

function lineOf({ id, name, ok, figure, detail }: Check): string {
  return `  ${ok ? "ok    " : "BROKEN"}  ${id.padEnd(15)}  ${name} (${figure})${detail === null ? "" : `\n          ${detail}`}`;
}
