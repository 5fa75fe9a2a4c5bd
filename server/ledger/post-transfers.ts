import type { Tx } from "../platform/database.ts";
import { parseAccountId } from "./account.ts";
import { insertAccounts, insertExchanges, insertTransfers } from "./store.ts";
import type { Transfer } from "./transfer.ts";

/** Posts movements, opening accounts on their first use. Fixed statements, however many transfers. */
export async function postTransfers(tx: Tx, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  const used = new Set(transfers.flatMap((transfer) => [transfer.debitId, transfer.creditId]));
  // An account stays open for ever: most of them need not be opened again.
  const ids = [...used].filter((id) => !tx.isKnown(id));
  for (const id of ids) tx.keepInMind(id);
  if (ids.length > 0)
    insertAccounts(
      tx,
      // In one order everywhere, so that two transactions that open the same accounts cannot deadlock.
      ids.sort().map((id) => {
        const { currency, purse, ownerId } = parseAccountId(id);
        return { id, owner_id: ownerId, purse, currency };
      }),
    );
  const numbered = transfers.map((transfer) => ({ id: tx.newId("trf"), transfer }));
  insertTransfers(
    tx,
    numbered.map(({ id, transfer }) => ({
      id,
      idempotency_key: transfer.idempotencyKey,
      debit_id: transfer.debitId,
      credit_id: transfer.creditId,
      amount_minor: transfer.amountMinor.toString(),
      currency: transfer.currency,
      reason: transfer.reason,
      subject_id: transfer.subjectId,
      occurred_at: transfer.occurredAt,
    })),
  );
  const exchanges = numbered.flatMap(({ id, transfer: { exchange } }) =>
    exchange ? [{ transferId: id, ...exchange }] : [],
  );
  if (exchanges.length > 0) insertExchanges(tx, exchanges);
}
