import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { batchesQuery } from "../../invitation-queries.ts";
import { StatusPill, type Tone } from "../../ui/status-pill.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import type { Batch } from "../../wire.ts";
import { formatCount } from "../money.ts";
import { useScope } from "../scope.tsx";
import { When } from "../when.tsx";

const STATUSES: Record<Batch["status"], { word: string; tone: Tone }> = {
  draft: { word: "Not sent", tone: "plain" },
  sending: { word: "Sending", tone: "info" },
  paused: { word: "Paused", tone: "warn" },
  completed: { word: "Sent", tone: "ok" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

/** Lists that were taken in, each leading to how it stands. Nothing at all where there are none. */
export function BatchList({
  participantId,
  pathOf,
}: {
  participantId: string | null;
  pathOf: (id: string) => string;
}) {
  const { api } = useScope();
  const { data } = useQuery(batchesQuery(api, participantId));
  if (!data || data.data.length === 0) return null;
  const columns: Column<Batch>[] = [
    {
      key: "name",
      header: "List",
      isTitle: true,
      cell: ({ id, name }) => (
        <Link
          href={pathOf(id)}
          className="font-medium text-ink no-underline hover:text-accent hover:underline"
        >
          {name}
        </Link>
      ),
    },
    {
      key: "status",
      header: "State",
      isLead: true,
      cell: ({ status }) => <StatusPill tone={STATUSES[status].tone}>{STATUSES[status].word}</StatusPill>,
    },
    { key: "rows", header: "People", isFigure: true, cell: ({ counts }) => formatCount(counts.rows) },
    { key: "invited", header: "Invited", isFigure: true, cell: ({ counts }) => formatCount(counts.invited) },
    {
      key: "joined",
      header: "Joined",
      isFigure: true,
      cell: ({ counts }) =>
        formatCount(counts.statuses.find(({ status }) => status === "joined")?.invitations ?? 0),
    },
    { key: "at", header: "Taken in", cell: ({ created_at }) => <When at={created_at} /> },
  ];
  return (
    <section aria-labelledby="lists" className="mt-10 grid gap-3">
      <h2 id="lists" className="text-lg font-semibold">
        Lists
      </h2>
      <Table
        caption="Lists of people, newest first"
        columns={columns}
        rows={data.data}
        rowKey={({ id }) => id}
      />
    </section>
  );
}
