import { Refusal } from "../primitives/refusal.ts";
import type { Purse } from "./account.ts";

/** One side of a transfer, seen from the account it is on. */
export type Entry = EntryPlace & {
  purse: Purse;
  currency: string;
  /** A credit adds, a debit takes. */
  amountMinor: bigint;
  reason: string;
  subjectId: string;
  occurredAt: Date;
  recordedAt: Date;
};

/** Where an entry stands: of a transfer between two purses of one owner, the credit comes before the debit. */
export type EntryPlace = { position: bigint; transferId: string; side: "credit" | "debit" };

const PLACE = /^(\d{1,18})-(trf_[0-9a-z]{26})-(credit|debit)$/;

/** The id of one side of a transfer. */
export function entryId({ transferId, side }: Pick<EntryPlace, "transferId" | "side">): string {
  return `${transferId}-${side}`;
}

/** A place in a list of entries, as it stands in a cursor. */
export function formatEntryPlace(place: EntryPlace): string {
  return `${place.position}-${entryId(place)}`;
}

export function parseEntryPlace(text: string): EntryPlace {
  const [, position, transferId, side] = PLACE.exec(text) ?? [];
  if (!position || !transferId || (side !== "credit" && side !== "debit"))
    throw new Refusal("invalid_cursor");
  return { position: BigInt(position), transferId, side };
}
