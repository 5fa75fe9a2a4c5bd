import { type AnyDoor, door } from "../access/door.ts";
import type { Database } from "../platform/database.ts";
import { pageOf, pageWindow } from "../primitives/page.ts";
import * as contract from "./contract.ts";
import { entryId, formatEntryPlace } from "./entry.ts";
import { findProgramEntries } from "./find-program-entries.ts";
import { findTrialBalance } from "./find-trial-balance.ts";
import { instantOf } from "./moment.ts";
import type { OwnedEntry } from "./store/finance.ts";

type LedgerDeps = { db: Database };

/** A look at every transfer takes as long as there are transfers. */
const TRIAL_MS_MAX = 120_000;

/** The books of a program, for those who keep them. */
export const ledgerRoutes = (deps: LedgerDeps): AnyDoor[] => [trialDoor(deps), entriesDoor(deps)];

const trialDoor = ({ db }: LedgerDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/ledger/trial_balance",
    operation: "ledger.trial_balance",
    limit: "write",
    summary: "Every account class with debit, credit and balance, now or as of a time",
    tag: "Ledger",
    schema: { query: contract.TrialBalanceQuery, response: { 200: contract.TrialBalanceAnswer } },
    handle: async ({ programId, query }) => {
      const moment = { asOf: instantOf(query.at, "at"), knownAt: instantOf(query.known_at, "known_at") };
      const options = { statementMsMax: TRIAL_MS_MAX };
      const { lines, totals } = await db.read(
        programId,
        (reader) => findTrialBalance(reader, moment),
        options,
      );
      const body: contract.TrialBalanceAnswer = {
        at: moment.asOf?.toISOString() ?? null,
        known_at: moment.knownAt?.toISOString() ?? null,
        is_balanced: totals.every(({ isBalanced }) => isBalanced),
        totals: totals.map(({ currency, debitMinor, creditMinor, isBalanced }) => ({
          currency,
          debit: Number(debitMinor),
          credit: Number(creditMinor),
          is_balanced: isBalanced,
        })),
        accounts: lines.map(({ purse, currency, debitMinor, creditMinor, balanceMinor }) => ({
          purse: purse as contract.ProgramEntry["purse"],
          currency,
          debit: Number(debitMinor),
          credit: Number(creditMinor),
          balance: Number(balanceMinor),
        })),
      };
      return { status: 200, body };
    },
  });

const entriesDoor = ({ db }: LedgerDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/entries",
    operation: "entries.list",
    limit: "read",
    summary: "Both sides of every transfer, newest first",
    tag: "Ledger",
    schema: { query: contract.ProgramEntriesQuery, response: { 200: contract.ProgramEntryList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const { purse, participant_id: participantId } = query;
        const isOurs = purse === "funding" || purse === "fx";
        const filter = {
          ownerId: participantId ?? (isOurs ? programId : null),
          subjectId: query.subject_id ?? null,
          purse: purse ?? null,
          currency: query.currency ?? null,
          reason: query.reason ?? null,
          from: instantOf(query.from, "from"),
          to: instantOf(query.to, "to"),
        };
        const rows = await findProgramEntries(reader, filter, pageWindow(query), await db.horizon(reader));
        return pageOf(rows, query, formatEntryPlace, wire);
      }),
    }),
  });

function wire(entry: OwnedEntry) {
  return {
    id: entryId(entry),
    transfer_id: entry.transferId,
    participant_id: entry.ownerId.startsWith("par_") ? entry.ownerId : null,
    purse: entry.purse,
    currency: entry.currency,
    amount: Number(entry.amountMinor),
    reason: entry.reason,
    subject_id: entry.subjectId,
    occurred_at: entry.occurredAt.toISOString(),
    recorded_at: entry.recordedAt.toISOString(),
  };
}
