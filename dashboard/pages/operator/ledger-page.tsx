import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { Amount } from "../../parts/amount.tsx";
import { KnownPersonLink } from "../../parts/person-link.tsx";
import { purseWord } from "../../parts/purses.ts";
import { useScope } from "../../parts/scope.tsx";
import { When } from "../../parts/when.tsx";
import {
  EMPTY_ENTRY_FILTER,
  type EntryFilter,
  ledgerEntriesQuery,
  trialBalanceQuery,
} from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, More, Table } from "../../ui/table.tsx";
import type { LedgerEntry, TrialBalance } from "../../wire.ts";
import { DebtSetting } from "./debt-setting.tsx";
import { EntryAmount } from "./entry-amount.tsx";
import { ENTRY_REASONS } from "./entry-reasons.ts";

/** The books of a program for those who keep them: every account class, and every entry behind it. */
export default function LedgerPage() {
  useTitle("Ledger");
  return (
    <>
      <PageHeading title="Ledger">
        Every movement of money, points and credit, twice: where it was taken and where it was added.
      </PageHeading>
      <div className="flex flex-col gap-10">
        <Trial />
        <Entries />
        <DebtSetting />
      </div>
    </>
  );
}

type Line = TrialBalance["accounts"][number];

const LINES: Column<Line>[] = [
  { key: "purse", header: "Accounts", isTitle: true, cell: ({ purse }) => purseWord(purse) },
  ...(["debit", "credit", "balance"] as const).map(
    (side): Column<Line> => ({
      key: side,
      header: { debit: "Taken", credit: "Added", balance: "Balance" }[side],
      isFigure: true,
      isLead: side === "balance",
      cell: (line) => <Amount money={{ amount: line[side], currency: line.currency }} />,
    }),
  ),
];

function Trial() {
  const { api } = useScope();
  const query = useQuery(trialBalanceQuery(api));
  return (
    <Section
      title="Trial balance"
      aside={
        <Button look="quiet" busy={query.isFetching} onClick={() => query.refetch()} className="-mr-3.5">
          {query.isFetching ? "Adding up…" : "Add up again"}
        </Button>
      }
    >
      <Loaded query={query} what="The trial balance" skeleton={<Bones rows={6} />}>
        {(trial) =>
          trial.accounts.length === 0 ? (
            <EmptyState title="The books are empty">The first reward writes the first entry.</EmptyState>
          ) : (
            <>
              <p
                className={`mt-3 flex items-center gap-2 text-md font-semibold ${trial.is_balanced ? "text-ok" : "text-bad"}`}
              >
                <Icon name={trial.is_balanced ? "check" : "alert"} />
                {trial.is_balanced ? "The books balance" : "The books do not balance"}
              </p>
              {trial.totals.map((total) => (
                <div key={total.currency} className="mt-4">
                  <p className="text-sm text-ink-2">
                    Taken and added in {total.currency}:{" "}
                    <Amount money={{ amount: total.debit, currency: total.currency }} /> and{" "}
                    <Amount money={{ amount: total.credit, currency: total.currency }} />
                  </p>
                  <Table
                    caption={`Accounts in ${total.currency}`}
                    columns={LINES}
                    rows={trial.accounts.filter(({ currency }) => currency === total.currency)}
                    rowKey={({ purse }) => purse}
                  />
                </div>
              ))}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

const ENTRIES: Column<LedgerEntry>[] = [
  { key: "reason", header: "Why", isTitle: true, cell: ({ reason }) => ENTRY_REASONS[reason] },
  {
    key: "whose",
    header: "Whose",
    cell: ({ participant_id: id }) => (id === null ? "The program’s" : <KnownPersonLink id={id} />),
  },
  { key: "purse", header: "Account", cell: ({ purse }) => purseWord(purse) },
  { key: "when", header: "Recorded", isFigure: true, cell: ({ recorded_at }) => <When at={recorded_at} /> },
  {
    key: "amount",
    header: "Amount",
    isFigure: true,
    isLead: true,
    cell: (entry) => <EntryAmount entry={entry} />,
  },
];

const PURSES = ["funding", "fx", "pending", "held", "available", "clearing", "paid"];

function Entries() {
  const { api } = useScope();
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(
    Object.keys(EMPTY_ENTRY_FILTER).map((key) => [key, search.get(key) ?? ""]),
  ) as EntryFilter;
  const choose = (key: keyof EntryFilter) => (value: string) => {
    const chosen = Object.entries({ ...filter, [key]: value }).filter(([, text]) => text !== "");
    setSearch(Object.fromEntries(chosen), { replace: true });
  };
  const isFiltered = Object.values(filter).some((text) => text !== "");
  const query = useInfiniteQuery(ledgerEntriesQuery(api, filter));
  return (
    <Section title="Entries">
      <div className="grid gap-4 py-4 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="Account"
          value={filter.purse}
          onText={choose("purse")}
          options={[
            { value: "", label: "All accounts" },
            ...PURSES.map((purse) => ({ value: purse, label: purseWord(purse) })),
          ]}
        />
        <Select
          label="Why"
          value={filter.reason}
          onText={choose("reason")}
          options={[
            { value: "", label: "Every reason" },
            ...Object.entries(ENTRY_REASONS).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Field
          label="Currency"
          value={filter.currency}
          maxLength={3}
          placeholder="INR"
          onText={(text) => choose("currency")(/^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : "")}
        />
        <Field
          label="Participant’s id"
          value={filter.participant_id}
          placeholder="par_…"
          onText={choose("participant_id")}
        />
      </div>
      <Loaded query={query} what="The entries" skeleton={<Bones rows={8} />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.data);
          if (rows.length === 0) {
            return isFiltered ? (
              <EmptyState
                title="No entries match"
                action={<Button onClick={() => setSearch({}, { replace: true })}>Clear the filter</Button>}
              >
                None of this program’s entries are of this kind.
              </EmptyState>
            ) : (
              <EmptyState title="No entries">
                The first reward writes the first one. They are never changed.
              </EmptyState>
            );
          }
          return (
            <>
              <Table caption="Entries" columns={ENTRIES} rows={rows} rowKey={({ id }) => id} />
              <More query={query} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
