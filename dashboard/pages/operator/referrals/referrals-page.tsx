import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useSettled } from "../../../parts/participant-picker.tsx";
import { PersonLink } from "../../../parts/person-link.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { ReferralStatus } from "../../../parts/status.tsx";
import { When } from "../../../parts/when.tsx";
import { paths } from "../../../paths.ts";
import { referralListQuery } from "../../../referral-queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Field, Select } from "../../../ui/field.tsx";
import { PageHeading, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { type Column, More, Table } from "../../../ui/table.tsx";
import type { ReferralEntry } from "../../../wire.ts";

const TYPING_MS = 200;
const STATUSES = [
  { value: "", label: "Any state" },
  { value: "joined", label: "Joined" },
  { value: "qualified", label: "Qualified" },
  { value: "rewarded", label: "Rewarded" },
  { value: "waitlisted", label: "Waiting" },
  { value: "not_eligible", label: "Not eligible" },
];

export default function ReferralsPage() {
  useTitle("Referrals");
  const { api, programId } = useScope();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get("q") ?? "");
  const [status, setStatus] = useState(search.get("status") ?? "");
  const q = useSettled(text.trim(), TYPING_MS);
  const channel = search.get("channel") ?? "";
  const isFiltered = q !== "" || status !== "" || channel !== "";
  const query = useInfiniteQuery(referralListQuery(api, { q, status, channel }));
  useEffect(() => {
    const asked = { q, status, channel };
    setSearch(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== "")), {
      replace: true,
    });
  }, [q, status, channel, setSearch]);
  const clear = () => {
    setText("");
    setStatus("");
    setSearch({}, { replace: true });
  };
  return (
    <>
      <PageHeading title="Referrals">
        Who brought whom, and how it was decided. Those that do not count stay here, with the reason.
      </PageHeading>
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label="Search"
          placeholder="Name or e-mail, of either side"
          value={text}
          onText={setText}
          className="w-full max-w-[22rem]"
        />
        <Select label="State" value={status} onText={setStatus} options={STATUSES} className="w-44" />
        {isFiltered && (
          <Button look="quiet" onClick={clear}>
            Clear filters
          </Button>
        )}
      </div>
      {channel && (
        <p className="mt-3">
          Through channel <b className="font-medium">{channel}</b>
        </p>
      )}
      <div aria-busy={query.isFetching} className="mt-4">
        <Loaded query={query} what="The referrals" skeleton={<Bones rows={10} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.data);
            if (rows.length === 0 && isFiltered)
              return (
                <EmptyState
                  title="No referrals match"
                  action={<Button onClick={clear}>Clear filters</Button>}
                >
                  The search looks at the names and e-mail addresses of both sides.
                </EmptyState>
              );
            if (rows.length === 0)
              return (
                <EmptyState title="No referrals yet">
                  Whoever joins by a link, a code or an invitation appears here, with what decided it.
                </EmptyState>
              );
            return (
              <>
                <Table
                  caption="Referrals"
                  columns={columnsOf(programId)}
                  rows={rows}
                  rowKey={({ id }) => id}
                />
                <More query={query} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function columnsOf(programId: string): Column<ReferralEntry>[] {
  return [
    {
      key: "friend",
      header: "Friend",
      isTitle: true,
      cell: (row) => (
        <Link
          href={paths.referral(programId, row.id)}
          className="font-medium text-ink no-underline hover:text-accent hover:underline"
        >
          {row.referee_name || "Somebody"}
        </Link>
      ),
    },
    {
      key: "advocate",
      header: "Brought by",
      cell: (row) =>
        row.advocate_id ? (
          <PersonLink id={row.advocate_id} name={row.advocate_name} />
        ) : (
          <span className="text-ink-2">Nobody</span>
        ),
    },
    {
      key: "channel",
      header: "Channel",
      isLeftOutOnPhone: true,
      cell: (row) => row.channel ?? <span className="text-ink-3">–</span>,
    },
    {
      key: "status",
      header: "State",
      isLead: true,
      cell: (row) => <ReferralStatus status={row.status} />,
    },
    {
      key: "why",
      header: "Why not",
      isLeftOutOnPhone: true,
      cell: (row) => <span className="text-sm text-ink-2">{row.reasons[0]?.message}</span>,
    },
    {
      key: "since",
      header: "Since",
      isFigure: true,
      isLeftOutOnPhone: true,
      cell: (row) => <When at={row.created_at} />,
    },
  ];
}
