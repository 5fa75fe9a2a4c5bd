import { useQueries } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { BRANCH_LEVELS, legsBelowQuery } from "../queries.ts";
import { Bar } from "../ui/bar.tsx";
import { TreeGrid, type TreeRow } from "../ui/tree-grid.tsx";
import type { NetworkRow } from "../wire.ts";
import { Amounts } from "./amount.tsx";
import { formatCount } from "./money.ts";
import { amountIn } from "./network.ts";
import { useScope } from "./scope.tsx";
import { ReferralStatus } from "./status.tsx";
import { When } from "./when.tsx";

type Props = {
  legs: NetworkRow[];
  /** Whose network it is; an advocate looks down from themselves, never from somebody else. */
  rootId: string;
  name: (row: NetworkRow, leg: NetworkRow) => ComponentChildren;
};
type Node = { row: NetworkRow; leg: NetworkRow };

/** Who brought whom, branch by branch; a branch is fetched when it is first opened. */
export function NetworkTree({ legs, rootId, name }: Props) {
  const { api, participantId } = useScope();
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set());
  const opened = [...openIds];
  const branches = useQueries({
    queries: opened.map((id) => legsBelowQuery(api, participantId === null ? id : rootId, id)),
  });
  const below = new Map(opened.map((id, at) => [id, branches[at]?.data] as const));
  const currency = legs.find((leg) => leg.earned[0])?.earned[0]?.currency ?? "";
  const most = Math.max(1, ...legs.map((leg) => amountIn(leg.earned, currency)));
  const toggle = ({ id }: TreeRow<Node>) => {
    const next = new Set(openIds);
    if (!next.delete(id)) next.add(id);
    setOpenIds(next);
  };
  return (
    <TreeGrid<Node>
      label="Network"
      rows={rowsOf(legs, openIds, below, participantId === null ? Number.POSITIVE_INFINITY : BRANCH_LEVELS)}
      onToggle={toggle}
      columns={[
        {
          key: "name",
          header: "Person",
          cell: ({ row, leg }) => <span className="min-w-0 wrap-anywhere">{name(row, leg)}</span>,
        },
        {
          key: "joined",
          header: "Joined",
          className: "@max-2xl:hidden w-px whitespace-nowrap",
          cell: ({ row }) => <When at={row.joined_at} />,
        },
        {
          key: "status",
          header: "Status",
          className: "@max-md:hidden w-px",
          cell: ({ row }) => <ReferralStatus status={row.referral_status} />,
        },
        {
          key: "people",
          header: "Below",
          isFigure: true,
          className: "w-px",
          cell: ({ row }) => formatCount(row.network_count),
        },
        {
          key: "earned",
          header: participantId === null ? "Earned from" : "You earned",
          isFigure: true,
          className: "w-24 @md:w-32 @2xl:w-44",
          cell: ({ row }) => (
            <>
              <Amounts amounts={row.earned} />
              {row.level === 1 && <Bar share={amountIn(row.earned, currency) / most} className="mt-1 h-1" />}
            </>
          ),
        },
      ]}
    />
  );
}

function rowsOf(
  legs: NetworkRow[],
  openIds: ReadonlySet<string>,
  below: Map<string, NetworkRow[] | undefined>,
  levelsShown: number,
): TreeRow<Node>[] {
  const rows: TreeRow<Node>[] = [];
  const add = (siblings: NetworkRow[], depth: number, parentId: string | null, leg: NetworkRow | null) => {
    siblings.forEach((row, index) => {
      const canOpen = row.network_count > 0 && depth + 1 < levelsShown;
      const isOpen = canOpen ? openIds.has(row.participant_id) : undefined;
      const node = { row, leg: leg ?? row };
      rows.push({
        id: row.participant_id,
        parentId,
        depth,
        node,
        isOpen,
        position: index + 1,
        siblings: siblings.length,
      });
      if (isOpen) add(below.get(row.participant_id) ?? [], depth + 1, row.participant_id, node.leg);
    });
  };
  add(legs, 0, null, null);
  return rows;
}
