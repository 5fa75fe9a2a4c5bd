import { formatCount, formatMoney } from "../../../parts/money.ts";
import { PersonLink } from "../../../parts/person-link.tsx";
import { Section } from "../../../ui/page.tsx";
import { Table } from "../../../ui/table.tsx";
import type { ReplayResult } from "../../../wire.ts";
import { differenceOf } from "./paired-bars.tsx";

type Row = ReplayResult["winners"][number];

/** Who would have earned more or less: how many, and those with the largest difference by name. */
export function ChangedPeople({ result, isSimulated }: { result: ReplayResult; isSimulated: boolean }) {
  const { participants, winners, losers } = result;
  if (participants.length === 0) return null;
  return (
    <>
      <Section title="Who would have earned more or less">
        <ul className="pt-3">
          {participants.map(({ currency, more, less, same }) => (
            <li key={currency} className="text-md">
              {currency}: {formatCount(more)} more, {formatCount(less)} less, {formatCount(same)} the same.
            </li>
          ))}
        </ul>
      </Section>
      <People title="Would have earned more" rows={winners} isSimulated={isSimulated} />
      <People title="Would have earned less" rows={losers} isSimulated={isSimulated} />
    </>
  );
}

function People({ title, rows, isSimulated }: { title: string; rows: Row[]; isSimulated: boolean }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <Table
        caption={title}
        rows={rows}
        rowKey={(row) => row.participant_id + row.draft.currency}
        columns={[
          {
            key: "who",
            header: "Participant",
            isTitle: true,
            cell: (row) =>
              isSimulated ? (
                row.participant_id
              ) : (
                <PersonLink id={row.participant_id} name={row.name ?? undefined} />
              ),
          },
          { key: "now", header: "Today’s plan", isFigure: true, cell: (row) => formatMoney(row.current) },
          { key: "draft", header: "This draft", isFigure: true, cell: (row) => formatMoney(row.draft) },
          {
            key: "difference",
            header: "Difference",
            isFigure: true,
            isLead: true,
            cell: (row) => differenceOf(row.current, row.draft),
          },
        ]}
      />
    </Section>
  );
}
