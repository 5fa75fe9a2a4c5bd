import type { RewardState } from "./reward.ts";

/** What has become of a reward since it was granted. */
export type RewardUse = {
  /** The state it was in when all of it was taken back. */
  reversedFrom: RewardState | null;
  /** What it waits for while it is held. */
  holdReason: string | null;
};

/** A reward to which nothing has happened yet. */
export const UNUSED: RewardUse = { reversedFrom: null, holdReason: null };
