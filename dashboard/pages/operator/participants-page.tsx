import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useDownload } from "../../parts/links/use-download.ts";
import { formatCount } from "../../parts/money.ts";
import { nameOf, useSettled } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { ParticipantStatus, ReferralStatus } from "../../parts/status.tsx";
import { When } from "../../parts/when.tsx";
import { paths } from "../../paths.ts";
import { participantsQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHeading, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, More, Table } from "../../ui/table.tsx";
import type { Participant } from "../../wire.ts";
import { CreateParticipantDialog } from "./create-participant-dialog.tsx";

const TYPING_MS = 200;

export default function ParticipantsPage() {
  useTitle("Participants");
  const { api, programId } = useScope();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState(search.get("q") ?? "");
  const q = useSettled(text.trim(), TYPING_MS);
  const [isCreating, setCreating] = useState(false);
  const segment = search.get("segment") ?? "";
  const query = useInfiniteQuery({
    ...participantsQuery(api, q, segment),
    placeholderData: (previous) => previous,
  });
  useEffect(() => {
    setSearch({ ...(q ? { q } : {}), ...(segment ? { segment } : {}) }, { replace: true });
  }, [q, segment, setSearch]);
  const { isBusy, download } = useDownload();
  const create = (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      Add participant
    </Button>
  );
  const acts = (
    <>
      <Button
        icon="download"
        busy={isBusy}
        onClick={() => download("/v1/links/qr-sheet", { segment: segment || null }, "qr-codes.pdf")}
      >
        QR codes to print
      </Button>
      {create}
    </>
  );
  // Nobody at all has a place of their own for the act.
  const isEmpty = q === "" && segment === "" && query.data?.pages[0]?.data.length === 0;
  return (
    <>
      <PageHeading title="Participants" actions={!isEmpty && acts}>
        Everyone who has a link in this program.
      </PageHeading>
      {!isEmpty && <SearchBox text={text} onText={setText} />}
      {segment && (
        <p className="mt-3 flex flex-wrap items-center gap-x-3">
          <span>
            In segment <b className="font-medium">{segment}</b>
          </span>
          <Button look="quiet" onClick={() => setSearch(q ? { q } : {}, { replace: true })}>
            Show everyone
          </Button>
        </p>
      )}
      <div aria-busy={query.isFetching} className="mt-4">
        <Loaded query={query} what="The participants" skeleton={<Bones rows={10} />}>
          {(data) => {
            const rows = data.pages.flatMap((page) => page.data);
            if (rows.length === 0 && q) {
              return (
                <EmptyState
                  title={`Nobody matches “${q}”`}
                  action={<Button onClick={() => setText("")}>Clear search</Button>}
                >
                  The search looks at names, e-mail addresses and your own ids.
                </EmptyState>
              );
            }
            if (rows.length === 0 && segment) {
              return (
                <EmptyState title={`Nobody is in segment “${segment}”`}>
                  Set it on a person’s page, or when they join through the API.
                </EmptyState>
              );
            }
            if (rows.length === 0) {
              return (
                <EmptyState title="No participants yet" action={create}>
                  People appear here when they join through a link, or when you add them by hand or with the
                  API.
                </EmptyState>
              );
            }
            return (
              <>
                <Table
                  caption="Participants"
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
      {isCreating && <CreateParticipantDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <div className="relative max-w-[26rem]">
      <Icon name="search" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label="Search participants"
        placeholder="Name, e-mail or your own id"
        autocomplete="off"
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
        className="w-full rounded-control border border-line-strong bg-surface pr-3 pl-9 min-h-10 pointer-coarse:min-h-11 pointer-coarse:text-md placeholder:text-ink-3"
      />
    </div>
  );
}

function columnsOf(programId: string): Column<Participant>[] {
  return [
    {
      key: "name",
      header: "Name",
      isTitle: true,
      cell: (row) => (
        <span className="block min-w-0">
          <Link
            href={paths.participant(programId, row.id)}
            className="font-medium text-ink no-underline hover:text-accent hover:underline"
          >
            {nameOf(row)}
          </Link>
          {row.name && row.email && (
            <span className="block truncate text-sm font-normal text-ink-2">{row.email}</span>
          )}
        </span>
      ),
    },
    {
      key: "code",
      isLeftOutOnPhone: true,
      header: "Code",
      cell: (row) => <code className="font-mono text-sm">{row.code}</code>,
    },
    {
      key: "friends",
      header: "Friends",
      isFigure: true,
      cell: (row) => (
        <>
          {formatCount(row.direct_count)}
          {row.direct_limit !== null && <span className="text-ink-2"> of {row.direct_limit}</span>}
        </>
      ),
    },
    {
      key: "referral",
      isLeftOutOnPhone: true,
      header: "Came",
      cell: (row) =>
        row.referral ? (
          <ReferralStatus status={row.referral.status} />
        ) : (
          <span className="text-ink-2">By themselves</span>
        ),
    },
    {
      key: "status",
      header: "Status",
      isLead: true,
      cell: (row) => <ParticipantStatus status={row.status} />,
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
