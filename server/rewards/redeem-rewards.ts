import { appendEvents } from "../events/append-events.ts";
import { holdBalances } from "../ledger/hold-balances.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import type { Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import { redemptionFacts } from "./presentation.ts";
import { checkRedeemable, consume, type RedeemedPart, type RedemptionRow } from "./redemption.ts";
import { lockSpendable } from "./store/expiry.ts";
import { addRedeemed, insertRedemption, readRedemptionByExternalId } from "./store/redemptions.ts";
import type { RewardRow } from "./store.ts";

/** Rewards looked at in one statement; there are rarely more that can be used. */
const SPENDABLE_MAX = 500;

export type RedemptionReport = {
  participantId: string;
  amount: Money;
  externalId: string | null;
  note: string | null;
};

/**
 * Uses points or credit that are available, never more than there is, the oldest to expire first. One that is known
 * by its external id answers what stands.
 */
export async function redeemRewards(
  tx: Tx,
  report: RedemptionReport,
): Promise<{ redemption: RedemptionRow; isNew: boolean }> {
  const { participantId, amount, externalId, note } = report;
  const available = await holdBalances(tx, [participantId]);
  const known = externalId === null ? null : await readRedemptionByExternalId(tx, externalId);
  if (known !== null) {
    if (!isSame(known, report)) throw new Refusal("external_id_reused");
    return { redemption: known, isNew: false };
  }
  checkRedeemable(amount.minor, available(participantId, amount.currency), amount.currency);
  const parts = await findParts(tx, participantId, amount);
  const id = tx.newId("rdm");
  const { currency, minor: amountMinor } = amount;
  const redemption = await insertRedemption(tx, {
    ...{ id, participantId, externalId, currency, amountMinor, note, parts },
  });
  await post(tx, redemption);
  if (parts.length > 0) await addRedeemed(tx, parts);
  return { redemption, isNew: true };
}

function isSame(known: RedemptionRow, { participantId, amount }: RedemptionReport): boolean {
  return (
    known.participantId === participantId &&
    known.currency === amount.currency &&
    known.amountMinor === amount.minor
  );
}

async function findParts(tx: Tx, participantId: string, { minor, currency }: Money): Promise<RedeemedPart[]> {
  const parts: RedeemedPart[] = [];
  let restMinor = minor;
  let last: RewardRow | null = null;
  while (restMinor > 0n) {
    const page: RewardRow[] = await lockSpendable(
      tx,
      { participantId, currency },
      { after: last, limit: SPENDABLE_MAX },
    );
    const used = consume(page, restMinor);
    parts.push(...used.parts);
    restMinor = used.restMinor;
    last = page.at(-1) ?? null;
    if (page.length < SPENDABLE_MAX) break;
  }
  return parts;
}

async function post(tx: Tx, redemption: RedemptionRow): Promise<void> {
  const { id, participantId: ownerId, amountMinor: minor, currency } = redemption;
  await postTransfers(tx, [
    transferOf({
      idempotencyKey: `${id}:redeemed`,
      from: { ownerId, purse: "available" },
      to: { ownerId, purse: "paid" },
      amount: { minor, currency },
      reason: "redeemed",
      subjectId: id,
      occurredAt: tx.now,
    }),
  ]);
  await appendEvents(tx, [
    {
      type: "reward.redeemed",
      subjectId: id,
      audience: [ownerId],
      object: redemptionFacts(redemption),
      moves: [
        { purse: "available", currency, amount: -Number(minor) },
        { purse: "paid", currency, amount: Number(minor) },
      ],
    },
  ]);
}
