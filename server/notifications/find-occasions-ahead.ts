import { findOwnersMoved } from "../ledger/find-owners-moved.ts";
import { findExpiringLinks } from "../links/find-expiring-links.ts";
import type { Tx } from "../platform/database.ts";
import { monthPeriod, wallTime } from "../primitives/period.ts";
import { findProgram } from "../programs/find-program.ts";
import { findJoinedBetween } from "../referrals/find-joined-between.ts";
import { findExpiringRewards } from "../rewards/find-expiring-rewards.ts";
import { type AheadPage, daysFrom, placeOf, placeText } from "./ahead.ts";
import type { NoticeFacts, Occasion } from "./occasion.ts";

/** What comes by the calendar. */
export type AheadKind = "rewards" | "links" | "friends" | "statements";

const ROWS_MAX = 1_000;
const REWARD_DAYS = 7;
const LINK_DAYS = 3;
/** A friend is one step away when they joined so long ago; who joined much longer ago is not told of any more. */
const FRIEND_DAYS = 3;
const FRIEND_DAYS_MAX = 10;

/** Whom the calendar wants told, after the place the reader has come to. */
export function findOccasionsAhead(tx: Tx, kind: AheadKind, after: string): Promise<AheadPage> {
  switch (kind) {
    case "rewards":
      return expiringRewards(tx, after);
    case "links":
      return expiringLinks(tx, after);
    case "friends":
      return waitingFriends(tx, after);
    case "statements":
      return statements(tx, after);
  }
}

async function expiringRewards(tx: Tx, after: string): Promise<AheadPage> {
  const rows = await findExpiringRewards(tx, placeOf(after, tx.now), daysFrom(tx.now, REWARD_DAYS), ROWS_MAX);
  const last = rows.at(-1);
  const occasions = rows.map(({ id, participantId, currency, unusedMinor, expiresAt }) => ({
    ...told(tx, participantId, "reward_expiring", id, { expires_at: expiresAt.toISOString() }),
    isGrouped: true,
    amount: { minor: unusedMinor, currency },
  }));
  // Of several told together the last counts: the first to expire.
  return {
    occasions: occasions.reverse(),
    upTo: last ? placeText({ at: last.expiresAt, id: last.id }) : after,
  };
}

async function expiringLinks(tx: Tx, after: string): Promise<AheadPage> {
  const rows = await findExpiringLinks(tx, placeOf(after, tx.now), daysFrom(tx.now, LINK_DAYS), ROWS_MAX);
  const last = rows.at(-1);
  const occasions = rows.map(({ id, participantId, label, code, expiresAt }) =>
    told(tx, participantId, "link_expiring", `${id}:${expiresAt.toISOString()}`, {
      label: label ?? code,
      expires_at: expiresAt.toISOString(),
    }),
  );
  return { occasions, upTo: last ? placeText({ at: last.expiresAt, id: last.id }) : after };
}

async function waitingFriends(tx: Tx, after: string): Promise<AheadPage> {
  const oldest = daysFrom(tx.now, -FRIEND_DAYS_MAX);
  const place = placeOf(after, oldest);
  const start = place.at < oldest ? { at: oldest, id: "" } : place;
  const rows = await findJoinedBetween(tx, start, daysFrom(tx.now, -FRIEND_DAYS), ROWS_MAX);
  const last = rows.at(-1);
  const occasions = rows.map(({ id, advocateId, refereeId }) => ({
    ...told(tx, advocateId, "friend_one_step_away", id, { friend_id: refereeId }),
    isGrouped: true,
  }));
  return { occasions, upTo: last ? placeText({ at: last.createdAt, id: last.id }) : after };
}

/** Of the month that has ended, for everybody in whose accounts something moved. */
async function statements(tx: Tx, after: string): Promise<AheadPage> {
  const { timeZone } = await findProgram(tx);
  const month = monthBefore(wallTime(tx.now, timeZone).slice(0, 7));
  const period = monthPeriod(month, timeZone);
  if (!period) return { occasions: [], upTo: after };
  const [toldMonth, owner = ""] = after.split(" ");
  const owners = await findOwnersMoved(tx, period, toldMonth === month ? owner : "", ROWS_MAX);
  const occasions = owners.map((id) => told(tx, id, "statement_ready", month, { month }));
  const last = owners.at(-1);
  return { occasions, upTo: last ? `${month} ${last}` : after };
}

function monthBefore(month: string): string {
  const [year = 0, index = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, index - 2, 1)).toISOString().slice(0, 7);
}

function told(tx: Tx, participantId: string, message: string, key: string, facts: NoticeFacts): Occasion {
  return { participantId, message, isGrouped: false, key, at: tx.now, facts, amount: null };
}
