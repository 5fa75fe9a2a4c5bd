import { useInfiniteQuery } from "@tanstack/react-query";
import { Amount } from "../../parts/amount.tsx";
import { purseWord } from "../../parts/purses.ts";
import { useScope } from "../../parts/scope.tsx";
import { When } from "../../parts/when.tsx";
import { entriesQuery } from "../../queries.ts";
import { Section } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, More, Table } from "../../ui/table.tsx";
import type { Entry } from "../../wire.ts";
import { ENTRY_REASONS } from "./entry-reasons.ts";

const COLUMNS: Column<Entry>[] = [
  { key: "reason", header: "Why", isTitle: true, cell: (entry) => ENTRY_REASONS[entry.reason] },
  { key: "purse", header: "Purse", cell: (entry) => purseWord(entry.purse) },
  { key: "when", header: "When", isFigure: true, cell: (entry) => <When at={entry.recorded_at} /> },
  {
    key: "amount",
    header: "Amount",
    isFigure: true,
    isLead: true,
    cell: (entry) => <Amount money={{ amount: entry.amount, currency: entry.currency }} signed />,
  },
];

/** One person's side of the ledger, newest first. */
export function EntryList({ participantId }: { participantId: string }) {
  const { api } = useScope();
  const query = useInfiniteQuery(entriesQuery(api, participantId));
  return (
    <Section title="Ledger entries">
      <Loaded query={query} what="The entries" skeleton={<Bones rows={5} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.data);
          if (rows.length === 0) {
            return (
              <EmptyState title="No entries">
                The first earning writes the first entry. Entries are never changed.
              </EmptyState>
            );
          }
          return (
            <>
              <Table caption="Ledger entries" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
              <More query={query} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
