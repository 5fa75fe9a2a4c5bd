import { recordAudit } from "../access/record-audit.ts";
import { appendEvents } from "../events/append-events.ts";
import { findDebts } from "../ledger/find-debts.ts";
import { holdBalances } from "../ledger/hold-balances.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";

/** Accounts looked at in one transaction. */
const ACCOUNTS_MAX = 2_000;
const DAY_MS = 86_400_000;
const SYSTEM = { kind: "system" } as const;

/** How far a round has come, and what it did. */
export type DebtRound = { after: string | null; done: number };

/**
 * Writes off what participants have owed for longer than the program waits, with a transfer that says so. Looks at
 * the accounts after the given one, `only` of these people; `after` is null when there are no more.
 */
export async function cancelOldDebts(
  tx: Tx,
  after: string,
  only: ReadonlySet<string> | null = null,
): Promise<DebtRound> {
  const { debtWriteOffDays } = await findProgram(tx);
  if (debtWriteOffDays === null) return { after: null, done: 0 };
  const before = new Date(tx.now.getTime() - debtWriteOffDays * DAY_MS);
  const { debts, last } = await findDebts(tx, after, ACCOUNTS_MAX);
  const old = debts.filter(
    ({ since, ownerId }) => since.getTime() <= before.getTime() && (only?.has(ownerId) ?? true),
  );
  const available = await holdBalances(
    tx,
    old.map(({ ownerId }) => ownerId),
  );
  const owed = old.flatMap(({ ownerId, currency, sinceTransferId }) => {
    const minor = -available(ownerId, currency);
    // A reward may have come in the meantime.
    return minor > 0n ? [{ ownerId, amount: { minor, currency }, sinceTransferId }] : [];
  });
  await postTransfers(
    tx,
    owed.map(({ ownerId, amount, sinceTransferId }) =>
      transferOf({
        // One debt, from the transfer that began it, is written off once.
        idempotencyKey: `${ownerId}:written_off:${sinceTransferId}`,
        from: { ownerId: tx.programId ?? "", purse: "funding" },
        to: { ownerId, purse: "available" },
        amount,
        reason: "written_off",
        subjectId: ownerId,
        occurredAt: tx.now,
      }),
    ),
  );
  await appendEvents(
    tx,
    owed.map(({ ownerId, amount: { minor, currency } }) => ({
      type: "debt.written_off" as const,
      subjectId: ownerId,
      audience: [ownerId],
      object: { participant_id: ownerId, amount: { amount: Number(minor), currency } },
      moves: [{ purse: "available", currency, amount: Number(minor) }],
    })),
  );
  await recordAudit(
    tx,
    owed.map(({ ownerId, amount: { minor, currency } }) => ({
      actor: SYSTEM,
      operation: "debts.write_off" as const,
      subjectId: ownerId,
      requestId: null,
      changes: { amount: Number(minor), currency, older_than_days: debtWriteOffDays },
    })),
  );
  return { after: last, done: owed.length };
}
