import { atMoment } from "../platform/at-moment.ts";
import type { Database, Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { ProgramId } from "../programs/program.ts";
import { createPlanCache } from "../rewards/create-plan-cache.ts";
import type { PlanCache } from "../rewards/find-plans.ts";
import { DrawnIds } from "./drawn-ids.ts";
import { type LoggedFact, LogProblem, parseEnd, parseFact, parseHeader } from "./logged-fact.ts";
import { replayFact } from "./replay-fact.ts";

/** `surplus`: the first fact of which less came here than where the log is from, in words. */
export type ReplayedLog = { programId: ProgramId; facts: number; surplus: string | null };

/** People and referrals that are told in one transaction, each at its own moment. */
const FACTS_AT_ONCE = 200;
/** Whatever may move money has a transaction of its own: what was when is asked of the positions, too. */
const TOLD_TOGETHER: readonly LoggedFact["fact"][] = ["participant", "referral", "visit", "rate"];

/**
 * Lets everything in a log happen again in a database that does not know its program. Nobody is told anything and no worker is
 * needed: what the clock set off stands in the log, with its moment.
 */
export async function replayLog(db: Database, lines: AsyncIterable<string>): Promise<ReplayedLog> {
  const replayed = { programId: "" as ProgramId, facts: 0, surplus: null as string | null };
  const cache = createPlanCache();
  let batch: Numbered[] = [];
  const settle = async (): Promise<void> => {
    const surplus = await replayTogether(db, replayed.programId, batch, cache);
    replayed.surplus ??= surplus;
    replayed.facts += batch.length;
    batch = [];
  };
  let number = 0;
  for await (const line of lines) {
    number++;
    if (number === 1) replayed.programId = parseHeader(line).program;
    else if (parseEnd(line) === null) batch.push({ number, fact: parseFact(line, number) });
    const isTogether = batch.every(({ fact }) => TOLD_TOGETHER.includes(fact.fact));
    if (batch.length === FACTS_AT_ONCE || !isTogether) await settle();
  }
  if (batch.length > 0) await settle();
  return replayed;
}

type Numbered = { number: number; fact: LoggedFact };

function replayTogether(
  db: Database,
  programId: string,
  batch: readonly Numbered[],
  cache: PlanCache,
): Promise<string | null> {
  return db.write(programId, async (tx) => {
    const surplus: (string | null)[] = [];
    for (const one of batch) surplus.push(await replayOne(tx, one, cache));
    return surplus.find((words) => words !== null) ?? null;
  });
}

async function replayOne(tx: Tx, { number, fact }: Numbered, cache: PlanCache): Promise<string | null> {
  const drawn = new DrawnIds(fact, tx.newId);
  try {
    await replayFact({ ...atMoment(tx, new Date(fact.at)), newId: drawn.newId }, fact, cache);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new LogProblem(`Line ${number}, a ${fact.fact}, is refused here: ${error.code}.`);
  }
  if (drawn.left.length === 0) return null;
  return `Line ${number}: ${drawn.left.join(", ")} came of this ${fact.fact} where the log is from, and not here.`;
}
