import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { LinkCount } from "../link-count.ts";
import type { ChannelCount } from "../share-channel.ts";

export const addLinkCounts = (tx: Tx, counts: readonly Omit<LinkCount, "day">[]) =>
  tx.run(sql`
    insert into link_counts as counted (program_id, link_id, clicks, signups, qualified, rewarded)
    select ${tx.programId}, "linkId", sum(clicks), sum(signups), sum(qualified), sum(rewarded)
      from json_to_recordset(${JSON.stringify(counts)}::json)
        as count ("linkId" text, clicks bigint, signups bigint, qualified bigint, rewarded bigint)
     group by "linkId"
     order by "linkId"
    on conflict (program_id, link_id) do update
       set clicks = counted.clicks + excluded.clicks, signups = counted.signups + excluded.signups,
           qualified = counted.qualified + excluded.qualified, rewarded = counted.rewarded + excluded.rewarded`);

export const addLinkDays = (tx: Tx, counts: readonly LinkCount[]) =>
  tx.run(sql`
    insert into link_days as counted (program_id, link_id, day, clicks, signups)
    select ${tx.programId}, "linkId", day, sum(clicks), sum(signups)
      from json_to_recordset(${JSON.stringify(counts)}::json)
        as count ("linkId" text, day date, clicks bigint, signups bigint)
     where clicks > 0 or signups > 0
     group by "linkId", day
     order by "linkId", day
    on conflict (program_id, link_id, day) do update
       set clicks = counted.clicks + excluded.clicks, signups = counted.signups + excluded.signups`);

const CHANNELS_MAX = 1_000;

export const addChannelCounts = (tx: Tx, counts: readonly ChannelCount[]) =>
  tx.run(sql`
    insert into channel_counts as counted (program_id, channel, shares, clicks, signups, qualified, rewarded)
    select ${tx.programId}, channel, sum(shares), sum(clicks), sum(signups), sum(qualified), sum(rewarded)
      from json_to_recordset(${JSON.stringify(counts)}::json)
        as count (channel text, shares bigint, clicks bigint, signups bigint, qualified bigint, rewarded bigint)
     group by channel
     order by channel
    on conflict (program_id, channel) do update
       set shares = counted.shares + excluded.shares, clicks = counted.clicks + excluded.clicks,
           signups = counted.signups + excluded.signups, qualified = counted.qualified + excluded.qualified,
           rewarded = counted.rewarded + excluded.rewarded`);

export const listChannelCounts = (reader: Reader) =>
  reader.many<ChannelCount>(sql`
    select channel, shares::int, clicks::int, signups::int, qualified::int, rewarded::int
      from channel_counts
     where program_id = ${reader.programId}
     order by channel
     limit ${CHANNELS_MAX}`);
export const listLinkCounts = (reader: Reader, linkIds: readonly string[]) =>
  reader.many<{ linkId: string; clicks: bigint; signups: bigint; qualified: bigint; rewarded: bigint }>(sql`
    select link_id, clicks, signups, qualified, rewarded
      from link_counts
     where program_id = ${reader.programId} and link_id = any(${linkIds})
     order by link_id`);

/** The last days of the program's calendar, each by how many days ago it was. */
export const listLinkDays = (reader: Reader, linkIds: readonly string[], timeZone: string, days: number) =>
  reader.many<{ linkId: string; ago: number; clicks: number; signups: number }>(sql`
    select link_id, today - day as ago, clicks, signups
      from link_days
     cross join (select (now() at time zone ${timeZone})::date as today) as calendar
     where program_id = ${reader.programId} and link_id = any(${linkIds}) and day > today - ${days}::int
     order by link_id, day`);

export const deleteLinkDays = (tx: Tx, daysKept: number) =>
  tx.run(sql`
    delete from link_days where program_id = ${tx.programId} and day < ${tx.now}::date - ${daysKept}::int`);
