import { type AnyDoor, door } from "../access/door.ts";
import { type Entry, entryId, formatEntryPlace } from "../ledger/entry.ts";
import { findBalancesAt } from "../ledger/find-balances-at.ts";
import { findEntries } from "../ledger/find-entries.ts";
import { findStatement } from "../ledger/find-statement.ts";
import { momentOf } from "../ledger/moment.ts";
import type { Database } from "../platform/database.ts";
import { pageOf, pageWindow } from "../primitives/page.ts";
import { monthPeriod } from "../primitives/period.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import * as contract from "./contract.ts";
import { findParticipant } from "./find-participant.ts";

export type ParticipantsDeps = { db: Database };

/** What one participant has, entry by entry. */
export const participantRoutes = (deps: ParticipantsDeps): AnyDoor[] => [
  balanceDoor(deps),
  entriesDoor(deps),
  statementDoor(deps),
];

const balanceDoor = ({ db }: ParticipantsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant/balance",
    operation: "participants.balance",
    limit: "read",
    summary: "What a participant has, by currency, now or as of a time",
    tag: "Participants",
    schema: {
      params: contract.ParticipantParams,
      query: contract.MomentQuery,
      response: { 200: contract.BalanceAnswer },
    },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        return { data: await findBalancesAt(reader, person.id, momentOf(query)) };
      }),
    }),
  });

const entriesDoor = ({ db }: ParticipantsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant/entries",
    operation: "participants.entries",
    limit: "read",
    summary: "A participant's side of the ledger, newest first",
    tag: "Participants",
    schema: {
      params: contract.ParticipantParams,
      query: contract.EntriesQuery,
      response: { 200: contract.EntryList },
    },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        const rows = await findEntries(reader, person.id, pageWindow(query));
        return pageOf(rows, query, formatEntryPlace, entryWire);
      }),
    }),
  });

const statementDoor = ({ db }: ParticipantsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant/statements/:month",
    operation: "participants.statement",
    limit: "read",
    summary: "A month in the program's time zone: opening, entries, closing",
    tag: "Participants",
    schema: {
      params: contract.StatementParams,
      query: contract.KnownQuery,
      response: { 200: contract.StatementAnswer },
    },
    handle: async ({ actor, programId, params: { participant, month }, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, participant);
        const period = monthPeriod(month, (await findProgram(reader)).timeZone);
        if (!period) throw new Refusal("not_found");
        const { knownAt } = momentOf(query);
        const statement = await findStatement(reader, person.id, period, knownAt);
        const { opening, entries, closing, hasMore } = statement;
        return {
          period: month,
          from: period.from.toISOString(),
          to: period.to.toISOString(),
          opening,
          entries: entries.map(entryWire),
          closing,
          has_more: hasMore,
        };
      }),
    }),
  });

function entryWire(entry: Entry) {
  return {
    id: entryId(entry),
    transfer_id: entry.transferId,
    purse: entry.purse,
    currency: entry.currency,
    amount: Number(entry.amountMinor),
    reason: entry.reason,
    reward_id: entry.subjectId.startsWith("rwd_") ? entry.subjectId : null,
    occurred_at: entry.occurredAt.toISOString(),
    recorded_at: entry.recordedAt.toISOString(),
  };
}
