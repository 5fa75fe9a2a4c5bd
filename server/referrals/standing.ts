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
    case "referral.placed":
    case "referral.departed":
    case "referral.arrived":
      return placesOf(event)
        .filter(({ ancestorId }) => ancestorId === participantId)
        .reduce((after, { level, people }) => addPeople(after, level, sign * people), {
          ...standing,
          qualified: standing.qualified - sign * qualifiedTaken(event, participantId),
        });
    case "referral.qualified":
      return { ...standing, qualified: standing.qualified + sign };
    case "referral.unqualified":
      return { ...standing, qualified: standing.qualified - sign };
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

function addPeople(standing: Standing, level: number, people: number): Standing {
  return {
    ...standing,
    directCount: standing.directCount + (level === 1 ? people : 0),
    levels: addToLevel(standing.levels, level, people),
  };
}

/** Who leaves an advocate takes along that they had qualified. */
function qualifiedTaken({ type, audience, data }: EventRecord, participantId: string): number {
  const isTheirs = type === "referral.departed" && audience[0] === participantId;
  return isTheirs ? Number(data.object?.["qualified"] ?? 0) : 0;
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
