import type { Purse } from "../ledger/account.ts";
import { type Transfer, type TransferReason, transferOf } from "../ledger/transfer.ts";
import { formatExchangeRate, worthIn } from "../primitives/exchange.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import type { RewardRow } from "./store.ts";

/** Money on its way from the program to a participant, or, with `isBack`, from them to it. */
export type RewardMovement = {
  reward: Pick<RewardRow, "id" | "participantId" | "currency">;
  purse: Purse;
  amountMinor: bigint;
  isBack: boolean;
  /** What the reward was worth before, in its own currency. */
  netMinor: bigint;
  idempotencyKey: string;
  reason: TransferReason;
  occurredAt: Date;
};

/** Why a reward is paid for in another currency than it is in: its purchase was. */
export type ForeignPurchase = { rate: RateEntry; currency: string };

/**
 * One transfer, or, where the purchase was in another currency, a pair through the accounts of exchange: what the
 * reward is worth there goes from the program's funding, and the reward comes out in the program's currency.
 */
export function rewardTransfers(
  programId: string,
  movement: RewardMovement,
  foreign: ForeignPurchase | null,
): Transfer[] {
  const { reward, idempotencyKey, reason, occurredAt } = movement;
  const isExchanged = foreign !== null && reward.currency === foreign.currency;
  const theirs = { ownerId: reward.participantId, purse: movement.purse };
  const ours = { ownerId: programId, purse: isExchanged ? ("fx" as const) : ("funding" as const) };
  const own = transferOf({
    idempotencyKey,
    ...(movement.isBack ? { from: theirs, to: ours } : { from: ours, to: theirs }),
    amount: { minor: movement.amountMinor, currency: reward.currency },
    reason,
    subjectId: reward.id,
    occurredAt,
  });
  if (!isExchanged) return [own];
  const exchange = basisOf(foreign.rate);
  return [...foreignSide(programId, movement, foreign.rate), own].map((transfer) => ({
    ...transfer,
    exchange,
  }));
}

/** Rounded down over what the reward is worth in the whole, so that parts add up; nothing where it is too little. */
function foreignSide(programId: string, movement: RewardMovement, rate: RateEntry): Transfer[] {
  const { reward, netMinor, amountMinor, isBack, occurredAt } = movement;
  const worth = (minor: bigint): bigint =>
    worthIn({ minor, currency: reward.currency }, rate.rate, rate.currency).minor;
  const minor =
    worth(isBack ? netMinor : netMinor + amountMinor) - worth(isBack ? netMinor - amountMinor : netMinor);
  if (minor === 0n) return [];
  const funding = { ownerId: programId, purse: "funding" } as const;
  const fx = { ownerId: programId, purse: "fx" } as const;
  return [
    transferOf({
      idempotencyKey: `${movement.idempotencyKey}:exchanged`,
      ...(isBack ? { from: fx, to: funding } : { from: funding, to: fx }),
      amount: { minor, currency: rate.currency },
      reason: "exchanged",
      subjectId: reward.id,
      occurredAt,
    }),
  ];
}

function basisOf({ id, rate, validFrom, source }: RateEntry) {
  return { rateId: id, rate: formatExchangeRate(rate), validFrom, source };
}
