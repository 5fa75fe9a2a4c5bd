import { setImmediate as yieldToOthers } from "node:timers/promises";
import { SIGNUP_KIND } from "../conversions/conversion.ts";
import type { HistoryRange } from "../conversions/conversion-history.ts";
import { findHistorySize } from "../conversions/find-history-size.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Database, Tx } from "../platform/database.ts";
import { isOutage } from "../platform/database-errors.ts";
import { toWire } from "../primitives/money.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Program } from "../programs/program.ts";
import { ComparedSide } from "./compared-side.ts";
import { ComparedTally } from "./compared-tally.ts";
import { comparisonResult } from "./comparison-result.ts";
import type { ReplayResult } from "./contract/replays.ts";
import { keptTogether } from "./counter.ts";
import { findPlans, type PlanCache, type Terms } from "./find-plans.ts";
import { findReplaySteps } from "./find-replay-steps.ts";
import { type Plan, parsePlan, uplineDepth } from "./plan.ts";
import { type PublishedPlan, planInForce } from "./plans-in-force.ts";
import type { Promotion } from "./promotion.ts";
import {
  ATTEMPTS_MAX,
  type ReplayConversion,
  type ReplaySource,
  type ReplayStep,
  SILENCE_SECONDS,
} from "./replay.ts";
import { simulatedHistory } from "./simulated-history.ts";
import { markCompleted, markFailed, type ReplayRow, takeReplay, updateProgress } from "./store/replays.ts";

/** After so many conversions whoever waits for this process has their turn. */
const STEPS_AT_ONCE = 50;
const STEPS_PER_REPORT = 2_000;
const SIMULATED_STEPS_EACH = 11;
const ENDED_TWICE = "The worker ended twice while it replayed this plan.";

type Job = { db: Database; programId: string; row: ReplayRow; program: Program } & Terms;

/** Takes up the next replay of a program and works it off; answers how many. */
export async function replayPlan(db: Database, programId: string, cache: PlanCache): Promise<number> {
  const row = await db.write(programId, (tx) => takeReplay(tx, SILENCE_SECONDS));
  if (!row) return 0;
  try {
    if (row.attempts > ATTEMPTS_MAX) throw new Error(ENDED_TWICE);
    const { program, terms } = await db.read(programId, async (reader) => {
      const found = await findProgram(reader);
      return { program: found, terms: await findPlans(reader, found, cache) };
    });
    const result = await run({ db, programId, row, program, ...terms });
    if (result) await db.write(programId, (tx) => complete(tx, row, result));
  } catch (error) {
    if (isOutage(error)) throw error;
    await db.write(programId, (tx) => fail(tx, row, error));
  }
  return 1;
}

/** Null when it was cancelled. */
async function run(job: Job): Promise<ReplayResult | null> {
  const { program, plans, promotions, row } = job;
  const tally = new ComparedTally(program.timeZone);
  const draft = draftOf(row);
  const kept = keptTogether([draft.plan, ...plans.map(({ plan }) => plan), ...promotions]);
  const sides = {
    current: new ComparedSide(({ planVersion }) => currentPlan(job, planVersion), promotions, kept),
    draft: new ComparedSide(
      (step) => (staysBehind(step, job, draft) ? currentPlan(job, step.planVersion) : draft),
      promotions,
      kept,
    ),
  };
  const currencies = new Map<string, string>();
  const total = await totalOf(job);
  let done = 0;
  let reported = -STEPS_PER_REPORT;
  for await (const steps of stepsOf(job, draft)) {
    for (let i = 0; i < steps.length; i += STEPS_AT_ONCE) {
      for (const step of steps.slice(i, i + STEPS_AT_ONCE)) take(step, sides, tally, currencies);
      await yieldToOthers();
    }
    done += steps.length;
    if (done - reported < STEPS_PER_REPORT) continue;
    reported = done;
    if (!(await report(job, Math.min(done, total), total))) return null;
  }
  if (!(await report(job, total, total))) return null;
  return comparisonResult(tally, program.currency, spentOn(promotions, sides));
}

/** As if the draft had come into force where the replay begins: it may leave referrals made before it where they are. */
function staysBehind(
  { facts: { referredAt } }: ReplayConversion,
  { row }: Job,
  { plan }: PublishedPlan,
): boolean {
  const { source } = row;
  if (plan.existingReferrals === "move" || source.kind !== "history" || source.from === undefined)
    return false;
  return referredAt !== null && referredAt.getTime() < new Date(source.from).getTime();
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

/** Only what a budget limits is counted. */
function spentOn(promotions: readonly Promotion[], sides: Sides): ReplayResult["promotions"] {
  return promotions.flatMap(({ id, name, budget }) =>
    (["current", "draft"] as const).flatMap((side) => {
      const minor = sides[side].spentOf(id);
      if (budget === null || minor === 0n) return [];
      return [{ side, promotion: name, spent: toWire({ ...budget, minor }) }];
    }),
  );
}

function take(
  step: ReplayStep,
  { current, draft }: Sides,
  tally: ComparedTally,
  currencies: Map<string, string>,
) {
  if (step.kind === "conversion") {
    const [now, then] = [current.settle(step), draft.settle(step)];
    if (!step.isTallied) return;
    if (step.isRefunded) currencies.set(step.key, step.facts.conversion.amount.currency);
    return tally.addConversion(step, now, then);
  }
  // Two plans are compared by what they grant; what was not used is nothing that either of them took back.
  if (step.kind === "expiry") return;
  const payments = { current: current.refund(step), draft: draft.refund(step) };
  const currency = currencies.get(step.key);
  // A refund of something that lies outside of what is replayed.
  if (currency !== undefined) tally.addRefund(step.at, currency, step.addedMinor, payments);
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
    const range = rangeOf(source, row.createdAt);
    const all = [draft, ...job.plans].map(({ plan }) => plan);
    // What is counted was counted from the beginning on.
    const isCounting = all.some(
      ({ kept, caps, qualifies, rules }) =>
        kept.nth ||
        kept.qualified ||
        kept.points ||
        caps.length > 0 ||
        qualifies !== null ||
        rules.some(({ stage }) => stage === "qualified"),
    );
    yield* findReplaySteps(db, programId, isCounting ? { ...range, from: null } : range, {
      timeZone: program.timeZone,
      tallyFrom: range.from,
      levels: Math.max(...all.map(uplineDepth)),
      currency: program.currency,
      withSignups: asksForSignups(draft.plan),
      withExpiries: false,
    });
    return;
  }
  const { participants, months, seed } = source;
  const { currency } = program;
  let batch: ReplayStep[] = [];
  const terms = { participants, months, seed, currency, directLimit: draft.plan.directLimit };
  for (const step of simulatedHistory(terms, program.timeZone)) {
    batch.push(step);
    if (batch.length < STEPS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function asksForSignups({ rules, qualifies }: Plan): boolean {
  return qualifies?.on === SIGNUP_KIND || rules.some(({ on }) => on === SIGNUP_KIND);
}

async function report({ db, programId, row }: Job, done: number, total: number): Promise<boolean> {
  return (await db.write(programId, (tx) => updateProgress(tx, row, done, total))) > 0;
}

async function complete(tx: Tx, row: ReplayRow, result: ReplayResult): Promise<void> {
  const ended = await markCompleted(tx, row, result);
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
