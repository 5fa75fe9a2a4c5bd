import { findEvents } from "../events/find-events.ts";
import { findBalances } from "../ledger/find-balances.ts";
import { findPersonCounts } from "../participants/find-person-counts.ts";
import { readCursor } from "../platform/cursors.ts";
import type { Reader } from "../platform/database.ts";
import { applyToStanding, type Standing } from "./standing.ts";
import { listNetworkCounts } from "./store.ts";

/** The subscriber that keeps the network's counters. */
export const NETWORK_READER = "network";

/** Events the counters may lag behind; more are counted by the worker within moments. */
const TAIL_MAX = 10_000;

/**
 * How a participant stands as of what is final below `horizon`: the counters as of their cursor, plus the
 * few events after it; the balance from the ledger.
 */
export async function findStanding(
  reader: Reader,
  participantId: string,
  horizon: bigint,
): Promise<Standing | null> {
  const [person, counted, cursor, balance] = await Promise.all([
    findPersonCounts(reader, participantId),
    listNetworkCounts(reader, [participantId]),
    readCursor(reader, NETWORK_READER),
    findBalances(reader, participantId, horizon),
  ]);
  if (!person) return null;
  const tail = await findEvents(reader, { position: cursor.position, id: cursor.rowId }, horizon, TAIL_MAX, [
    "referral.created",
    "referral.placed",
    "referral.qualified",
    "referral.departed",
    "referral.arrived",
    "referral.unqualified",
  ]);
  const standing: Standing = {
    balance,
    directCount: counted.find(({ level }) => level === 1)?.participants ?? 0,
    directLimit: person.directLimit,
    levels: counted.map(({ level, participants }) => ({ level, participants })),
    visits: person.visits,
    qualified: person.qualified,
  };
  return tail
    .filter((event) => event.audience.includes(participantId))
    .reduce((after, event) => applyToStanding(after, event, participantId, 1), standing);
}
