import { sql } from "kysely";
import { andAll } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { tableOf } from "../platform/rows.ts";
import type { Cursor, EventRecord, EventType } from "./catalogue.ts";

export type NewEvent = {
  id: string;
  type: string;
  subject_id: string;
  audience: readonly string[];
  data: object;
};

export const insertEvents = (tx: Tx, events: readonly NewEvent[]) =>
  tx.send(sql`
    insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
    select ${tx.programId}, ${tx.position}::bigint, id, type, subject_id, audience::text[], data, ${tx.now}::timestamptz
      from ${tableOf("event", { id: "id", type: "id", subject_id: "id", audience: "text[]", data: "json" }, events)}`);

/** What every purchase writes, most of the log: what comes beside it is found without reading past it. */
const FREQUENT = ["conversion.settled", "reward.created"] as const satisfies readonly EventType[];
/** As the index says it, and as plain text: a plan is made before its parameters are known. */
const isRare = sql`type not in (${sql.join(FREQUENT.map((type) => sql.lit(type)))})`;
const areRare = (types: readonly EventType[]): boolean =>
  !types.some((type) => (FREQUENT as readonly EventType[]).includes(type));

/** In their order; with `types` only those. */
export const listEventsAfter = (
  reader: Reader,
  after: Cursor,
  before: bigint,
  limit: number,
  types: readonly EventType[] | null = null,
) =>
  reader.many<EventRecord>(sql`
    select position, id, type, subject_id, audience, data, recorded_at
      from events
     where program_id = ${reader.programId}
       and (position, id) > (${after.position}::bigint, ${after.id})
       and position < ${before}::bigint
       ${andAll([types && sql`type = any(${types})`, types && areRare(types) ? isRare : null])}
     order by position, id
     limit ${limit}`);

/** What a participant was told is theirs; the program reads what happened. */
const TELLINGS: readonly EventType[] = ["notification.created", "notification.read"];

export const listEventsNewest = (reader: Reader, before: Cursor | null, limit: number) =>
  reader.many<EventRecord>(sql`
    select position, id, type, subject_id, audience, data, recorded_at
      from events
     where program_id = ${reader.programId} and type <> all(${TELLINGS})
       ${andAll([before && sql`(position, id) < (${before.position}::bigint, ${before.id})`])}
     order by position desc, id desc
     limit ${limit}`);

/** The place so many events further on; null where there are not as many. */
export const readPlaceAhead = (reader: Reader, after: Cursor, before: bigint, events: number) =>
  reader.maybe<Cursor>(sql`
    select position, id
      from events
     where program_id = ${reader.programId}
       and (position, id) > (${after.position}::bigint, ${after.id})
       and position < ${before}::bigint
     order by position, id
    offset ${events} limit 1`);

export const firstPosition = (reader: Reader) =>
  reader.maybe<{ position: bigint }>(sql`
    select position from events where program_id = ${reader.programId} order by position limit 1`);
