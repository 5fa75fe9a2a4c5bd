import type { Entry } from "../../wire.ts";

/** Why money moved, in the words of the screens. */
export const ENTRY_REASONS: Record<Entry["reason"], string> = {
  granted: "Earned",
  released: "Became available",
  reversed: "Taken back after a refund",
  restored: "Given back after a chargeback",
  exchanged: "Exchanged",
  redeemed: "Used",
  redemption_reversed: "Use taken back",
  expired: "Expired unused",
  written_off: "Debt written off",
};
