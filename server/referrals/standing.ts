import type { EventRecord } from "../events/catalogue.ts";
import { type Balance, moveBalance } from "../ledger/balance.ts";
import { placesOf } from "./place.ts";

/** How a participant stands: what the numbers of their home show. */
export type Standing = {
  balance: Balance[];
  directCount: number;
  directLimit: number | null;
  levels: { level: number; participants: number }[];
  visits: number;
  qualified: number;
};

/** The standing after an event the participant sees; with `sign` −1, before it. */
export function applyToStanding(
  standing: Standing,
  event: EventRecord,
  participantId: string,
  sign: 1 | -1,
): Standing {
  switch (event.type) {
    case "referral.created":
    case "referral.placed": {
      const level = placesOf(event).find(({ ancestorId }) => ancestorId === participantId)?.level ?? 0;
      return {
        ...standing,
        directCount: standing.directCount + (level === 1 ? sign : 0),
        levels: addToLevel(standing.levels, level, sign),
      };
    }
    case "referral.qualified":
      return { ...standing, qualified: standing.qualified + sign };
    default: {
      const moves = event.data.moves ?? [];
      return {
        ...standing,
        balance: moves.reduce(
          (balance, move) => moveBalance(balance, { ...move, amount: sign * move.amount }),
          standing.balance,
        ),
      };
    }
  }
}

export function standingWire(standing: Standing) {
  return {
    balance: standing.balance,
    direct_count: standing.directCount,
    direct_limit: standing.directLimit,
    network_count: standing.levels.reduce((sum, { participants }) => sum + participants, 0),
    levels: standing.levels,
    visits: standing.visits,
    qualified: standing.qualified,
  };
}

function addToLevel(levels: Standing["levels"], level: number, added: number): Standing["levels"] {
  const rest = levels.filter((one) => one.level !== level);
  const participants = (levels.find((one) => one.level === level)?.participants ?? 0) + added;
  const changed = participants === 0 ? rest : [...rest, { level, participants }];
  return changed.sort((a, b) => a.level - b.level);
}
