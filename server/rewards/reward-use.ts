import type { RewardState } from "./reward.ts";

/** What has become of a reward since it was granted. */
export type RewardUse = {
  /** The state it was in when all of it was taken back. */
  reversedFrom: RewardState | null;
  /** What it waits for while it is held. */
  holdReason: string | null;
  redeemedMinor: bigint;
  expiredMinor: bigint;
  /** Days after its release, as its plan says; null: never. */
  expiresDays: number | null;
  expiresAt: Date | null;
};

/** Why a reward is held until whom it is for is active again. */
export const INACTIVE_UPLINE = "inactive_upline";

/** A reward to which nothing has happened yet. */
export const UNUSED: RewardUse = {
  reversedFrom: null,
  holdReason: null,
  redeemedMinor: 0n,
  expiredMinor: 0n,
  expiresDays: null,
  expiresAt: null,
};
