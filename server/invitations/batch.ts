import { languageOf } from "../messages/language.ts";
import { emailHash, isEmail } from "../primitives/email.ts";
import { type ColumnMapping, fillMessage } from "./column-mapping.ts";
import type { BatchId, InvitationId } from "./invitation.ts";
import { type Ground, peopleProblems } from "./people.ts";
import { readPersonalMessage } from "./personal-message.ts";

const BATCH_STATES = ["draft", "sending", "paused", "completed", "cancelled"] as const;
export type BatchState = (typeof BATCH_STATES)[number];
export type BatchStep = "send" | "pause" | "resume" | "complete" | "cancel";

const MOVES: Record<BatchState, Partial<Record<BatchStep, BatchState>>> = {
  draft: { send: "sending", cancel: "cancelled" },
  sending: { pause: "paused", complete: "completed", cancel: "cancelled" },
  paused: { resume: "sending", cancel: "cancelled" },
  // What waits in the outbox can still be taken back.
  completed: { cancel: "cancelled" },
  cancelled: {},
};

/** The state after a step; null: it cannot be taken from here. */
export function batchAfter(state: BatchState, step: BatchStep): BatchState | null {
  return MOVES[state][step] ?? null;
}

/** A list of people to invite, looked over before anything is sent. */
export type Batch = {
  id: BatchId;
  inviterId: string;
  name: string;
  state: BatchState;
  columns: string[];
  mapping: ColumnMapping;
  message: string;
  language: string;
  scheduledAt: Date | null;
  expiresDays: number;
  perMinute: number | null;
  isLimited: boolean;
  minuteStartedAt: Date | null;
  minuteSent: number;
  waitsFor: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
};

export type RowEdits = { email?: string; name?: string; message?: string; is_left_out?: boolean };

/** One person of a batch: what the file said, what was written over it, and what came of both. */
export type BatchRow = {
  number: number;
  cells: string[];
  edits: RowEdits | null;
  email: string;
  emailHash: string | null;
  name: string;
  message: string;
  language: string;
  problem: string | null;
  invitationId: InvitationId | null;
};

export type RowFields = Pick<BatchRow, "email" | "emailHash" | "name" | "message" | "language">;

/** What a row says under the batch's mapping. */
export function rowFields(
  { cells, edits }: Pick<BatchRow, "cells" | "edits">,
  batch: Pick<Batch, "columns" | "mapping" | "message" | "language">,
  key: string,
): RowFields {
  const { mapping, columns } = batch;
  const cell = (index: number | null): string => (index === null ? "" : (cells[index] ?? ""));
  const email = (edits?.email ?? cell(mapping.email)).trim();
  const own = edits?.message ?? cell(mapping.message);
  const language = cell(mapping.language).toLowerCase().slice(0, 2);
  return {
    email,
    emailHash: isEmail(email) ? emailHash(email, key) : null,
    name: edits?.name ?? cell(mapping.name),
    message: fillMessage(own === "" ? batch.message : own, columns, cells),
    language: languageOf(language) === language ? language : batch.language,
  };
}

/** What people read for each problem of a row. */
export const ROW_PROBLEMS: Record<string, string> = {
  missing_email: "The address is missing.",
  invalid_email: "This is not an e-mail address.",
  duplicate: "This address is in the list twice; the first one counts.",
  own_address: "This is the inviter's own address.",
  already_invited: "They have been invited already.",
  cannot_be_invited: "This person can't be invited.",
  suppressed: "They want no invitations, or their address does not work.",
  not_mailed_there: "This program sends no mails to people in the European Union.",
  link_in_text: "The name or the message holds a link.",
  text_too_long: "The name or the message is too long.",
  over_limit: "This is more than may be sent at the moment.",
  left_out: "You left this one out.",
};

/** What stands against each row, in the order of the file; null: it is ready. `room` is how many may be sent at all. */
export function rowProblems(
  rows: readonly (RowFields & Pick<BatchRow, "edits">)[],
  ground: Ground,
  { room, isOperator }: { room: number; isOperator: boolean },
): (string | null)[] {
  const wanted = rows.filter(({ edits }) => edits?.is_left_out !== true);
  const people = peopleProblems(
    wanted.map(({ email, emailHash: hash, name }) => ({ email, emailHash: hash, name })),
    ground,
  );
  const messages = new Map<string, string | null>();
  const problemOf = new Map(
    wanted.map((row, index) => [row, people[index]?.code ?? messageProblem(row.message, messages)]),
  );
  let ready = 0;
  return rows.map((row) => {
    if (row.edits?.is_left_out === true) return "left_out";
    if (row.email === "") return "missing_email";
    const problem = problemOf.get(row) ?? null;
    // The team may know whom a mail would not reach; members are not told.
    if (problem === "cannot_be_invited" && isOperator && ground.suppressed.has(row.emailHash ?? ""))
      return "suppressed";
    if (problem !== null) return problem;
    return ++ready > room ? "over_limit" : null;
  });
}

/** Most rows have the same message: it is read once. */
function messageProblem(message: string, known: Map<string, string | null>): string | null {
  const found = known.get(message);
  if (found !== undefined) return found;
  const read = readPersonalMessage(message);
  const problem = read.kind === "ok" ? null : read.problem.code;
  known.set(message, problem);
  return problem;
}
