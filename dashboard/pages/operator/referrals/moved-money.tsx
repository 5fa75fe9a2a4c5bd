import { Amount } from "../../../parts/amount.tsx";
import { PersonLink } from "../../../parts/person-link.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import type { Reassignment } from "../../../wire.ts";

type Moved = Reassignment["money"][number];

/** What each person has of the friend's purchases, and has then. */
export function MovedMoney({ money }: { money: readonly Moved[] }) {
  if (money.length === 0)
    return <p className="text-ink-2">No money moves: nobody earned on what they bought.</p>;
  return (
    <Table
      caption="What each person has of the friend’s purchases"
      columns={COLUMNS}
      rows={[...money]}
      rowKey={({ participant_id, before }) => `${participant_id} ${before.currency}`}
    />
  );
}

const COLUMNS: Column<Moved>[] = [
  {
    key: "person",
    header: "Person",
    isTitle: true,
    cell: (row) => <PersonLink id={row.participant_id} name={row.participant_name} />,
  },
  { key: "before", header: "Has now", isFigure: true, cell: (row) => <Amount money={row.before} /> },
  { key: "after", header: "Has then", isFigure: true, cell: (row) => <Amount money={row.after} /> },
  {
    key: "change",
    header: "Change",
    isFigure: true,
    isLead: true,
    cell: (row) => (
      <Amount
        signed
        money={{ amount: row.after.amount - row.before.amount, currency: row.before.currency }}
        className="font-medium"
      />
    ),
  },
];
