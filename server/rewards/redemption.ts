import { Refusal } from "../primitives/refusal.ts";
import { type Unused, unusedOf } from "./expiry.ts";

export type RedemptionId = `rdm_${string}`;

/** How much of one reward a redemption used. */
export type RedeemedPart = { reward_id: string; amount: number };

export type RedemptionRow = {
  id: RedemptionId;
  participantId: string;
  externalId: string | null;
  currency: string;
  amountMinor: bigint;
  note: string | null;
  parts: RedeemedPart[];
  status: "redeemed" | "reversed";
  createdAt: Date;
  reversedAt: Date | null;
};

/** Refuses to use more than there is; whoever asks hears what is left. */
export function checkRedeemable(amountMinor: bigint, availableMinor: bigint, currency: string): void {
  if (amountMinor <= availableMinor) return;
  const left = availableMinor > 0n ? Number(availableMinor) : 0;
  throw new Refusal("insufficient_balance", {
    facts: { left, currency },
    errors: [
      {
        pointer: "/amount",
        code: "insufficient_balance",
        message: `Only ${left} minor units are available.`,
      },
    ],
  });
}

/**
 * Uses rewards up in the order given, the oldest to expire first. What is left over was available without being
 * of any one reward, such as a debt that was written off.
 */
export function consume(
  rewards: readonly Unused[],
  amountMinor: bigint,
): { parts: RedeemedPart[]; restMinor: bigint } {
  let rest = amountMinor;
  const parts: RedeemedPart[] = [];
  for (const reward of rewards) {
    if (rest === 0n) break;
    const unused = unusedOf(reward);
    const used = unused < rest ? unused : rest;
    if (used === 0n) continue;
    parts.push({ reward_id: reward.id, amount: Number(used) });
    rest -= used;
  }
  return { parts, restMinor: rest };
}
