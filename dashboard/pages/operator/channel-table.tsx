import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../parts/money.ts";
import { useScope } from "../../parts/scope.tsx";
import { channelWord } from "../../parts/share-channels.ts";
import { channelsQuery } from "../../queries.ts";
import { Section } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import type { Channels } from "../../wire.ts";

type Row = Channels["channels"][number];

/** Below this a share says more than is known. */
const PERCENT_FROM = 20;

/** Which channels bring people, from the tap to the reward. */
export function ChannelTable() {
  const { api } = useScope();
  const query = useQuery(channelsQuery(api));
  return (
    <Section title="Channels">
      <Loaded query={query} what="The channels" skeleton={<Bones rows={3} />}>
        {({ channels }) =>
          channels.length === 0 ? (
            <EmptyState title="No channel has brought anybody yet">
              They appear as soon as somebody shares a link from their page, or a link with a channel is
              followed.
            </EmptyState>
          ) : (
            <>
              <p className="mt-3 max-w-[60ch] text-md text-pretty">{findingOf(channels)}</p>
              <div className="mt-4">
                <Table
                  caption="What each channel brought"
                  columns={COLUMNS}
                  rows={channels}
                  rowKey={({ channel }) => channel ?? ""}
                />
              </div>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function findingOf(channels: readonly Row[]): string {
  const [first, second] = channels.filter(({ channel, joined }) => channel !== null && joined > 0);
  if (!first) return "Nobody has joined over a channel we know yet.";
  const people = first.joined === 1 ? "1 person" : `${formatCount(first.joined)} people`;
  const brought = `${channelWord(first.channel)} brought ${people}`;
  if (!second) return `${brought}, and no other channel anybody.`;
  const qualified =
    first.joined >= PERCENT_FROM
      ? `; ${formatCount(Math.round((100 * first.qualified) / first.joined))} % of them qualified`
      : "";
  return `${brought}, ${channelWord(second.channel)} ${formatCount(second.joined)}${qualified}.`;
}

const count = (key: Exclude<keyof Row, "channel">, header: string): Column<Row> => ({
  key,
  header,
  isFigure: true,
  cell: (row) => formatCount(row[key]),
});

const COLUMNS: Column<Row>[] = [
  { key: "channel", header: "Channel", isTitle: true, cell: ({ channel }) => channelWord(channel) },
  count("shares", "Shared"),
  count("clicks", "Visits"),
  count("joined", "Joined"),
  count("qualified", "Qualified"),
  count("rewarded", "Rewarded"),
];
