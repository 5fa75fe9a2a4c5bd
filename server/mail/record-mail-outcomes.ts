import { appendEvents } from "../events/append-events.ts";
import type { EventType } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { nextAttempt } from "./retry.ts";
import type { Outcome } from "./sending.ts";
import { markOutcomes, type OutcomeRow } from "./store/sending.ts";

const EVENTS = {
  sent: "mail.sent",
  bounced: "mail.bounced",
  failed: "mail.failed",
  suppressed: "mail.suppressed",
} as const satisfies Record<string, EventType>;

type Ended = keyof typeof EVENTS;

/** Writes down what became of claimed mails, and tells it. What is tried again tells nothing yet. */
export async function recordMailOutcomes(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((outcome) => rowOf(outcome, tx.now));
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  const recorded = await markOutcomes(tx, rows);
  await appendEvents(
    tx,
    recorded.flatMap(({ id, message, subjectId }) => {
      const state = states.get(id) as OutcomeRow["state"];
      if (!Object.hasOwn(EVENTS, state)) return [];
      const object = { id, message, subject_id: subjectId, state };
      return [{ type: EVENTS[state as Ended], subjectId: id, audience: [], object }];
    }),
  );
}

function rowOf({ kind, mail: { id, attempts }, detail }: Outcome, now: Date): OutcomeRow {
  const row = { id, attempts, detail };
  if (kind !== "deferred") return { ...row, state: kind, nextAttemptAt: null };
  const nextAttemptAt = nextAttempt(attempts, now, Math.random());
  return { ...row, nextAttemptAt, state: nextAttemptAt === null ? "failed" : "queued" };
}
