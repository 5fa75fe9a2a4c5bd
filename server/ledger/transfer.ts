import type { Money } from "../primitives/money.ts";
import { type AccountId, accountId, type Purse } from "./account.ts";
import type { ExchangeBasis } from "./exchange-basis.ts";

/** Why money moved. */
export type TransferReason =
  | "granted"
  | "released"
  | "reversed"
  | "restored"
  | "exchanged"
  | "redeemed"
  | "redemption_reversed"
  | "expired"
  | "written_off";

/** One movement between two accounts: it takes from the debit side and adds to the credit side. */
export type Transfer = {
  /** The same movement, posted twice, is refused. */
  idempotencyKey: string;
  debitId: AccountId;
  creditId: AccountId;
  amountMinor: bigint;
  currency: string;
  reason: TransferReason;
  subjectId: string;
  occurredAt: Date;
  /** Only from or to an account of exchange. */
  exchange?: ExchangeBasis;
};

type Side = { ownerId: string; purse: Purse };

/** Written out field by field: several of them are made for each purchase. */
export function transferOf({
  from,
  to,
  amount: { minor, currency },
  idempotencyKey,
  reason,
  subjectId,
  occurredAt,
}: { from: Side; to: Side; amount: Money } & Pick<
  Transfer,
  "idempotencyKey" | "reason" | "subjectId" | "occurredAt"
>): Transfer {
  return {
    idempotencyKey,
    debitId: accountId(currency, from.purse, from.ownerId),
    creditId: accountId(currency, to.purse, to.ownerId),
    amountMinor: minor,
    currency,
    reason,
    subjectId,
    occurredAt,
  };
}
