import { sql } from "kysely";
import { ChannelsAnswer } from "./contract.ts";
import { defineReport } from "./report.ts";

type Row = {
  channel: string;
  shares: string;
  clicks: string;
  signups: string;
  qualified: string;
  rewarded: string;
};

const ROWS_MAX = 200;

/** Which channels bring people. Read from counters; what has just happened follows within moments. */
export const channels = defineReport({
  name: "channels",
  title: "Channels",
  description: "For every channel links are shared over: taps, visits, sign-ups, and how far those came.",
  answer: ChannelsAnswer,
  rowsMax: ROWS_MAX,
  statement: (programId) => sql`
    select channel, shares::text, clicks::text, signups::text, qualified::text, rewarded::text
      from channel_counts
     where program_id = ${programId}
     order by signups desc, clicks desc, shares desc, channel
     limit ${ROWS_MAX}`,
  answerOf: (rows: readonly Row[]) => ({
    channels: rows.map(({ channel, shares, clicks, signups, qualified, rewarded }) => ({
      channel: channel === "" ? null : channel,
      shares: Number(shares),
      clicks: Number(clicks),
      joined: Number(signups),
      qualified: Number(qualified),
      rewarded: Number(rewarded),
    })),
  }),
});
