import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { HistoryRange } from "../conversions/conversion-history.ts";
import { findHistorySize } from "../conversions/find-history-size.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Database, Tx } from "../platform/database.ts";
import { isOutage } from "../platform/database-errors.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Program } from "../programs/program.ts";
import { ComparedSide } from "./compared-side.ts";
import { ComparedTally } from "./compared-tally.ts";
import { comparisonResult } from "./comparison-result.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { findReplaySteps } from "./find-replay-steps.ts";
import { parsePlan } from "./plan.ts";
import { type PublishedPlan, planInForce } from "./plans-in-force.ts";
import { ATTEMPTS_MAX, type ReplaySource, type ReplayStep, SILENCE_SECONDS } from "./replay.ts";
import { simulatedHistory } from "./simulated-history.ts";
import { markCompleted, markFailed, type ReplayRow, takeReplay, updateProgress } from "./store/replays.ts";

/** After so many conversions whoever waits for this process has their turn. */
const STEPS_AT_ONCE = 50;
const STEPS_PER_REPORT = 2_000;
const SIMULATED_STEPS_EACH = 11;
const ENDED_TWICE = "The worker ended twice while it replayed this plan.";

type Job = { db: Database; programId: string; row: ReplayRow; program: Program; plans: PublishedPlan[] };

/** Takes up the next replay of a program and works it off; answers how many. */
export async function replayPlan(db: Database, programId: string, cache: PlanCache): Promise<number> {
  const row = await db.write(programId, (tx) => takeReplay(tx, SILENCE_SECONDS));
  if (!row) return 0;
  try {
    if (row.attempts > ATTEMPTS_MAX) throw new Error(ENDED_TWICE);
    const { program, plans } = await db.read(programId, async (reader) => {
      const found = await findProgram(reader);
      return { program: found, plans: await findPlans(reader, found, cache) };
    });
    const tally = await run({ db, programId, row, program, plans });
    if (tally) await db.write(programId, (tx) => complete(tx, row, tally, program.currency));
  } catch (error) {
    if (isOutage(error)) throw error;
    await db.write(programId, (tx) => fail(tx, row, error));
  }
  return 1;
}

/** Null when it was cancelled. */
async function run(job: Job): Promise<ComparedTally | null> {
  const tally = new ComparedTally(job.program.timeZone);
  const draft = draftOf(job.row);
  const sides = {
    current: new ComparedSide(({ planVersion }) => currentPlan(job, planVersion)),
    draft: new ComparedSide(() => draft),
  };
  const currencies = new Map<string, string>();
  const total = await totalOf(job);
  let done = 0;
  for await (const steps of stepsOf(job, draft)) {
    for (let i = 0; i < steps.length; i += STEPS_AT_ONCE) {
      for (const step of steps.slice(i, i + STEPS_AT_ONCE)) take(step, sides, tally, currencies);
      await yieldToOthers();
    }
    const before = done;
    done = tally.conversions;
    const isReported = Math.floor(done / STEPS_PER_REPORT) > Math.floor(before / STEPS_PER_REPORT);
    if ((isReported || before === 0) && !(await report(job, done, total))) return null;
  }
  return (await report(job, done, done)) ? tally : null;
}

/** What happened was settled by a version; a simulation is always under the plan of today. */
function currentPlan({ row, plans }: Job, version: number | null): PublishedPlan | null {
  if (version === null) return planInForce(plans, row.createdAt);
  return plans.find((published) => published.version === version) ?? null;
}

function draftOf({ planId, document }: ReplayRow): PublishedPlan {
  return { id: planId, version: 0, inForceFrom: new Date(0), plan: parsePlan(document) };
}

type Sides = { current: ComparedSide; draft: ComparedSide };

function take(
  step: ReplayStep,
  { current, draft }: Sides,
  tally: ComparedTally,
  currencies: Map<string, string>,
) {
  if (step.kind === "conversion") {
    if (step.isRefunded) currencies.set(step.key, step.facts.conversion.amount.currency);
    return tally.addConversion(step, current.settle(step), draft.settle(step));
  }
  const currency = currencies.get(step.key);
  // A refund of something that lies outside of what is replayed.
  if (currency === undefined) return;
  tally.addRefund(step.at, currency, step.addedMinor, {
    current: current.refund(step),
    draft: draft.refund(step),
  });
}

/** What was recorded in the millisecond in which it was asked belongs to it. */
function rangeOf(source: ReplaySource & { kind: "history" }, askedAt: Date): HistoryRange {
  const before = new Date(askedAt.getTime() + 1);
  const at = (text: string | undefined) => (text === undefined ? null : new Date(text));
  return { from: at(source.from), to: at(source.to), before };
}

async function totalOf({ db, programId, row }: Job): Promise<number> {
  const { source, createdAt } = row;
  if (source.kind === "simulation") return source.participants * SIMULATED_STEPS_EACH;
  return db.read(programId, (reader) => findHistorySize(reader, rangeOf(source, createdAt)));
}

async function* stepsOf(job: Job, draft: PublishedPlan): AsyncGenerator<ReplayStep[]> {
  const { db, programId, row, program } = job;
  const { source } = row;
  if (source.kind === "history") {
    yield* findReplaySteps(db, programId, rangeOf(source, row.createdAt));
    return;
  }
  const { participants, months, seed } = source;
  const { currency } = program;
  let batch: ReplayStep[] = [];
  const terms = { participants, months, seed, currency, directLimit: draft.plan.directLimit };
  for (const step of simulatedHistory(terms)) {
    batch.push(step);
    if (batch.length < STEPS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

async function report({ db, programId, row }: Job, done: number, total: number): Promise<boolean> {
  return (await db.write(programId, (tx) => updateProgress(tx, row, done, total))) > 0;
}

async function complete(tx: Tx, row: ReplayRow, tally: ComparedTally, currency: string): Promise<void> {
  const ended = await markCompleted(tx, row, comparisonResult(tally, currency));
  if (ended) await tell(tx, ended);
}

async function fail(tx: Tx, row: ReplayRow, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const ended = await markFailed(tx, row, reason);
  if (ended) await tell(tx, ended);
}

async function tell(tx: Tx, { id, planId, state, result, reason }: ReplayRow): Promise<void> {
  const object = { id, plan_id: planId, state, sentence: result?.sentence ?? null, reason };
  await appendEvents(tx, [{ type: "replay.completed", subjectId: id, audience: [], object }]);
}
