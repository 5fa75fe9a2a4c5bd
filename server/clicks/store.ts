import { sql } from "kysely";
import type { Database, Query, Reader, Tx } from "../platform/database.ts";
import { type ColumnType, tableOf } from "../platform/rows.ts";
import type { Click } from "./click.ts";

type Arrival = Omit<Click, "id">;

/** Stores the arrivals under these ids, one each. */
export const insertClicks = (tx: Tx, ids: readonly string[], arrivals: readonly Arrival[]) =>
  tx.run(insertion(scopeOf(tx), ids, arrivals));

/** The same as a transaction of its own. */
export const insertClicksAtOnce = (
  db: Database,
  programId: string,
  ids: readonly string[],
  arrivals: readonly Arrival[],
) => db.writeAtOnce(programId, (scope) => insertion(scope, ids, arrivals));

const insertion = (scope: Query, ids: readonly string[], arrivals: readonly Arrival[]): Query => sql`
  insert into clicks (program_id, position, id, link_id, participant_id, address_hash, referrer_host, device, channel, visitor_id,
                      occurred_at)
  select scope.program_id, scope.position, click.id, link_id, participant_id, address_hash, referrer_host, device, channel,
         visitor_id, scope.now
    from ${scope}, ${tableOf(
      "click",
      COLUMNS,
      arrivals.map((arrival, index) => rowOf(ids[index], arrival)),
    )}`;

const scopeOf = (tx: Tx): Query =>
  sql`(select ${tx.programId}::text, ${tx.position}::bigint, ${tx.now}::timestamptz) as scope (program_id, position, now)`;

const COLUMNS = {
  id: "id",
  link_id: "id",
  participant_id: "id",
  address_hash: "id",
  referrer_host: "text",
  device: "id",
  channel: "text",
  visitor_id: "id",
} as const satisfies Record<string, ColumnType>;

const rowOf = (id: string | undefined, arrival: Arrival) => ({
  id,
  link_id: arrival.linkId,
  participant_id: arrival.participantId,
  address_hash: arrival.addressHash,
  referrer_host: arrival.referrerHost,
  device: arrival.device,
  channel: arrival.channel,
  visitor_id: arrival.visitorId,
});

export type StoredClick = {
  id: string;
  linkId: string;
  participantId: string;
  channel: string | null;
  referrerHost: string | null;
  device: string | null;
  visitorId: string | null;
  occurredAt: Date;
};

const STORED = sql`id, link_id, participant_id, channel, referrer_host, device, visitor_id, occurred_at`;

export const listClicks = (reader: Reader, ids: readonly string[]) =>
  reader.many<StoredClick>(sql`
    select ${STORED}
      from clicks
     where program_id = ${reader.programId} and id = any(${ids})
     order by id`);

/** Of each visitor, the latest since a time. */
export const listVisitorClicks = (
  reader: Reader,
  visitorIds: readonly string[],
  since: Date,
  limit: number,
) =>
  reader.many<StoredClick>(sql`
    select click.*
      from unnest(${visitorIds}::text[]) as visitor (sought_id)
     cross join lateral (
       select ${STORED} from clicks
        where program_id = ${reader.programId} and visitor_id = sought_id and occurred_at >= ${since}::timestamptz
        order by occurred_at desc
        limit ${limit}) as click`);

/** Clicks in the window [from, to) of positions, by link and by day of the program's calendar. */
export const countClicks = (reader: Reader, from: bigint, to: bigint, timeZone: string) =>
  reader.many<{ participantId: string; linkId: string; day: string; clicks: bigint }>(sql`
    select participant_id, link_id, to_char(day, 'YYYY-MM-DD') as day, clicks
      from (select participant_id, link_id, (occurred_at at time zone ${timeZone})::date as day, count(*) as clicks
              from clicks
             where program_id = ${reader.programId} and position >= ${from}::bigint and position < ${to}::bigint
             group by 1, 2, 3) as counted
     order by participant_id, link_id, day`);

export const countChannels = (reader: Reader, from: bigint, to: bigint) =>
  reader.many<{ channel: string; clicks: number }>(sql`
    select coalesce(channel, '') as channel, count(*)::int as clicks
      from clicks
     where program_id = ${reader.programId} and position >= ${from}::bigint and position < ${to}::bigint
     group by 1
     order by 1`);
