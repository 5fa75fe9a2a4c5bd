import type { NoticeFacts, Occasion } from "./occasion.ts";

/** Alike and within so many minutes is one notice: a busy upline is told once, with how often and how much in all. */
const GROUP_MS = 10 * 60_000;
/** A slot that begins like this takes in more until it is read or mailed. */
export const GROUPED = "now:";

/** Occasions that share a slot. */
export type Gathered = {
  participantId: string;
  message: string;
  slot: string;
  /** Of the newest occasion. */
  facts: NoticeFacts;
  happened: number;
  amount: { minor: bigint; currency: string } | null;
  firstAt: Date;
  lastAt: Date;
  /** Until then more may come. */
  openUntil: Date;
};

/** One for each person and slot, in the order of what came first. Several rewards of one purchase happened once. */
export function gather(occasions: readonly Occasion[]): Gathered[] {
  const bySlot = new Map<string, { gathered: Gathered; purchases: Set<string> }>();
  for (const occasion of occasions) {
    const slot = slotOf(occasion);
    const at = `${occasion.participantId} ${slot}`;
    const known = bySlot.get(at);
    if (known) add(known, occasion);
    else bySlot.set(at, { gathered: begin(occasion, slot), purchases: new Set([causeOf(occasion)]) });
  }
  return [...bySlot.values()].map(({ gathered }) => gathered);
}

function slotOf({ message, isGrouped, key, at, amount }: Occasion): string {
  if (!isGrouped) return `${message}:${key}`;
  return `${GROUPED}${message}:${amount?.currency ?? ""}:${Math.floor(at.getTime() / GROUP_MS)}`;
}

function begin(occasion: Occasion, slot: string): Gathered {
  const { participantId, message, facts, amount, at, isGrouped } = occasion;
  const openUntil = isGrouped ? new Date((Math.floor(at.getTime() / GROUP_MS) + 1) * GROUP_MS) : at;
  return { participantId, message, slot, facts, happened: 1, amount, firstAt: at, lastAt: at, openUntil };
}

function add({ gathered, purchases }: { gathered: Gathered; purchases: Set<string> }, more: Occasion): void {
  const cause = causeOf(more);
  if (!purchases.has(cause)) gathered.happened++;
  purchases.add(cause);
  gathered.facts = more.facts;
  gathered.lastAt = more.at;
  if (gathered.amount && more.amount)
    gathered.amount = { ...gathered.amount, minor: gathered.amount.minor + more.amount.minor };
}

/** The purchase it is about, or the occasion itself. */
function causeOf({ facts, key }: Occasion): string {
  const { conversion_id: conversionId } = facts;
  return typeof conversionId === "string" ? conversionId : key;
}
