import type { ParticipantId } from "../participants/participant.ts";

/** How far something has been counted before a conversion; what was never counted stands at zero. */
export type Counters = { get(key: string): bigint };

/** What settling one conversion adds to a counter; below zero where a refund gives it back. */
export type CounterUse = { key: string; amount: bigint };

export const NO_COUNTERS: Counters = { get: () => 0n };

export const nthKey = (buyerId: ParticipantId, kind: string): string => `nth:${buyerId}:${kind}`;
export const qualifiedKey = (advocateId: ParticipantId): string => `qualified:${advocateId}`;
export const pointsKey = (participantId: ParticipantId): string => `points:${participantId}`;
/** `holder` is empty where everybody shares the cap. */
export const capKey = (capId: string, holder: ParticipantId | "", period: string): string =>
  `cap:${capId}:${holder}:${period}`;
export const spentKey = (promotionId: string): string => `promotion:${promotionId}:spent`;
export const advocatesKey = (promotionId: string): string => `promotion:${promotionId}:advocates`;
export const advocateKey = (promotionId: string, participantId: ParticipantId): string =>
  `promotion:${promotionId}:advocate:${participantId}`;

/** Which counters a program keeps at all: a plan that never asks has none, and pays nothing for them. */
export type KeptCounters = { nth: boolean; qualified: boolean; points: boolean };

export const KEEPS_NOTHING: KeptCounters = { nth: false, qualified: false, points: false };

/** What one plan or promotion asks for, another of the same program keeps up to date. */
export function keptTogether(all: readonly { kept: KeptCounters }[]): KeptCounters {
  return {
    nth: all.some(({ kept }) => kept.nth),
    qualified: all.some(({ kept }) => kept.qualified),
    points: all.some(({ kept }) => kept.points),
  };
}

/** One use for each counter; what adds up to nothing is left out. */
export function sumOfUses(uses: readonly CounterUse[]): CounterUse[] {
  const sums = new Map<string, bigint>();
  for (const { key, amount } of uses) sums.set(key, (sums.get(key) ?? 0n) + amount);
  const added: CounterUse[] = [];
  for (const [key, amount] of sums) if (amount !== 0n) added.push({ key, amount });
  return added;
}
